import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle, isPaused } from '../../domain/deal.ts';
import { isLate, type Side } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { sayMoney } from '../../domain/money.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, button, context, leaf, paragraph } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { stepIds } from '../../slack/step-actions.ts';
import { commandIds } from './command-messages.ts';

/** How many deals one message shows; the rest are counted. */
export const listLimit = 12;

interface NextStep {
  readonly title: string;
  readonly dueOn: Day;
  readonly side: Side;
}

/** My open deals, the one deciding soonest first, each with its next step. */
export function buildListMessage(
  deals: readonly Deal[],
  total: number,
  next: ReadonlyMap<DealId, NextStep>,
  slips: ReadonlyMap<DealId, SlipSummary>,
  today: Day,
): Message {
  if (deals.length === 0) return buildNoDealsMessage();
  const opening = `You have ${count(total, 'open deal')}.`;
  const more = total - deals.length;
  const blocks: KnownBlock[] = [paragraph(leaf(opening))];
  for (const deal of deals) {
    const step = next.get(deal.id);
    blocks.push(
      paragraph(
        bold(dealTitle(deal)),
        leaf(`\n${dealLine(deal, slips.get(deal.id), today)}\n${stepLine(step, today)}`),
      ),
      actions(
        `deals_list_${deal.id}`,
        button({ id: stepIds.show, text: 'Plan', value: deal.id, about: dealTitle(deal) }),
      ),
    );
  }
  if (more > 0) {
    blocks.push(context(`${count(more, 'more deal')}. /deal plan with a name finds any of them.`));
  }
  const lines = deals.map(
    (deal) =>
      `${dealTitle(deal)}: ${dealLine(deal, slips.get(deal.id), today)}. ${stepLine(next.get(deal.id), today)}.`,
  );
  return { text: escapeMrkdwn([opening, ...lines].join('\n')), blocks };
}

function buildNoDealsMessage(): Message {
  const text = 'You have no open deals here. Start one with /deal new.';
  return {
    text,
    blocks: [
      paragraph(leaf(text)),
      actions(
        'deals_list_empty',
        button({ id: `${commandIds.run}_new`, text: 'New deal', value: 'new', style: 'primary' }),
      ),
    ],
  };
}

function dealLine(deal: Deal, slips: SlipSummary | undefined, today: Day): string {
  const date = shortDateLine({ deal, slips, today });
  const rest =
    deal.pausedUntil && isPaused(deal, today)
      ? `paused until ${sayDay(deal.pausedUntil, today)}`
      : undefined;
  const amount = deal.amount && sayMoney(deal.amount);
  return [amount, rest, date].filter((part) => part !== undefined).join(' · ');
}

function stepLine(step: NextStep | undefined, today: Day): string {
  if (!step) return 'No step planned';
  const late = isLate({ status: 'proposed', dueOn: step.dueOn }, today) ? 'late since' : 'by';
  const whose = step.side === 'buyer' ? 'Theirs' : 'Ours';
  return `${whose}: ${step.title}, ${late} ${sayDay(step.dueOn, today)}`;
}
