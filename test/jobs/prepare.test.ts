import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JobInput } from '../../src/jobs/job.ts';
import { assertOutsideTransaction } from '../../src/store/store.ts';
import { type JobWorld, sampleJob, startJobWorld } from '../support/job-world.ts';

let world: JobWorld;
beforeEach(async () => {
  world = await startJobWorld();
});
afterEach(() => world.stop());

/** A job that counts in peace what it then only writes down. */
function countingJob() {
  const prepared: JobInput[] = [];
  const given: unknown[] = [];
  const job = sampleJob('count', {
    prepare: async (store, input) => {
      assertOutsideTransaction('prepare');
      prepared.push(input);
      return store.read(async (tx) => (await tx.select().from(tx.tables.jobRuns)).length);
    },
    run: async (_, __, found) => {
      given.push(found);
      return { summary: { found: Number(found) }, report: [`found ${found}`] };
    },
  });
  return { job, prepared, given };
}

it('prepares a run outside of its transaction and gives it what was found', async () => {
  const { job, prepared, given } = countingJob();
  await world.heartbeat([job]).tick();
  expect(given).toEqual([0]);
  expect(prepared).toMatchObject([{ dryRun: false, run: { job: 'count' } }]);
  expect(await world.runs()).toMatchObject([{ job: 'count', summary: { found: 0 } }]);
});

it('prepares nothing for a run that was run already', async () => {
  const { job, prepared } = countingJob();
  const heartbeat = world.heartbeat([job]);
  await heartbeat.tick();
  expect(await heartbeat.runJobNow('count')).toMatchObject([{ result: undefined }]);
  expect(prepared).toHaveLength(1);
});

it('prepares a rehearsal too, which keeps nothing', async () => {
  const { job, prepared } = countingJob();
  const heartbeat = world.heartbeat([job]);
  const reports = await heartbeat.runJobNow('count', { dryRun: true });
  expect(reports).toMatchObject([{ result: { report: ['found 0'] } }]);
  expect(prepared).toMatchObject([{ dryRun: true }]);
  expect(await world.runs()).toEqual([]);
});

it('runs a job again at the next tick when it could not be prepared', async () => {
  const { job, given } = countingJob();
  const { prepare } = job;
  let failures = 1;
  job.prepare = async (store, input) => {
    failures -= 1;
    if (failures >= 0) throw new Error('no answer');
    return prepare?.(store, input);
  };
  const heartbeat = world.heartbeat([job]);
  await heartbeat.tick();
  expect(await world.runs()).toEqual([]);
  await heartbeat.tick();
  expect(given).toEqual([0]);
  expect(await world.runs()).toHaveLength(1);
});
