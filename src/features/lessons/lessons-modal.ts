import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { type LookAlike, sayMatches } from '../../domain/look-alike.ts';
import { sayOutcome } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { type OwnPromise, promiseLine } from '../../domain/own-promise.ts';
import {
  bold,
  bullets,
  type Leaf,
  leaf,
  type Modal,
  modal,
  paragraph,
  richText,
} from '../../slack/blocks.ts';

/** What losses like an open deal taught. */
export interface Lessons {
  readonly deal: OpenDeal;
  readonly alikes: readonly LookAlike[];
  /** How our set-up changed after a loss. */
  readonly changes: ReadonlyMap<ReviewId, string>;
  /** The reader's own, after a loss like these. */
  readonly promise: OwnPromise | undefined;
  readonly today: Day;
}

/** The reader's own promise first, then each loss with what it taught; nobody else is named. */
export function buildLessonsModal(lessons: Lessons): Modal {
  const { deal, alikes, today } = lessons;
  const none = alikes.length === 0;
  return modal({
    id: 'lessons',
    title: 'What we learnt',
    close: 'Close',
    blocks: [
      paragraph(bold(dealTitle(deal))),
      ...promiseLines(lessons).map((line) => paragraph(...line)),
      ...(none ? [paragraph(leaf('No loss of the last year looks like this deal.'))] : []),
      ...alikes.flatMap((alike) => alikeBlocks(alike, lessons.changes, today)),
    ],
  });
}

/** Where the reader promised themselves something after a loss like these. */
export function promiseLines({ promise }: Pick<Lessons, 'promise'>): Leaf[][] {
  return promise ? [[bold(promiseLine(promise))]] : [];
}

function alikeBlocks(alike: LookAlike, changes: Lessons['changes'], today: Day): KnownBlock[] {
  const { loss } = alike;
  const reason = findReason(loss.reasonCode ?? '');
  const change = loss.reviewId && changes.get(loss.reviewId);
  const lines: Leaf[][] = [
    [leaf(`Alike: ${sayMatches(alike)}`)],
    ...(loss.outcome ? [[leaf(sayOutcome(loss.outcome))]] : []),
    ...(reason ? [[leaf(reason.label)]] : []),
    ...(loss.ownWords ? [[leaf(`To start differently: “${loss.ownWords}”`)]] : []),
    ...(change ? [[leaf(`What we changed since: ${change}`)]] : []),
    ...(reason ? [[leaf(`To ask now: ${reason.ownershipQuestion}`)]] : []),
  ];
  return [
    paragraph(bold(`${loss.account}, ${sayDay(loss.lostOn, today)}`)),
    richText(bullets(...lines)),
  ];
}
