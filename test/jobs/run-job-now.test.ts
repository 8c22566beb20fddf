import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { Heartbeat, JobReport } from '../../src/jobs/heartbeat.ts';
import { type JobWorld, sampleJob, startJobWorld } from '../support/job-world.ts';

let world: JobWorld;

beforeEach(async () => {
  world = await startJobWorld();
});

afterEach(() => world.stop());

function reports(result: Awaited<ReturnType<Heartbeat['runJobNow']>>): readonly JobReport[] {
  if (isRefusal(result)) throw new Error(result.message);
  return result as readonly JobReport[];
}

test('runs the newest occurrence before an instant, and once', async () => {
  const beat = world.heartbeat([sampleJob('sweep')]);
  const at = new Date('2026-11-20T22:00:00Z');
  const [report] = reports(await beat.runJobNow('sweep', { at }));
  expect(report?.run.scheduledFor).toEqual(new Date('2026-11-20T14:00:00Z'));
  expect(report?.result?.summary).toEqual({ queued: 1 });
  const [again] = reports(await beat.runJobNow('sweep', { at }));
  expect(again?.result).toBeUndefined();
  expect(await world.keys()).toHaveLength(1);
  expect(world.wakes()).toBe(2);
});

test('what ran by hand does not run again by the clock', async () => {
  const beat = world.heartbeat([sampleJob('sweep')]);
  await beat.runJobNow('sweep');
  await beat.tick();
  expect(await world.keys()).toHaveLength(1);
});

test('a dry run reports and writes nothing, ran already or not', async () => {
  const beat = world.heartbeat([sampleJob('sweep')]);
  const [before] = reports(await beat.runJobNow('sweep', { dryRun: true }));
  expect(before?.result).toEqual({
    summary: { queued: 1 },
    report: ['would write to Anna under sweep/America/New_York/2026-11-23T14:00:00.000Z'],
  });
  expect(await world.keys()).toEqual([]);
  expect(await world.runs()).toEqual([]);
  expect(world.wakes()).toBe(0);
  await beat.tick();
  const [after] = reports(await beat.runJobNow('sweep', { dryRun: true }));
  expect(after?.result?.summary).toEqual({ queued: 0 });
  expect(await world.keys()).toHaveLength(1);
});

test('a dry run that fails says why', async () => {
  const failing = sampleJob('failing', {
    run: async () => {
      throw new Error('no such deal');
    },
  });
  await expect(world.heartbeat([failing]).runJobNow('failing', { dryRun: true })).rejects.toThrow(
    'no such deal',
  );
});

test('runs every scope, or the one that is named', async () => {
  const scopes = [{ scope: 'a' }, { scope: 'b' }];
  const beat = world.heartbeat([sampleJob('sweep', { scopes })]);
  const [only, ...others] = reports(await beat.runJobNow('sweep', { scope: 'b' }));
  expect(only?.run.scope).toBe('b');
  expect(others).toEqual([]);
  const all = reports(await beat.runJobNow('sweep'));
  expect(all.map(({ run, result }) => [run.scope, result !== undefined])).toEqual([
    ['a', true],
    ['b', false],
  ]);
});

test('refuses a job and a scope it does not know, naming those there are', async () => {
  const beat = world.heartbeat([sampleJob('sweep'), sampleJob('weekly')]);
  expect(await beat.runJobNow('swep')).toMatchObject({
    code: 'unknown_job',
    message: "There is no job 'swep'. There is: sweep, weekly.",
  });
  expect(await beat.runJobNow('sweep', { scope: 'Mars' })).toMatchObject({
    code: 'unknown_scope',
  });
});
