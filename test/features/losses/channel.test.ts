import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/person.ts';
import { createAppOn } from '../../support/app-on.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
});
afterEach(() => world.stop());

const thursdays = ['2026-11-26T15:00:00Z', '2026-12-03T15:00:00Z', '2026-12-10T15:00:00Z'] as const;

async function lose(account: string, loggedAt: string) {
  const deal = await seed.deal({ account, owner: anna });
  await seed.loss(deal, { loggedAt });
  return deal;
}

const channelTexts = () => world.anna.messages('closed-lost').map(({ text }) => text);
const adminTexts = () => world.admin.dm().map(({ text }) => text);

describe('a loss channel the app is not in', () => {
  beforeEach(async () => {
    await world.sandbox.kick('C0LOST');
    await lose('Acme', '2026-11-25T15:00:00Z');
    await lose('Globex', '2026-11-25T16:00:00Z');
    await world.goTo(thursdays[0]);
  });

  it('is told to an admin once, with what to do', async () => {
    expect(channelTexts()).toEqual([]);
    expect(adminTexts()).toEqual([
      'I could not post the weekly closed-lost thread in #closed-lost: I am in no channel of that name. Make or restore it, and invite me there with /invite @Homeroom; next week’s thread then brings these deals along.',
    ]);
    await world.goTo('2026-11-26T18:00:00Z');
    expect(adminTexts()).toHaveLength(1);
    const rows = await rowsOf(world.app.store, 'outbox');
    expect(rows.map(({ kind, state }) => [kind, state])).toEqual([
      ['loss_thread_opened', 'dead'],
      ['loss_listed', 'dropped'],
      ['loss_listed', 'dropped'],
      ['notice_raised', 'sent'],
    ]);
  });

  it('gets the deals it missed with the next week’s', async () => {
    await world.sandbox.invite('C0LOST');
    await lose('Initech', '2026-12-01T16:00:00Z');
    await world.goTo(thursdays[1]);
    expect(channelTexts()[0]).toMatch(/^3 deals closed lost since Wed 25 Nov, /);
    expect(
      channelTexts()
        .slice(1)
        .map((text) => text.split(' · ')[0]),
    ).toEqual(['Acme', 'Globex', 'Initech']);
    await world.goTo(thursdays[2]);
    expect(channelTexts().at(-1)).toBe('No losses this week.');
    expect(channelTexts()).toHaveLength(5);
  });

  it('gets them after several weeks, too, and nothing is told twice', async () => {
    await lose('Initech', '2026-12-01T16:00:00Z');
    await world.goTo(thursdays[1]);
    expect(adminTexts()).toHaveLength(2);
    await world.sandbox.invite('C0LOST');
    await world.goTo(thursdays[2]);
    expect(
      channelTexts()
        .slice(1)
        .map((text) => text.split(' · ')[0]),
    ).toEqual(['Acme', 'Globex', 'Initech']);
  });
});

describe('a loss channel the app is removed from half way', () => {
  it('is told once, and gets what was missing the week after', async () => {
    for (const name of ['Acme', 'Globex', 'Initech', 'Hooli']) {
      await lose(name, '2026-11-25T15:00:00Z');
    }
    let posts = 0;
    const third = () => {
      posts += 1;
      if (posts === 3) void world.sandbox.kick('C0LOST');
      return false;
    };
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'timeout', when: third });
    await world.goTo(thursdays[0]);
    const accounts = () => channelTexts().map((text) => text.split(' · ')[0]);
    expect(accounts().slice(1)).toEqual(['Acme']);
    expect(adminTexts()).toHaveLength(1);
    await world.sandbox.invite('C0LOST');
    await world.goTo(thursdays[1]);
    expect(accounts().slice(3)).toEqual(['Globex', 'Initech', 'Hooli']);
    await world.goTo(thursdays[2]);
    expect(channelTexts().at(-1)).toBe('No losses this week.');
  });
});

describe('the loss channel', () => {
  it('is said to be archived when it is', async () => {
    await world.app.gateway.resolveChannel('#closed-lost');
    await world.sandbox.archive('C0LOST');
    await world.goTo(thursdays[0]);
    expect(adminTexts()).toHaveLength(1);
    expect(adminTexts()[0]).toMatch(
      /^I could not post the weekly closed-lost thread in #closed-lost/,
    );
  });

  it('may be named by its id', async () => {
    const app = await createAppOn(world, { LOSS_CHANNEL: 'C0ACME' });
    world.clock.set(thursdays[0]);
    await app.heartbeat.tick();
    expect(await app.dispatcher.runUntilIdle()).toMatchObject({ sent: 1, dead: 0 });
    expect(world.anna.messages('deal-acme').map(({ text }) => text)).toEqual([
      'No losses this week.',
    ]);
    await app.stop();
  });
});

describe('a loss between planning and posting', () => {
  it('keeps its name to itself when its deal became private', async () => {
    const acme = await lose('Acme', '2026-11-25T15:00:00Z');
    world.clock.set(thursdays[0]);
    await world.app.heartbeat.tick();
    await world.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.deals)
        .set({ privacy: 'restricted' })
        .where(eq(tx.tables.deals.id, acme.id));
    });
    await world.deliver();
    expect(channelTexts()).toHaveLength(1);
    expect(channelTexts()[0]).toContain('1 private loss is counted here');
  });
});
