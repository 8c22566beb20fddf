import { SlackRefusal } from './refusal.ts';
import type { World } from './world.ts';

const lifetimeMs = 30 * 60 * 1000;
const maxUses = 5;

/** What a `response_url` answers to. */
export interface Hook {
  readonly userId: string;
  readonly channelId: string;
  /** The message it may replace or delete: the one clicked, or the last one it sent itself. */
  originalTs: string | null;
  readonly threadTs: string | null;
}

interface IssuedHook extends Hook {
  readonly issuedAt: number;
  uses: number;
}

/** The `response_url`s: five uses in thirty minutes, wherever the app is a member. */
export class Hooks {
  readonly #world: World;
  readonly #issued = new Map<string, IssuedHook>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Makes one and tells its path below the sandbox's address. */
  issue(userId: string, channelId: string, original?: { ts: string; threadTs: string | null }) {
    const { clock, stamps, team } = this.#world;
    const path = `/hooks/${team.id}/${stamps.token()}`;
    const hook: IssuedHook = {
      userId,
      channelId,
      originalTs: original?.ts ?? null,
      threadTs: original?.threadTs ?? null,
      issuedAt: clock.now().getTime(),
      uses: 0,
    };
    this.#issued.set(path, hook);
    return { path, hook: hook as Hook };
  }

  spend(path: string): Hook {
    const hook = this.#issued.get(path);
    if (!hook) throw new SlackRefusal('no_such_url');
    if (this.#world.clock.now().getTime() - hook.issuedAt > lifetimeMs) {
      throw new SlackRefusal('expired_url');
    }
    hook.uses += 1;
    if (hook.uses > maxUses) throw new SlackRefusal('used_url');
    return hook;
  }
}
