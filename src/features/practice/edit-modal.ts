import { z } from 'zod';
import type { PracticeId } from '../../domain/ids.ts';
import type { Practice } from '../../domain/practice.ts';
import { input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { type PracticePlace, placeMeta } from './practice-place.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const editPracticeIds = {
  view: 'practice_edited',
  occasion: 'occasion',
  link: 'link',
} as const;

const meta = z.object({ practiceId: z.string(), place: placeMeta });

/** When and where, and something to learn from (METHOD S3-16). */
export function buildEditModal(
  { id, behaviour, occasion, link }: Practice,
  place: PracticePlace,
): Modal {
  return modal({
    id: editPracticeIds.view,
    title: 'What you work on',
    submit: 'Save',
    meta: { practiceId: id, place },
    blocks: [
      paragraph(leaf(behaviour)),
      input({
        field: editPracticeIds.occasion,
        label: 'When and where will you try it?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('The first call with Globex on Tuesday'),
          ...(occasion ? { initial_value: occasion } : {}),
        },
        optional: true,
      }),
      input({
        field: editPracticeIds.link,
        label: 'Something to learn from',
        element: {
          type: 'url_text_input',
          placeholder: plain('https://…'),
          ...(link ? { initial_value: link } : {}),
        },
        optional: true,
      }),
    ],
  });
}

export function readEditModal({ view, form }: { view: View; form: FormValues }) {
  const { practiceId, place } = readMeta(view, meta);
  return {
    practiceId: practiceId as PracticeId,
    place,
    occasion: form.text(editPracticeIds.occasion),
    link: form.text(editPracticeIds.link),
  };
}
