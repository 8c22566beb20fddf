import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { allDeals, know, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;

/** A small deal: from the decision to the start it takes three business days. */
beforeEach(async () => {
  world = await startWorld();
  await plantDeal(world, await know(world, world.anna), {
    segment: 'smb',
    deadlineOn: day('2026-12-31'),
  });
});
afterEach(() => world.stop());

async function choose(to: string): Promise<string> {
  await runDeal(world, world.anna, 'date acme');
  await settle(world, world.anna.press(world.anna.topView(), 'deals_date_move_it'));
  await settle(world, world.anna.choose(world.anna.topView(), 'decision_on', to));
  return wordsOn(world.anna.topView());
}

async function move(to: string): Promise<string> {
  await choose(to);
  const why = { side: 'buyer', reason: 'Their board meets later', tried: ['help'] };
  await submit(world, world.anna, { decision_on: to, ...why });
  return wordsOn(world.anna.topView());
}

describe('a date after which they can only start past their deadline', () => {
  const warning = 'they can start on about Fri 1 Jan 2027, after the deadline Thu 31 Dec.';

  it('is warned of before it is chosen, and after', async () => {
    const preview = await choose('2026-12-29');
    expect(preview).toContain(`Careful: from that day ${warning}`);
    expect(preview).toContain('Not moved: the deadline Thu 31 Dec.');
    await world.anna.close(world.anna.topView());
    expect(await move('2026-12-29')).toContain(`Careful: from that day ${warning}`);
  });

  it('may be chosen all the same: the deadline stays where it is', async () => {
    await move('2026-12-29');
    expect((await allDeals(world))[0] as OpenDeal).toMatchObject({
      decisionOn: '2026-12-29',
      deadlineOn: '2026-12-31',
    });
  });

  it('is no other one: the last day in time is not warned of', async () => {
    expect(await choose('2026-12-28')).not.toContain('Careful');
    await world.anna.close(world.anna.topView());
    expect(await move('2026-12-28')).not.toContain('Careful');
  });
});
