import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { type Lesson, lastTimeLine } from '../../domain/lesson.ts';
import {
  bold,
  button,
  input,
  type Leaf,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
  quiet,
} from '../../slack/blocks.ts';
import type { Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { ReopenForm } from './reopen-deal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const reopenModalIds = {
  view: 'lifecycle_reopen',
  decisionOn: 'decision_on',
  whatChanged: 'what_changed',
  wasReal: 'was_real',
} as const;

const meta = z.object({ fromId: z.string(), newDealId: z.string() });

/** `/deal reopen`: a new date and what changed; soon after the loss, also whether it was one. */
export function buildReopenModal(given: {
  deal: Deal;
  newDealId: DealId;
  lesson: Lesson | undefined;
  soon: boolean;
  today: Day;
}): Modal {
  const { deal, newDealId, soon } = given;
  return modal({
    id: reopenModalIds.view,
    title: 'Begin again',
    submit: 'Reopen it',
    meta: { fromId: deal.id, newDealId },
    blocks: [
      paragraph(bold(dealTitle(deal)), ...lessonLeaves(given)),
      input({
        field: reopenModalIds.decisionOn,
        label: 'Which day do they decide now?',
        element: { type: 'datepicker' },
        hint: 'The plan counts back from this day, and it stays visible for good.',
      }),
      input({
        field: reopenModalIds.whatChanged,
        label: 'What changed since?',
        element: {
          type: 'plain_text_input',
          max_length: 300,
          placeholder: plain('Their new supplier missed the first rollout'),
        },
      }),
      ...(soon ? [wasRealInput()] : []),
    ],
  });
}

function wasRealInput() {
  return input({
    field: reopenModalIds.wasReal,
    label: 'Was it a real loss?',
    element: {
      type: 'radio_buttons',
      options: [
        option('Yes, they had decided and came back', 'yes'),
        option('No, we closed it too early', 'no'),
      ],
    },
    hint: 'The loss stays counted where it was, marked as reopened.',
  });
}

function lessonLeaves({ lesson, today }: { lesson: Lesson | undefined; today: Day }): Leaf[] {
  return lesson ? [quiet(`\n${lastTimeLine(lesson, today)}`)] : [];
}

export function readReopenModal({ form, view }: Pick<Submission, 'form' | 'view'>): {
  fromId: DealId;
  newDealId: DealId;
  form: ReopenForm;
} {
  const { fromId, newDealId } = readMeta(view, meta);
  return {
    fromId: fromId as DealId,
    newDealId: newDealId as DealId,
    form: {
      decisionOn: form.date(reopenModalIds.decisionOn),
      whatChanged: form.text(reopenModalIds.whatChanged),
      wasReal: form.choice(reopenModalIds.wasReal),
    },
  };
}

/** After saving: last time's lesson on day one, and the first move. */
export function buildReopenedModal(given: {
  deal: Deal;
  lesson: Lesson | undefined;
  today: Day;
}): Modal {
  const { deal, today } = given;
  const decides = deal.decisionOn ? sayDay(deal.decisionOn, today) : '—';
  return buildResultModal({
    title: 'It begins again',
    lines: [
      [bold(dealTitle(deal)), leaf(` decides on ${decides}.`), ...lessonLeaves(given)],
      [leaf('The first round stays in the history with its loss. This plan starts empty.')],
    ],
    next: [button({ id: stepIds.add, text: 'Add a step', value: deal.id, style: 'primary' })],
  });
}
