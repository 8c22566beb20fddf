import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { sayMoney } from '../../domain/money.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import { count } from '../../domain/text.ts';
import {
  bold,
  button,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import type { Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { SplitDeals, SplitForm } from './split-deal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const splitModalIds = {
  view: 'lifecycle_split',
  name: 'name',
  amount: 'amount',
  leftAmount: 'left_amount',
  /** With a number behind: a group holds ten boxes. */
  steps: 'steps_',
} as const;

const meta = z.object({ dealId: z.string(), newDealId: z.string() });
const boxesInGroup = 10;
const groupLimit = 4;

/** `/deal split`: the second lot's name and amount, and which open steps are its own. */
export function buildSplitModal(given: {
  deal: OpenDeal;
  newDealId: DealId;
  open: readonly Homework[];
  currency: string;
  today: Day;
}): Modal {
  const { deal, open } = given;
  const keeps = deal.amount ? `Empty leaves ${sayMoney(deal.amount)}.` : 'Empty leaves it unsized.';
  return modal({
    id: splitModalIds.view,
    title: 'Split this deal',
    submit: 'Split it',
    meta: { dealId: deal.id, newDealId: given.newDealId },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(': the second lot gets a plan of its own.')),
      input({
        field: splitModalIds.name,
        label: 'What is the second lot?',
        element: textElement('Support contract', 100),
      }),
      input({
        field: splitModalIds.amount,
        label: `Its amount (${given.currency} unless you say otherwise)`,
        element: textElement('12k, €12,500 or 12500 EUR', 40),
        optional: true,
      }),
      input({
        field: splitModalIds.leftAmount,
        label: `What is left on ${deal.name.slice(0, 100)}?`,
        element: textElement('20k', 40),
        hint: keeps,
        optional: true,
      }),
      ...stepInputs(open, given.today),
    ],
  });
}

function stepInputs(open: readonly Homework[], today: Day): KnownBlock[] {
  const shown = open.slice(0, boxesInGroup * groupLimit);
  const groups = Array.from({ length: Math.ceil(shown.length / boxesInGroup) }, (_, at) =>
    shown.slice(at * boxesInGroup, (at + 1) * boxesInGroup),
  );
  const blocks: KnownBlock[] = groups.map((steps, at) =>
    input({
      field: `${splitModalIds.steps}${at}`,
      label: at === 0 ? 'Which steps belong to the second lot?' : 'And of these?',
      element: { type: 'checkboxes', options: steps.map((step) => stepOption(step, today)) },
      optional: true,
    }),
  );
  const rest = open.length - shown.length;
  return rest > 0
    ? [...blocks, context(`${count(rest, 'later step')} not shown here; they stay.`)]
    : blocks;
}

function stepOption(step: Homework, today: Day) {
  const facts = `${step.doer.name}, by ${sayDay(step.dueOn, today)}`;
  return { ...option(step.title, step.id), description: plain(facts, 75) };
}

function textElement(placeholder: string, max: number) {
  return { type: 'plain_text_input' as const, placeholder: plain(placeholder), max_length: max };
}

export function readSplitModal({ form, view }: Pick<Submission, 'form' | 'view'>): {
  dealId: DealId;
  newDealId: DealId;
  form: SplitForm;
} {
  const { dealId, newDealId } = readMeta(view, meta);
  const groups = Array.from({ length: groupLimit }, (_, at) => `${splitModalIds.steps}${at}`);
  return {
    dealId: dealId as DealId,
    newDealId: newDealId as DealId,
    form: {
      name: form.text(splitModalIds.name),
      amount: form.text(splitModalIds.amount),
      leftAmount: form.text(splitModalIds.leftAmount),
      stepIds: groups.flatMap((group) => form.choices(group)),
    },
  };
}

/** After saving: both lots as they stand. */
export function buildSplitResultModal(
  given: SplitDeals & { slips: ReadonlyMap<DealId, SlipSummary>; today: Day },
): Modal {
  const { first, second, moved, slips, today } = given;
  const line = (deal: OpenDeal) => {
    const amount = deal.amount ? sayMoney(deal.amount) : 'amount —';
    const date = shortDateLine({ deal, slips: slips.get(deal.id), today });
    return [bold(dealTitle(deal)), leaf(` · ${amount} · ${date}`)];
  };
  const steps =
    moved === 0 ? 'No step went to the second lot.' : `${count(moved, 'step')} went to the second.`;
  return buildResultModal({
    title: 'Two deals now',
    lines: [line(first), line(second), [leaf(steps)]],
    next: [
      button({ id: stepIds.add, text: 'Add a step to it', value: second.id, style: 'primary' }),
    ],
  });
}
