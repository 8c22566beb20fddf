import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, type OutboxId, type WorkspaceId } from '../../src/domain/ids.ts';
import type { Intent } from '../../src/domain/outbox.ts';
import { enqueue } from '../../src/store/outbox.ts';
import {
  claimDue,
  finish,
  markAttempt,
  nextDue,
  postpone,
  selectDue,
} from '../../src/store/outbox-claims.ts';
import { rest } from '../../src/store/paces.ts';
import type { Store } from '../../src/store/store.ts';
import { queryRaw, rowsOf } from '../support/rows.ts';
import { engines, openTestStore } from '../support/test-store.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;
const start = new Date('2026-11-23T14:30:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);

let store: Store;

function intent(key: string, more: Partial<Intent> = {}): Intent {
  return { kind: 'loss_listed', target: 'C0ROOM', payload: {}, key, ...more };
}

function queue(...intents: Intent[]) {
  return store.transaction((tx) => enqueue(tx, workspaceId, start, intents));
}

/** No pace at all, for what is not about it. */
const freely = { restMs: 0, spacingMs: 0 };

function claim(more: Partial<Parameters<typeof claimDue>[1]> = {}) {
  const query = {
    ...{ workspaceId, now: start, pace: freely, leaseMs: 60_000, claim: 'one', limit: 10 },
    ...more,
  };
  return store.transaction((tx) => claimDue(tx, query));
}

async function claimOne(more: Partial<Parameters<typeof claimDue>[1]> = {}) {
  const [row, ...others] = await claim(more);
  if (!row || others.length > 0) throw new Error(`Expected one row, claimed ${others.length + 1}`);
  return row;
}

const sent = { state: 'sent', channelId: 'C0ROOM', messageTs: '1.2' } as Parameters<
  typeof finish
>[2];

describe.each(engines)('the outbox on %s', (engine) => {
  beforeEach(async () => {
    store = await openTestStore(engine);
  });

  afterEach(() => store.close());

  describe('queueing', () => {
    test('queues a key once, within one call and over several', async () => {
      expect(await queue(intent('a'), intent('b'), intent('a'))).toBe(2);
      expect(await queue(intent('a'), intent('c'))).toBe(1);
    });

    test('does not queue a sent message again', async () => {
      await queue(intent('a'));
      const row = await claimOne();
      await store.transaction((tx) => finish(tx, row, sent, start));
      expect(await queue(intent('a'))).toBe(0);
    });

    test('another workspace may use the same key and is never claimed for this one', async () => {
      await queue(intent('a'));
      const other = 'T0OTHER' as WorkspaceId;
      expect(await store.transaction((tx) => enqueue(tx, other, start, [intent('a')]))).toBe(1);
      expect(await claim()).toHaveLength(1);
      expect(await claim({ workspaceId: other })).toHaveLength(1);
    });

    test('queues thousands in one go', async () => {
      const many = Array.from({ length: 2_345 }, (_, index) => intent(`m${index}`));
      expect(await queue(...many)).toBe(2_345);
    });
  });

  describe('claiming', () => {
    test('takes one row for each target, the oldest', async () => {
      await queue(intent('a1'), intent('a2'), intent('b1', { target: 'C0OTHER' }));
      expect((await claim()).map(({ key }) => key)).toEqual(['a1', 'b1']);
      expect(await claim()).toEqual([]);
    });

    test('takes no more than asked for and nothing that is to be skipped', async () => {
      await queue(
        intent('a', { target: 'C0A' }),
        intent('b', { target: 'C0B' }),
        intent('c', { target: 'C0C', kind: 'nudge_planned' }),
        intent('d', { target: 'C0D' }),
        intent('e', { target: 'C0E' }),
      );
      const rows = await claim({ limit: 3, skipKinds: ['nudge_planned'] });
      expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'd']);
    });

    test('a row planned for later is not taken before its time and holds nobody up', async () => {
      await queue(intent('later', { availableAt: at(1_000) }), intent('now'));
      const row = await claimOne();
      expect(row.key).toBe('now');
      await store.transaction((tx) => finish(tx, row, sent, start));
      expect(await claim()).toEqual([]);
      expect((await claimOne({ now: at(1_000) })).key).toBe('later');
    });

    test('a row whose planned time has come holds up later ones of its target', async () => {
      await queue(intent('planned', { availableAt: at(1_000) }), intent('second'));
      expect((await claimOne({ now: at(1_000) })).key).toBe('planned');
    });

    test('a row that waits for its retry holds up later ones', async () => {
      await queue(intent('first'), intent('second'));
      const row = await claimOne();
      const back = { state: 'pending', until: at(5_000), attempts: 1, detail: 'busy' } as const;
      expect(await store.transaction((tx) => postpone(tx, row, back))).toBe(true);
      expect(await claim({ now: at(4_999) })).toEqual([]);
      expect(await claimOne({ now: at(5_000) })).toMatchObject({ key: 'first', attempts: 1 });
    });

    test('a row in doubt holds up later ones until it is settled for good', async () => {
      await queue(intent('first'), intent('second'));
      const row = await claimOne();
      const back = { state: 'unknown', until: at(5_000), attempts: 1, detail: 'lost' } as const;
      await store.transaction((tx) => postpone(tx, row, back));
      expect(await claim()).toEqual([]);
      const again = await claimOne({ now: at(5_000) });
      expect(again.key).toBe('first');
      const ending = { state: 'unknown', detail: 'direct_message' } as const;
      await store.transaction((tx) => finish(tx, again, ending, at(5_000)));
      const second = await claimOne({ now: at(5_000) });
      expect(second.key).toBe('second');
      await store.transaction((tx) => finish(tx, second, sent, at(5_000)));
      expect(await claim({ now: at(1_000_000) })).toEqual([]);
    });

    test('a held row is left alone while its lease lasts', async () => {
      await queue(intent('a'));
      await claim();
      expect(await claim({ now: at(59_999), claim: 'two' })).toEqual([]);
    });

    test('after the lease a row whose call went out is in doubt since then', async () => {
      await queue(intent('a'));
      const row = await claimOne();
      expect(row.doubtSince).toBeUndefined();
      await store.transaction((tx) => markAttempt(tx, row, { now: at(10), leaseMs: 60_000 }));
      expect(await claim({ now: at(60_000), claim: 'two' })).toEqual([]);
      const again = await claimOne({ now: at(60_010), claim: 'two' });
      expect(again.doubtSince).toEqual(at(10));
    });

    test('after the lease a row whose call never went out is simply taken', async () => {
      await queue(intent('a'));
      await claim();
      expect((await claimOne({ now: at(60_000), claim: 'two' })).doubtSince).toBeUndefined();
    });

    test('whoever lost a row to another can neither send nor end nor postpone it', async () => {
      await queue(intent('a'));
      const lost = await claimOne();
      const held = await claimOne({ now: at(60_000), claim: 'two' });
      const back = { state: 'pending', until: start, attempts: 5, detail: 'x' } as const;
      await store.transaction(async (tx) => {
        expect(await markAttempt(tx, lost, { now: at(60_000), leaseMs: 1 })).toBe(false);
        expect(await finish(tx, lost, sent, at(60_000))).toBe(false);
        expect(await postpone(tx, lost, back)).toBe(false);
        expect(await finish(tx, held, sent, at(60_000))).toBe(true);
        expect(await finish(tx, held, sent, at(60_000))).toBe(false);
      });
    });
  });

  describe('the pace', () => {
    const pace = { restMs: 1_000, spacingMs: 0 };
    const ceiling = { restMs: 1_000, spacingMs: 250 };

    async function sendOne(now: Date, given = pace) {
      const row = await claimOne({ now, pace: given });
      await store.transaction((tx) => finish(tx, row, sent, now));
      return row.key;
    }

    test('gives one place a message a second, whichever process asks', async () => {
      await queue(intent('a1'), intent('a2'), intent('b', { target: 'C0B' }));
      const [a1] = await claim({ pace, limit: 1, claim: 'one' });
      if (a1) await store.transaction((tx) => finish(tx, a1, sent, at(5)));
      expect((await claim({ now: at(10), pace, claim: 'two' })).map(({ key }) => key)).toEqual([
        'b',
      ]);
      expect(await claim({ now: at(999), pace, claim: 'two' })).toEqual([]);
      expect((await claimOne({ now: at(1_000), pace, claim: 'two' })).key).toBe('a2');
    });

    test('gives all places together no more than the ceiling, whichever process asks', async () => {
      await queue(intent('a', { target: 'C0A' }), intent('b', { target: 'C0B' }));
      expect(await claim({ pace: ceiling, claim: 'one' })).toHaveLength(1);
      expect(await claim({ now: at(249), pace: ceiling, claim: 'two' })).toEqual([]);
      expect(await claim({ now: at(250), pace: ceiling, claim: 'two' })).toHaveLength(1);
    });

    test('starts again when a place with another name got a message', async () => {
      await queue(intent('a'), intent('named', { target: '#room' }));
      await store.transaction((tx) => rest(tx, ['C0ROOM'], { workspaceId, now: start, pace }));
      expect((await claimOne({ now: at(10), pace })).key).toBe('named');
    });

    test('makes nobody wait whose clock was set back', async () => {
      await queue(intent('a1'), intent('a2'));
      await sendOne(at(3_600_000));
      expect(await sendOne(start)).toBe('a2');
    });

    test('says when the first place that somebody waits for has rested', async () => {
      await queue(intent('a1'), intent('a2'), intent('b', { target: 'C0B' }));
      const ask = (now: Date, given = pace) =>
        store.read((tx) => nextDue(tx, { workspaceId, now, pace: given }));
      await sendAll(['a1', 'b']);
      expect(await ask(at(10))).toMatchObject({ due: false, nextAt: at(1_000) });
      expect(await ask(at(1_000))).toMatchObject({ due: true, nextAt: undefined });
      await sendOne(at(1_000));
      expect(await ask(at(1_010))).toMatchObject({ due: false, nextAt: undefined });
    });

    test('says when the ceiling lets the next one through', async () => {
      await queue(intent('a', { target: 'C0A' }), intent('b', { target: 'C0B' }));
      await sendOne(start, ceiling);
      const next = await store.read((tx) =>
        nextDue(tx, { workspaceId, now: at(10), pace: ceiling }),
      );
      expect(next).toMatchObject({ due: false, nextAt: at(250) });
    });

    async function sendAll(keys: string[]) {
      const rows = await claim({ pace });
      expect(rows.map(({ key }) => key)).toEqual(keys);
      for (const row of rows) await store.transaction((tx) => finish(tx, row, sent, start));
    }
  });

  describe('what comes next', () => {
    const next = (now: Date) => store.read((tx) => nextDue(tx, { workspaceId, now, pace: freely }));

    test('nothing, when all is done', async () => {
      expect(await next(start)).toEqual({
        due: false,
        nextAt: undefined,
        heldUntil: undefined,
      });
    });

    test('the earliest of planned and postponed rows', async () => {
      await queue(intent('a'), intent('b', { target: 'C0B', availableAt: at(9_000) }));
      expect(await next(start)).toMatchObject({ due: true, nextAt: at(9_000) });
      const row = await claimOne();
      const back = { state: 'unknown', until: at(3_000), attempts: 1, detail: 'x' } as const;
      await store.transaction((tx) => postpone(tx, row, back));
      expect(await next(start)).toMatchObject({ due: false, nextAt: at(3_000) });
    });

    test('rows in the hands of another do not count before their lease ends', async () => {
      await queue(intent('a'), intent('b'));
      await claim();
      expect(await next(start)).toEqual({
        due: false,
        nextAt: undefined,
        heldUntil: at(60_000),
      });
    });
  });

  test('ids of rows follow the order of queueing', async () => {
    await queue(
      ...Array.from({ length: 50 }, (_, index) => intent(`m${String(index).padStart(2, '0')}`)),
    );
    const rows = await rowsOf(store, 'outbox');
    const keys = rows.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
    expect(newId<OutboxId>(start) > (rows.at(-1)?.id ?? '')).toBe(true);
  });
});

test('finds what is due by index, whatever the outbox has sent before', async () => {
  store = await openTestStore('sqlite');
  await queue(intent('a'));
  const plan = await store.read(async (tx) => {
    const query = selectDue(tx, { workspaceId, now: start, pace: freely }, 4);
    return queryRaw<{ detail: string }>(tx, sql`explain query plan ${query.getSQL()}`);
  });
  const steps = plan
    .map(({ detail }) => detail)
    .filter((detail) => /SCAN|SEARCH|B-TREE/.test(detail));
  expect(steps).toEqual([
    expect.stringMatching(
      /^SEARCH outbox USING INDEX outbox_due \(workspace_id=\? AND available_at<\?\)/,
    ),
    expect.stringMatching(/^SEARCH paces USING INDEX paces_once \(workspace_id=\? AND place=\?\)/),
    expect.stringMatching(
      /^SEARCH earlier USING INDEX outbox_target \(workspace_id=\? AND target=\? AND id<\?\)/,
    ),
  ]);
});
