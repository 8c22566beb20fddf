import { expect } from 'vitest';
import { type HomeworkId, newId } from '../../../src/domain/ids.ts';
import { insertHomework } from '../../../src/store/homework.ts';
import { rowsOf } from '../../support/rows.ts';
import { doneTap, moveTap, startEar, workThrough } from './crowd.ts';
import { memberIds, type ReplicaWorld } from './replica-world.ts';

const dealCount = 20;
const lossCount = 8;
const rounds = 5;
const me = memberIds[0] ?? '';

/**
 * A Thursday with a morning, a ritual and a crowd that moves and finishes `stepCount` steps. One of
 * the replicas is killed when half of that is answered. Ends with what must be true afterwards.
 */
export async function liveThroughADay(world: ReplicaWorld, stepCount: number): Promise<void> {
  const { replicas } = world;
  const steps = await fill(world, stepCount);
  world.goTo('2026-11-26T14:00:00Z');
  await Promise.all(replicas.map((one) => one.tick()));
  await Promise.all(replicas.map((one) => one.deliver()));
  world.goTo('2026-11-26T15:00:00Z');
  await Promise.all(replicas.map((one) => one.tick()));
  const delivering = Promise.allSettled(replicas.map((one) => one.deliver()));
  await workAll(world, steps);
  await delivering;
  // What the dead one held is free when its leases end.
  world.advance(10 * 60_000);
  await replicas[1].tick();
  await replicas[1].deliver();
  await expectEachStepOnce(world, steps);
  await expectEachMessageOnce(world);
}

/** Everybody's taps, with a death at half time; who is told that it was not saved taps again. */
async function workAll(world: ReplicaWorld, steps: readonly HomeworkId[]): Promise<void> {
  const { sandbox, store, replicas } = world;
  const ear = await startEar();
  const press = (id: HomeworkId) => doneTap(me, id, ear.urlFor(id));
  let answered = 0;
  const again = await workThrough(sandbox, {
    turns: steps.map((id) => [moveTap(me, id, '2027-01-13'), press(id)]),
    people: 10,
    afterEach: () => {
      answered += 1;
      if (answered === steps.length) void replicas[0].kill();
    },
  });
  await replicas[0].gone;
  expect(answered).toBe(2 * steps.length);
  expect(again).toBeGreaterThan(0);

  const open = async () => {
    const rows = await rowsOf(store, 'homework');
    return rows.flatMap(({ id, status }) => (steps.includes(id) && status !== 'done' ? [id] : []));
  };
  for (let round = 0; round < rounds && (await open()).length > 0; round += 1) {
    const told = async () => (await open()).filter((id) => !ear.heard.has(id));
    await expect.poll(told).toEqual([]);
    await workThrough(sandbox, { turns: (await open()).map((id) => [press(id)]), people: 2 });
    await sandbox.settled();
  }
  expect(await open()).toEqual([]);
  await ear.stop();
}

async function expectEachStepOnce({ store }: ReplicaWorld, steps: HomeworkId[]): Promise<void> {
  const events = await rowsOf(store, 'events');
  for (const kind of ['homework_moved', 'homework_done']) {
    const about = events.filter((event) => event.kind === kind);
    const ids = about.map(({ payload }) => String(payload['homeworkId']));
    expect(new Set(ids)).toEqual(new Set(steps));
    expect(ids).toHaveLength(steps.length);
  }
  const homework = await rowsOf(store, 'homework');
  const finished = homework.filter(({ status, version }) => status === 'done' && version === 3);
  expect(finished).toHaveLength(steps.length);
}

async function expectEachMessageOnce({ sandbox, store }: ReplicaWorld): Promise<void> {
  for (const id of memberIds) expect(sandbox.as(id).dm()).toHaveLength(1);
  const thread = sandbox.as(me).messages('closed-lost');
  const replies = thread.filter(({ threadTs }) => threadTs !== null);
  expect(thread).toHaveLength(1 + lossCount);
  expect(new Set(replies.map(({ text }) => text)).size).toBe(lossCount);
  const queue = await rowsOf(store, 'outbox');
  expect(queue.map(({ state }) => state)).toEqual(queue.map(() => 'sent'));
  // A bundle whose deal changes is shown again where it stands.
  const posted = queue.filter(({ kind }) => kind !== 'nudge_changed');
  expect(posted).toHaveLength(memberIds.length + 1 + lossCount);
  const runs = await rowsOf(store, 'jobRuns');
  const jobs = runs.map(({ job }) => job).sort((a, b) => (a < b ? -1 : 1));
  expect(jobs).toEqual([
    'feedback_sweep',
    'findings_sweep',
    'missed_dates',
    'nudge_sweep',
    'practice_sweep',
    'review_clock',
    'stall_sweep',
    'weekly_losses',
  ]);
}

/** Members with deals: one step each is due, hundreds are not, and some deals are lost this week. */
async function fill({ seed, store }: ReplicaWorld, stepCount: number): Promise<HomeworkId[]> {
  const owners = await Promise.all(memberIds.map((id) => seed.person(id, id)));
  for (const owner of owners) {
    const deal = await seed.deal({ account: `Due ${owner.name}`, owner });
    await seed.step(deal, { title: 'Send the pack', dueOn: '2026-11-26', doer: owner });
  }
  const [owner] = owners as [(typeof owners)[number]];
  for (let n = 0; n < lossCount; n += 1) {
    const deal = await seed.deal({ account: `Lost ${n}`, owner });
    await seed.loss(deal, { loggedAt: '2026-11-25T16:00:00Z' });
  }
  const ids: HomeworkId[] = [];
  for (let n = 0; n < dealCount; n += 1) {
    const deal = await seed.deal({ account: `Acme ${n}`, owner });
    const first = await seed.step(deal, { title: 'Far off', dueOn: '2027-01-12', doer: owner });
    ids.push(first.id);
    await store.transaction(async (tx) => {
      for (let more = 1; more < stepCount / dealCount; more += 1) {
        const step = { ...first, id: newId<HomeworkId>(new Date()) };
        await insertHomework(tx, deal.workspaceId, step, undefined);
        ids.push(step.id);
      }
    });
  }
  return ids;
}
