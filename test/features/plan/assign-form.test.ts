import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { openDealFor, resend, resubmit, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, theirs } from '../../support/homework.ts';
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
    await settle(world, world.anna.choose(world.anna.topView(), 'side', 'seller'));
    expect(wordsOn(world.anna.topView())).toContain('What will we do?');
    await settle(world, world.anna.choose(world.anna.topView(), 'side', 'buyer'));
    expect(wordsOn(world.anna.topView())).toContain('What will they do?');
    await world.anna.options(world.anna.topView(), 'contact', 'Dana Lee');
    await submit(world, world.anna, { contact: 'Add Dana Lee' });
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
});
