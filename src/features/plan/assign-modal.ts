import type { ActionsBlock, InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { businessDaysAfter, type Day } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { Homework, HomeworkKind, Side } from '../../domain/homework.ts';
import type { DealId, SlackUserId } from '../../domain/ids.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import {
  actions,
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
import { shortDateLine } from '../../slack/date-line.ts';
import type { StepDraft } from '../../slack/next-actions.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { contactField, contactInput } from './assign-contact.ts';
import { type AssignForm, theDecision } from './assign-homework.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const assignModalIds = {
  view: 'plan_assign',
  side: 'side',
  /** The switch between the two forms; not `side`, which other forms ask for, too. */
  switchSide: 'plan_assign_side',
  more: 'plan_assign_more',
  title: 'title',
  person: 'person',
  contact: contactField,
  dueOn: 'due_on',
  doneWhen: 'done_when',
  unlocks: 'unlocks',
  whyForThem: 'why_for_them',
  returnTitle: 'return_title',
  returnDueOn: 'return_due_on',
  asked: 'asked',
  kind: 'kind',
  effort: 'effort',
} as const;

const meta = z.object({ dealId: z.string(), formId: z.string(), more: z.boolean().optional() });

/** A step is first due in three business days: far enough to do, near enough to be reminded. */
const usualLeadBd = 3;

export interface AssignModalView {
  readonly deal: Deal;
  readonly slips: SlipSummary | undefined;
  readonly side: Side;
  readonly formId: string;
  /** Also asks what has a good default. */
  readonly more: boolean;
  /** The open gates of the plan in due order: what a step of theirs may open. */
  readonly gates: readonly Homework[];
  /** What is known of the step already. */
  readonly draft?: StepDraft | undefined;
  readonly me: SlackUserId | undefined;
  readonly today: Day;
}

/**
 * `/deal homework`: whose step comes first; theirs asks for a contact, for what it is worth to them
 * and offers our step in return, ours asks for a colleague. What was typed stays when the side
 * changes or more is asked.
 */
export function buildAssignModal(view: AssignModalView): Modal {
  const { deal, side, today, more, draft } = view;
  const usual = businessDaysAfter(today, usualLeadBd);
  const dueOn =
    draft?.dueOn ??
    (deal.decisionOn && deal.decisionOn >= today && deal.decisionOn < usual
      ? deal.decisionOn
      : usual);
  return modal({
    id: assignModalIds.view,
    title: 'A step for the plan',
    submit: 'Save',
    meta: { dealId: deal.id, formId: view.formId, more },
    blocks: [
      paragraph(bold(dealTitle(deal)), ...dateLeaves(view)),
      sideChoice(side),
      input({
        field: assignModalIds.title,
        label: side === 'buyer' ? 'What will they do?' : 'What will we do?',
        element: textElement(
          side === 'buyer' ? 'List who signs, and in which order' : 'Send the security pack',
          150,
          draft?.title,
        ),
      }),
      side === 'buyer' ? contactInput('Who does it there?') : personInput(view.me),
      input({
        field: assignModalIds.dueOn,
        label: 'Due',
        element: { type: 'datepicker', initial_date: dueOn },
      }),
      input({
        field: assignModalIds.doneWhen,
        label: 'Done when',
        element: textElement('Names and order are in the shared document', 300, draft?.doneWhen),
        hint: 'Something both sides can see.',
      }),
      ...(side === 'buyer' ? theirInputs(view.gates) : []),
      ...(more ? moreInputs(side, dueOn) : [moreButton()]),
    ],
  });
}

function dateLeaves(view: AssignModalView): Leaf[] {
  return view.deal.decisionOn ? [leaf(` · ${shortDateLine(view)}`)] : [];
}

/** No question of its own but a switch between two forms. */
function sideChoice(side: Side): ActionsBlock {
  const theirs = option('Their step', 'buyer');
  const ours = option('Our step', 'seller');
  return actions(assignModalIds.side, {
    type: 'radio_buttons',
    action_id: assignModalIds.switchSide,
    options: [theirs, ours],
    initial_option: side === 'buyer' ? theirs : ours,
  });
}

function moreButton(): KnownBlock {
  return actions(assignModalIds.more, button({ id: assignModalIds.more, text: 'More' }));
}

function personInput(me: SlackUserId | undefined): InputBlock {
  return input({
    field: assignModalIds.person,
    label: 'Who does it here?',
    element: { type: 'users_select', ...(me ? { initial_user: me } : {}) },
  });
}

function theirInputs(gates: readonly Homework[]): InputBlock[] {
  const options = [
    ...gates.slice(0, 20).map(({ id, title }) => option(title, id)),
    option(theDecision.words, theDecision.value),
  ];
  return [
    input({
      field: assignModalIds.unlocks,
      label: 'What does it open?',
      element: select(options),
    }),
    input({
      field: assignModalIds.whyForThem,
      label: 'Why is it worth their time?',
      element: textElement('Legal reads it once instead of three times', 300),
    }),
    input({
      field: assignModalIds.returnTitle,
      label: 'Our step in return',
      element: textElement('Draft the approval map with them', 150),
      hint: 'They do theirs, we do ours. It goes to you.',
      optional: true,
    }),
  ];
}

const kinds: readonly (readonly [HomeworkKind, string])[] = [
  ['do', 'Something to do'],
  ['find_out', 'Something to find out'],
  ['meet', 'A meeting'],
  ['approve', 'An approval'],
];

const efforts = ['Small', 'Medium', 'Large'] as const;

function moreInputs(side: Side, dueOn: Day): InputBlock[] {
  const kindOptions = kinds.map(([kind, words]) => option(words, kind));
  const effortOptions = efforts.map((words, index) => option(words, String(index + 1)));
  return [
    ...(side === 'buyer'
      ? [
          input({
            field: assignModalIds.returnDueOn,
            label: 'Our step is due',
            element: { type: 'datepicker', initial_date: dueOn },
            optional: true,
          }),
          input({
            field: assignModalIds.asked,
            label: 'Asked',
            element: { type: 'checkboxes', options: [option('They were asked already', 'asked')] },
            optional: true,
          }),
        ]
      : []),
    input({
      field: assignModalIds.kind,
      label: 'What kind of step is it?',
      element: select(kindOptions),
    }),
    input({
      field: assignModalIds.effort,
      label: 'How much work is it?',
      element: select(effortOptions),
    }),
  ];
}

function select(options: PlainTextOption[]) {
  const [first] = options;
  return { type: 'static_select' as const, options, ...(first ? { initial_option: first } : {}) };
}

function textElement(placeholder: string, max: number, initial?: string) {
  return {
    ...(initial ? { initial_value: initial } : {}),
    type: 'plain_text_input' as const,
    placeholder: plain(placeholder),
    max_length: max,
  };
}

/** What was typed; the colleague comes as a Slack id that is still to be looked up. */
export function readAssignModal(submitted: { form: FormValues; view: View | undefined }): {
  dealId: DealId;
  formId: string;
  more: boolean;
  slackUserId: SlackUserId | undefined;
  form: Omit<AssignForm, 'person'>;
} {
  const { form } = submitted;
  const { dealId, formId, more = false } = readMeta(submitted.view, meta);
  const effort = Number(form.choice(assignModalIds.effort) ?? 1);
  return {
    dealId: dealId as DealId,
    formId,
    more,
    slackUserId: form.user(assignModalIds.person) as SlackUserId | undefined,
    form: {
      side: form.choice(assignModalIds.side) === 'seller' ? 'seller' : 'buyer',
      title: form.text(assignModalIds.title),
      contact: form.choice(assignModalIds.contact),
      dueOn: form.date(assignModalIds.dueOn),
      doneWhen: form.text(assignModalIds.doneWhen),
      unlocks: form.choice(assignModalIds.unlocks),
      whyForThem: form.text(assignModalIds.whyForThem),
      kind: kinds.find(([kind]) => kind === form.choice(assignModalIds.kind))?.[0] ?? 'do',
      effort: effort === 2 || effort === 3 ? effort : 1,
      asked: form.ticked(assignModalIds.asked),
      returnTitle: form.text(assignModalIds.returnTitle),
      returnDueOn: form.date(assignModalIds.returnDueOn),
    },
  };
}
