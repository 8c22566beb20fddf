import { it } from 'vitest';
import { slow } from '../support/cli.ts';
import { engines } from '../support/test-store.ts';
import { startFaultWorld } from './support/fault-world.ts';
import { mornings } from './support/jobs.ts';
import { killAt, type Moment } from './support/moments.ts';
import { orKilled } from './support/processes.ts';
import { expectLedgerTrue } from './support/tally.ts';

type Steps = Record<string, Moment>;

/** From a tick to the messages in the queue: the sweep is the last of the morning's three runs. */
const ticking: Steps = {
  'the heart beats': { at: 'reading' },
  'the first run begins': { at: 'beginning' },
  'the first run is done, not committed': { at: 'committing' },
  'the first run is committed': { at: 'committed' },
  'the sweep begins': { at: 'beginning', nth: 3 },
  'the sweep is done, not committed': { at: 'committing', nth: 3 },
  'the sweep is committed': { at: 'committed', nth: 3 },
};

/** From the queue to Slack, as each message goes; `nth` is the message. */
function sending(nth: number): Steps {
  const method = 'chat.postMessage';
  const moments: Steps = {
    'is claimed, not committed': { at: 'committing', deed: 'claim', nth },
    'is claimed': { at: 'committed', deed: 'claim', nth },
    'is to go out, not committed': { at: 'committing', deed: 'attempt', nth },
    'is to go out': { at: 'committed', deed: 'attempt', nth },
    'is on its way': { at: 'arriving', method, nth },
    'is posted, the answer lost': { at: 'answering', method, nth },
    'is answered, not committed': { at: 'committing', deed: 'ending', nth },
    'is answered and committed': { at: 'committed', deed: 'ending', nth },
  };
  return Object.fromEntries(
    Object.entries(moments).map(([step, moment]) => [`message ${nth} ${step}`, moment]),
  );
}

/** The first reply of the thread, where its parent is out already. */
const following: Steps = Object.fromEntries(
  Object.entries(sending(2)).filter(([step]) => /claimed$|on its way$|answer lost$/.test(step)),
);

/** Of a channel that is gone: given up, and then told of. */
const givingUp: Steps = {
  'the thread is given up, not committed': { at: 'committing', deed: 'ending' },
  'the thread is given up': { at: 'committed', deed: 'ending' },
  'the notice is on its way': { at: 'arriving', method: 'chat.postMessage' },
  'the notice is posted, the answer lost': { at: 'answering', method: 'chat.postMessage' },
};

const steps: Record<keyof typeof mornings, Steps> = {
  'the nudges': { ...ticking, ...sending(1) },
  'the loss thread': { ...sending(1), ...following },
  'the notice': givingUp,
};

/**
 * A call was out when the process died, this one or that of the other nudge: in a DM nobody can find
 * out whether it arrived.
 */
const inDoubt = /is to go out$|on its way$|the answer lost$|is answered/;

const matrix = engines.flatMap((engine) =>
  Object.entries(steps).flatMap(([job, moments]) =>
    Object.entries(moments).map(
      ([step, moment]) =>
        [
          `${engine}: ${job}, killed when ${step}`,
          { engine, job: job as keyof typeof mornings, step, moment },
        ] as const,
    ),
  ),
);

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

it.each(matrix)('%s', slow, async (_name, { engine, job, step, moment }) => {
  const world = await startFaultWorld(engine);
  const app = await world.start();
  const morning = mornings[job];
  await morning.prepare(world);
  world.goTo(morning.at);
  await killAt(world, app, moment);
  await orKilled(app.tick());
  await orKilled(app.deliver());
  await app.gone;

  const next = await world.start();
  world.advance(5 * minuteMs);
  await next.tick();
  await next.deliver();
  morning.check(world, inDoubt.test(step));
  await expectLedgerTrue(world);

  const before = { anna: world.anna.dm().length, ben: world.ben.dm().length };
  world.goTo(new Date(Date.parse(morning.at) + dayMs).toISOString());
  await next.tick();
  await next.deliver();
  morning.checkNextDay?.(world, before);
  await expectLedgerTrue(world);
  await world.stop();
});
