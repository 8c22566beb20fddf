import { businessDaysAfter, dayIn } from '../../domain/calendar.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { entriesOn, unexplored } from '../../domain/review-flow.ts';
import { mustName, waitingPrompt } from '../../domain/review-waits.ts';
import type { Modal } from '../../slack/blocks.ts';
import type { Tx } from '../../store/store.ts';
import { isPrivate } from './carry-on.ts';
import { buildExploreModal } from './explore-modal.ts';
import { isLever, reachWaivable, type TalkDeps } from './keep-word.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { buildOneThingModal } from './one-thing-modal.ts';
import { buildPassModal, type PassKind } from './pass-modal.ts';
import { isInside, reachPrompt, reachTalk } from './reach-prompt.ts';
import { reviewerForm } from './reviewer-form.ts';
import type { PromptAddress } from './talk-ids.ts';
import { buildTallyModal } from './tally-modal.ts';
import { buildVoteModal } from './vote-modal.ts';
import { maySeeVotes } from './vote-words.ts';
import { buildWordsModal } from './words-modal.ts';

/** A promise about how a team is set up is due then, unless its author says otherwise. */
const leverBd = 20;

/** The form of a prompt, with what its reader wrote before in it. */
export async function promptForm(
  tx: Tx,
  actor: Person,
  address: PromptAddress,
  deps: Pick<TalkDeps, 'clock' | 'time'>,
): Promise<Modal | Refusal> {
  const reached = await reachPrompt(tx, actor, address);
  if (isRefusal(reached)) return reached;
  const { known, prompt } = reached;
  const { reviewId } = address;
  const own = entriesOn(known, prompt.key).find(({ authorId }) => authorId === actor.id);
  switch (prompt.form) {
    case 'vote':
      return maySeeVotes(known, prompt.key, actor)
        ? buildTallyModal(known, prompt.key, actor)
        : buildVoteModal(address, prompt.text);
    case 'choice':
      return buildVoteModal(address, prompt.text);
    case 'verdicts':
      return exploreForm(known);
    case 'practice': {
      const [chosen] = entriesOn(known, 'one_thing');
      if (chosen) return refuse('chosen', 'That has been chosen already.');
      const { reasonCode } = known.loss ?? {};
      const skill = reasonCode ? findReason(reasonCode)?.skill : undefined;
      return buildOneThingModal({ reviewId, question: prompt.text }, { skill });
    }
    default: {
      const today = dayIn(deps.clock.now(), actor.zone);
      const dueOn = businessDaysAfter(today, leverBd, deps.time.calendar);
      const lever = isLever(actor, prompt, known);
      return buildWordsModal({
        address,
        question: prompt.text,
        text: own?.kind === 'pass' ? undefined : own?.text,
        readers: sayReaders(known, actor, prompt.key),
        change: lever ? { text: own?.choices['change'], dueOn } : undefined,
      });
    }
  }
}

function sayReaders(known: KnownReview, actor: Person, promptKey: string): string {
  const { review } = known;
  if (isPrivate(known)) return 'The deal is private: owner, manager and reviewer read this.';
  if (review.state !== 'level1')
    return 'Everybody in the deal’s thread reads this, with your name.';
  if (promptKey === 'system')
    return 'The owner reads it now, the team when the review is released.';
  if (!isInside(actor, review)) return 'Owner and manager read it now, the team with the release.';
  return review.managerId
    ? 'Only you and your manager read this, until you let it go.'
    : 'Only you read this, until you let it go.';
}

function exploreForm(known: KnownReview): Modal | Refusal {
  const left = unexplored(known.entries);
  const [first] = left;
  if (!first) return refuse('no_view', 'Every view is adopted or parked already.');
  return buildExploreModal(first, nameOf(known, first.authorId), left.length);
}

/** The form of whatever waits for somebody in a review. */
export async function waitingForm(
  tx: Tx,
  actor: Person,
  reviewId: ReviewId,
  deps: Pick<TalkDeps, 'clock' | 'time'>,
): Promise<Modal | Refusal> {
  const known = await reachTalk(tx, actor, reviewId);
  if (isRefusal(known)) return known;
  const prompt = waitingPrompt(known, actor, deps.clock.now());
  if (prompt) return promptForm(tx, actor, { reviewId, promptKey: prompt.key }, deps);
  if (mustName(known, actor)) return reviewerForm(tx, actor, reviewId);
  return refuse(
    'nothing_waits',
    'Nothing waits for you in this review. Its thread is open to you.',
  );
}

/** A word why: to pass, to leave a reason as it is, or to change nothing. */
export async function passForm(
  tx: Tx,
  actor: Person,
  address: PromptAddress,
  kind: PassKind,
): Promise<Modal | Refusal> {
  const reached =
    kind === 'waive'
      ? await reachWaivable(tx, actor, address)
      : await reachPrompt(tx, actor, address);
  return isRefusal(reached) ? reached : buildPassModal(address, reached.prompt.text, kind);
}
