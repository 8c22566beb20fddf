import type { Activity } from './activity.ts';
import type { ApiCall } from './api/method.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { Line } from './line.ts';
import type { Pacing } from './pacing.ts';
import type { SocketHub } from './socket-hub.ts';
import type { Triggers } from './triggers.ts';
import type { TypedState } from './typed-state.ts';
import type { Views } from './views.ts';
import type { World } from './world.ts';

/** The parts of the stand-in, passed to whatever acts on them. */
export interface Slack {
  readonly world: World;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly hooks: Hooks;
  readonly typed: TypedState;
  readonly faults: Faults;
  readonly line: Line;
  readonly pacing: Pacing;
  readonly activity: Activity;
  readonly hub: SocketHub;
  readonly delivery: Delivery;
  readonly calls: ApiCall[];
  /** Snoozed people: when their do-not-disturb begins and ends. */
  readonly quiet: Map<string, { readonly from: Date; readonly until: Date }>;
  /** Where the sandbox listens, without a slash at the end. */
  origin: string;
}
