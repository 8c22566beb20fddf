import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import type { HomeworkId, NudgeId } from '../../src/domain/ids.ts';
import type { NudgedStep } from '../../src/domain/nudge.ts';
import {
  changeHomework,
  findHomework,
  listDueSteps,
  listHomework,
  listHomeworkByIds,
  listNextSteps,
} from '../../src/store/homework.ts';
import { findLastRun, insertJobRun, saveJobSummary } from '../../src/store/job-runs.ts';
import {
  findNudge,
  insertNudges,
  listMentioned,
  listNudgeReaders,
  nudgeKey,
} from '../../src/store/nudges.ts';
import { enqueue, listTrouble } from '../../src/store/outbox.ts';
import { claimDue, finish } from '../../src/store/outbox-claims.ts';
import { rowsOf } from '../support/rows.ts';
import {
  elsewhere,
  later,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;

const pace = { restMs: 1_000, spacingMs: 0 };
let acme: OpenDeal;

const today = day('2026-11-23');

describe.each(engines)('steps on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    acme = await world.seed.deal({ account: 'Acme', owner: world.anna });
  });
  afterEach(() => world.store.close());

  const ours = (title: string, dueOn: string) =>
    world.seed.step(acme, { title, dueOn, doer: world.anna });

  it('are listed in due order with whoever does them', async () => {
    await ours('Second', '2026-11-25');
    const theirs = { title: 'First', dueOn: '2026-11-24', doer: 'Dana Lee' };
    const first = await world.seed.step(acme, theirs);
    const steps = await world.run(listHomework, acme.id);
    expect(steps.map(({ title, doer }) => [title, doer.name])).toEqual([
      ['First', 'Dana Lee'],
      ['Second', 'Anna Snelling'],
    ]);
    expect(await world.run(findHomework, workspaceId, first.id)).toEqual(steps[0]);
    expect(await world.run(listHomeworkByIds, elsewhere, [first.id])).toEqual([]);
  });

  it('change once: whoever saw an older state changes nothing', async () => {
    const step = await ours('Send it', '2026-11-25');
    const done = { status: 'done', doneOn: today } as const;
    const change = (what: Parameters<typeof changeHomework>[3]) =>
      world.run(changeHomework, workspaceId, step, what);
    const results = await Promise.all([change(done), change({ dueOn: day('2026-12-01') })]);
    expect([...results].sort()).toEqual([false, true]);
    expect(await change({ status: 'dropped', dropReason: 'x' })).toBe(false);
    expect((await world.run(findHomework, workspaceId, step.id))?.version).toBe(2);
  });

  it('come next by their day', async () => {
    await ours('Later', '2026-12-01');
    await ours('Soon', '2026-11-24');
    const next = await world.run(listNextSteps, [acme.id]);
    expect(next.get(acme.id)).toMatchObject({ title: 'Soon', dueOn: '2026-11-24' });
  });

  it('are asked of whoever does them, or of the owner when it is the buyer or somebody left', async () => {
    const ben = await world.seed.person('U0BEN', 'Ben Okafor');
    const lou = await world.seed.person('U0LOU', 'Lou Left', { active: false });
    const titles = ['buyer', 'ben', 'left'] as const;
    for (const [at, doer] of ['Dana Lee', ben, lou].entries()) {
      await world.seed.step(acme, { title: titles[at] ?? '', dueOn: `2026-11-2${at}`, doer });
    }
    await ours('too late to matter now', '2026-12-24');
    const readers = await world.run(listNudgeReaders, workspaceId, 'America/New_York');
    const slackIds = new Set(readers.map(({ slackUserId }) => slackUserId));
    expect(slackIds).toEqual(new Set(['U0ANNA', 'U0BEN']));
    const due = await world.run(listDueSteps, workspaceId, readers, { today, until: today });
    expect(due.map(({ slackUserId }) => slackUserId)).toEqual(['U0ANNA', 'U0BEN', 'U0ANNA']);
    expect(due[0]).toMatchObject({ dueOn: '2026-11-20', workDays: [1, 2, 3, 4, 5] });
  });
});

describe.each(engines)('bundles on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  const items: NudgedStep[] = [{ homeworkId: 'H1' as HomeworkId, dueOn: today }];
  const bundle = () => ({ personId: world.anna.id, slackUserId: 'U0ANNA' as never, items });

  it('are kept once a person and day', async () => {
    const [kept, ...more] = await world.run(insertNudges, workspaceId, today, [bundle()], now);
    expect(more).toEqual([]);
    expect(await world.run(insertNudges, workspaceId, today, [bundle()], now)).toEqual([]);
    const id = kept?.id as NudgeId;
    const found = await world.run(findNudge, workspaceId, id);
    expect(found).toMatchObject({ personId: world.anna.id, on: today, items });
  });

  it('have mentioned what they asked once they were sent', async () => {
    const [kept] = await world.run(insertNudges, workspaceId, today, [bundle()], now);
    const key = nudgeKey(kept?.id as NudgeId);
    const intent = { kind: 'nudge_planned', key, target: 'U0ANNA', payload: {} } as const;
    await world.run(enqueue, workspaceId, now, [intent]);
    const mentioned = () => world.run(listMentioned, workspaceId, [world.anna.id], today);
    expect(await mentioned()).toEqual(new Set());
    const query = { workspaceId, now, pace, leaseMs: 1_000, claim: 'me', limit: 1 };
    const [row] = await world.run(claimDue, query);
    if (!row) throw new Error('Nothing was due.');
    const sent = { state: 'sent', channelId: 'D1' as never, messageTs: '1.1' as never } as const;
    await world.run(finish, row, sent, now);
    expect((await mentioned()).size).toBe(1);
  });

  it('that arrive nowhere are in the list of trouble, newest first', async () => {
    for (const key of ['a', 'b']) {
      const intent = {
        kind: 'nudge_planned',
        key,
        target: `U0${key}`,
        payload: { x: 'y' },
      } as const;
      await world.run(enqueue, workspaceId, now, [intent]);
    }
    const query = { workspaceId, now, pace, leaseMs: 1_000, claim: 'me', limit: 2 };
    for (const row of await world.run(claimDue, query)) {
      await world.run(finish, row, { state: 'dead', detail: 'user_disabled' }, later(5));
    }
    expect(await world.run(listTrouble, workspaceId)).toMatchObject([
      { key: 'b', detail: 'user_disabled', at: later(5) },
      { key: 'a', detail: 'user_disabled', at: later(5) },
    ]);
  });
});

describe.each(engines)('runs of a job on %s', (engine) => {
  it('happen once each, whoever tries, and the last before now is found', async () => {
    world = await openStoreWorld(engine);
    const run = { workspaceId, job: 'sweep', scope: 'UTC', scheduledFor: now };
    const taken = await Promise.all([1, 2, 3].map(() => world.run(insertJobRun, run, now)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const next = { ...run, scheduledFor: later(60_000) };
    expect(await world.run(insertJobRun, next, now)).toBe(true);
    await world.run(saveJobSummary, run, { sent: 3 });
    const rows = await rowsOf(world.store, 'jobRuns');
    const summaries = rows.map(({ scheduledFor, summary }) => [scheduledFor.getTime(), summary]);
    expect(new Map(summaries as [number, object][])).toEqual(
      new Map<number, object>([
        [now.getTime(), { sent: 3 }],
        [later(60_000).getTime(), {}],
      ]),
    );
    expect(await world.run(findLastRun, run, later(1))).toEqual(now);
    expect(await world.run(findLastRun, { ...run, scope: 'Asia/Tokyo' }, now)).toBeUndefined();
    await world.store.close();
  });
});
