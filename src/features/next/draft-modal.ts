import { z } from 'zod';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { bold, context, input, leaf, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import type { Outlook } from './look-ahead.ts';
import { standing } from './next-message.ts';

export const draftModalIds = { view: 'next_draft_words', draft: 'draft' } as const;

const meta = z.object({ dealId: z.string() });

/** Words to copy. A person sends them and says so, which logs the turn: the bot never writes to a buyer. */
export function buildDraftModal(outlook: Outlook, draft: string): Modal {
  const { deal } = outlook.rows;
  return modal({
    id: draftModalIds.view,
    title: 'Words to send',
    submit: 'I sent it',
    close: 'Close',
    meta: { dealId: deal.id },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(`\n${standing(outlook)}`)),
      input({
        field: draftModalIds.draft,
        label: 'Copy them and make them yours',
        element: { type: 'plain_text_input', multiline: true, initial_value: draft },
        optional: true,
      }),
      context('You send it, from wherever you write to them. Nothing leaves this app.'),
    ],
  });
}

export function readDraftModal(view: View): DealId {
  return readMeta(view, meta).dealId as DealId;
}
