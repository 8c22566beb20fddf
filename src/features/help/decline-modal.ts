import { z } from 'zod';
import type { HelpRequestId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const declineModalIds = { view: 'help_not_me', note: 'note' } as const;

const meta = z.object({ helpId: z.string(), responseUrl: z.string().optional() });

/** A no, with a line why for who wants to give one. */
export function buildDeclineModal(
  what: string,
  given: { readonly helpId: HelpRequestId; readonly responseUrl: string | undefined },
): Modal {
  return modal({
    id: declineModalIds.view,
    title: 'Not me',
    submit: 'Tell them',
    meta: given,
    blocks: [
      paragraph(bold(what), leaf('\nThey hear it from me and can ask somebody else.')),
      input({
        field: declineModalIds.note,
        label: 'A word why, or who could',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Mia knows their security team'),
        },
        optional: true,
      }),
    ],
  });
}

export function readDeclineModal({ view, form }: { view: View; form: FormValues }): {
  helpId: HelpRequestId;
  responseUrl: string | undefined;
  note: string | undefined;
} {
  const { helpId, responseUrl } = readMeta(view, meta);
  return {
    helpId: helpId as HelpRequestId,
    responseUrl,
    note: form.text(declineModalIds.note),
  };
}
