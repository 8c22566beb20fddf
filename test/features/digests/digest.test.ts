import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import { plainCalendars } from '../../../src/domain/calendar.ts';
import { type CommitmentId, newId, type PersonId, type ReviewId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { loadWeek } from '../../../src/features/digests/week-figures.ts';
import { weekSpan } from '../../../src/features/digests/week-span.ts';
import { savePerson } from '../../../src/store/people.ts';
import { createAppOn } from '../../support/app-on.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;
let ben: Person;

const friday = '2026-11-27T20:00:00Z';
const told = {
  outcome: 'rival',
  competitor: 'Initech',
  whyClass: 'outsold',
  reasonCode: 'com.price_value',
} as const;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'manager' });
  anna = await seed.person('U0ANNA', 'Anna Snelling', { managerId: ben.id });
  await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
});
afterEach(() => world.stop());

const inChannel = (words: string) =>
  world.anna.messages('closed-lost').filter(({ text }) => text.includes(words));
const digests = () => inChannel('The week to');
const toHeads = (actor: Actor) =>
  actor.dm().filter(({ text }) => text.includes('Losses by manager'));
const blockTypes = (message: { blocks: readonly { type: string }[] } | undefined) =>
  message?.blocks.map(({ type }) => type as string) ?? [];

async function lose(account: string, more: Parameters<Seed['loss']>[1] | object = {}) {
  const deal = await seed.deal({ account, owner: anna });
  await seed.loss(deal, { loggedAt: '2026-11-25T15:00:00Z', ...told, ...more });
  return deal;
}

async function promise(more: { kind: 'system_change' | 'try'; what: string; done: boolean }) {
  const { done, ...row } = more;
  await world.app.store.transaction(async (tx) => {
    await tx.insert(tx.tables.commitments).values({
      ...row,
      id: newId<CommitmentId>(world.clock.now()),
      workspaceId: world.app.workspaceId,
      personId: ben.id,
      dueOn: '2026-11-25' as never,
      state: done ? 'done' : 'open',
      createdAt: world.clock.now(),
      endedAt: done ? new Date('2026-11-25T15:00:00Z') : null,
    });
  });
}

describe('the week’s digest', () => {
  it('comes on Friday afternoon with its figures drawn, and all of them in words', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli']) await lose(account);
    await lose('Umbrella', {
      reasonCode: 'fit.no_problem',
      whyClass: 'not_there',
      outcome: 'none',
    });
    await world.goTo('2026-11-27T19:00:00Z');
    expect(digests()).toEqual([]);
    await world.goTo(friday);
    const [digest, ...more] = digests();
    expect(more).toEqual([]);
    expect(blockTypes(digest)).toEqual(
      expect.arrayContaining(['data_visualization', 'table', 'data_visualization']),
    );
    expect(blockTypes(digest).filter((type) => type === 'data_visualization')).toHaveLength(2);
    for (const fact of [
      '0 deals won and 4 lost this week.',
      'Two boxes: 3 outsold, 1 where we were not meant to be.',
      'First reasons: Commercial 3, Fit 1 (of 4).',
      'How they ended: They chose another supplier 3, They chose to live with the problem 1 (of 4).',
      'Phase at the end: Awareness 4 (of 4).',
      'Won, of won and lost: not enough yet (4 of 5)',
      'to 27 Nov: Won 0, Lost 4',
    ]) {
      expect(digest?.text).toContain(fact);
    }
  });

  it('begins with the team’s own reason to look, then what managers promised', async () => {
    await promise({ kind: 'system_change', what: 'A reference list for finance', done: true });
    await promise({ kind: 'system_change', what: 'Legal answers within two days', done: false });
    await promise({ kind: 'try', what: 'Ask who signs', done: false });
    await world.goTo(friday);
    const text = digests()[0]?.text ?? '';
    expect(text.startsWith('Why we look: ')).toBe(true);
    expect(text).toContain('Changes to how we are set up: 1 of 2 made by their day.');
    expect(text).toContain('A reference list for finance: done.');
    expect(text).toContain('Legal answers within two days: due Wed 25 Nov, still open.');
    expect(text).toContain('Of all promises due this week, 1 of 3 were kept by their day.');
    expect(text.indexOf('set up')).toBeLessThan(text.indexOf('One thing to look at'));
    expect(text).not.toContain('Ask who signs');
  });

  it('uses the reason the team gave itself', async () => {
    const app = await createAppOn(world, { TEAM_PURPOSE: 'Hospitals run better with us.' });
    world.clock.set(friday);
    await app.heartbeat.tick();
    await app.dispatcher.runUntilIdle();
    await app.stop();
    const [digest] = digests();
    expect(digest?.text.startsWith('Hospitals run better with us. The week to')).toBe(true);
    expect(digest && wordsOn(digest).startsWith('Hospitals run better with us.')).toBe(true);
  });

  it('shows what can still change above what has been', async () => {
    await lose('Acme');
    await world.goTo(friday);
    const text = digests()[0]?.text ?? '';
    expect(text.indexOf('Deals without a next step')).toBeGreaterThan(0);
    expect(text.indexOf('Deals without a next step')).toBeLessThan(text.indexOf('Losses: 1'));
  });

  it('counts a private loss and says nothing else of it', async () => {
    await lose('Acme');
    const secret = await seed.deal({ account: 'Secret Corp', owner: anna, privacy: 'restricted' });
    await seed.loss(secret, {
      loggedAt: '2026-11-25T16:00:00Z',
      ...told,
      competitor: 'Whisper Ltd',
      reasonCode: 'rsk.legal',
    });
    await world.goTo(friday);
    const [digest] = digests();
    expect(digest?.text).toContain('0 deals won and 1 lost this week.');
    expect(digest?.text).toContain('1 private loss is counted here and in no figure below.');
    const everything = `${digest?.text} ${digest && wordsOn(digest)} ${toHeads(world.admin)[0]?.text}`;
    for (const word of ['Secret', 'Whisper', 'legal', 'Anna'])
      expect(everything).not.toContain(word);
  });

  it('is sent once, and says so when it comes late', async () => {
    await world.goTo('2026-11-30T14:00:00Z');
    expect(digests()[0]?.text).toContain('This comes late: it was due Fri 27 Nov.');
    await world.goTo('2026-11-30T18:00:00Z');
    expect(digests()).toHaveLength(1);
  });

  it('is left to the next one when the week’s thread is near', async () => {
    await world.goTo('2026-12-02T14:00:00Z');
    expect(digests()).toEqual([]);
  });

  it('compares open plans with what the digests before it counted', async () => {
    await seed.deal({ account: 'Acme', owner: anna });
    await world.goTo(friday);
    expect(digests()[0]?.text).toContain('Open plans both sides said yes to: 0 of 1 (before: —)');
    await world.goTo('2026-12-04T20:00:00Z');
    expect(digests()[1]?.text).toContain(
      'Open plans both sides said yes to: 0 of 1 (before: 0 on average)',
    );
  });

  it('compares what holds deals up only with days on which somebody looked', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli', 'Umbrella']) {
      await seed.deal({ account, owner: anna });
    }
    await world.app.store.transaction(async (tx) => {
      const deals = await tx.select({ id: tx.tables.deals.id }).from(tx.tables.deals);
      await tx.insert(tx.tables.stalls).values(
        deals.map(({ id }, at) => ({
          id: `01STALL${at}` as never,
          workspaceId: world.app.workspaceId,
          dealId: id,
          code: 'ball_with_us' as const,
          severity: 'stall' as const,
          evidence: { value: 5, limit: 4 },
          firstOn: '2026-11-24' as never,
          lastOn: '2026-11-27' as never,
        })),
      );
    });
    const at = { weekday: 5, time: '15:00' };
    const lossThreadAt = { weekday: 4, time: '10:00' };
    const team = { zone: 'America/New_York', currency: 'USD', lossThreadAt };
    const days = { team, calendars: plainCalendars };
    const load = (instant: string) =>
      world.app.store.read((tx) =>
        loadWeek(tx, world.app.workspaceId, weekSpan(new Date(instant), days.team.zone, at), days),
      );
    expect((await load(friday)).stalls.get('ball_with_us')).toEqual([4]);
    expect((await load('2026-12-04T20:00:00Z')).stalls.get('ball_with_us')).toEqual([4, 4]);
  });

  it('counts finished reviews and voices once they are due, excused ones apart', async () => {
    const deal = await lose('Acme');
    const other = await lose('Globex');
    const review = (dealId: typeof deal.id, state: 'complete' | 'excused') => ({
      id: newId<ReviewId>(world.clock.now()),
      workspaceId: world.app.workspaceId,
      dealId,
      kind: 'loss' as const,
      size: 'quick' as const,
      state,
      ownerId: anna.id,
      managerId: ben.id,
      openedAt: new Date('2026-11-24T15:00:00Z'),
      completedAt: state === 'complete' ? new Date('2026-12-01T15:00:00Z') : null,
      version: 1,
    });
    await world.app.store.transaction(async (tx) => {
      await tx
        .insert(tx.tables.reviews)
        .values([review(deal.id, 'complete'), review(other.id, 'excused')]);
    });
    await world.goTo('2026-12-11T20:00:00Z');
    expect(digests().at(-1)?.text).toContain(
      'Reviews finished in ten business days: not enough yet (1 of 5), 1 excused',
    );
  });

  it('goes out with lists where Slack draws neither charts nor tables', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli']) await lose(account);
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'invalid_blocks',
      when: ({ blocks }) => JSON.stringify(blocks ?? '').includes('data_visualization'),
    });
    await world.goTo(friday);
    const [digest, ...more] = digests();
    expect(more).toEqual([]);
    expect(blockTypes(digest)).not.toContain('table');
    expect(blockTypes(digest)).not.toContain('data_visualization');
    expect(digest && wordsOn(digest)).toContain('Won and lost, five weeks');
    expect(digest && wordsOn(digest)).toContain('to 27 Nov: Won 0, Lost 3');
  });
});

describe('the digest of a head of sales', () => {
  let head: Person;
  beforeEach(async () => {
    head = await seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
    ben = await save({ ...ben, managerId: head.id });
  });

  async function save(person: Person): Promise<Person> {
    await world.app.store.transaction((tx) => savePerson(tx, person, world.clock.now()));
    return person;
  }

  it('has a manager a line, one question each, and no seller’s name', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli']) {
      await lose(account, { whyClass: 'not_there', reasonCode: 'fit.no_problem' });
    }
    await world.goTo(friday);
    const [digest] = toHeads(world.mia);
    expect(digest?.text).toContain(
      'Ben Okafor: losses 3, reviews finished 0, wait for their word 0, outsold / not our place 0 / 3, could have been won not enough yet (0 of 5)',
    );
    expect(digest?.text).toContain('For Ben Okafor: Which sign, visible in week one,');
    expect(digest?.text).not.toContain('Anna');
    expect(toHeads(world.admin)).toHaveLength(1);
    expect(toHeads(world.ben)).toEqual([]);
    expect(toHeads(world.anna)).toEqual([]);
  });

  it('counts the reviews that wait for a word of their manager', async () => {
    const deal = await lose('Acme');
    await world.app.store.transaction(async (tx) => {
      await tx.insert(tx.tables.reviews).values({
        id: '01UNREAD' as ReviewId,
        workspaceId: world.app.workspaceId,
        dealId: deal.id,
        kind: 'loss',
        size: 'quick',
        state: 'level1',
        ownerId: anna.id,
        managerId: ben.id,
        openedAt: new Date('2026-11-25T15:00:00Z'),
        version: 1,
      });
    });
    await world.goTo(friday);
    expect(toHeads(world.mia)[0]?.text).toContain('wait for their word 1');
    expect(toHeads(world.mia)[0]?.text).toContain(
      'For Ben Okafor: What would give you ten minutes',
    );
  });

  it('is dropped for who leads no managers any more when it is sent', async () => {
    await lose('Acme');
    world.clock.set(friday);
    await world.app.heartbeat.tick();
    await save({ ...ben, managerId: undefined });
    await world.deliver();
    expect(toHeads(world.mia)).toEqual([]);
    const rows = await rowsOf(world.app.store, 'outbox');
    expect(rows.find(({ target }) => target === 'U0MIA')?.state).toBe('dropped');
  });

  it('counts only those below the reader', async () => {
    const far = await seed.person('U0FAR', 'Fay Far', { role: 'manager' });
    const rep = await seed.person(undefined, 'Rob Rep', { managerId: far.id as PersonId });
    const deal = await seed.deal({ account: 'Elsewhere', owner: rep });
    await seed.loss(deal, { loggedAt: '2026-11-25T15:00:00Z', ...told });
    await world.goTo(friday);
    expect(toHeads(world.mia)[0]?.text).not.toContain('Fay Far');
    expect(toHeads(world.admin)[0]?.text).toContain('Fay Far: losses 1');
  });
});

describe('the month’s card', () => {
  const card = () => inChannel('What comes back');

  it('comes with the first digest of a month and with no other', async () => {
    await world.goTo(friday);
    expect(card()).toEqual([]);
    await world.goTo('2026-12-04T20:00:00Z');
    expect(card()).toHaveLength(1);
    await world.goTo('2026-12-11T20:00:00Z');
    expect(card()).toHaveLength(1);
    expect(card()[0]?.text).toContain('not enough yet (0 of 5)');
    expect(card()[0]?.text).toContain('not enough yet (0 of 10) on the smaller side');
    expect(card()[0]?.text).toContain('None this month: the figures call for none.');
  });
});

describe('a loss channel the app is not in', () => {
  it('is told to an admin, with another way to the figures', async () => {
    await world.goTo('2026-11-26T15:00:00Z');
    await world.sandbox.kick('C0LOST');
    await world.goTo(friday);
    expect(world.admin.dm().map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^I could not post the week’s digest in #closed-lost.*Until then \/deal losses shows the figures\.$/,
      ),
    );
  });
});
