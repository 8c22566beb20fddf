import { z } from 'zod';
import type { ReviewId } from '../../domain/ids.ts';
import { bold, input, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import type { PromptAddress } from './talk-ids.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const passModalIds = { view: 'review_pass', why: 'why' } as const;

/** What a word why is for: to pass, to leave a reason as it is, to change nothing. */
export type PassKind = 'pass' | 'waive' | 'nothing';

const meta = z.object({
  reviewId: z.string(),
  promptKey: z.string(),
  kind: z.enum(['pass', 'waive', 'nothing']),
});

const words: Readonly<Record<PassKind, { title: string; label: string }>> = {
  pass: { title: 'Pass', label: 'A word why' },
  waive: { title: 'Leave it as it is', label: 'Why nothing more can be learned from it' },
  nothing: { title: 'Nothing to change', label: 'Why nothing needs to change' },
};

export function buildPassModal(address: PromptAddress, question: string, kind: PassKind): Modal {
  const { title, label } = words[kind];
  return modal({
    id: passModalIds.view,
    title,
    submit: 'Save',
    meta: { ...address, kind },
    blocks: [
      paragraph(bold(question)),
      input({
        field: passModalIds.why,
        label,
        element: { type: 'plain_text_input', max_length: 300 },
      }),
    ],
  });
}

export function readPassModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId, promptKey, kind } = readMeta(view, meta);
  return {
    address: { reviewId: reviewId as ReviewId, promptKey },
    kind,
    why: form.text(passModalIds.why),
  };
}
