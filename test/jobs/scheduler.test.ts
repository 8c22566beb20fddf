import { describe, expect, test } from 'vitest';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { createLog } from '../../src/log.ts';

describe('the scheduler', () => {
  test('ticks at once when it starts and waits for its tick when it stops', async () => {
    let ended = 0;
    const tick = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      return [];
    };
    const scheduler = createScheduler({ tick }, createLog({ level: 'silent' }));
    scheduler.start();
    await scheduler.stop();
    expect(ended).toBe(1);
  });

  test('survives a tick that fails', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'error' }, { write: (line) => void lines.push(line) });
    const tick = async () => {
      throw new Error('the disk is full');
    };
    const scheduler = createScheduler({ tick }, log);
    scheduler.start();
    await scheduler.stop();
    expect(lines.join('')).toContain('the disk is full');
  });
});
