import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { businessDaysAfter, type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { Side } from '../../domain/homework.ts';
import type { DealId, SlackUserId } from '../../domain/ids.ts';
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
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { Assigned, AssignForm } from './assign-homework.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const assignModalIds = {
  view: 'plan_assign',
  side: 'side',
  title: 'title',
  person: 'person',
  contact: 'contact',
  dueOn: 'due_on',
  doneWhen: 'done_when',
  returnTitle: 'return_title',
  returnDueOn: 'return_due_on',
} as const;

const meta = z.object({ dealId: z.string(), formId: z.string() });

/** A step is first due in three business days: far enough to do, near enough to be reminded. */
const usualLeadBd = 3;

/**
 * `/deal homework`: whose step comes first; theirs asks for a contact and offers our step in
 * return, ours asks for a colleague. Changing the side keeps what was typed.
 */
export function buildAssignModal(given: {
  deal: Deal;
  side: Side;
  formId: string;
  me: SlackUserId | undefined;
  today: Day;
}): Modal {
  const { deal, side, today } = given;
  const usual = businessDaysAfter(today, usualLeadBd);
  const dueOn =
    deal.decisionOn && deal.decisionOn >= today && deal.decisionOn < usual
      ? deal.decisionOn
      : usual;
  return modal({
    id: assignModalIds.view,
    title: 'A step for the plan',
    submit: 'Save',
    meta: { dealId: deal.id, formId: given.formId },
    blocks: [
      paragraph(bold(dealTitle(deal)), ...decisionLeaves(deal, today)),
      sideInput(side),
      input({
        field: assignModalIds.title,
        label: side === 'buyer' ? 'What will they do?' : 'What will we do?',
        element: textElement(
          side === 'buyer' ? 'List who signs, and in which order' : 'Send the security pack',
          150,
        ),
      }),
      side === 'buyer' ? contactInput() : personInput(given.me),
      input({
        field: assignModalIds.dueOn,
        label: 'Due',
        element: { type: 'datepicker', initial_date: dueOn },
      }),
      input({
        field: assignModalIds.doneWhen,
        label: 'Done when',
        element: textElement('Names and order are in the shared document', 300),
        hint: 'Something both sides can see.',
      }),
      ...(side === 'buyer' ? returnInputs(dueOn) : []),
    ],
  });
}

function decisionLeaves(deal: Deal, today: Day): Leaf[] {
  if (!deal.decisionOn) return [];
  const verb = deal.decisionOn < today ? 'decision date passed' : 'they decide';
  return [leaf(` · ${verb} ${sayDay(deal.decisionOn, today)}`)];
}

function sideInput(side: Side): InputBlock {
  const theirs = option('Their step', 'buyer');
  const ours = option('Our step', 'seller');
  return input({
    field: assignModalIds.side,
    label: 'Whose step is it?',
    element: {
      type: 'radio_buttons',
      options: [theirs, ours],
      initial_option: side === 'buyer' ? theirs : ours,
    },
    dispatch: true,
  });
}

function contactInput(): InputBlock {
  return input({
    field: assignModalIds.contact,
    label: 'Who does it there?',
    element: {
      type: 'external_select',
      placeholder: plain('Name, role'),
      min_query_length: 0,
    },
    hint: 'Pick a name, or type a new one, like Dana Lee, CFO.',
  });
}

function personInput(me: SlackUserId | undefined): InputBlock {
  return input({
    field: assignModalIds.person,
    label: 'Who does it here?',
    element: { type: 'users_select', ...(me ? { initial_user: me } : {}) },
  });
}

function returnInputs(dueOn: Day): InputBlock[] {
  return [
    input({
      field: assignModalIds.returnTitle,
      label: 'Our step in return',
      element: textElement('Draft the approval map with them', 150),
      hint: 'They do theirs, we do ours. It goes to you.',
      optional: true,
    }),
    input({
      field: assignModalIds.returnDueOn,
      label: 'Our step is due',
      element: { type: 'datepicker', initial_date: dueOn },
      optional: true,
    }),
  ];
}

function textElement(placeholder: string, max: number) {
  return {
    type: 'plain_text_input' as const,
    placeholder: plain(placeholder),
    max_length: max,
  };
}

/** What was typed; the colleague comes as a Slack id that is still to be looked up. */
export function readAssignModal(submitted: { form: FormValues; view: View | undefined }): {
  dealId: DealId;
  formId: string;
  slackUserId: SlackUserId | undefined;
  form: Omit<AssignForm, 'person'>;
} {
  const { form } = submitted;
  const { dealId, formId } = readMeta(submitted.view, meta);
  return {
    dealId: dealId as DealId,
    formId,
    slackUserId: form.user(assignModalIds.person) as SlackUserId | undefined,
    form: {
      side: form.choice(assignModalIds.side) === 'seller' ? 'seller' : 'buyer',
      title: form.text(assignModalIds.title),
      contact: form.choice(assignModalIds.contact),
      dueOn: form.date(assignModalIds.dueOn),
      doneWhen: form.text(assignModalIds.doneWhen),
      returnTitle: form.text(assignModalIds.returnTitle),
      returnDueOn: form.date(assignModalIds.returnDueOn),
    },
  };
}

/** After saving: both steps as they stand, and the next move. */
export function buildAssignResultModal({ deal, steps }: Assigned, today: Day): Modal {
  const lines = steps.map((step) => [
    bold(step.side === 'buyer' ? 'Their step: ' : 'Our step: '),
    leaf(`${step.title} — ${step.doer.name}, by ${sayDay(step.dueOn, today)}`),
  ]);
  const unpaired = steps.length === 1 && steps[0]?.side === 'buyer';
  return buildResultModal({
    title: 'It is in the plan',
    lines: [
      [leaf(dealTitle(deal))],
      ...lines,
      ...(unpaired ? [[leaf('A step of ours in return makes theirs easier to say yes to.')]] : []),
    ],
    next: [button({ id: stepIds.add, text: 'Add another', value: deal.id, style: 'primary' })],
  });
}
