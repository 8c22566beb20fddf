import { dealTitle } from '../../domain/deal.ts';
import { findReason, type LossReason } from '../../domain/loss-reasons.ts';
import { questionOf } from '../../domain/open-question.ts';
import { count } from '../../domain/text.ts';
import { bold, button, channelLeaf, type Leaf, leaf, type Modal } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { KeptLoss, LostDeal } from './lose-deal.ts';

/** After saving: where the loss will be talked about and what it asks, without a word of blame. */
export function buildLostResultModal(
  { deal, lost }: LostDeal,
  thread: { readonly weekday: string; readonly channel: string },
): Modal {
  const reason = lost && findReason(lost.story.reasonCode);
  const question = reason && questionOf(reason);
  const work = reason && lost && sayWorkSplit(reason, lost);
  return buildResultModal({
    title: 'Saved',
    lines: [
      [bold(dealTitle(deal)), ...whatNow({ deal, lost }, thread)],
      ...(question ? [[leaf(`It opens one question: ${question}`)]] : []),
      ...(work ? [[leaf(work)]] : []),
    ],
    next: lost
      ? [button({ id: followUpIds.comeBack, text: 'When to come back', value: deal.id })]
      : [],
  });
}

function whatNow(
  { deal, lost }: LostDeal,
  { weekday, channel }: { readonly weekday: string; readonly channel: string },
): Leaf[] {
  if (!lost) return [leaf(' is closed as invalid. It counts nowhere.')];
  if (deal.privacy === 'restricted') {
    return [leaf(' is closed. It is counted, and named to nobody who is not on it.')];
  }
  return [
    leaf(` is closed. It comes up on ${weekday} in `),
    channelLeaf(channel),
    leaf(', with its facts counted for you.'),
  ];
}

/** What is said to be about price, proposal or pitch, and often is about who did the work (METHOD S0-3). */
function isPriceOrPitch({ code, family }: LossReason): boolean {
  return (
    family === 'Commercial' || ['us.generic', 'cmp.better_told', 'val.weak_case'].includes(code)
  );
}

function sayWorkSplit(reason: LossReason, { facts }: KeptLoss): string | undefined {
  const { steps, story } = facts;
  if (!isPriceOrPitch(reason) || !story || !steps) return undefined;
  const share = story.buyerShare === undefined ? '—' : `${Math.round(story.buyerShare * 100)}%`;
  return [
    `Their share of the work was ${share}: ${steps.buyer.done} of ${steps.buyer.asked} of their steps done,`,
    `${count(story.quietGapBd, 'business day')} at most with nothing for them to do.`,
    'Which piece could have been theirs?',
  ].join(' ');
}
