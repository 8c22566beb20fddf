import { type ChildProcess, fork } from 'node:child_process';
import { atExit } from '../../support/at-exit.ts';
import { bundleProgram } from '../../support/program-bundle.ts';
import type { FromChild, KillOrder, Pulse, Task, ToChild } from './protocol.ts';

/** What a process of the app is begun with. */
export interface Beginning {
  readonly env: Record<string, string>;
  readonly now: Date;
  /** Moves the clock of everybody by this. @returns the new time. */
  readonly onSleep: (ms: number) => Date;
}

/**
 * A real process that runs the app. Its answers reject with `ProcessKilled` when it is gone, by its
 * own hand or ours.
 */
export interface AppProcess {
  /** Where it listens for Slack. */
  readonly port: number;
  /** Whether it was killed. */
  readonly killed: boolean;
  /** Runs the jobs that are due. */
  tick(): Promise<void>;
  /** Sends until nothing is left that is due. */
  deliver(): Promise<void>;
  /** How it is doing; for `FaultWorld.settled`. */
  pulse(): Promise<Pulse>;
  /** Sets where it ends itself; in force when this resolves. */
  arm(order: KillOrder | undefined): Promise<void>;
  /** Tells it what time it is; in force for every task given later. */
  setTime(now: Date): void;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process is gone, whoever killed it. */
  gone: Promise<void>;
  /** Stops the app as SIGTERM does and keeps the process for the next `startProcess`. */
  end(): Promise<void>;
}

/** The process was killed before it was done. */
export class ProcessKilled extends Error {}

/** Waits for a task, or for its process to be killed in the middle of it. */
export async function orKilled(task: Promise<void>): Promise<void> {
  await task.catch((error: unknown) => {
    if (!(error instanceof ProcessKilled)) throw error;
  });
}

/** Loaded processes in which no app runs, oldest first. */
const idle: Promise<Child>[] = [];
const children = new Set<ChildProcess>();

atExit(() => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts the app in a process of its own, on a free port. One more process is loaded in the
 * meantime, so that the restart after a kill finds one ready.
 */
export async function startProcess(beginning: Beginning): Promise<AppProcess> {
  const child = await (idle.shift() ?? load());
  if (idle.length === 0) keepReady(load());
  return child.begin(beginning);
}

function keepReady(child: Promise<Child>): void {
  // It may be ended with the test before it was needed.
  child.catch(() => undefined);
  idle.push(child);
}

interface Child {
  begin(beginning: Beginning): Promise<AppProcess>;
}

async function load(): Promise<Child> {
  const file = await bundleProgram('test/faults/support/child.ts');
  const child = fork(file, {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.add(child);
  const waiting = new Map<number, (message: Extract<FromChild, { is: 'done' }>) => void>();
  let onSleep: Beginning['onSleep'] | undefined;
  let tasks = 0;
  let killed = false;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    killed = true;
    children.delete(child);
  });

  // A message to a process that is just being killed may fail; that it is gone is told by `gone`.
  const say = (message: ToChild) => void child.send(message, () => undefined);

  async function run(task: Task): Promise<unknown> {
    if (killed) throw new ProcessKilled(`It was killed before it could ${task.do}.`);
    tasks += 1;
    const id = tasks;
    const done = new Promise<Extract<FromChild, { is: 'done' }>>((resolve) => {
      waiting.set(id, resolve);
    });
    say({ is: 'task', id, task });
    const answer = await Promise.race([done, gone]);
    if (!answer) throw new ProcessKilled(`It was killed when it was to ${task.do}.`);
    if (answer.error !== undefined) throw new Error(`${task.do}: ${answer.error}`);
    return answer.value;
  }

  const loaded = new Promise<void>((resolve, reject) => {
    void gone.then(() => reject(new Error('A process ended before it was loaded.')));
    child.on('message', (message: FromChild) => {
      if (message.is === 'loaded') resolve();
      else if (message.is === 'done') {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
      } else if (onSleep) {
        const now = onSleep(message.ms).getTime();
        say({ is: 'time', now, slept: message.id });
      }
    });
  });
  await loaded;

  const self: Child = {
    begin: async (beginning) => {
      onSleep = beginning.onSleep;
      const { env, now } = beginning;
      const port = Number(await run({ do: 'begin', env, now: now.getTime() }));
      return {
        port,
        get killed() {
          return killed;
        },
        gone,
        tick: async () => void (await run({ do: 'tick' })),
        deliver: async () => void (await run({ do: 'deliver' })),
        pulse: async () => (await run({ do: 'pulse' })) as Pulse,
        arm: async (order) => void (await run({ do: 'arm', order })),
        setTime: (at) => say({ is: 'time', now: at.getTime() }),
        kill: async () => {
          child.kill('SIGKILL');
          await gone;
        },
        end: async () => {
          await run({ do: 'end' });
          onSleep = undefined;
          keepReady(Promise.resolve(self));
        },
      };
    },
  };
  return self;
}
