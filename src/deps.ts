import type { Clock } from './clock.ts';
import type { WeeklyTime } from './config.ts';
import type { Calendars } from './domain/calendar.ts';
import type { ClosedDeal } from './domain/deal.ts';
import type { FindingPlace } from './domain/finding.ts';
import type { LossId, WorkspaceId } from './domain/ids.ts';
import type { LossStory } from './domain/loss-story.ts';
import type { Money } from './domain/money.ts';
import type { Person } from './domain/person.ts';
import type { ReviewSize } from './domain/review.ts';
import type { Log } from './log.ts';
import type { Gateway } from './slack/gateway.ts';
import type { Surroundings } from './slack/listen.ts';
import type { Store, Tx } from './store/store.ts';

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
  readonly purpose: string | undefined;
  readonly digestAt: WeeklyTime;
  readonly findingChannels: Readonly<Partial<Record<FindingPlace, string>>>;
  /** From which amount in `currency` a deal is big; the team's 75th percentile when absent. */
  readonly bigDeal: Money | undefined;
  /** Wins a month that are looked at like losses. */
  readonly winReviews: number;
  /** An admin promised that reviews serve neither pay nor ranking. */
  readonly reviewPledge: boolean;
}

/** What a listener may need on top: Slack, and who is acting. */
export interface ListenerDeps extends Deps, Surroundings {
  readonly workspaceId: WorkspaceId;
  readonly gateway: Gateway;
  readonly log: Log;
  readonly team: TeamSettings;
  readonly calendars: Calendars;
}

/** A deal that has just ended, inside the transaction that ended it. */
export interface EndedDeal {
  readonly deal: ClosedDeal;
  /** Undefined for a win. */
  readonly lost: { readonly id: LossId; readonly story: LossStory } | undefined;
  readonly size: ReviewSize;
  readonly actor: Person;
  readonly now: Date;
}

/** What follows when a deal ends, in the same transaction; features hand it to each other here. */
export type WhenEnded = (tx: Tx, ended: EndedDeal) => Promise<void>;
