import { setImmediate as nextTurn } from 'node:timers/promises';
import { createApp, type Homeroom } from '../../../src/app.ts';
import type { Clock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { openDatabase } from '../../../src/open-database.ts';
import { createKillSwitch, type KillSwitch } from './kill-switch.ts';
import type { FromChild, Task, ToChild } from './protocol.ts';

/**
 * A process of Homeroom under a test's command. It is the app as `start` composes it, but for a
 * clock that is the test's, a store that can end the process, and heartbeat and dispatcher that
 * beat when they are told to.
 */
let now = 0;
let sleeps = 0;
const sleepers = new Map<number, () => void>();
let app: Homeroom | undefined;
let killSwitch: KillSwitch | undefined;

/** Sleeping moves the clock of everybody, so it is asked of the test. */
const clock: Clock = {
  now: () => new Date(now),
  sleep: (ms, signal) => {
    signal?.throwIfAborted();
    sleeps += 1;
    const id = sleeps;
    say({ is: 'sleep', id, ms });
    return new Promise((resolve) => sleepers.set(id, resolve));
  },
};

function say(message: FromChild): void {
  process.send?.(message);
}

async function perform(task: Task): Promise<unknown> {
  if (task.do === 'begin') return begin(task.env, task.now);
  if (!app) throw new Error(`The app is to ${task.do} before it has begun.`);
  switch (task.do) {
    case 'tick':
      return (await app.heartbeat.tick()).length;
    case 'deliver':
      return app.dispatcher.runUntilIdle();
    case 'pulse':
      // What has come over the network by now is taken up first.
      await nextTurn();
      return killSwitch?.pulse();
    case 'arm':
      return killSwitch?.arm(task.order);
    case 'end':
      await app.stop();
      app = undefined;
      return undefined;
  }
}

async function begin(env: Record<string, string>, at: number): Promise<number> {
  now = at;
  const config = readConfig(env);
  killSwitch = createKillSwitch(await openDatabase(config.databaseUrl));
  app = await createApp(config, {
    clock,
    log: createLog({ level: config.logLevel }),
    store: killSwitch.store,
  });
  return app.start({ background: false });
}

process.on('message', (message: ToChild) => {
  if (message.is === 'time') {
    now = message.now;
    if (message.slept === undefined) return;
    sleepers.get(message.slept)?.();
    sleepers.delete(message.slept);
    return;
  }
  const { id, task } = message;
  perform(task).then(
    (value) => say({ is: 'done', id, value }),
    (error) => say({ is: 'done', id, error: error instanceof Error ? `${error.stack}` : 'broke' }),
  );
});
// Nobody is left behind when the test is gone.
process.on('disconnect', () => process.exit());
say({ is: 'loaded' });
