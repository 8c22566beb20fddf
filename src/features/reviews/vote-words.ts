import {
  type CloseVote,
  computeClose,
  computeFixability,
  type FixableVoice,
  fewestTaps,
  isTalkWorthy,
} from '../../domain/fixability.ts';
import { groupBy } from '../../domain/group.ts';
import type { PersonId } from '../../domain/ids.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { codeOf, fixables, labelOf, whyClasses } from '../../domain/loss-story.ts';
import { winnableKey } from '../../domain/prompts.ts';
import { sayTooFew } from '../../domain/rate.ts';
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

/**
 * Whether somebody may see how a vote stands: once it is over, and before that whoever cast a vote
 * of their own, which stands from then on.
 */
export function maySeeVotes(known: KnownReview, promptKey: string, reader: Reader): boolean {
  const isOver = known.asked.some((one) => one.promptKey === promptKey && one.closedAt);
  return isOver || entriesOn(known, promptKey).some(({ authorId }) => authorId === reader.id);
}

/** Whoever looks; in a thread that is everybody. */
type Reader = { readonly id: PersonId | undefined };

/** The votes as counts, never with names (METHOD §3.3, 19). */
export function sayTally(known: KnownReview, promptKey: string, reader: Reader): string[] {
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
    ...sayFixability(known, reader),
  ].filter(Boolean);
}

function sayCounts<Code extends string>(
  codes: readonly Code[],
  say: (code: Code) => string,
): string {
  const groups = [...groupBy(codes, (code) => code)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([code, { length }]) => `${say(code)}: ${length}`).join(' · ');
}

/**
 * Could different selling have won it? Nothing under two views (METHOD §3.5), and nothing for who
 * may still vote on it.
 */
export function sayFixability(known: KnownReview, reader: Reader): string[] {
  const isVoted = known.prompts.some(({ key }) => key === 'two_boxes');
  if (isVoted && !maySeeVotes(known, 'two_boxes', reader)) return [];
  const fixability = computeFixability(fixableVotes(known));
  if (!fixability) return [];
  const share = `Winnable with different selling: ${Math.round(fixability.share * 100)} of 100 (${count(fixability.voters, 'view')})`;
  return [isTalkWorthy(fixability) ? `${share}. Views are far apart: talk about this one.` : share];
}

function fixableVotes(known: KnownReview) {
  const votes = entriesOn(known, 'two_boxes').flatMap(({ authorId, choices }) => {
    const value = codeOf(fixables, choices['fixable']);
    return value ? [{ by: voiceOf(known, authorId), value }] : [];
  });
  const { loss, buyerView } = known;
  const [later] = entriesOn(known, winnableKey);
  const own = loss?.fixable ?? codeOf(fixables, later?.choices['fixable']);
  if (own) votes.push({ by: 'owner', value: own });
  if (buyerView) votes.push({ by: 'buyer', value: buyerView });
  return votes;
}

function voiceOf({ review }: KnownReview, id: PersonId): FixableVoice {
  if (id === review.reviewerId) return 'reviewer';
  return id === review.managerId ? 'manager' : 'peer';
}

/** What was tapped at the close, in counts; under two people only that it is too few. */
export function sayClose({ entries }: Pick<KnownReview, 'entries'>): string[] {
  const votes = entries
    .filter(({ promptKey }) => promptKey === 'close')
    .map(
      ({ choices }): CloseVote => ({
        learned: choices['learned'] === 'yes',
        again: choices['again'] === 'yes',
      }),
    );
  const tally = computeClose(votes);
  if (!tally)
    return votes.length === 0 ? [] : [`At the close: ${sayTooFew(votes.length, fewestTaps)}`];
  const { voters, learnedBy, againBy, learned, again } = tally;
  const said = `${learnedBy} of ${voters} learned something that changes their work, ${againBy} of ${voters} would join another`;
  return [`${learned && again ? 'Worth the time' : 'At the close'}: ${said}`];
}
