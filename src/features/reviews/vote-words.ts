import {
  type CloseVote,
  computeFixability,
  type FixableVoice,
  isTalkWorthy,
} from '../../domain/fixability.ts';
import { groupBy } from '../../domain/group.ts';
import type { PersonId } from '../../domain/ids.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { codeOf, fixables, labelOf, whyClasses } from '../../domain/loss-story.ts';
import type { ReviewEntry } from '../../domain/review.ts';
import { entriesOn } from '../../domain/review-flow.ts';
import { count } from '../../domain/text.ts';
import type { KnownReview } from './known-review.ts';

/** How a win is voted on. */
export const deservedOptions = [
  { code: 'yes', label: 'We earned it' },
  { code: 'partly', label: 'Partly' },
  { code: 'no', label: 'We were lucky' },
] as const;

/** How many have voted, the owner's view from the form among them. */
export function countVotes(known: KnownReview, promptKey: string): number {
  return entriesOn(known, promptKey).length + (promptKey === 'two_boxes' && known.loss ? 1 : 0);
}

/** The votes as counts, never with names (METHOD §3.3, 19). */
export function sayTally(known: KnownReview, promptKey: string): string[] {
  const votes = entriesOn(known, promptKey).map(({ choices }) => choices);
  if (promptKey !== 'two_boxes') {
    const said = votes.flatMap(({ deserved }) => codeOf(deservedOptions, deserved) ?? []);
    return [sayCounts(said, (code) => labelOf(deservedOptions, code))];
  }
  const { loss } = known;
  const boxes = votes.flatMap(({ whyClass }) => codeOf(whyClasses, whyClass) ?? []);
  const reasons = votes.flatMap(({ reasonCode }) => reasonCode ?? []);
  if (loss?.whyClass) boxes.unshift(loss.whyClass);
  if (loss?.reasonCode) reasons.unshift(loss.reasonCode);
  return [
    sayCounts(boxes, (code) => labelOf(whyClasses, code)),
    sayCounts(reasons, (code) => findReason(code)?.label ?? code),
    ...sayFixability(known),
  ].filter(Boolean);
}

function sayCounts<Code extends string>(
  codes: readonly Code[],
  say: (code: Code) => string,
): string {
  const groups = [...groupBy(codes, (code) => code)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([code, { length }]) => `${say(code)}: ${length}`).join(' · ');
}

/** Could different selling have won it? A dash of a sentence under two views (METHOD §3.5). */
export function sayFixability(known: KnownReview): string[] {
  const fixability = computeFixability(fixableVotes(known));
  if (!fixability) return [];
  const share = `Winnable with different selling: ${fixability.share.toFixed(2)} of 1 (${count(fixability.voters, 'view')})`;
  return [isTalkWorthy(fixability) ? `${share}. Views are far apart: talk about this one.` : share];
}

function fixableVotes(known: KnownReview) {
  const votes = entriesOn(known, 'two_boxes').flatMap(({ authorId, choices }) => {
    const value = codeOf(fixables, choices['fixable']);
    return value ? [{ by: voiceOf(known, authorId), value }] : [];
  });
  const { loss, buyerView } = known;
  if (loss?.fixable) votes.push({ by: 'owner', value: loss.fixable });
  if (buyerView) votes.push({ by: 'buyer', value: buyerView });
  return votes;
}

function voiceOf({ review }: KnownReview, id: PersonId): FixableVoice {
  if (id === review.reviewerId) return 'reviewer';
  return id === review.managerId ? 'manager' : 'peer';
}

/** What was tapped at the close. */
export function closeVotes(entries: readonly ReviewEntry[]): CloseVote[] {
  return entries
    .filter(({ promptKey }) => promptKey === 'close')
    .map(({ choices }) => ({
      learned: choices['learned'] === 'yes',
      again: choices['again'] === 'yes',
    }));
}
