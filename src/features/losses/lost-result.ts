import { sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { findFearHint, sayFearHint } from '../../domain/fear-hints.ts';
import { findReason, type LossReason } from '../../domain/loss-reasons.ts';
import { questionOf } from '../../domain/open-question.ts';
import type { Person } from '../../domain/person.ts';
import { count } from '../../domain/text.ts';
import { isWorstAdvice, worthPayingQuestion } from '../../domain/worst-advice.ts';
import { bold, button, channelLeaf, type Leaf, leaf, type Modal } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { KeptLoss, LostDeal } from './lose-deal.ts';
import { isNoDecision } from './loss-form.ts';
import type { FirstTalk } from './talk-ahead.ts';

/** After saving: where the loss will be talked about and what it asks, without a word of blame. */
export function buildLostResultModal(
  { deal, lost }: LostDeal,
  { reader, talk }: { readonly reader: Person; readonly talk: FirstTalk | undefined },
): Modal {
  const reason = lost && findReason(lost.story.reasonCode);
  const question = reason && questionOf(reason);
  const work = reason && lost && sayWorkSplit(reason, lost);
  const fear = lost && reader.id === deal.ownerId && sayFear(lost);
  return buildResultModal({
    title: 'Saved',
    lines: [
      [bold(dealTitle(deal)), ...whatNow({ deal, lost }, talk)],
      ...(question ? [[leaf(`It opens one question: ${question}`)]] : []),
      ...(work ? [[leaf(work)]] : []),
      ...(fear ? [[leaf(fear)]] : []),
      ...(lost && isWorstAdvice(lost.story.ownWords)
        ? [[leaf(`Only you see this: ${worthPayingQuestion} That may be the thing to start with.`)]]
        : []),
    ],
    next: lost
      ? [button({ id: followUpIds.comeBack, text: 'When to come back', value: deal.id })]
      : [],
  });
}

/** The two first; then the team, no later than three business days let it in (METHOD S1-15). */
function whatNow({ deal, lost }: LostDeal, talk: FirstTalk | undefined): Leaf[] {
  if (!lost) return [leaf(' is closed as invalid. It counts nowhere.')];
  if (deal.privacy === 'restricted') {
    const stays = talk ? ` The talk about it stays ${talk.between}.` : '';
    return [leaf(` is closed. It is counted, and named to nobody who is not on it.${stays}`)];
  }
  if (!talk) return [leaf(' is closed, with its facts counted for you.')];
  const { between, letsIn, listedOn, opensOn, today } = talk;
  const channel = channelLeaf(talk.channel);
  const first = ` is closed, with its facts counted for you. It is ${between} first`;
  const day = sayDay(opensOn, today);
  if (opensOn === listedOn) {
    return [leaf(`${first}, and comes up in `), channel, leaf(` on ${day}.`)];
  }
  const lets = letsIn === 'you' ? 'you let' : `${letsIn} lets`;
  return [
    leaf(`${first}, and comes up in `),
    channel,
    leaf(` on ${day}, or sooner if ${lets} the team in. `),
    leaf(
      `Until then the weekly thread of ${sayDay(listedOn, today)} has its name, and no word why.`,
    ),
  ];
}

/** What they said is typed on the last page: whether it was fear is a thought for the talk. */
function sayFear({ story }: KeptLoss): string | undefined {
  if (!isNoDecision(story) || story.noDecisionKind === 'fear') return undefined;
  const hint = findFearHint([{ text: story.statedWords ?? '', where: 'what they said' }]);
  return hint && sayFearHint(hint);
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
  const { done, asked } = steps.buyer;
  if (story.buyerShare === undefined || asked === 0) {
    return 'The plan had no step for them. Which piece could have been theirs?';
  }
  return [
    `Their share of the work was ${Math.round(story.buyerShare * 100)}%: ${done} of ${asked} of their steps done,`,
    `${count(story.quietGapBd, 'business day')} at most with nothing for them to do.`,
    'Which piece could have been theirs?',
  ].join(' ');
}
