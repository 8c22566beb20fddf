import type { PersonId } from './ids.ts';
import type { LossStory } from './loss-story.ts';
import { openingKeys, reasonsToTurn, winnableKey } from './prompts.ts';
import type { Review, ReviewEntry } from './review.ts';
import { bringsSystemLever, unexplored } from './review-flow.ts';
import { count } from './text.ts';

/** What the form of a loss answered already. */
export type FormAnswers = {
  readonly [Key in 'outcome' | 'whyClass' | 'reasonCode' | 'ownWords' | 'fixable']?:
    | LossStory[Key]
    | undefined;
};

/** What is looked at to say whether a review is complete. */
export interface ReviewRecord {
  readonly review: Review;
  readonly entries: readonly ReviewEntry[];
  /** Undefined for a win. */
  readonly form: FormAnswers | undefined;
  /** The codes of the loss, the first one first. */
  readonly reasonCodes: readonly string[];
  readonly factsFrozen: boolean;
  /** Plain replies in the thread by anybody but the owner. */
  readonly othersReplies: number;
}

export type GapCode =
  | 'facts'
  | 'own_view'
  | 'form'
  | 'talk'
  | 'personal_lever'
  | 'system_lever'
  | 'opinions'
  | 'reasons'
  | 'outside_eye'
  | 'one_thing';

export interface ReviewGap {
  readonly code: GapCode;
  /** What is missing and who can bring it. */
  readonly words: string;
}

/** A lever and a choice are promises: they are no talk yet. */
const promises = ['system', 'one_thing', 'close'];

/** Everything a review still needs before it is complete (METHOD §3.3, 13); empty when it is. */
export function reviewGaps(record: ReviewRecord): ReviewGap[] {
  const { review } = record;
  const gap = (code: GapCode, missing: boolean, words: string): ReviewGap[] =>
    missing ? [{ code, words }] : [];
  const open = openingLeft(record);
  const views = unexplored(record.entries).length;
  const turned = record.entries.filter(({ kind }) => kind === 'turned' || kind === 'waived');
  const settled = new Set(turned.map(({ promptKey }) => promptKey));
  const left = reasonsToTurn(record.reasonCodes).filter((code) => !settled.has(code)).length;
  return [
    ...gap('facts', !record.factsFrozen, 'The facts are not frozen yet.'),
    ...gap(
      'own_view',
      open > 0,
      `The owner’s own questions: ${open} to answer, or to pass with a word.`,
    ),
    ...gap(
      'form',
      isFormMissing(record),
      'The form of the loss: how it ended, which box and reason, one thing to start differently, could it have been won.',
    ),
    ...gap(
      'talk',
      !hasTalked(record),
      'Nobody but the owner has said anything yet. One reply is enough.',
    ),
    ...gap(
      'personal_lever',
      !hasPersonalLever(record),
      'One lever of the owner’s own: what they would do, starting with “I” or “we”.',
    ),
    ...gap(
      'system_lever',
      !hasSystemLever(record),
      review.managerId
        ? 'One lever of the manager’s: what in how we are set up will change.'
        : 'One lever in how we are set up: what will change.',
    ),
    ...gap('opinions', views > 0, `${count(views, 'view')} to adopt or park.`),
    ...gap(
      'reasons',
      left > 0,
      `${count(left, 'reason')} with an open question: turned by the owner, or waived by the manager.`,
    ),
    ...gap(
      'outside_eye',
      needsOutsideEye(record),
      'An outside view: nobody is above the owner, so somebody who knew the deal looks at it.',
    ),
    ...gap(
      'one_thing',
      !hasChosen(record.entries),
      'One thing to work on, or “nothing to change” and why.',
    ),
  ];
}

function openingLeft({ review, entries }: ReviewRecord): number {
  if (review.kind === 'loss' && review.size === 'quick') return 0;
  const keys = review.kind === 'win' ? ['own'] : openingKeys;
  return keys.filter((key) => !hasEntry(entries, key, review.ownerId)).length;
}

function hasEntry(entries: readonly ReviewEntry[], key: string, authorId: PersonId): boolean {
  return entries.some((entry) => entry.promptKey === key && entry.authorId === authorId);
}

function isFormMissing({ review, entries, form }: ReviewRecord): boolean {
  if (review.kind === 'win' || review.size === 'full') return false;
  const { outcome, whyClass, reasonCode, ownWords, fixable } = form ?? {};
  const winnable = fixable ?? entries.find(({ promptKey }) => promptKey === winnableKey);
  return !outcome || !whyClass || !reasonCode || !ownWords || !winnable;
}

/** Somebody other than the owner spoke: in the thread, or on a prompt that asks for a view. */
export function hasTalked({
  review,
  entries,
  othersReplies,
}: Pick<ReviewRecord, 'review' | 'entries' | 'othersReplies'>): boolean {
  const said = entries.some(
    ({ kind, promptKey, authorId }) =>
      (kind === 'answer' || kind === 'opinion') &&
      authorId !== review.ownerId &&
      !promises.includes(promptKey),
  );
  return said || othersReplies > 0;
}

function hasPersonalLever({ review, entries, form }: ReviewRecord): boolean {
  if (review.kind === 'loss' && review.size === 'quick') return Boolean(form?.ownWords);
  return entries.some(
    ({ kind, promptKey, authorId }) =>
      kind === 'answer' && openingKeys.includes(promptKey) && authorId === review.ownerId,
  );
}

function hasSystemLever({ review, entries }: ReviewRecord): boolean {
  return entries.some(
    ({ kind, promptKey, authorId }) =>
      kind === 'answer' && promptKey === 'system' && bringsSystemLever(review, authorId),
  );
}

/** Nobody is above the owner, and nobody else has looked at it yet (METHOD part 5, founder). */
export function needsOutsideEye({
  review,
  entries,
}: Pick<ReviewRecord, 'review' | 'entries'>): boolean {
  if (review.kind === 'win' || review.managerId) return false;
  return !entries.some(({ kind }) => kind === 'opinion');
}

function hasChosen(entries: readonly ReviewEntry[]): boolean {
  return entries.some(({ promptKey }) => promptKey === 'one_thing');
}

/** Facts seen · talked · one thing being practised (METHOD S1-19). */
export function reviewTicks(record: ReviewRecord): {
  readonly facts: boolean;
  readonly talked: boolean;
  readonly oneThing: boolean;
} {
  const { review, entries, factsFrozen } = record;
  return {
    facts: factsFrozen && (review.threadTs !== undefined || entries.length > 0),
    talked: hasTalked(record),
    oneThing: hasChosen(entries),
  };
}

/** The three ticks in one line. */
export function sayTicks(record: ReviewRecord): string {
  const { facts, talked, oneThing } = reviewTicks(record);
  const mark = (done: boolean, words: string) => `${done ? '☑' : '☐'} ${words}`;
  return [
    mark(facts, 'facts seen'),
    mark(talked, 'talked'),
    mark(oneThing, 'one thing to practise'),
  ].join(' · ');
}
