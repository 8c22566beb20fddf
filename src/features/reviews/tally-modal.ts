import type { Person } from '../../domain/person.ts';
import { count } from '../../domain/text.ts';
import { leaf, type Modal } from '../../slack/blocks.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { KnownReview } from './known-review.ts';
import { countVotes, sayTally } from './vote-words.ts';

/** How a vote stands, for who has cast theirs; others see the counts when it is over. */
export function buildTallyModal(known: KnownReview, promptKey: string, reader: Person): Modal {
  const lines = [
    `${count(countVotes(known, promptKey), 'vote')} so far. Yours stands:`,
    ...sayTally(known, promptKey, reader),
  ];
  return buildResultModal({ title: 'Voted', lines: lines.map((line) => [leaf(line)]) });
}
