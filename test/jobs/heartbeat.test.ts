import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { type JobWorld, monday, sampleJob, startJobWorld } from '../support/job-world.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;

let world: JobWorld;

beforeEach(async () => {
  world = await startJobWorld();
});

afterEach(() => world.stop());

describe('a tick', () => {
  test('runs what is due once, with its row, and wakes the dispatcher', async () => {
    const beat = world.heartbeat([sampleJob('sweep')]);
    await beat.tick();
    await beat.tick();
    expect(await world.keys()).toEqual(['sweep/America/New_York/2026-11-23T14:00:00.000Z']);
    expect(await world.runs()).toEqual([
      {
        workspaceId,
        job: 'sweep',
        scope: 'America/New_York',
        scheduledFor: new Date('2026-11-23T14:00:00Z'),
        ranAt: new Date(monday),
        summary: { queued: 1 },
      },
    ]);
    expect(world.wakes()).toBe(2);
  });

  test('two replicas that tick at once run it once', async () => {
    await Promise.all([
      world.heartbeat([sampleJob('sweep')]).tick(),
      world.heartbeat([sampleJob('sweep')]).tick(),
    ]);
    expect(await world.keys()).toHaveLength(1);
    expect(await world.runs()).toHaveLength(1);
  });

  test('of two replicas that see it due one runs it, and the other does nothing', async () => {
    let counted = 0;
    const counting = sampleJob('sweep', {
      run: async () => {
        counted += 1;
        return { summary: {}, report: [] };
      },
    });
    const other = world.heartbeat([sampleJob('sweep')]);
    // Both may see it due; whichever comes to it first takes it.
    const slow = sampleJob('slow', { run: async () => ({ summary: {}, report: [] }) });
    const [first, ticked] = await Promise.all([
      other.tick(),
      world.heartbeat([slow, counting]).tick(),
    ]);
    const ran = [...first, ...ticked].filter(({ result }) => result);
    expect(ran.map(({ run }) => run.job).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'slow',
      'sweep',
    ]);
    const byOther = first.some(({ result }) => result);
    expect(counted).toBe(byOther ? 0 : 1);
  });

  test('ticks never overlap', async () => {
    let running = 0;
    let most = 0;
    const beat = world.heartbeat([
      sampleJob('sweep', {
        schedules: async () => {
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          return [];
        },
      }),
    ]);
    const [first, second] = [beat.tick(), beat.tick()];
    expect(second).toBe(first);
    await Promise.all([first, second]);
    expect(most).toBe(1);
  });

  test('a failing job leaves nothing behind, stops no other, and is tried again', async () => {
    const disk = { faults: 1 };
    const failing = sampleJob('failing', {
      run: async (tx, { now }) => {
        const intent = {
          kind: 'nudge_planned',
          key: 'half',
          target: 'U0ANNA',
          payload: {},
        } as const;
        await enqueue(tx, workspaceId, now, [intent]);
        if (disk.faults > 0) throw new Error('no such table');
        return { summary: {}, report: [] };
      },
    });
    const mute = sampleJob('mute', {
      schedules: async () => {
        throw new Error('no schedule');
      },
    });
    const beat = world.heartbeat([mute, failing, sampleJob('sweep')]);
    await beat.tick();
    expect(await world.keys()).toEqual(['sweep/America/New_York/2026-11-23T14:00:00.000Z']);
    expect((await world.runs()).map(({ job: name }) => name)).toEqual(['sweep']);
    expect(world.logged.join('')).toContain('no such table');
    expect(world.logged.join('')).toContain('no schedule');
    expect(world.wakes()).toBe(1);
    disk.faults = 0;
    await beat.tick();
    expect(await world.keys()).toHaveLength(2);
  });

  test('runs each scope in its own morning', async () => {
    const beat = world.heartbeat([
      sampleJob('sweep', {
        scopes: [
          { scope: 'Asia/Kolkata', zone: 'Asia/Kolkata' },
          { scope: 'America/Los_Angeles', zone: 'America/Los_Angeles' },
        ],
      }),
    ]);
    world.clock.set('2026-11-23T03:30:00Z');
    await beat.tick();
    expect((await world.runs()).map(({ scope }) => scope)).toContain('Asia/Kolkata');
    world.clock.set('2026-11-23T17:00:00Z');
    await beat.tick();
    const today = (await world.runs()).filter(
      ({ scheduledFor }) => scheduledFor > new Date('2026-11-23'),
    );
    expect(new Set(today.map(({ scope }) => scope))).toEqual(
      new Set(['America/Los_Angeles', 'Asia/Kolkata']),
    );
    expect(today).toHaveLength(2);
  });

  test('catches up with the newest missed run and says that it is late', async () => {
    const beat = world.heartbeat([sampleJob('sweep')]);
    await beat.tick();
    world.clock.set('2026-11-26T18:00:00Z');
    const [report] = await beat.tick();
    expect(report?.run).toMatchObject({
      scheduledFor: new Date('2026-11-26T14:00:00Z'),
      late: true,
    });
    expect(await world.keys()).toHaveLength(2);
  });

  test('does not run what is too old', async () => {
    world.clock.set('2026-11-29T18:00:00Z');
    expect(await world.heartbeat([sampleJob('sweep')]).tick()).toEqual([]);
  });

  test('a clock that jumps back runs nothing twice, one that came back from the future goes on', async () => {
    const beat = world.heartbeat([sampleJob('sweep')]);
    await beat.tick();
    world.clock.set('2026-11-23T13:30:00Z');
    await beat.tick();
    world.clock.set(monday);
    await beat.tick();
    expect(await world.keys()).toHaveLength(1);
    world.clock.set('2027-11-22T14:01:00Z');
    await beat.tick();
    world.clock.set('2026-11-24T14:01:00Z');
    await beat.tick();
    expect(await world.keys()).toContain('sweep/America/New_York/2026-11-24T14:00:00.000Z');
  });
});
