import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { rowsOf } from '../../support/rows.ts';
import { startTalk, type TalkWorld } from '../reviews/talk-world.ts';

let world: TalkWorld;

beforeEach(async () => {
  world = await startTalk();
});
afterEach(() => world.stop());

const findings = () => rowsOf(world.app.store, 'findings');
const mustHave = { values: { reason: 'prd.must_have' } };

describe('letting a review go', () => {
  it('raises what it has to say, by its owner', async () => {
    await world.lose(mustHave);
    expect(await findings()).toEqual([]);
    await world.fill(world.anna, world.sheet(world.anna), talkIds.release, {});
    expect((await findings()).map(({ place }) => place)).toEqual(['product']);
  });

  it('raises it by the clock, once', async () => {
    await world.lose(mustHave);
    await world.goTo('2026-11-27T15:00:00Z');
    await world.goTo('2026-11-30T15:00:00Z');
    expect((await findings()).map(({ place }) => place)).toEqual(['product']);
  });

  it('of a private deal raises nothing unless its owner ticks it', async () => {
    await world.lose({ ...mustHave, privacy: 'restricted' });
    await world.fill(world.anna, world.sheet(world.anna), talkIds.release, {});
    expect(await findings()).toEqual([]);
  });

  it('of a private deal raises what its owner lets out', async () => {
    await world.lose({ ...mustHave, privacy: 'restricted' });
    await world.fill(world.anna, world.sheet(world.anna), talkIds.release, { extract: ['yes'] });
    expect((await findings()).map(({ place }) => place)).toEqual(['product']);
  });

  it('of a private deal raises nothing by the clock', async () => {
    await world.lose({ ...mustHave, privacy: 'restricted' });
    await world.goTo('2026-11-27T15:00:00Z');
    await world.goTo('2026-12-01T15:00:00Z');
    expect(await findings()).toEqual([]);
  });
});
