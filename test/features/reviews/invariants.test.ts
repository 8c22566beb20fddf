import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reasonSetVersion } from '../../../src/domain/loss-reasons.ts';
import { runDeal, submit } from '../../support/deals.ts';
import { startLosing } from '../../support/losses.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
beforeEach(async () => {
  world = await startTalk();
});
afterEach(() => world.stop());

describe('a loss that is saved (METHOD §3.3, 11, 17)', () => {
  it('has its outcome, one box, a reason and the version of the list it comes from', async () => {
    await world.lose({ big: false });
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { outcome: 'rival', whyClass: 'outsold', reasonCode: 'com.price_value', reasonSetVersion },
    ]);
  });

  it('to a rival may do without the rival’s name', async () => {
    await world.lose({ big: false, values: { competitor: '' } });
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { outcome: 'rival', competitor: null },
    ]);
  });
});

describe('a deal that never was one (METHOD §3.3, 12)', () => {
  it('opens no review and leaves no loss, closed as such from the start', async () => {
    await plantDeal(world, world.rep);
    await runDeal(world, world.anna, 'invalid Acme');
    expect((await submit(world, world.anna, { why: 'duplicate' })).ok).toBe(true);
    await world.deliver();
    await expectNothing();
  });

  it('nor when that is what the form about the loss is told', async () => {
    await plantDeal(world, world.rep);
    await startLosing(world, world.anna, 'Acme');
    await world.anna.choose(world.anna.topView(), 'outcome', 'invalid');
    await world.sandbox.settled();
    expect((await submit(world, world.anna)).ok).toBe(true);
    await world.deliver();
    await expectNothing();
  });

  async function expectNothing(): Promise<void> {
    expect(await rowsOf(world.app.store, 'deals')).toMatchObject([{ status: 'invalid' }]);
    expect(await rowsOf(world.app.store, 'reviews')).toEqual([]);
    expect(await rowsOf(world.app.store, 'losses')).toEqual([]);
    await world.goTo('2026-11-26T15:00:00Z');
    expect(JSON.stringify(world.anna.messages('closed-lost'))).not.toContain('Acme');
  }
});
