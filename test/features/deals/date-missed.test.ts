import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import { day } from '../../../src/domain/calendar.ts';
import type { Person } from '../../../src/domain/person.ts';
import { know } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
});
afterEach(() => world.stop());

/** Three deals that all decide on the same Friday, of three sizes. */
async function plantThree(): Promise<void> {
  const sizes = [
    ['Globex', 5_000],
    ['Initech', 900_000],
    ['Umbrella', 40_000],
  ] as const;
  for (const [account, minor] of sizes) {
    await plantDeal(world, anna, { account, amount: { minor, currency: 'USD' } });
  }
}

/** The Monday after that Friday, late enough for everybody’s morning. */
const mondayAfter = () => world.goTo('2026-12-21T15:00:00Z');
const missed = async () =>
  (await rowsOf(world.app.store, 'dateRevisions')).filter(({ kind }) => kind === 'missed');
/** What somebody was asked about the deals of that day, text and screen. */
const asked = (who: Actor) => who.dm().filter(({ text }) => text.includes('passed'));

describe('dates that pass on the same day', () => {
  it('are asked about in one message, the largest first, each with its three answers', async () => {
    await plantThree();
    await mondayAfter();
    expect(await missed()).toHaveLength(3);
    const [question, ...more] = asked(world.anna);
    expect(more).toEqual([]);
    expect(question?.text).toContain('3 questions for today, the most valuable first.');
    const words = question ? wordsOn(question) : '';
    const order = ['Initech', 'Umbrella', 'Globex'].map((account) => words.indexOf(account));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThanOrEqual(0);
    for (const answer of ['Won', 'Lost', 'New date']) {
      expect(words.split(` ${answer}`)).toHaveLength(4);
    }
  });

  it('leaves out what was answered before the message was sent', async () => {
    await plantThree();
    world.clock.set('2026-12-21T15:00:00Z');
    await world.app.heartbeat.tick();
    await world.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.deals)
        .set({ status: 'won', closedOn: day('2026-12-21'), closedAt: world.clock.now() });
    });
    await world.deliver();
    expect(asked(world.anna)).toEqual([]);
    expect(await missed()).toHaveLength(3);
  });
});

describe('the passed date of a restricted deal', () => {
  it('is asked of its owner alone, and no other message names it', async () => {
    const ben = await know(world, world.ben, { role: 'manager' });
    anna = await know(world, world.anna, { managerId: ben.id });
    await know(world, world.admin, { role: 'admin' });
    await plantDeal(world, anna, { privacy: 'restricted', channelId: undefined });
    await mondayAfter();
    expect(asked(world.anna).map(({ text }) => text.includes('Acme'))).toEqual([true]);
    for (const other of [world.ben, world.mia, world.admin]) {
      expect(JSON.stringify(other.dm())).not.toContain('Acme');
      for (const channel of ['C0GENERAL', 'C0LOST', 'C0ACME']) {
        expect(JSON.stringify(other.messages(channel))).not.toContain('Acme');
      }
    }
    const runs = await rowsOf(world.app.store, 'jobRuns');
    expect(JSON.stringify(runs)).not.toContain('Acme');
  });
});

describe('the passed date of an owner who left', () => {
  it('is asked of their manager', async () => {
    const ben = await know(world, world.ben, { role: 'manager' });
    anna = await know(world, world.anna, { managerId: ben.id, active: false });
    await plantDeal(world, anna);
    await mondayAfter();
    expect(await missed()).toHaveLength(1);
    expect(asked(world.anna)).toEqual([]);
    expect(asked(world.ben).map(({ text }) => text.includes('Acme'))).toEqual([true]);
  });

  it('is written down, too, when nobody is left to ask', async () => {
    anna = await know(world, world.anna, { active: false });
    await plantDeal(world, anna);
    await mondayAfter();
    expect(await missed()).toMatchObject([{ fromOn: '2026-12-18', byId: null }]);
    for (const who of [world.anna, world.ben, world.admin]) expect(asked(who)).toEqual([]);
  });
});
