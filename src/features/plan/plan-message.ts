import type { KnownBlock } from '@slack/types';
import { businessDaysBetween, type Day, sayDay } from '../../domain/calendar.ts';
import { type ClosedDeal, type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isFinished, isKept, isLate, isOpen } from '../../domain/homework.ts';
import { sayMoney } from '../../domain/money.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  header,
  type Leaf,
  leaf,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { stepActions, stepIds } from '../../slack/step-actions.ts';

/** A step takes two blocks and a message holds fifty: what is later is counted. */
const stepLimit = 18;
const doneLimit = 12;

/** What a plan card shows. */
export interface PlanView {
  readonly deal: Deal;
  readonly ownerName: string;
  readonly steps: readonly Homework[];
  readonly today: Day;
  /** Whether the reader may change the plan; others see it without buttons. */
  readonly mayChange: boolean;
}

/** The plan card: the date, both sides' share, and every step in due order with its state. */
export function buildPlanMessage(view: PlanView): Message {
  const { deal, today } = view;
  const kept = view.steps.filter(isKept);
  const open = kept.filter(isOpen);
  const done = kept.filter(isFinished);
  const blocks: KnownBlock[] = [
    header(dealTitle(deal)),
    paragraph(...dateLeaves(deal, today)),
    context(
      [shareLine(kept), amountLine(deal), `owner ${view.ownerName}`].filter(Boolean).join(' · '),
    ),
    ...open.slice(0, stepLimit).flatMap((step) => stepBlocks(step, view)),
    ...(open.length > stepLimit
      ? [context(`${count(open.length - stepLimit, 'later step')} not shown.`)]
      : []),
    ...(kept.length === 0 ? [paragraph(leaf('No steps yet. Give both sides one.'))] : []),
    ...(done.length > 0 ? [doneBlock(done, today)] : []),
    ...(view.mayChange && deal.status === 'open' ? [addButton(deal)] : []),
  ];
  return { text: escapeMrkdwn(planText(view, open, done)), blocks };
}

function dateLeaves(deal: Deal, today: Day): Leaf[] {
  if (deal.status !== 'open') return [bold(endLine(deal, today))];
  if (!deal.decisionOn) return [leaf('No decision date yet')];
  const first =
    deal.originalDecisionOn && deal.originalDecisionOn !== deal.decisionOn
      ? `, first set for ${sayDay(deal.originalDecisionOn, today)}`
      : '';
  const driver = deal.dateDriver ? deal.dateDriver : 'our date, not theirs';
  return [
    leaf('Decision '),
    bold(sayDay(deal.decisionOn, today)),
    leaf(` — ${roomLine(deal.decisionOn, today)}${first}\n`),
    quiet(driver),
  ];
}

function roomLine(decisionOn: Day, today: Day): string {
  if (decisionOn < today) return 'that day has passed';
  if (decisionOn === today) return 'that is today';
  return `${count(businessDaysBetween(today, decisionOn), 'business day')} from now`;
}

function endLine(deal: ClosedDeal, today: Day): string {
  const ended = { won: 'Won', lost: 'Closed', invalid: 'Closed as invalid' }[deal.status];
  return `${ended} on ${sayDay(deal.closedOn, today)}`;
}

function shareLine(kept: readonly Homework[]): string {
  const side = (which: Homework['side']) => {
    const own = kept.filter((step) => step.side === which);
    return `${own.filter(isFinished).length} of ${own.length} done`;
  };
  return `Their steps ${side('buyer')} · our steps ${side('seller')}`;
}

function amountLine(deal: Deal): string {
  return deal.amount ? sayMoney(deal.amount) : 'amount —';
}

function stepBlocks(step: Homework, view: PlanView): KnownBlock[] {
  const state = stateOf(step, view);
  const text = paragraph(
    ...(state ? [bold(`${state} · `)] : []),
    bold(shorten(step.title, 150)),
    leaf(`\n${stepLine(step, view.today)}`),
    ...(step.doneWhen === step.title ? [] : [quiet(`\nDone when: ${step.doneWhen}`)]),
  );
  const place = { kind: 'plan', id: view.deal.id } as const;
  const buttons = view.mayChange && view.deal.status === 'open';
  return buttons ? [text, stepActions(step, place)] : [text];
}

/** A deal that ended asks nothing of anybody any more. */
function stateOf(step: Homework, { deal, today }: PlanView): '' | 'Late' | 'Today' {
  if (deal.status !== 'open') return '';
  if (isLate(step, today)) return 'Late';
  return step.dueOn === today ? 'Today' : '';
}

const whoseStep = {
  buyer: 'Theirs',
  seller: 'Ours',
  both: 'Together',
  partner: 'Partner',
} as const;

function stepLine(step: Homework, today: Day): string {
  const whose = whoseStep[step.side];
  const first =
    step.originalDueOn === step.dueOn ? '' : ` (first ${sayDay(step.originalDueOn, today)})`;
  return `${whose} · ${step.doer.name} · due ${sayDay(step.dueOn, today)}${first}`;
}

function doneBlock(done: readonly Homework[], today: Day): KnownBlock {
  const shown = done.slice(-doneLimit);
  const items = shown.map((step) => [
    leaf('Done: ', { bold: true }),
    leaf(step.title, { strike: true }),
    leaf(` — ${step.doer.name}${step.doneOn ? `, ${sayDay(step.doneOn, today)}` : ''}`),
  ]);
  const hidden = done.length - shown.length;
  return richText(
    bullets(...items, ...(hidden > 0 ? [[leaf(`and ${count(hidden, 'step')} before`)]] : [])),
  );
}

function addButton(deal: Deal): KnownBlock {
  return actions(
    `plan_add_${deal.id}`,
    button({ id: stepIds.add, text: 'Add a step', value: deal.id, style: 'primary' }),
  );
}

function planText(view: PlanView, open: readonly Homework[], done: readonly Homework[]): string {
  const { deal, today } = view;
  const decides = deal.decisionOn
    ? `decision ${sayDay(deal.decisionOn, today)}`
    : 'no decision date yet';
  const stands = deal.status === 'open' ? decides : endLine(deal, today);
  const lines = open.slice(0, stepLimit).map((step) => {
    const state = stateOf(step, view);
    return `${state ? `${state}: ` : ''}${step.title} — ${stepLine(step, today)}`;
  });
  return [`${dealTitle(deal)}: ${stands}. ${count(done.length, 'step')} done.`, ...lines].join(
    '\n',
  );
}
