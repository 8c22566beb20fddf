import type { KnownBlock } from '@slack/types';
import { businessDaysAfter, dayIn, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { Person } from '../../domain/person.ts';
import { reasonsToTurn, turnedKey } from '../../domain/prompts.ts';
import { dueBd, isUnderWay, mayWaive } from '../../domain/review-flow.ts';
import { reviewGaps, sayTicks } from '../../domain/review-gaps.ts';
import { waitingPrompt } from '../../domain/review-waits.ts';
import { sayStanding } from '../../domain/review-words.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  leaf,
  type Modal,
  modal,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import type { TalkTime } from './carry-on.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { nameButton, promptButtons } from './prompt-buttons.ts';
import { isInside } from './reach-prompt.ts';
import { promptValue, talkIds } from './talk-ids.ts';
import { sayFixability } from './vote-words.ts';

/** How a review stands, what it still needs, and what its reader can do about it. */
export function buildStateModal(
  known: KnownReview,
  given: {
    readonly reader: Person;
    readonly now: Date;
    readonly time: TalkTime;
    /** Pausing, excusing, taking in hand. */
    readonly manage: readonly KnownBlock[];
  },
): Modal {
  const { reader, now, manage } = given;
  const { review } = known;
  const gaps = isUnderWay(review) ? reviewGaps(known.record) : [];
  const waits = isUnderWay(review) ? waitingPrompt(known, reader, now) : undefined;
  return modal({
    id: 'review_state',
    title: 'Review',
    close: 'Close',
    blocks: [
      paragraph(bold(dealTitle(known.deal)), leaf(`\n${sayWhose(known)} · ${sayStanding(review)}`)),
      context([sayTicks(known.record), ...sayDue(known, given)].join(' · ')),
      ...(gaps.length > 0
        ? [
            paragraph(quiet('Still open before it is complete:')),
            richText(bullets(...gaps.map(({ words }) => [leaf(words)]))),
          ]
        : []),
      ...(review.state === 'level1'
        ? []
        : sayFixability(known, reader).map((line) => context(line))),
      ...(waits ? [paragraph(bold(waits.text)), ...promptButtons(known, waits, 'own')] : []),
      ...waiveBlocks(known, reader),
      ...ownBlocks(known, reader),
      ...manage,
    ],
  });
}

function sayWhose(known: KnownReview): string {
  const { ownerId, managerId } = known.review;
  const partner = managerId ? `, with ${nameOf(known, managerId)}` : '';
  return `${nameOf(known, ownerId)}’s review${partner}`;
}

function sayDue(
  { review }: KnownReview,
  { now, time }: { readonly now: Date; readonly time: TalkTime },
): string[] {
  if (!isUnderWay(review)) return [];
  const due = businessDaysAfter(dayIn(review.openedAt, time.zone), dueBd, time.calendar);
  const today = dayIn(now, time.zone);
  return [`${today > due ? 'was due' : 'due'} ${sayDay(due, today)}`];
}

/** Whoever stands above the owner may leave a reason as it is, with a note. */
function waiveBlocks(known: KnownReview, reader: Person): KnownBlock[] {
  const { review, record, entries } = known;
  if (!mayWaive(reader, review) || !isUnderWay(review)) return [];
  const settled = new Set(entries.map(({ promptKey }) => promptKey));
  return reasonsToTurn(record.reasonCodes)
    .filter((code) => !settled.has(code))
    .flatMap((code) => {
      const promptKey = turnedKey(code);
      const prompt = known.prompts.find(({ key }) => key === promptKey);
      if (!prompt) return [];
      const value = promptValue({ reviewId: review.id, promptKey });
      return [
        paragraph(quiet(prompt.text)),
        actions(
          `review_waive_${code}`,
          button({ id: talkIds.waive, text: 'Leave it as it is', value, about: prompt.text }),
        ),
      ];
    });
}

function ownBlocks(known: KnownReview, reader: Person): KnownBlock[] {
  const { review } = known;
  if (!isUnderWay(review)) return [];
  const buttons = [
    ...(review.state === 'level1' && reader.id === review.ownerId
      ? [button({ id: talkIds.release, text: 'Let the team in', value: review.id })]
      : []),
    ...(isInside(reader, review) && review.kind === 'loss' && !review.reviewerId
      ? [nameButton(review.id)]
      : []),
  ];
  return buttons.length > 0 ? [actions('review_own', ...buttons)] : [];
}
