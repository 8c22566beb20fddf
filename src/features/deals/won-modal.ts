import { z } from 'zod';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { sayMoney } from '../../domain/money.ts';
import { count } from '../../domain/text.ts';
import {
  bold,
  channelLeaf,
  type Leaf,
  leaf,
  type Modal,
  modal,
  paragraph,
} from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import type { View } from '../../slack/payloads.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { DateState } from './date-state.ts';
import { groupThanks, mayThankInChannel } from './thanks-message.ts';

export const wonModalIds = { view: 'deals_won' } as const;

const meta = z.object({ dealId: z.string() });

/** `/deal won`: says what will happen to the steps that are still open, and asks once. */
export function buildWonModal(state: DateState): Modal {
  const { deal } = state;
  const openSteps = state.steps.filter(isOpen).length;
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
      paragraph(...dateLine(state).leaves),
      paragraph(leaf(steps)),
    ],
  });
}

export function readWonModal(view: View): DealId {
  return readMeta(view, meta).dealId as DealId;
}

/** What each side finished, by name, and where the others can read it. */
export function buildWonResultModal(deal: Deal, steps: readonly Homework[]): Modal {
  const thanks = groupThanks(steps).map(({ title, lines }) => [
    bold(title),
    leaf(`\n${lines.join('\n')}`),
  ]);
  const place: Leaf[] =
    deal.channelId && mayThankInChannel(deal)
      ? [leaf('The thank-you card goes to '), channelLeaf(deal.channelId), leaf('.')]
      : [leaf('Only you see this. Thank them in person.')];
  return buildResultModal({
    title: 'Won',
    lines: [[bold(dealTitle(deal)), leaf(' is won. Well done, both sides.')], ...thanks, place],
  });
}
