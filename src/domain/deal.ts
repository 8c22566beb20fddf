import type { Day } from './calendar.ts';
import type { AccountId, ChannelId, DealId, PersonId, WorkspaceId } from './ids.ts';
import type { Money } from './money.ts';
import type { DealKind, Phase, Segment } from './segment.ts';

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
  /** What it costs them to miss the date, in their words. */
  readonly costOfMissing: string | undefined;
  /** When the buyer said yes to the date that stands; gone after a slip (METHOD §3.3, 7). */
  readonly dateAgreedOn: Day | undefined;
  /** When they want to be live. */
  readonly liveOn: Day | undefined;
  /** A deadline that nobody can move, such as a renewal's notice date. */
  readonly deadlineOn: Day | undefined;
  readonly kind: DealKind;
  readonly segment: Segment;
  /** The version of the playbook it began with. */
  readonly playbook: { readonly key: string; readonly version: number } | undefined;
  readonly phase: Phase;
  /** Where we came in; undefined when nobody said. */
  readonly entryPhase: Phase | undefined;
  readonly phaseSince: Day;
  /** What they want solved, in their words. */
  readonly problem: string | undefined;
  /** Whose holidays they keep: a country, or a country and a state, as in `US` or `DE-BY`. */
  readonly buyerRegion: string | undefined;
  readonly pausedUntil: Day | undefined;
  readonly pauseReason: string | undefined;
  /** They told us that they are back on that day: until then their silence is no news. */
  readonly backOn: Day | undefined;
  /** Whom else they look at; undefined when nobody said. */
  readonly rival: string | undefined;
  /** Whether they will tell us afterwards what to do better; undefined when nobody asked. */
  readonly feedbackAgreed: boolean | undefined;
  /** The deal that was lost before this one began again. */
  readonly reopenedFromId: DealId | undefined;
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

/** The account of deals whose CRM names none: a real row, so they show up and can be mended. */
export const noAccount = 'No account yet';

/** Whom a deal is with, in a sentence. */
export function buyerName({ account, name }: Pick<Deal, 'account' | 'name'>): string {
  return account === noAccount ? `the buyer of ${name}` : account;
}

/** `Acme · Core platform`: how a deal is called wherever it is named. */
export function dealTitle(deal: Pick<Deal, 'account' | 'name'>): string {
  return deal.account === deal.name ? deal.name : `${deal.account} · ${deal.name}`;
}

/** What nobody has said yet about a deal that begins on a day. */
export function unknownSoFar(openedOn: Day) {
  return {
    costOfMissing: undefined,
    dateAgreedOn: undefined,
    liveOn: undefined,
    deadlineOn: undefined,
    kind: 'new',
    segment: 'smb',
    playbook: undefined,
    phase: 'awareness',
    entryPhase: undefined,
    phaseSince: openedOn,
    problem: undefined,
    buyerRegion: undefined,
    pausedUntil: undefined,
    pauseReason: undefined,
    backOn: undefined,
    rival: undefined,
    feedbackAgreed: undefined,
    reopenedFromId: undefined,
  } as const satisfies Partial<Deal>;
}

/** Whether nothing is asked of anybody for now: until that day has come. */
export function isPaused({ pausedUntil }: Pick<Deal, 'pausedUntil'>, today: Day): boolean {
  return pausedUntil !== undefined && pausedUntil > today;
}
