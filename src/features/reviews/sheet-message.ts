import type { KnownBlock } from '@slack/types';
import {
  businessDaysAfter,
  type Day,
  dayIn,
  sayDay,
  sayWeekday,
  weekdayOf,
} from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { sayFactLines } from '../../domain/fact-words.ts';
import { sayFairFight } from '../../domain/fair-fight.ts';
import type { Person } from '../../domain/person.ts';
import { isUnderWay, releaseAfterBd } from '../../domain/review-flow.ts';
import { sayTicks } from '../../domain/review-gaps.ts';
import { waitingPrompt } from '../../domain/review-waits.ts';
import { shorten } from '../../domain/text.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  header,
  leaf,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { TalkTime } from './carry-on.ts';
import { isPrivate } from './carry-on.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { nameButton, promptButtons } from './prompt-buttons.ts';
import { answeredBlocks, readable } from './said.ts';
import { talkIds } from './talk-ids.ts';
import { sayClose, sayFixability } from './vote-words.ts';

/** Slack shows 50 blocks of a message; a private talk of every prompt comes near. */
const mostSaid = 30;

/** For whom a sheet is built, and when. */
export interface SheetReader {
  readonly reader: Person;
  readonly now: Date;
  readonly time: TalkTime;
}

/**
 * What owner and manager each have in their direct messages: the frozen facts, what the two have
 * said, what waits for them, and, for the owner, the way to the team (METHOD §4.3, S1-15).
 */
export function buildSheetMessage(known: KnownReview, { reader, now, time }: SheetReader): Message {
  const today = dayIn(now, time.zone);
  const title = dealTitle(known.deal);
  const won = known.review.kind === 'win';
  const opening = won
    ? `${title} was won. What made it work?`
    : `${title}: the facts, then the talk.`;
  const where = sayWhere(known, reader, time);
  const facts = known.loss ? [...sayFactLines(known.loss.facts, today), ...fightLines(known)] : [];
  const waits = isUnderWay(known.review) ? waitingPrompt(known, reader, now) : undefined;
  return {
    text: escapeMrkdwn(shorten([opening, where, ...facts, waits?.text ?? ''].join('\n'), 3000)),
    blocks: [
      header(title),
      paragraph(leaf(where)),
      ...(facts.length > 0 ? [richText(bullets(...facts.map((line) => [leaf(line)])))] : []),
      ...saidSoFar(known).slice(0, mostSaid),
      ...(waits
        ? [paragraph(bold(waits.text)), ...promptButtons(known, waits, 'own')]
        : quietBlocks(known, reader, { now, zone: time.zone, today })),
      ...breatheBlocks(known, reader, { today, now, time }),
      ...openingLines(known, reader),
      context(
        [sayTicks(known.record), ...(isPrivate(known) ? sayFixability(known, reader) : [])].join(
          ' · ',
        ),
      ),
      ...ownButtons(known, reader),
      ...closeBlocks(known),
    ],
  };
}

/** What was still to be tried is said to the two alone. */
function fightLines({ loss }: KnownReview): string[] {
  const fight = loss && sayFairFight(loss.fairFight);
  return fight ? [fight] : [];
}

function sayWhere(known: KnownReview, reader: Person, time: TalkTime): string {
  const { review } = known;
  const isOwner = reader.id === review.ownerId;
  const otherId = isOwner ? review.managerId : review.ownerId;
  const other = otherId ? nameOf(known, otherId) : undefined;
  const openedOn = dayIn(review.openedAt, time.zone);
  if (review.state === 'void')
    return 'This deal turned out never to have been one, so nothing is left to look at.';
  if (review.state === 'excused')
    return 'This review was excused. It counts, and nothing more is asked.';
  if (review.pausedAt) return 'Paused. I keep quiet until it goes on.';
  if (review.state === 'complete') return 'Talked through. Thank you.';
  if (review.state === 'level1') {
    const day = businessDaysAfter(openedOn, releaseAfterBd, time.calendar);
    const between = other ? `This is between you and ${other}` : 'This is yours alone';
    if (isPrivate(known)) return `${between}, and stays there: the deal is private.`;
    return `${between} until ${sayDay(day, openedOn)}. Then the team gets the facts and the form, and of the owner’s words only what they let go.`;
  }
  if (isPrivate(known))
    return `This deal is private: the talk goes on here${other ? `, between you and ${other}` : ''}.`;
  return review.threadTs
    ? 'The team has it now: the talk is in its thread in the loss channel.'
    : 'Released. The team gets it with the next weekly thread.';
}

/** What the two have said; once the team talks, only in private deals does it go on here. */
function saidSoFar(known: KnownReview): KnownBlock[] {
  return known.prompts.flatMap((prompt) => {
    if (prompt.form === 'day') return [];
    const said = readable(known, prompt, false).filter(
      ({ at }) => isPrivate(known) || !known.review.releasedAt || at <= known.review.releasedAt,
    );
    return said.length > 0 ? answeredBlocks(known, prompt, said) : [];
  });
}

function quietBlocks(
  known: KnownReview,
  reader: Person,
  { now, zone, today }: { now: Date; zone: string; today: Day },
): KnownBlock[] {
  if (known.review.state !== 'level1' || !isUnderWay(known.review)) return [];
  const later = known.asked.find(({ askedAt }) => askedAt > now);
  const isOwner = reader.id === known.review.ownerId;
  if (later && isOwner) {
    return [context(`No hurry. I ask you on ${sayDay(dayIn(later.askedAt, zone), today)}.`)];
  }
  return [context('Nothing waits for you right now.')];
}

/** The owner may put the first question off; nobody has to (METHOD §4.3, 0). */
function breatheBlocks(
  known: KnownReview,
  reader: Person,
  { today, now, time }: { today: Day; now: Date; time: TalkTime },
): KnownBlock[] {
  const { review, entries, asked } = known;
  if (reader.id !== review.ownerId || review.state !== 'level1' || review.pausedAt) return [];
  const own = entries.some(({ authorId }) => authorId === review.ownerId);
  if (own || asked.length === 0 || asked.some(({ askedAt }) => askedAt > now)) return [];
  const on = { value: review.id };
  const third = sayWeekday(weekdayOf(businessDaysAfter(today, 2, time.calendar)));
  return [
    context('No hurry: when shall we look at it?'),
    actions(
      'review_breathe',
      button({ id: talkIds.breatheToday, text: 'Today', ...on }),
      button({ id: talkIds.breatheTomorrow, text: 'Tomorrow', ...on }),
      button({ id: talkIds.breatheLater, text: third, ...on }),
    ),
  ];
}

/** Drafts for the manager, who sends them or does not (METHOD §4.3, S4-8). */
function openingLines(known: KnownReview, reader: Person): KnownBlock[] {
  const { review, loss } = known;
  if (reader.id !== review.managerId || review.state !== 'level1' || !loss) return [];
  const story = loss.facts.story;
  const event = story?.firstMissed
    ? `“${story.firstMissed.title}”`
    : story?.dates.slips
      ? 'the first date that moved'
      : 'the last weeks';
  const lines = [
    'Thanks for putting this one up. One thing I would do differently on my side: …',
    `I see where it got hard around ${event}. Here is something that worked in a similar spot: …`,
  ];
  return [
    paragraph(
      quiet(`To open with, in your own words. You send them to ${nameOf(known, review.ownerId)}:`),
    ),
    richText(bullets(...lines.map((line) => [leaf(line)]))),
  ];
}

/** Without a thread the two taps of the close stand here. */
function closeBlocks(known: KnownReview): KnownBlock[] {
  const close = known.prompts.find(({ form }) => form === 'taps');
  if (!close || !isPrivate(known) || known.review.state !== 'complete') return [];
  return [
    paragraph(bold(close.text)),
    ...sayClose(known).map((line) => context(line)),
    ...promptButtons(known, close, 'own'),
  ];
}

function ownButtons(known: KnownReview, reader: Person): KnownBlock[] {
  const { review } = known;
  if (!isUnderWay(review)) return [];
  const on = { value: review.id };
  const isOwner = reader.id === review.ownerId;
  const buttons = [
    ...(isOwner && review.state === 'level1'
      ? [
          button({
            id: talkIds.release,
            text: isPrivate(known) ? 'Go on with the talk' : 'Let the team in',
            ...on,
          }),
        ]
      : []),
    ...(review.kind === 'loss' && !review.reviewerId ? [nameButton(review.id)] : []),
    button({ id: talkIds.open, text: 'How it stands', ...on }),
  ];
  return [actions('review_sheet', ...buttons)];
}
