import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import type { DealId, HomeworkId, NudgeId, PersonId } from '../../src/domain/ids.ts';
import type { PlannedItem } from '../../src/domain/nudge-plan.ts';
import {
  changeHomework,
  findHomework,
  listHomework,
  listHomeworkByIds,
  listNextSteps,
} from '../../src/store/homework.ts';
import { findLastRun, insertJobRun, saveJobSummary } from '../../src/store/job-runs.ts';
import { listStepsToAsk } from '../../src/store/nudge-matters.ts';
import { listNudgeReaders } from '../../src/store/nudge-readers.ts';
import {
  answerItem,
  findNudge,
  insertNudges,
  listAskedBefore,
  listBundleDays,
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
    const morning = { zone: 'America/New_York', at: '09:00' };
    const readers = await world.run(listNudgeReaders, workspaceId, morning);
    const slackIds = new Set(readers.map(({ slackUserId }) => slackUserId));
    expect(slackIds).toEqual(new Set(['U0ANNA', 'U0BEN']));
    expect(readers[0]).toMatchObject({ workDays: [1, 2, 3, 4, 5], awayUntil: undefined });
    const ids = readers.map(({ personId }) => personId);
    const due = await world.run(listStepsToAsk, workspaceId, ids, { today, until: today });
    expect(due.map(({ personId }) => personId)).toEqual([world.anna.id, ben.id, world.anna.id]);
    expect(due.map(({ side, dueOn }) => [side, dueOn])).toEqual([
      ['buyer', '2026-11-20'],
      ['seller', '2026-11-21'],
      ['seller', '2026-11-22'],
    ]);
    expect(due[0]).toMatchObject({ dealId: acme.id, status: 'proposed', privacy: 'team' });
    const bens = await world.run(listStepsToAsk, workspaceId, [ben.id], { today, until: today });
    expect(bens.map(({ personId }) => personId)).toEqual([ben.id]);
    expect(await world.run(listStepsToAsk, elsewhere, ids, { today, until: today })).toEqual([]);
  });

  it('are asked of the people of one morning, of members who are there', async () => {
    await world.seed.person('U0BEN', 'Ben Okafor', { zone: 'Europe/Berlin' });
    await world.seed.person('U0GUEST', 'Gus Guest', { standing: 'guest' });
    await world.seed.person(undefined, 'Sam Crm');
    const at = async (zone: string, time: string) =>
      (await world.run(listNudgeReaders, workspaceId, { zone, at: time })).map(({ name }) => name);
    expect(await at('America/New_York', '09:00')).toEqual(['Anna Snelling']);
    expect(await at('Europe/Berlin', '09:00')).toEqual(['Ben Okafor']);
    expect(await at('America/New_York', '08:00')).toEqual([]);
  });
});

describe.each(engines)('bundles on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  const tuesday = day('2026-11-24');
  const item: PlannedItem = {
    kind: 'item_due',
    dealId: 'D1' as DealId,
    homeworkId: 'H1' as HomeworkId,
    subject: 'step:H1',
    dueOn: today,
    severity: undefined,
    variant: 1,
  };
  const held = [
    { dealId: 'D2' as DealId, homeworkId: 'H2' as HomeworkId, kind: 'item_late', reason: 'budget' },
  ] as const;
  const bundle = () => ({ personId: world.anna.id, asked: [item], held });
  const insert = (on = today) => world.run(insertNudges, workspaceId, on, [bundle()], now);
  const idOf = (kept: ReadonlyMap<PersonId, NudgeId>) => kept.get(world.anna.id) as NudgeId;

  /** Queues the bundle and ends its sending in some way. */
  async function send(id: NudgeId, state: 'sent' | 'dropped', at = now): Promise<void> {
    const key = nudgeKey(id);
    const intent = { kind: 'nudge_planned', key, target: 'U0ANNA', payload: {} } as const;
    await world.run(enqueue, workspaceId, at, [intent]);
    const query = { workspaceId, now: at, pace, leaseMs: 1_000, claim: 'me', limit: 1 };
    const [row] = await world.run(claimDue, query);
    if (!row) throw new Error('Nothing was due.');
    const ended =
      state === 'sent'
        ? ({ state, channelId: 'D1' as never, messageTs: '1.1' as never } as const)
        : ({ state, detail: 'its day is over' } as const);
    await world.run(finish, row, ended, at);
  }

  it('are kept once a person and day, with their questions and what they held back', async () => {
    const kept = await insert();
    expect([...kept.keys()]).toEqual([world.anna.id]);
    expect(await insert()).toEqual(new Map());
    expect((await insert(tuesday)).size).toBe(1);
    const found = await world.run(findNudge, workspaceId, idOf(kept));
    expect(found).toMatchObject({ personId: world.anna.id, on: today, held, items: [item] });
    expect(found?.items).toHaveLength(1);
    expect(await rowsOf(world.store, 'nudgeItems')).toHaveLength(2);
  });

  it('have asked what they asked once they were sent', async () => {
    const asked = async () =>
      (await world.run(listAskedBefore, workspaceId, [world.anna.id], today)).get(world.anna.id);
    await send(idOf(await insert()), 'dropped');
    expect(await asked()).toBeUndefined();
    await send(idOf(await insert(tuesday)), 'sent', later(5_000));
    expect(await asked()).toMatchObject([{ ...item, on: tuesday, answer: undefined }]);
    const since = day('2026-11-25');
    expect(await world.run(listAskedBefore, workspaceId, [world.anna.id], since)).toEqual(
      new Map(),
    );
    expect(await world.run(listAskedBefore, elsewhere, [world.anna.id], today)).toEqual(new Map());
  });

  it('keep the first answer to a question', async () => {
    const found = await world.run(findNudge, workspaceId, idOf(await insert()));
    const [first] = found?.items ?? [];
    if (!first) throw new Error('It asked nothing.');
    const said = { by: world.anna.id, at: now, nextCheckOn: tuesday };
    expect(await world.run(answerItem, first, { ...said, answer: 'on_track' })).toBe(true);
    expect(await world.run(answerItem, first, { ...said, answer: 'skip' })).toBe(false);
    const after = await world.run(findNudge, workspaceId, first.nudgeId);
    expect(after?.items).toMatchObject([{ answer: 'on_track', nextCheckOn: tuesday }]);
  });

  it('know the first and the last of their days', async () => {
    for (const on of [tuesday, today, day('2026-11-25')]) await insert(on);
    expect(await world.run(listBundleDays, workspaceId, [world.anna.id])).toEqual(
      new Map([[world.anna.id, { first: today, last: '2026-11-25' }]]),
    );
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
