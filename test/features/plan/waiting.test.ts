import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { openDealFor, resubmit, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, ours } from '../../support/homework.ts';
import { rowsOf } from '../../support/rows.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna);
  await openStepForm(world, world.anna, { side: 'seller' });
  await submit(world, world.anna, { ...ours, title: 'Waiting for the signed NDA' });
  await world.anna.options(world.anna.topView(), 'contact', 'Dana Lee, CFO');
});
afterEach(() => world.stop());

const good = { contact: 'Add Dana Lee, CFO', meanwhile: 'Draft the start plan' };

describe('a step of ours that only waits', () => {
  it('is not saved, and asks what we do meanwhile', async () => {
    expect(wordsOn(world.anna.topView())).toContain('What are we doing meanwhile?');
    expect(inputsOn(world.anna.topView())).toEqual(['contact', 'what', 'until_on', 'meanwhile']);
    expect(await stepsOf(world, acme.id)).toEqual([]);
  });

  it('becomes theirs to find out until a day, and ours meanwhile', async () => {
    await submit(world, world.anna, { ...good, until_on: '2026-12-01' });
    expect(wordsOn(world.anna.topView())).toContain('Their step: Tell us: the signed NDA');
    const steps = await stepsOf(world, acme.id);
    expect(steps.find(({ side }) => side === 'buyer')).toMatchObject({
      title: 'Tell us: the signed NDA',
      kind: 'find_out',
      dueOn: '2026-12-01',
      doer: { name: 'Dana Lee' },
      askedOn: '2026-11-23',
      status: 'proposed',
      unlocks: 'The decision',
    });
    expect(steps.find(({ side }) => side === 'seller')).toMatchObject({
      title: 'Draft the start plan',
      dueOn: '2026-12-01',
      doer: { name: 'Anna Snelling' },
    });
    const rows = await rowsOf(world.app.store, 'homework');
    expect(new Set(rows.map(({ pairId }) => pairId))).toEqual(new Set(rows.map(({ id }) => id)));
  });

  it.each([
    ['no meanwhile', { meanwhile: ' \u200f' }, 'meanwhile', 'What we do meanwhile is missing.'],
    [
      'more waiting',
      { meanwhile: 'Check in with Dana' },
      'meanwhile',
      'That is waiting, too. What do we make or bring meanwhile?',
    ],
    [
      'a vague meanwhile',
      { meanwhile: 'Review the deck' },
      'meanwhile',
      'Say what comes out of it, such as: “Mark what must change in the deck before a yes”.',
    ],
    [
      'an end after the decision',
      { until_on: '2026-12-21' },
      'until_on',
      'They decide on Fri 18 Dec. Pick a day up to then.',
    ],
  ])('is refused with %s', async (_what, values, field, words) => {
    const { errors } = await submit(world, world.anna, { ...good, ...values });
    expect(errors).toEqual({ [field]: words });
    expect(await stepsOf(world, acme.id)).toEqual([]);
  });

  it('is saved once when Slack delivers it twice', async () => {
    await submit(world, world.anna, good);
    await resubmit(world);
    expect(await stepsOf(world, acme.id)).toHaveLength(2);
  });
});
