import type { ChannelId, FindingId, MessageTs, PersonId, ReviewId, WorkspaceId } from './ids.ts';
import { findReason } from './loss-reasons.ts';
import type { EvidenceLevel } from './loss-story.ts';
import { count } from './text.ts';

/** Who outside the team can change something about it (METHOD S1-7, S1-8, S4-12). */
export type FindingPlace = 'product' | 'enablement' | 'marketing' | 'delivery' | 'finance';

export const findingPlaces: readonly { readonly code: FindingPlace; readonly label: string }[] = [
  { code: 'product', label: 'Product' },
  { code: 'enablement', label: 'Enablement' },
  { code: 'marketing', label: 'Marketing' },
  { code: 'delivery', label: 'Delivery' },
  { code: 'finance', label: 'Finance' },
];

/** `received → accepted | declined`, `accepted → shipped` (METHOD S1-10). */
export type FindingState = 'received' | 'accepted' | 'declined' | 'shipped';

/** What a loss tells another department, and what they made of it. */
export interface Finding {
  readonly id: FindingId;
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly place: FindingPlace;
  readonly text: string;
  /** Undefined for one that somebody wrote by hand. */
  readonly reasonCode: string | undefined;
  readonly evidence: EvidenceLevel;
  readonly state: FindingState;
  /** Whoever accepted it. */
  readonly ownerId: PersonId | undefined;
  /** Why not, or what shipped. */
  readonly answerNote: string | undefined;
  readonly createdAt: Date;
  /** Undefined for one that came with the release of its review. */
  readonly createdById: PersonId | undefined;
  readonly changedAt: Date;
  /** The message it stands in. */
  readonly channelId: ChannelId | undefined;
  readonly messageTs: MessageTs | undefined;
}

/** What may follow on what. */
export const findingBefore: Readonly<Record<Exclude<FindingState, 'received'>, FindingState>> = {
  accepted: 'received',
  declined: 'received',
  shipped: 'accepted',
};

/** How long a line may be. */
export const findingMax = 300;

/**
 * What a loss has to say to whom: of its reasons, the first that names a place speaks to it
 * (METHOD S1-7, S1-8). Reasons that are not in the list say nothing.
 */
export function placesOf(
  primary: string | undefined,
  contributing: readonly string[],
): { readonly place: FindingPlace; readonly reasonCode: string }[] {
  const found = new Map<FindingPlace, string>();
  for (const code of [primary, ...contributing]) {
    const place = code === undefined ? undefined : findReason(code)?.place;
    if (code !== undefined && place && !found.has(place)) found.set(place, code);
  }
  return [...found].map(([place, reasonCode]) => ({ place, reasonCode }));
}

/** Days over which the same reason is counted (METHOD §4.8). */
export const findingWindowDays = 90;

/** How often losses named a reason, and how many losses there were. */
export interface ReasonCount {
  readonly named: number;
  readonly losses: number;
}

/** `Named in 3 of 12 losses in 90 days`. */
export function sayReasonCount({ named, losses }: ReasonCount): string {
  return `Named in ${named} of ${count(losses, 'loss', 'losses')} in ${findingWindowDays} days`;
}

const mustHave = 'prd.must_have';

/**
 * Once this ships, the buyer who lacked it is worth another look at once (METHOD §4.7). One that was
 * written by hand for product is about what was lacked, if that is why it was lost.
 */
export function opensAgain(
  { reasonCode, place }: Pick<Finding, 'reasonCode' | 'place'>,
  lostBy: string | undefined,
): boolean {
  if (reasonCode !== undefined) return reasonCode === mustHave;
  return place === 'product' && lostBy === mustHave;
}
