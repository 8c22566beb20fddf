import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { bold, button, leaf, type Modal } from '../../slack/blocks.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { Assigned } from './assign-homework.ts';
import { reactionBlocks } from './step-buttons.ts';

/** After saving: both steps as they stand, the next move, and how they took it if they know. */
export function buildAssignResultModal({ deal, steps }: Assigned, today: Day): Modal {
  const theirs = steps.find(({ side }) => side === 'buyer');
  const lines = steps.map((step) => [
    bold(step.side === 'buyer' ? 'Their step: ' : 'Our step: '),
    leaf(`${step.title} — ${step.doer.name}, by ${sayDay(step.dueOn, today)}`),
  ]);
  const unpaired = steps.length === 1 && theirs !== undefined;
  const result = buildResultModal({
    title: 'It is in the plan',
    lines: [
      [leaf(dealTitle(deal))],
      ...lines,
      ...(unpaired ? [[leaf('A step of ours in return makes theirs easier to say yes to.')]] : []),
    ],
    next: [button({ id: stepIds.add, text: 'Add another', value: deal.id, style: 'primary' })],
  });
  const asked = theirs?.askedOn ? reactionBlocks(theirs) : [];
  return { ...result, blocks: [...result.blocks, ...asked] };
}
