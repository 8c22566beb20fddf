import type { Actor } from '../../../sandbox/server/actor.ts';
import { type FaultWorld, startFaultWorld } from './fault-world.ts';
import type { Moment } from './moments.ts';
import { killAt } from './moments.ts';
import { type AppProcess, ProcessKilled } from './processes.ts';

/** Draws from a seed: the same numbers for the same seed. */
export interface Draws {
  /** A whole number from 0 to below `below`. */
  number(below: number): number;
  of<Item>(items: readonly Item[]): Item;
}

export function createDraws(seed: number): Draws {
  let state = seed;
  const number = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
  return { number, of: (items) => items[number(items.length)] as (typeof items)[number] };
}

/**
 * Something a person or the calendar does. It looks at where things stand and goes on from there,
 * so a second try is what the person would do once the app is back. @returns whether it is done.
 */
export type Deed = (life: Life) => Promise<boolean>;

/** A workspace whose app dies every now and then and is started again, as a service manager does. */
export interface Life {
  readonly world: FaultWorld;
  readonly kills: number;
  app(): AppProcess;
  /** Does it, in danger of being killed at a drawn moment; finishes it after the restart. */
  risk(draws: Draws, deed: Deed): Promise<void>;
  /** Does it in peace. */
  finish(deed: Deed): Promise<void>;
}

const minuteMs = 60_000;
/** Longer than a lease: what the dead process had in hand is free then. */
const restartMs = 3 * minuteMs;
const maxTries = 4;

export async function startLife(): Promise<Life> {
  const world = await startFaultWorld();
  let app = await world.start();
  let kills = 0;

  /** @returns whether it is done; not when the app died on the way. */
  async function attempt(deed: Deed): Promise<boolean> {
    try {
      const done = await deed(life);
      await world.settled();
      return done && !app.killed;
    } catch (error) {
      if (error instanceof ProcessKilled) return false;
      throw error;
    }
  }

  async function restart(): Promise<void> {
    kills += 1;
    world.sandbox.line.listen({});
    app = await world.start();
    world.advance(restartMs);
    await world.sandbox.retryEvents();
    await world.settled();
  }

  const life: Life = {
    world,
    get kills() {
      return kills;
    },
    app: () => app,
    risk: async (draws, deed) => {
      await killAt(world, app, drawMoment(draws));
      const done = await attempt(deed);
      if (app.killed) await restart();
      else {
        world.sandbox.line.listen({});
        await app.arm(undefined);
      }
      if (!done) await life.finish(deed);
    },
    finish: async (deed) => {
      for (let tries = 0; tries < maxTries; tries += 1) if (await attempt(deed)) return;
      throw new Error(`It could not be done in ${maxTries} tries.`);
    },
  };
  return life;
}

/** Within the process or on its line to Slack, among the first few moments of a kind. */
function drawMoment(draws: Draws): Moment {
  const inside = ['reading', 'beginning', 'committing', 'committed'] as const;
  const outside = ['arriving', 'answering'] as const;
  if (draws.number(3) > 0) return { at: draws.of(inside), nth: 1 + draws.number(4) };
  return { at: draws.of(outside), method: '*', nth: 1 + draws.number(2) };
}

/** Opens a form with a command unless it is open: whoever saw no form types again. */
export async function openForm(life: Life, actor: Actor, line: string): Promise<boolean> {
  if (actor.modals().length > 0) return true;
  await actor.command('/deal', line);
  await life.world.settled();
  return actor.modals().length > 0;
}
