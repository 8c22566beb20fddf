import { z } from 'zod';
import type { ReviewEntryId, ReviewId } from '../../domain/ids.ts';
import type { ReviewEntry } from '../../domain/review.ts';
import { shorten } from '../../domain/text.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const exploreModalIds = {
  view: 'review_explore_view',
  verdict: 'verdict',
  note: 'note',
} as const;

const meta = z.object({ reviewId: z.string(), entryId: z.string() });

export const verdicts = [
  { code: 'adopt', label: 'Adopt' },
  { code: 'park', label: 'Park' },
] as const;

/** One view, which its reader adopts or parks with a line; there is no field to argue (S3-19). */
export function buildExploreModal(opinion: ReviewEntry, author: string, left: number): Modal {
  return modal({
    id: exploreModalIds.view,
    title: 'Adopt or park',
    submit: 'Save',
    meta: { reviewId: opinion.reviewId, entryId: opinion.id },
    blocks: [
      paragraph(bold(`${author}: `), leaf(shorten(opinion.text ?? '', 1500))),
      input({
        field: exploreModalIds.verdict,
        label: 'What do you do with it?',
        element: {
          type: 'radio_buttons',
          options: verdicts.map(({ code, label }) => option(label, code)),
        },
      }),
      input({
        field: exploreModalIds.note,
        label: 'One line why',
        element: { type: 'plain_text_input', max_length: 200 },
        hint: 'Agreement is not required.',
      }),
      ...(left > 1 ? [context(`${left - 1} more after this one.`)] : []),
    ],
  });
}

export function readExploreModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId, entryId } = readMeta(view, meta);
  return {
    reviewId: reviewId as ReviewId,
    entryId: entryId as ReviewEntryId,
    verdict: form.choice(exploreModalIds.verdict),
    note: form.text(exploreModalIds.note),
  };
}
