import { z } from 'zod';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const firstDateModalIds = { view: 'deals_date_first', decisionOn: 'decision_on' } as const;

const meta = z.object({ dealId: z.string() });

/** `/deal date` of a deal that has none yet. */
export function buildFirstDateModal(deal: OpenDeal): Modal {
  return modal({
    id: firstDateModalIds.view,
    title: 'The first date',
    submit: 'Set it',
    meta: { dealId: deal.id },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(' has no decision date yet.')),
      input({
        field: firstDateModalIds.decisionOn,
        label: 'Which day will they decide?',
        element: { type: 'datepicker' },
        hint: 'It stays visible for ever, also when the date moves.',
      }),
    ],
  });
}

export function readFirstDateModal({ form, view }: { form: FormValues; view: View }) {
  return {
    dealId: readMeta(view, meta).dealId as DealId,
    decisionOn: form.date(firstDateModalIds.decisionOn),
  };
}
