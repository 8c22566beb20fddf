import type { Day } from './calendar.ts';
import type { AccountId, ChannelId, DealId, PersonId, WorkspaceId } from './ids.ts';
import type { Money } from './money.ts';

/** How a deal stands. `invalid` is a duplicate or a deal that was never real: in no rate. */
export type DealStatus = 'open' | 'won' | 'lost' | 'invalid';

/** `restricted` deals do not exist for anyone who is not on them. */
export type Privacy = 'team' | 'restricted';

interface DealFacts {
  readonly id: DealId;
  readonly workspaceId: WorkspaceId;
  readonly accountId: AccountId;
  readonly account: string;
  readonly name: string;
  readonly ownerId: PersonId;
  /** Undefined is "unsized": allowed, never shown as zero. */
  readonly amount: Money | undefined;
  /** Undefined for imported deals whose CRM had none. */
  readonly decisionOn: Day | undefined;
  /** The first decision date, written once and shown for ever (METHOD §3.3, 1). */
  readonly originalDecisionOn: Day | undefined;
  /** Why the date matters to the buyer; empty means "our date, not theirs". */
  readonly dateDriver: string | undefined;
  readonly zone: string;
  readonly openedOn: Day;
  readonly channelId: ChannelId | undefined;
  readonly privacy: Privacy;
  /** Came from a CRM: what happened before the import is not known. */
  readonly imported: boolean;
  readonly version: number;
}

export interface OpenDeal extends DealFacts {
  readonly status: 'open';
}

export interface ClosedDeal extends DealFacts {
  readonly status: Exclude<DealStatus, 'open'>;
  /** The day it ended, which may be earlier than the day somebody logged it. */
  readonly closedOn: Day;
  readonly closedAt: Date;
}

export type Deal = OpenDeal | ClosedDeal;

/** `Acme · Core platform`: how a deal is called wherever it is named. */
export function dealTitle(deal: Pick<Deal, 'account' | 'name'>): string {
  return deal.account === deal.name ? deal.name : `${deal.account} · ${deal.name}`;
}
