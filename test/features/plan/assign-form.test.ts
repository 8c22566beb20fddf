import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { openDealFor, resend, resubmit, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, theirs } from '../../support/homework.ts';
import { addSteps } from '../../support/planted.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna);
});
afterEach(() => world.stop());

const openForm = (side?: 'buyer' | 'seller') =>
  openStepForm(world, world.anna, side ? { side } : {});

describe('the form', () => {
  it('keeps what was typed when the side changes and changes back', async () => {
    await openForm();
    await world.anna.choose(world.anna.topView(), 'title', 'Book the review');
    await world.anna.choose(world.anna.topView(), 'done_when', 'It is in both calendars');
    await world.anna.choose(world.anna.topView(), 'due_on', '2026-12-01');
    await settle(world, world.anna.choose(world.anna.topView(), 'plan_assign_side', 'seller'));
    expect(wordsOn(world.anna.topView())).toContain('What will we do?');
    await settle(world, world.anna.choose(world.anna.topView(), 'plan_assign_side', 'buyer'));
    expect(wordsOn(world.anna.topView())).toContain('What will they do?');
    await world.anna.options(world.anna.topView(), 'contact', 'Dana Lee');
    await submit(world, world.anna, {
      contact: 'Add Dana Lee',
      why_for_them: 'One call, not three',
    });
    expect(await stepsOf(world, acme.id)).toMatchObject([
      {
        title: 'Book the review',
        doneWhen: 'It is in both calendars',
        dueOn: '2026-12-01',
        side: 'buyer',
      },
    ]);
  });

  it('asks for what the last of two quick choices needs', async () => {
    await openForm('seller');
    await resend(world, 'block_actions', { values: { side: { value: 'buyer' } } });
    expect(inputsOn(world.anna.topView())).toContain('contact');
  });

  it('opens once when the button is pressed twice', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    await settle(world, world.anna.press(world.anna.topView(), 'plan_add'));
    await resend(world, 'block_actions');
    expect(world.anna.modals()).toHaveLength(1);
    expect(wordsOn(world.anna.topView())).toContain('What will they do?');
  });

  it('saves once when Slack delivers it twice', async () => {
    await openForm();
    await submit(world, world.anna, { ...theirs, return_title: 'Draft the map' });
    await resubmit(world);
    expect(await stepsOf(world, acme.id)).toHaveLength(2);
  });

  it('saves another step of the same words when it is asked for again', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    await settle(world, world.anna.press(world.anna.topView(), 'plan_add'));
    await submit(world, world.anna, { ...theirs, contact: 'Add Dana Lee, CFO' });
    expect(await stepsOf(world, acme.id)).toHaveLength(2);
  });

  it('asks more when I want more, and keeps what was typed', async () => {
    await openForm();
    await world.anna.choose(world.anna.topView(), 'title', 'Book the legal hour');
    await settle(world, world.anna.press(world.anna.topView(), 'plan_assign_more'));
    expect(inputsOn(world.anna.topView()).slice(7)).toEqual([
      'return_due_on',
      'asked',
      'kind',
      'effort',
    ]);
    await world.anna.options(world.anna.topView(), 'contact', 'Dana Lee, CFO');
    const { title, ...others } = theirs;
    const more = { asked: ['asked'], kind: 'meet', effort: '2' };
    await submit(world, world.anna, { ...others, ...more });
    expect(await stepsOf(world, acme.id)).toMatchObject([
      { title: 'Book the legal hour', kind: 'meet', effort: 2, askedOn: '2026-11-23' },
    ]);
  });

  it('offers what a step of theirs opens: the open gates of the plan, and the decision', async () => {
    await addSteps(world, acme, [
      { title: 'Sign the contract', gate: true, dueOn: day('2026-12-10') },
      { title: 'Agree the pass mark', gate: true },
      { title: 'Gone', gate: true, status: 'dropped' },
      { title: 'No gate' },
    ]);
    await openForm();
    const unlocks = world.anna.topView().blocks.find(({ block_id }) => block_id === 'unlocks');
    expect(wordsOn({ blocks: unlocks ? [unlocks] : [] })).toBe(
      'What does it open? Agree the pass mark Sign the contract The decision Agree the pass mark',
    );
    await submit(world, world.anna, { ...theirs, contact: 'Dana Lee, CFO' });
    const saved = (await stepsOf(world, acme.id)).find(({ unlocks: opens }) => opens);
    expect(saved).toMatchObject({
      unlocks: 'Agree the pass mark',
      whyForThem: 'Nobody is asked twice',
      askedOn: undefined,
    });
  });
});
