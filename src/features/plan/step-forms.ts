import type { ContextBlock, InputBlock } from '@slack/types';
import type { Homework } from '../../domain/homework.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { contactField, contactInput } from './assign-contact.ts';
import type { ChangeFormMeta } from './change-modals.ts';
import { askedVias, needsTheirYes } from './step-answers.ts';

/** The small forms behind a step's buttons; an input's id is the field a refusal may name. */
export const stepFormIds = {
  agree: 'plan_step_agree',
  decline: 'plan_step_decline',
  reword: 'plan_step_reword',
  sendBack: 'plan_step_send_back',
  handOver: 'plan_step_hand_over',
  handToContact: 'plan_step_hand_contact',
  contact: contactField,
  via: 'via',
  reason: 'reason',
  title: 'title',
  doneWhen: 'done_when',
  whyForThem: 'why_for_them',
  note: 'note',
  person: 'person',
} as const;

/** They said yes: who did, and how we know. */
export function buildAgreeModal(step: Homework, meta: ChangeFormMeta): Modal {
  const vias = askedVias.map((via) => option(sayVia[via], via));
  const { contactId, name } = step.doer;
  return stepForm(stepFormIds.agree, 'They said yes', 'Save the yes', step, meta, [
    contactInput(
      'Who said yes?',
      contactId && !step.doer.personId ? { id: contactId, name } : undefined,
    ),
    input({
      field: stepFormIds.via,
      label: 'How?',
      element: { type: 'radio_buttons', options: vias },
      hint: 'The history keeps that it was you who heard it.',
    }),
  ]);
}

const sayVia = {
  meeting: 'In a meeting',
  email: 'By email',
  call: 'In a call',
  message: 'By message',
} as const;

export function buildDeclineModal(step: Homework, meta: ChangeFormMeta): Modal {
  return stepForm(stepFormIds.decline, 'They won’t', 'Save', step, meta, [
    input({
      field: stepFormIds.reason,
      label: 'What did they say?',
      element: line('Nobody there has the time this month', 200),
    }),
  ]);
}

/** Other words for a step, with the present ones to change. */
export function buildRewordModal(step: Homework, meta: ChangeFormMeta): Modal {
  return stepForm(stepFormIds.reword, 'Word it better', 'Propose it again', step, meta, [
    input({
      field: stepFormIds.title,
      label: needsTheirYes(step) ? 'What will they do?' : 'What will we do?',
      element: line('List who signs, and in which order', 150, step.title),
    }),
    input({
      field: stepFormIds.doneWhen,
      label: 'Done when',
      element: line('Names and order are in the shared document', 300, step.doneWhen),
      hint: 'Something both sides can see.',
    }),
    ...(needsTheirYes(step)
      ? [
          input({
            field: stepFormIds.whyForThem,
            label: 'Why is it worth their time?',
            element: line('Legal reads it once instead of three times', 300, step.whyForThem),
          }),
        ]
      : []),
  ]);
}

export function buildSendBackModal(step: Homework, meta: ChangeFormMeta): Modal {
  return stepForm(stepFormIds.sendBack, 'Not yet done', 'Reopen it', step, meta, [
    input({
      field: stepFormIds.note,
      label: 'What is missing?',
      element: line('Two names have no date yet', 200),
    }),
  ]);
}

export function buildHandOverModal(step: Homework, meta: ChangeFormMeta): Modal {
  return stepForm(stepFormIds.handOver, 'Hand it over', 'Hand over', step, meta, [
    input({
      field: stepFormIds.person,
      label: 'Who does it from here?',
      element: { type: 'users_select' },
      hint: 'They may change the plan from then on.',
    }),
  ]);
}

/** Somebody else at the buyer; who did not say yes is not asked in the name of who did. */
export function buildOtherPersonModal(step: Homework, meta: ChangeFormMeta): Modal {
  const ask = 'It is a proposal again until they say yes. Ask them yourself.';
  return stepForm(stepFormIds.handToContact, 'Other person', 'Hand over', step, meta, [
    contactInput('Who does it at their end?'),
    context(ask),
  ]);
}

function stepForm(
  id: string,
  title: string,
  submit: string,
  step: Homework,
  meta: ChangeFormMeta,
  inputs: (InputBlock | ContextBlock)[],
): Modal {
  const about = paragraph(bold(step.title), leaf(`\n${step.doer.name}`));
  return modal({ id, title, submit, meta, blocks: [about, ...inputs] });
}

function line(placeholder: string, max: number, initial?: string) {
  return {
    type: 'plain_text_input' as const,
    max_length: max,
    placeholder: plain(placeholder),
    ...(initial ? { initial_value: initial } : {}),
  };
}
