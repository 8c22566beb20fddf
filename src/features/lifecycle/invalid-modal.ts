import { z } from 'zod';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, option, paragraph } from '../../slack/blocks.ts';
import type { Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const invalidModalIds = { view: 'lifecycle_invalid', why: 'why' } as const;

const meta = z.object({ dealId: z.string() });

const consequences = {
  open: 'Its plan ends, and it counts nowhere.',
  won: 'It leaves every count of won deals.',
  lost: 'Its loss leaves the weekly thread and every count.',
  invalid: 'It is out already.',
} as const;

/** `/deal invalid`: what it was instead, asked once. */
export function buildInvalidModal(deal: Deal): Modal {
  return modal({
    id: invalidModalIds.view,
    title: 'Not a deal?',
    submit: 'Take it out',
    meta: { dealId: deal.id },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(`\n${consequences[deal.status]}`)),
      input({
        field: invalidModalIds.why,
        label: 'What was it?',
        element: {
          type: 'radio_buttons',
          options: [
            option('A duplicate of another deal', 'duplicate'),
            option('It was never a real deal', 'never_real'),
          ],
        },
      }),
    ],
  });
}

export function readInvalidModal({ form, view }: Pick<Submission, 'form' | 'view'>): {
  dealId: DealId;
  why: string | undefined;
} {
  const { dealId } = readMeta(view, meta);
  return { dealId: dealId as DealId, why: form.choice(invalidModalIds.why) };
}

export function buildInvalidResultModal(deal: Deal): Modal {
  return buildResultModal({
    title: 'Taken out',
    lines: [[bold(dealTitle(deal)), leaf(' counts nowhere from now on. Its history stays.')]],
  });
}
