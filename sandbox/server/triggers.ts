import { invalidArguments, SlackRefusal } from './refusal.ts';
import type { World } from './world.ts';

const lifetimeMs = 3000;

/** Whose interaction a trigger comes from, and where it happened. */
export interface TriggerOrigin {
  readonly userId: string;
  readonly channelId?: string | undefined;
  /** The modal it was used in; only such a trigger may push another view. */
  readonly viewId?: string | undefined;
}

interface Trigger extends TriggerOrigin {
  readonly issuedAt: number;
  isSpent: boolean;
}

/** The `trigger_id`s: each opens one view, within three seconds of the sandbox's clock. */
export class Triggers {
  readonly #world: World;
  readonly #issued = new Map<string, Trigger>();

  constructor(world: World) {
    this.#world = world;
  }

  issue(origin: TriggerOrigin): string {
    const { clock, stamps, team } = this.#world;
    const issuedAt = clock.now().getTime();
    const id = `${issuedAt}.${team.id}.${stamps.token()}`;
    this.#issued.set(id, { ...origin, issuedAt, isSpent: false });
    return id;
  }

  spend(id: string | undefined): TriggerOrigin {
    if (!id) throw invalidArguments('missing required field: trigger_id');
    const trigger = this.#issued.get(id);
    if (!trigger) throw new SlackRefusal('invalid_trigger_id');
    if (trigger.isSpent) throw new SlackRefusal('exchanged_trigger_id');
    const age = this.#world.clock.now().getTime() - trigger.issuedAt;
    if (age > lifetimeMs) throw new SlackRefusal('expired_trigger_id');
    trigger.isSpent = true;
    return trigger;
  }
}
