import type { PersonId } from './ids.ts';
import { openingKeys, type ReviewPrompt } from './prompts.ts';
import {
  bringsSystemLever,
  entriesOn,
  isUnderWay,
  mayAnswer,
  outsideEyeBd,
  type ReviewStand,
  unexplored,
} from './review-flow.ts';
import { hasTalked, needsOutsideEye } from './review-gaps.ts';

interface Someone {
  readonly id: PersonId;
}

/**
 * The prompt that waits for one of the people a review names, the owner's own before what the talk
 * went past; undefined when none does.
 */
export function waitingPrompt(
  stand: ReviewStand,
  person: Someone,
  now: Date,
): ReviewPrompt | undefined {
  const { review, prompts } = stand;
  const named = [review.ownerId, review.managerId, review.reviewerId, review.facilitatorId];
  if (!isUnderWay(review) || !named.includes(person.id)) return undefined;
  const waiting = prompts.filter(
    (prompt) => mayAnswer(person, prompt, review) && isOpenTo(person, prompt, stand, now),
  );
  const first = waiting.find(({ who, key }) => who === 'owner' || !askedOn(stand, key)?.closedAt);
  return first ?? waiting[0] ?? leverLeft(stand, person);
}

function askedOn({ asked }: ReviewStand, key: string) {
  return asked.find(({ promptKey }) => promptKey === key);
}

function isOpenTo(person: Someone, prompt: ReviewPrompt, stand: ReviewStand, now: Date): boolean {
  const { review } = stand;
  const said = entriesOn(stand, prompt.key);
  const one = askedOn(stand, prompt.key);
  const isAsked = one !== undefined && one.askedAt <= now;
  const isDone = said.some(({ authorId, kind }) => authorId === person.id || kind === 'waived');
  switch (prompt.form) {
    case 'day':
    case 'taps':
      return false;
    case 'verdicts':
      return unexplored(stand.entries).length > 0;
    case 'opinion':
      return !isDone && review.reviewerAskedAt !== undefined;
    case 'practice':
      return isAsked && said.length === 0 && person.id === review.ownerId;
    case 'vote':
      return isAsked && !isDone && !one.closedAt;
    default:
      if (prompt.who !== 'manager_first') return isAsked && !isDone;
      if (said.some(({ authorId }) => bringsSystemLever(review, authorId))) return false;
      return (
        person.id === review.managerId ||
        (isAsked && person.id === review.ownerId && !review.managerId)
      );
  }
}

/** Whoever passed every question of their own still brings one lever (METHOD §3.3, 13). */
function leverLeft(stand: ReviewStand, { id }: Someone): ReviewPrompt | undefined {
  if (id !== stand.review.ownerId) return undefined;
  const opening = stand.prompts.filter(({ key }) => openingKeys.includes(key));
  const passed = opening.every(({ key }) =>
    entriesOn(stand, key).some(({ authorId, kind }) => authorId === id && kind === 'pass'),
  );
  return passed ? opening.at(-1) : undefined;
}

/** What a review needs of one person and nobody else can bring. */
export interface Awaited {
  readonly prompt: ReviewPrompt;
  readonly since: Date;
  /** Business days they have before a morning asks. */
  readonly afterBd: number;
}

/**
 * What a morning may ask of somebody about a review. Prompts for all go by after a business day by
 * themselves (METHOD §4.3), so nobody is asked about those; only when nobody but the owner has said a
 * word does the manager hear of it, as no review is complete without one (METHOD §3.3, 13; S4-28).
 * Where nobody is above the owner, they are asked to name who looks from outside.
 */
export function awaitedOf(
  stand: ReviewStand & { readonly othersReplies: number },
  person: Someone,
  now: Date,
): Awaited | undefined {
  const own = stand.prompts.filter(({ who }) => who !== 'all');
  const prompt = waitingPrompt({ ...stand, prompts: own }, person, now);
  if (prompt) {
    const afterBd = prompt.form === 'opinion' ? outsideEyeBd : 1;
    return { prompt, since: waitsSince(stand, prompt), afterBd };
  }
  return awaitedName(stand, person) ?? awaitedWord(stand, person, now);
}

function waitsSince(stand: ReviewStand, prompt: ReviewPrompt): Date {
  const { review, entries } = stand;
  const put = askedOn(stand, prompt.key)?.askedAt ?? review.openedAt;
  if (prompt.form === 'opinion') return review.reviewerAskedAt ?? put;
  return prompt.form === 'verdicts' ? (unexplored(entries)[0]?.at ?? put) : put;
}

/** Whether the owner is to name who gives the outside view that their review cannot do without. */
export function mustName({ review, entries }: ReviewStand, { id }: Someone): boolean {
  if (!isUnderWay(review) || id !== review.ownerId || review.reviewerId) return false;
  return needsOutsideEye({ review, entries });
}

function awaitedName(stand: ReviewStand, person: Someone): Awaited | undefined {
  const prompt = stand.prompts.find(({ form }) => form === 'opinion');
  if (!prompt || !mustName(stand, person)) return undefined;
  return { prompt, since: stand.review.openedAt, afterBd: 1 };
}

function awaitedWord(
  stand: ReviewStand & { readonly othersReplies: number },
  { id }: Someone,
  now: Date,
): Awaited | undefined {
  const { review } = stand;
  const isPartner = id === (review.managerId ?? review.facilitatorId) && id !== review.ownerId;
  if (!isPartner || !isUnderWay(review) || hasTalked(stand)) return undefined;
  for (const prompt of stand.prompts) {
    const since = prompt.who === 'all' ? askedOn(stand, prompt.key)?.askedAt : undefined;
    if (since && since <= now && prompt.form === 'words') return { prompt, since, afterBd: 1 };
  }
  return undefined;
}
