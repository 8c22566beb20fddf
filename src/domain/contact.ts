import type { Day } from './calendar.ts';
import { daysBetween } from './calendar.ts';
import type { AccountId, ContactId } from './ids.ts';

export type Power = 'decides' | 'signs' | 'advises' | 'uses' | 'unknown';
export type Stance = 'for' | 'neutral' | 'against' | 'unknown';
export type ContactRole =
  | 'champion'
  | 'decider'
  | 'signer'
  | 'finance'
  | 'security'
  | 'legal'
  | 'procurement'
  | 'user'
  | 'blocker';

/** Somebody at the buyer, who needs no Slack account. */
export interface Contact {
  readonly id: ContactId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly title: string | undefined;
  readonly power: Power;
  readonly stance: Stance;
  /** They no longer work there. */
  readonly leftOn: Day | undefined;
}

/** A contact on one deal. */
export interface DealContact extends Contact {
  readonly role: ContactRole | undefined;
  /** When word last went both ways. */
  readonly engagedOn: Day | undefined;
}

const engagedDays = 30;

function isEngaged({ engagedOn, leftOn }: DealContact, today: Day): boolean {
  return (
    leftOn === undefined && engagedOn !== undefined && daysBetween(engagedOn, today) <= engagedDays
  );
}

/** Whoever decides, by role or by power. */
export function isDecider({ role, power }: DealContact): boolean {
  return role === 'decider' || power === 'decides';
}

/** What the people on a deal come to; those who left no longer count. */
export function summarizePeople(contacts: readonly DealContact[], today: Day) {
  const there = contacts.filter(({ leftOn }) => leftOn === undefined);
  const engaged = there.filter((contact) => isEngaged(contact, today));
  const deciders = there.filter(isDecider);
  const decider = deciders.some((contact) => engaged.includes(contact))
    ? ('engaged' as const)
    : deciders.length > 0
      ? ('known' as const)
      : ('unknown' as const);
  return { known: there.length, engaged: engaged.length, decider };
}

/** Whom to write to: our champion, else whoever we last spoke to; nobody who left. */
export function closestContact(contacts: readonly DealContact[]): DealContact | undefined {
  const there = contacts.filter(({ leftOn }) => leftOn === undefined);
  const champion = there.find(({ role }) => role === 'champion');
  const lastFirst = [...there].sort((a, b) => ((a.engagedOn ?? '') < (b.engagedOn ?? '') ? 1 : -1));
  return champion ?? lastFirst[0];
}
