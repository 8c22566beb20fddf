import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { bold, context, input, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import type { PromptAddress } from './talk-ids.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const wordsModalIds = {
  view: 'review_words',
  text: 'text',
  change: 'change',
  dueOn: 'due_on',
} as const;

const meta = z.object({ reviewId: z.string(), promptKey: z.string() });

/** The words on a prompt; the manager's lever has what changes and by when. */
export function buildWordsModal(given: {
  readonly address: PromptAddress;
  readonly question: string;
  readonly text: string | undefined;
  /** Who reads it. */
  readonly readers: string;
  readonly change: { readonly text: string | undefined; readonly dueOn: Day } | undefined;
}): Modal {
  const { address, question, text, readers, change } = given;
  const typed = (value: string | undefined) => (value ? { initial_value: value } : {});
  return modal({
    id: wordsModalIds.view,
    title: 'In your words',
    submit: 'Save',
    meta: address,
    blocks: [
      paragraph(bold(question)),
      input({
        field: wordsModalIds.text,
        label: change ? 'What made it likely' : 'Your answer',
        element: { type: 'plain_text_input', multiline: true, max_length: 1000, ...typed(text) },
      }),
      ...(change
        ? [
            input({
              field: wordsModalIds.change,
              label: 'What I will change or ask for',
              element: { type: 'plain_text_input', max_length: 200, ...typed(change.text) },
              hint: 'It becomes a promise of yours, with this day.',
            }),
            input({
              field: wordsModalIds.dueOn,
              label: 'By when?',
              element: { type: 'datepicker', initial_date: change.dueOn },
            }),
          ]
        : []),
      context(readers),
    ],
  });
}

export function readWordsModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId, promptKey } = readMeta(view, meta);
  return {
    address: { reviewId: reviewId as ReviewId, promptKey },
    text: form.text(wordsModalIds.text),
    change: form.text(wordsModalIds.change),
    dueOn: form.date(wordsModalIds.dueOn),
  };
}
