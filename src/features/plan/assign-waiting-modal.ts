import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { DealId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { contactField, contactInput } from './assign-contact.ts';
import type { WaitingForm } from './assign-waiting.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const waitingModalIds = {
  view: 'plan_waiting',
  contact: contactField,
  what: 'what',
  untilOn: 'until_on',
  meanwhile: 'meanwhile',
} as const;

const meta = z.object({ dealId: z.string(), formId: z.string() });

/** Instead of a step that only waits: on whom, until when, and what we do meanwhile. */
export function buildWaitingModal(given: {
  readonly dealId: DealId;
  readonly formId: string;
  readonly what: string;
  readonly untilOn: Day;
}): Modal {
  return modal({
    id: waitingModalIds.view,
    title: 'Waiting is fine',
    submit: 'Save both',
    meta: { dealId: given.dealId, formId: given.formId },
    blocks: [
      paragraph(
        bold('What are we doing meanwhile?'),
        leaf('\nTheirs gets a name and an end, and we get a step of our own.'),
      ),
      contactInput('Who are we waiting on?'),
      input({
        field: waitingModalIds.what,
        label: 'What comes from them?',
        element: {
          type: 'plain_text_input',
          max_length: 140,
          placeholder: plain('Which of the two dates legal can sign'),
          ...(given.what ? { initial_value: given.what } : {}),
        },
      }),
      input({
        field: waitingModalIds.untilOn,
        label: 'Until when?',
        element: { type: 'datepicker', initial_date: given.untilOn },
      }),
      input({
        field: waitingModalIds.meanwhile,
        label: 'What do we do meanwhile?',
        element: {
          type: 'plain_text_input',
          max_length: 150,
          placeholder: plain('Draft the start plan with their team'),
        },
      }),
    ],
  });
}

export function readWaitingModal({ view, form }: { view: View; form: FormValues }): {
  dealId: DealId;
  formId: string;
  form: WaitingForm;
} {
  const { dealId, formId } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    formId,
    form: {
      contact: form.choice(waitingModalIds.contact),
      what: form.text(waitingModalIds.what),
      untilOn: form.date(waitingModalIds.untilOn),
      meanwhile: form.text(waitingModalIds.meanwhile),
    },
  };
}
