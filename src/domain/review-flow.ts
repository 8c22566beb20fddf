import {
  type BusinessCalendar,
  businessDaysAfter,
  businessDaysBetween,
  type Day,
  dayIn,
} from './calendar.ts';
import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';
import { openingKeys, type ReviewPrompt, reasonOfPrompt, winnableKey } from './prompts.ts';
import type { AskedPrompt, Review, ReviewEntry } from './review.ts';

/** Business days after which a review goes to the team by itself (METHOD §3.2). */
export const releaseAfterBd = 3;
/** Business days of quiet before the one thing is chosen. */
const soakBd = 2;
/** Business days somebody has for an outside view (METHOD S3-11). */
export const outsideEyeBd = 3;
/** Business days after which a review is late (METHOD §3.2). */
export const dueBd = 10;

/** When it is, for whoever's business days count. */
export interface ReviewMoment {
  readonly now: Date;
  readonly zone: string;
  readonly calendar: BusinessCalendar;
}

/** What a review stands on. */
export interface ReviewStand {
  readonly review: Review;
  /** In the order they are asked. */
  readonly prompts: readonly ReviewPrompt[];
  readonly entries: readonly ReviewEntry[];
  readonly asked: readonly AskedPrompt[];
}

/** What happens next in a review that nobody holds up. */
export type NextInReview =
  | { readonly do: 'ask'; readonly prompt: ReviewPrompt }
  | { readonly do: 'soak'; readonly until: Day };

/** Whether a review is being talked about, at whatever level. */
export function isUnderWay({ state, pausedAt }: Pick<Review, 'state' | 'pausedAt'>): boolean {
  return !pausedAt && (state === 'level1' || state === 'talking' || state === 'soaking');
}

/** Business days since an instant. */
export function bdSince(at: Date, { now, zone, calendar }: ReviewMoment): number {
  return businessDaysBetween(dayIn(at, zone), dayIn(now, zone), calendar);
}

/** The owner's own questions are asked while only owner and manager read. */
export function isLevelOne({ key }: Pick<ReviewPrompt, 'key'>): boolean {
  return openingKeys.includes(key) || key === winnableKey || reasonOfPrompt(key) !== undefined;
}

/** The key under which the words on a prompt are kept. */
export function entryKeyOf(promptKey: string): string {
  return reasonOfPrompt(promptKey) ?? promptKey;
}

/** What was said on a prompt, in the order it was said. */
export function entriesOn(
  { entries }: Pick<ReviewStand, 'entries'>,
  promptKey: string,
): ReviewEntry[] {
  const key = entryKeyOf(promptKey);
  return entries.filter((entry) => entry.promptKey === key);
}

/** Views of somebody else that the owner has neither adopted nor parked. */
export function unexplored(entries: readonly ReviewEntry[]): ReviewEntry[] {
  return entries.filter(({ kind, verdict }) => kind === 'opinion' && !verdict);
}

/** Whose answer is the lever in how a team is set up: the manager's, or without one anybody's. */
export function bringsSystemLever(review: Review, personId: PersonId): boolean {
  return review.managerId ? personId === review.managerId : true;
}

/** Whether a prompt has what it waits for; several people may still add to it. */
function isAnswered(prompt: ReviewPrompt, stand: ReviewStand): boolean {
  const { review } = stand;
  const said = entriesOn(stand, prompt.key);
  const by = (id: PersonId | undefined) => said.some(({ authorId }) => authorId === id);
  switch (prompt.form) {
    case 'vote': {
      const named = [review.managerId, review.reviewerId].filter((id) => id !== undefined);
      return named.length > 0 && named.every(by);
    }
    case 'verdicts':
      return unexplored(stand.entries).length === 0;
    case 'taps':
      return false;
    case 'words':
      if (prompt.who === 'owner') return said.length > 0;
      if (prompt.who === 'manager_first') {
        return said.some(({ authorId }) => bringsSystemLever(review, authorId));
      }
      return said.some(({ kind }) => kind === 'answer');
    default:
      return said.length > 0;
  }
}

/**
 * What to do next: the prompt after the last one, once that is answered, passed, or a business day
 * old; two business days of quiet before the one thing; nothing while a prompt waits, and nothing in
 * a review that is paused or over (METHOD §3.2, §4.3).
 */
export function nextInReview(stand: ReviewStand, moment: ReviewMoment): NextInReview | undefined {
  const { review, prompts, asked } = stand;
  if (!isUnderWay(review)) return undefined;
  const askedAt = new Map(asked.map((one) => [one.promptKey, one.askedAt]));
  const waits = prompts.some((prompt) => {
    const since = askedAt.get(prompt.key);
    if (!since || prompt.form === 'taps' || isAnswered(prompt, stand)) return false;
    return since > moment.now || bdSince(since, moment) < 1;
  });
  if (waits) return undefined;
  const next = prompts.find((prompt) => !askedAt.has(prompt.key) && isDue(prompt, stand));
  if (!next) return undefined;
  if (next.key !== 'one_thing') return { do: 'ask', prompt: next };
  const today = dayIn(moment.now, moment.zone);
  if (!review.soakUntil) {
    return { do: 'soak', until: businessDaysAfter(today, soakBd, moment.calendar) };
  }
  return today > review.soakUntil ? { do: 'ask', prompt: next } : undefined;
}

function isDue(prompt: ReviewPrompt, stand: ReviewStand): boolean {
  if (prompt.form === 'day') return false;
  if (stand.review.state === 'level1' && !isLevelOne(prompt)) return false;
  if (prompt.form === 'verdicts') return unexplored(stand.entries).length > 0;
  return reasonOfPrompt(prompt.key) === undefined || entriesOn(stand, prompt.key).length === 0;
}

/**
 * Prompts that are over: answered, passed, or a business day old. A vote stays open for that day
 * whoever has voted, so that nobody votes after seeing it.
 */
export function promptsToClose(stand: ReviewStand, moment: ReviewMoment): AskedPrompt[] {
  return stand.asked.filter((one) => {
    const prompt = stand.prompts.find(({ key }) => key === one.promptKey);
    if (!prompt || one.closedAt || prompt.form === 'taps' || one.askedAt > moment.now) return false;
    const old = bdSince(one.askedAt, moment) >= 1;
    return old || (prompt.form !== 'vote' && isAnswered(prompt, stand));
  });
}

/**
 * Whether somebody may write on a prompt (METHOD §3.3, 14): the owner alone on what is theirs,
 * nobody but the two at level 1, nobody in a review that is paused or over; the close stays open.
 */
export function mayAnswer(
  { id }: { readonly id: PersonId },
  prompt: Pick<ReviewPrompt, 'key' | 'who'>,
  review: Review,
): boolean {
  const over = review.state === 'complete' && prompt.key === 'close';
  if (!isUnderWay(review) && !over) return false;
  const alone = review.state === 'level1';
  switch (prompt.who) {
    case 'owner':
      return id === review.ownerId;
    case 'reviewer':
      return id === review.reviewerId;
    case 'leaders':
      return !alone && (id === review.ownerId || id === review.managerId);
    case 'manager_first':
      return alone ? id === (review.managerId ?? review.ownerId) : true;
    case 'voters':
      return !alone && id !== review.ownerId;
    case 'all':
      return !alone;
  }
}

/**
 * Who may leave a reason as it is, with a note: the manager, or where nobody is above the owner,
 * whoever keeps the talk going, or an admin (METHOD §1.4, S3-6).
 */
export function mayWaive(actor: Pick<Person, 'id' | 'role'>, review: Review): boolean {
  if (review.managerId) return actor.id === review.managerId;
  return (
    actor.id !== review.ownerId && (actor.id === review.facilitatorId || actor.role === 'admin')
  );
}
