import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { outageOf } from '../../../src/domain/refusal.ts';
import { sqliteTables, type Tables } from '../../../src/store/schema.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
  const seed = createSeed(world.app, world.clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.loss(acme, { loggedAt: '2026-11-24T16:00:00Z' });
  await world.goTo('2026-11-26T15:00:00Z');
});
afterEach(() => world.stop());

const parent = () => world.anna.messages('closed-lost')[0] as SandboxMessage;

/** Somebody speaks in the week's thread, and everything that follows has happened. */
async function reply(who: World['anna'], text: string): Promise<void> {
  await who.say('closed-lost', text, { threadTs: parent().ts });
  await world.sandbox.settled();
  await world.deliver();
}

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const rows: unknown[] = [];
  for (const name of Object.keys(sqliteTables)) {
    rows.push(...(await rowsOf(world.app.store, name as keyof Tables)));
  }
  return JSON.stringify(rows);
}

describe('replies in the week’s thread', () => {
  it('are counted with the people who gave them, in the parent as it stands', async () => {
    expect(parent().text).toContain('Answer in this thread.');
    await reply(world.anna, 'I asked for the budget too late');
    expect(parent().text).toContain('1 reply from 1 person so far.');
    await reply(world.anna, 'And I would start with the signer');
    await reply(world.ben, 'I saw it in week two');
    expect(parent().text).toContain('3 replies from 2 people so far.');
    expect(wordsOn(parent())).toContain('3 replies from 2 people so far.');
    expect(parent().edited).toBe(true);
    expect(parent().text).toMatch(/^1 deal closed lost this week/);
  });

  it('count once when Slack delivers one twice', async () => {
    await reply(world.anna, 'I asked for the budget too late');
    await world.sandbox.redeliverLast('message');
    await world.sandbox.settled();
    await world.deliver();
    expect(parent().text).toContain('1 reply from 1 person so far.');
  });

  it('that the database could not take are counted when Slack sends them again', async () => {
    const { store } = world.app;
    const { transaction } = store;
    const away = outageOf('The database cannot be reached, so nothing was changed', undefined);
    Object.assign(store, { transaction: async () => Promise.reject(away) });
    await world.anna.say('closed-lost', 'I asked too late', { threadTs: parent().ts });
    await world.sandbox.settled();
    Object.assign(store, { transaction });
    expect(parent().text).toContain('Answer in this thread.');
    await world.sandbox.retryEvents();
    await world.sandbox.settled();
    await world.deliver();
    expect(parent().text).toContain('1 reply from 1 person so far.');
  });

  it('are shown in full when several come before the parent could be changed', async () => {
    for (const who of [world.anna, world.ben, world.mia]) {
      await who.say('closed-lost', 'I would ask sooner', { threadTs: parent().ts });
    }
    await world.sandbox.settled();
    await world.deliver();
    expect(parent().text).toContain('3 replies from 3 people so far.');
    const updates = world.sandbox.calls.filter(({ method }) => method === 'chat.update');
    expect(updates).toHaveLength(1);
  });

  it('count in whichever order Slack tells of them', async () => {
    await reply(world.ben, 'I saw it in week two');
    const last = world.sandbox.deliveries.findLast(({ type }) => type === 'message');
    // The event of a reply that was written before Ben's and is delivered after it.
    Object.assign(last?.payload ?? {}, {
      event_id: 'EvLATE',
      event: {
        type: 'message',
        channel: 'C0LOST',
        channel_type: 'channel',
        user: 'U0MIA',
        text: 'I would ask sooner',
        ts: (Number(parent().ts) + 0.00005).toFixed(6),
        thread_ts: parent().ts,
      },
    });
    await world.sandbox.redeliverLast('message');
    await world.sandbox.settled();
    await world.deliver();
    expect(parent().text).toContain('2 replies from 2 people so far.');
  });

  it('keep who spoke and when, and nothing of what was said', async () => {
    await reply(world.ben, 'Tangerine dream');
    const rows = await rowsOf(world.app.store, 'lossThreadReplies');
    expect(rows).toMatchObject([{ workspaceId: 'T0TEAM', slackUserId: 'U0BEN' }]);
    expect(await everythingStored()).not.toContain('Tangerine');
  });
});

describe('what is said beside the thread', () => {
  it('leaves no trace at all', async () => {
    const before = await everythingStored();
    await world.ben.say('closed-lost', 'Tangerine dream');
    const bystander = world.anna.messages('closed-lost').at(-1);
    await world.mia.say('closed-lost', 'Marmalade skies', { threadTs: bystander?.ts ?? '' });
    await world.ben.say('general', 'Newspaper taxis');
    await world.sandbox.settled();
    await world.deliver();
    expect(
      world.sandbox.deliveries.filter(({ type }) => type === 'message').length,
    ).toBeGreaterThan(2);
    expect(await everythingStored()).toBe(before);
  });

  it('leaves no trace either when it is the app’s own, in the thread or not', async () => {
    const rows = await rowsOf(world.app.store, 'lossThreadReplies');
    expect(rows).toEqual([]);
    expect(world.anna.messages('closed-lost')).toHaveLength(2);
  });
});
