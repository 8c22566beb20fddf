import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, day, sayDay } from '../../domain/calendar.ts';
import { pairToRunTogether, type Replan, replan, type StepMove } from '../../domain/date-move.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  input,
  type Leaf,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { isDroppable, type KeepForm, type KeptDate } from './date-keep.ts';
import type { DateState } from './date-state.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const keepModalIds = {
  view: 'deals_date_keep',
  squeeze: 'squeeze',
  drop: 'drop',
  agreed: 'deals_date_agreed',
  move: 'deals_date_move_it',
} as const;

const meta = z.object({ dealId: z.string(), formId: z.string(), seenOn: z.string() });

/** Slack's checkboxes hold ten. */
const dropLimit = 10;
const lineLimit = 10;

/** `/deal date`: the ways to keep the date first, for this very plan; moving it comes last. */
export function buildKeepModal(
  state: DateState & { readonly deal: { readonly decisionOn: Day } },
  formId: string,
): Modal {
  const { deal, steps, today, calendar } = state;
  const plan = replan(steps, deal.decisionOn, today, calendar);
  const droppable = steps.filter(isDroppable);
  const inputs = plan.moves.length > 0 || droppable.length > 0;
  return modal({
    id: keepModalIds.view,
    title: 'Keep the date',
    ...(inputs ? { submit: 'Do what is ticked' } : {}),
    close: 'Close',
    meta: { dealId: deal.id, formId, seenOn: deal.decisionOn },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf('\n'), ...dateLine(state).leaves),
      ...squeezeBlocks(plan, today),
      ...parallelBlocks(steps),
      ...dropBlocks(droppable),
      ...askBlocks(state),
      lastButtons(state),
    ],
  });
}

function squeezeBlocks({ moves, factor, stay }: Replan, today: Day): KnownBlock[] {
  if (moves.length === 0) {
    const why = 'every step that is counted back from the date sits where the date wants it.';
    return [paragraph(bold('Squeeze: '), leaf(why))];
  }
  const share = Math.round(factor * 100);
  const how =
    factor < 1
      ? `each step gets ${share} % of its lead time, and all fit.`
      : 'everything fits when it is counted back from the date again.';
  return [
    paragraph(bold('Squeeze: '), leaf(how)),
    richText(bullets(...moveLines(moves, today))),
    ...(stay.length > 0
      ? [context(`${count(stay.length, 'step')} you added by hand keep their day.`)]
      : []),
    input({
      field: keepModalIds.squeeze,
      label: 'Squeeze',
      optional: true,
      element: {
        type: 'checkboxes',
        options: [option('Give the steps these days', 'squeeze')],
      },
    }),
  ];
}

/** `Legal review: Mon 30 Nov → Wed 2 Dec`, the first ten. */
export function moveLines(moves: readonly StepMove[], today: Day): Leaf[][] {
  const shown = moves
    .slice(0, lineLimit)
    .map(({ step, dueOn }) => [
      leaf(`${shorten(step.title, 100)}: ${sayDay(step.dueOn, today)} → `),
      bold(sayDay(dueOn, today)),
    ]);
  const more = moves.length - shown.length;
  return more > 0 ? [...shown, [quiet(`and ${count(more, 'more step')}`)]] : shown;
}

function parallelBlocks(steps: readonly Homework[]): KnownBlock[] {
  const pair = pairToRunTogether(steps);
  const say = pair
    ? `“${shorten(pair.first.title, 100)}” (${pair.first.doer.name}) and “${shorten(pair.second.title, 100)}” (${pair.second.doer.name}) are done by different people. Run together they may save ${count(pair.savedBd, 'business day')}.`
    : 'no two steps in a row that the decision needs are done by different people.';
  return [paragraph(bold('Side by side: '), leaf(say))];
}

function dropBlocks(droppable: readonly Homework[]): KnownBlock[] {
  if (droppable.length === 0) {
    return [paragraph(bold('Drop: '), leaf('every open step is needed for the decision.'))];
  }
  const shown = droppable.slice(0, dropLimit);
  const more = droppable.length - shown.length;
  return [
    input({
      field: keepModalIds.drop,
      label: 'Drop',
      optional: true,
      hint:
        more > 0
          ? `The decision does not need these; ${count(more, 'more')} in /deal plan.`
          : 'The decision does not need these.',
      element: {
        type: 'checkboxes',
        options: shown.map((step) => option(`${step.title} · ${step.doer.name}`, step.id)),
      },
    }),
  ];
}

/** Two drafts to copy: nothing is sent to a buyer by us. */
function askBlocks({ deal, steps, today }: DateState): KnownBlock[] {
  const on = deal.decisionOn ? sayDay(deal.decisionOn, today) : 'the day';
  const gate = steps
    .filter((step) => isOpen(step) && step.gate)
    .reduce<Homework | undefined>(
      (longest, step) => (longest && longest.durationBd >= step.durationBd ? longest : step),
      undefined,
    );
  const what = gate ? `“${shorten(gate.title, 100)}”` : 'what is left';
  return [
    paragraph(
      bold('Fast lane, to send to them: '),
      quiet(
        `We both want ${on} to hold. Is there a faster way through ${what} on your side, and who could open it for us?`,
      ),
    ),
    paragraph(
      bold('Help, to send to your manager: '),
      quiet(
        `${dealTitle(deal)} decides on ${on} and ${count(steps.filter(isOpen).length, 'step is', 'steps are')} still open. Could you help with ${what} this week?`,
      ),
    ),
  ];
}

function lastButtons({ deal }: DateState): KnownBlock {
  const value = `${deal.id} ${deal.decisionOn ?? ''}`;
  return actions(
    'deals_date_last',
    ...(deal.dateAgreedOn ? [] : [agreedButton(value)]),
    button({ id: keepModalIds.move, text: 'Move the date', value: deal.id }),
  );
}

/** The buyer said yes to the date on the screen. */
export function agreedButton(value: string) {
  return button({ id: keepModalIds.agreed, text: 'They agreed to this date', value });
}

export function readKeepModal({ form, view }: { form: FormValues; view: View }): {
  readonly dealId: DealId;
  readonly form: KeepForm;
} {
  const { dealId, formId, seenOn } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    form: {
      formId,
      seenOn: day(seenOn),
      squeeze: form.ticked(keepModalIds.squeeze),
      drop: form.choices(keepModalIds.drop),
    },
  };
}

/** What was done to keep the date. */
export function buildKeptModal({ moved, dropped, ...state }: KeptDate): Modal {
  const on = state.deal.decisionOn ? sayDay(state.deal.decisionOn, state.today) : 'The date';
  const titles = (steps: readonly Homework[]) => shorten(steps.map((s) => s.title).join(', '), 300);
  return buildResultModal({
    title: 'Date kept',
    lines: [
      [bold(dealTitle(state.deal)), leaf(`: ${on} stands.`)],
      dateLine(state).leaves,
      ...(dropped.length > 0 ? [[leaf(`Dropped: ${titles(dropped)}.`)]] : []),
      ...(moved.length > 0
        ? [[leaf(`Moved: ${titles(moved.map(({ step }) => step))}. Tell whoever does them.`)]]
        : []),
      ...(dropped.length + moved.length === 0 ? [[leaf('Nothing was left to change.')]] : []),
    ],
  });
}
