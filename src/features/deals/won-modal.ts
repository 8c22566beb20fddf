import { z } from 'zod';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isFinished } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { sayMoney } from '../../domain/money.ts';
import { count } from '../../domain/text.ts';
import { bold, leaf, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import type { View } from '../../slack/payloads.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';

export const wonModalIds = { view: 'deals_won' } as const;

const meta = z.object({ dealId: z.string() });

/** `/deal won`: says what will happen to the steps that are still open, and asks once. */
export function buildWonModal(deal: Deal, openSteps: number): Modal {
  const amount = deal.amount ? ` for ${sayMoney(deal.amount)}` : '';
  const steps =
    openSteps === 0
      ? 'No step of the plan is still open.'
      : `${count(openSteps, 'step is', 'steps are')} still open; nobody will be reminded of them any more.`;
  return modal({
    id: wonModalIds.view,
    title: 'Won',
    submit: 'Yes, won',
    meta: { dealId: deal.id },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(`${amount}: did they say yes?`)),
      paragraph(leaf(steps)),
    ],
  });
}

export function readWonModal(view: View): DealId {
  return readMeta(view, meta).dealId as DealId;
}

/** What each side finished, by name. */
export function buildWonResultModal(deal: Deal, steps: readonly Homework[]): Modal {
  const done = steps.filter(isFinished);
  const names = (side: Homework['side']) =>
    [...new Set(done.filter((step) => step.side === side).map((step) => step.doer.name))].join(
      ', ',
    );
  const theirs = names('buyer');
  const ours = names('seller');
  return buildResultModal({
    title: 'Won',
    lines: [
      [bold(dealTitle(deal)), leaf(' is won. Well done, both sides.')],
      ...(theirs ? [[leaf(`They did their part: ${theirs}.`)]] : []),
      ...(ours ? [[leaf(`We did ours: ${ours}.`)]] : []),
    ],
  });
}
