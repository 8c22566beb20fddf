import { it } from 'vitest';
import { slow } from '../support/cli.ts';
import { engines } from '../support/test-store.ts';
import { startFaultWorld } from './support/fault-world.ts';
import { killAt, type Moment } from './support/moments.ts';
import { orKilled } from './support/processes.ts';
import { taps } from './support/taps.ts';

type Steps = Record<string, Moment>;

/** From a person's tap to the acknowledgement, as every tap goes. */
const working: Steps = {
  'the request has come': { at: 'reading' },
  'the person is known': { at: 'beginning' },
  'the work is done, not committed': { at: 'committing' },
  'it is committed, not acknowledged': { at: 'committed' },
};

/** What follows where a message is shown again. */
const refreshing: Steps = {
  'it is acknowledged': { at: 'reading', nth: 2 },
  'the new message is on its way': { at: 'arriving', method: 'response_url' },
  'the message is new, the answer lost': { at: 'answering', method: 'response_url' },
};

/** An event names nobody we would have to know. */
const hearing: Steps = {
  'the event has come': { at: 'beginning' },
  'the work is done, not committed': { at: 'committing' },
  'it is committed, not acknowledged': { at: 'committed' },
};

/** What follows where the outbox changes a message. */
const updating: Steps = {
  'the change is claimed': { at: 'committed', deed: 'claim' },
  'the change is to go out': { at: 'committed', deed: 'attempt' },
  'the change is on its way': { at: 'arriving', method: 'chat.update' },
  'the message is changed, the answer lost': { at: 'answering', method: 'chat.update' },
  'the answer is here, not committed': { at: 'committing', deed: 'ending' },
  'the answer is committed': { at: 'committed', deed: 'ending' },
};

const steps: Record<keyof typeof taps, Steps> = {
  'Done in a nudge': { ...working, ...refreshing },
  'Done in a plan': refreshing,
  'a step given': working,
  'a deal lost': working,
  'a reply in the loss thread': { ...hearing, ...updating },
};

const matrix = engines.flatMap((engine) =>
  Object.entries(steps).flatMap(([tap, moments]) =>
    Object.entries(moments).map(
      ([step, moment]) =>
        [
          `${engine}: ${tap}, killed when ${step}`,
          { engine, tap: taps[tap as keyof typeof taps], moment },
        ] as const,
    ),
  ),
);

const minuteMs = 60_000;

it.each(matrix)('%s', slow, async (_name, { engine, tap, moment }) => {
  const world = await startFaultWorld(engine);
  const app = await world.start();
  await tap.prepare(world, app);
  await killAt(world, app, moment);
  const first = await tap.act(world);
  await world.settled();
  await orKilled(app.deliver());
  await app.gone;

  const next = await world.start();
  world.advance(5 * minuteMs);
  await tap.again(world, first);
  await world.settled();
  await next.deliver();
  await tap.check(world);
  await world.stop();
});
