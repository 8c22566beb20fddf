import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, day, daysBetween, parseDay, sayDay } from '../../domain/calendar.ts';
import { keepWays, replan, revisionSides, startAfterDeadline } from '../../domain/date-move.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { isFinished } from '../../domain/homework.ts';
import type { DateRevisionId, DealId } from '../../domain/ids.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  bold,
  bullets,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { agreedButton, moveLines } from './date-keep-modal.ts';
import { keepWayNames, sideNames } from './date-messages.ts';
import type { MovedDate, MoveForm } from './date-move.ts';
import type { DateState } from './date-state.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const moveDateModalIds = {
  view: 'deals_date_move',
  /** Also the action that shows again which steps move. */
  decisionOn: 'decision_on',
  side: 'side',
  reason: 'reason',
  tried: 'tried',
  correction: 'correction',
} as const;

const meta = z.object({ dealId: z.string(), revisionId: z.string(), fromOn: z.string() });

/** A state with a date. */
export type Dated = DateState & { readonly deal: OpenDeal & { readonly decisionOn: Day } };

/** Moving a date: to when, whose side, why, what was tried; and what follows for the steps. */
export function buildMoveDateModal(
  state: Dated,
  { revisionId, fromOn }: Pick<MoveForm, 'revisionId' | 'fromOn'>,
  chosen: Day | undefined,
): Modal {
  const { deal, correctable } = state;
  return modal({
    id: moveDateModalIds.view,
    title: 'Move the date',
    submit: 'Move it',
    close: 'Keep the date',
    meta: { dealId: deal.id, revisionId, fromOn },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf('\n'), ...dateLine(state).leaves),
      input({
        field: moveDateModalIds.decisionOn,
        label: 'Which day will they decide?',
        element: { type: 'datepicker' },
        hint: 'The first date stays visible.',
        dispatch: true,
      }),
      ...(chosen ? previewBlocks(state, chosen) : []),
      input({
        field: moveDateModalIds.side,
        label: 'Whose side does it come from?',
        optional: correctable,
        element: {
          type: 'static_select',
          placeholder: plain('Pick one'),
          options: revisionSides.map((side) => option(sideNames[side], side)),
        },
      }),
      input({
        field: moveDateModalIds.reason,
        label: 'Why, in one line?',
        optional: correctable,
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Their board meets a week later'),
        },
      }),
      input({
        field: moveDateModalIds.tried,
        label: 'What was tried to keep it?',
        optional: correctable,
        element: {
          type: 'checkboxes',
          options: keepWays.map((way) => option(keepWayNames[way], way)),
        },
      }),
      ...(correctable ? [correctionInput()] : []),
    ],
  });
}

function correctionInput(): KnownBlock {
  return input({
    field: moveDateModalIds.correction,
    label: 'Only a slip of the finger?',
    optional: true,
    hint: 'Once a deal, within a day of setting the date. It does not count as a slip.',
    element: { type: 'checkboxes', options: [option('Yes, correct it', 'correction')] },
  });
}

/** Which steps move with the date, and what stays where it is. */
function previewBlocks(state: Dated, chosen: Day): KnownBlock[] {
  const { deal, steps, today, calendar } = state;
  if (chosen < today) return [];
  const { moves, stay, beyond } = replan(steps, chosen, today, calendar);
  const stays = [
    ...(steps.some(isFinished) ? ['what is done'] : []),
    ...(stay.length > 0 ? [count(stay.length, 'step added by hand', 'steps added by hand')] : []),
    ...(deal.deadlineOn ? [`the deadline ${sayDay(deal.deadlineOn, today)}`] : []),
    ...(deal.liveOn ? [`the start ${sayDay(deal.liveOn, today)}`] : []),
  ];
  const notes = [
    ...(stays.length > 0 ? [`Not moved: ${stays.join(', ')}.`] : []),
    ...(beyond.length > 0
      ? [
          `Due after that day, so look at them again: ${shorten(beyond.map(({ title }) => title).join(', '), 300)}.`,
        ]
      : []),
    ...deadlineNote(deal, startAfterDeadline(deal, chosen, calendar), today),
  ];
  return [
    paragraph(
      leaf(
        moves.length === 0
          ? 'No open step moves with it.'
          : `${count(moves.length, 'step moves', 'steps move')} with it:`,
      ),
    ),
    ...(moves.length > 0 ? [richText(bullets(...moveLines(moves, today)))] : []),
    ...notes.map((note) => context(note)),
  ];
}

function deadlineNote(deal: OpenDeal, startOn: Day | undefined, today: Day): string[] {
  if (!startOn || !deal.deadlineOn) return [];
  return [
    `Careful: from that day they can start on about ${sayDay(startOn, today)}, after the deadline ${sayDay(deal.deadlineOn, today)}.`,
  ];
}

/** The day that is in the picker, if any. */
export function readChosenDay(form: FormValues): Day | undefined {
  return parseDay(form.date(moveDateModalIds.decisionOn) ?? '');
}

export function readMoveDateModal({ form, view }: { form: FormValues; view: View }): {
  readonly dealId: DealId;
  readonly form: MoveForm;
} {
  const { dealId, revisionId, fromOn } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    form: {
      revisionId: revisionId as DateRevisionId,
      fromOn: day(fromOn),
      decisionOn: form.date(moveDateModalIds.decisionOn),
      side: form.choice(moveDateModalIds.side),
      reason: form.text(moveDateModalIds.reason),
      tried: form.choices(moveDateModalIds.tried),
      correction: form.ticked(moveDateModalIds.correction),
    },
  };
}

/** The date after it moved, and the next question: did the buyer say yes to it? */
export function buildMovedModal(moved: MovedDate): Modal {
  const { deal, revision, today, startOn } = moved;
  const steps = moved.moved.length;
  return buildResultModal({
    title: revision.kind === 'pull_in' ? 'Earlier than planned' : 'Date moved',
    lines: [
      [bold(dealTitle(deal)), leaf(`: ${outcomeOf(moved)}`)],
      dateLine(moved).leaves,
      ...(steps > 0 ? [[leaf(`${count(steps, 'step has', 'steps have')} a new day.`)]] : []),
      ...deadlineNote(deal, startOn, today).map((note) => [leaf(note)]),
      ...(deal.dateAgreedOn ? [] : [[leaf('The plan is ours until they say yes to this date.')]]),
    ],
    next: deal.dateAgreedOn ? [] : [agreedButton(`${deal.id} ${deal.decisionOn ?? ''}`)],
  });
}

function outcomeOf({ deal, revision, today }: MovedDate): string {
  const to = sayDay(revision.toOn, today);
  const days = Math.abs(daysBetween(revision.fromOn, revision.toOn));
  switch (revision.kind) {
    case 'pull_in':
      return `pulled in by ${count(days, 'day')} to ${to}. Well done, both sides.`;
    case 'correction':
      return `corrected to ${to}. It does not count as a slip${deal.dateAgreedOn ? ', and their yes stands' : ''}.`;
    default:
      return `moved from ${sayDay(revision.fromOn, today)} to ${to}.`;
  }
}
