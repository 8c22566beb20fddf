import type { Clock } from './clock.ts';
import type { WeeklyTime } from './config.ts';
import type { Calendars } from './domain/calendar.ts';
import type { WorkspaceId } from './domain/ids.ts';
import type { Log } from './log.ts';
import type { Gateway } from './slack/gateway.ts';
import type { Surroundings } from './slack/listen.ts';
import type { Store } from './store/store.ts';

/** What a use case may need; tests pass the same with a clock of their own. */
export interface Deps {
  readonly store: Store;
  readonly clock: Clock;
}

/** What the team decided at set-up. */
export interface TeamSettings {
  readonly zone: string;
  readonly currency: string;
  readonly lossChannel: string;
  readonly lossThreadAt: WeeklyTime;
}

/** What a listener may need on top: Slack, and who is acting. */
export interface ListenerDeps extends Deps, Surroundings {
  readonly workspaceId: WorkspaceId;
  readonly gateway: Gateway;
  readonly log: Log;
  readonly team: TeamSettings;
  readonly calendars: Calendars;
}
