import { z } from 'zod';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { NudgeItemId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import type { BackOnForm } from './back-on-told.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const backOnModalIds = { view: 'nudges_back_on', backOn: 'back_on', note: 'note' } as const;

const meta = z.object({
  itemId: z.string(),
  formId: z.string(),
  responseUrl: z.string().optional(),
});

/** They told us when they are back: the day, and what they said. */
export function buildBackOnModal(deal: OpenDeal, given: z.infer<typeof meta>): Modal {
  return modal({
    id: backOnModalIds.view,
    title: 'They told us a date',
    submit: 'Save',
    meta: given,
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(': until that day their silence is no news.')),
      input({
        field: backOnModalIds.backOn,
        label: 'They are back on',
        element: { type: 'datepicker' },
      }),
      input({
        field: backOnModalIds.note,
        label: 'What did they say?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Dana is at the group meeting until the 14th'),
        },
        optional: true,
      }),
    ],
  });
}

/** What was typed, and where the bundle can be shown again. */
export function readBackOnModal({ view, form }: { view: View; form: FormValues }): {
  itemId: NudgeItemId;
  formId: string;
  responseUrl: string | undefined;
  form: BackOnForm;
} {
  const { itemId, formId, responseUrl } = readMeta(view, meta);
  return {
    itemId: itemId as NudgeItemId,
    formId,
    responseUrl,
    form: { backOn: form.date(backOnModalIds.backOn), note: form.text(backOnModalIds.note) },
  };
}
