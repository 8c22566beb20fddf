import { z } from 'zod';
import type { ReviewId } from '../../domain/ids.ts';
import { input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

export const pauseModalIds = { view: 'review_pause_form', facilitator: 'facilitator' } as const;
export const excuseModalIds = { view: 'review_excuse_form', reason: 'reason' } as const;

const meta = z.object({ reviewId: z.string() });

/** A pause, with somebody who keeps the review in hand for who wants one. */
export function buildPauseModal(title: string, reviewId: ReviewId): Modal {
  return modal({
    id: pauseModalIds.view,
    title: 'Pause this review',
    submit: 'Pause',
    meta: { reviewId },
    blocks: [
      paragraph(
        leaf(
          `${title}: no questions and no updates from me until you let it go on. I say so once.`,
        ),
      ),
      input({
        field: pauseModalIds.facilitator,
        label: 'Who keeps it in hand meanwhile',
        element: { type: 'users_select', placeholder: plain('Nobody in particular') },
        optional: true,
      }),
    ],
  });
}

export function readPauseModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId } = readMeta(view, meta);
  return { reviewId: reviewId as ReviewId, userId: form.user(pauseModalIds.facilitator) };
}

/** An excuse, with its reason; it is counted and the deal is named nowhere for it. */
export function buildExcuseModal(title: string, reviewId: ReviewId): Modal {
  return modal({
    id: excuseModalIds.view,
    title: 'Excuse this review',
    submit: 'Excuse',
    meta: { reviewId },
    blocks: [
      paragraph(
        leaf(`${title}: nothing more is asked. The weekly thread counts it as excused, unnamed.`),
      ),
      input({
        field: excuseModalIds.reason,
        label: 'The reason',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Parental leave until March'),
        },
        hint: 'The owner reads it; nobody else does.',
      }),
    ],
  });
}

export function readExcuseModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId } = readMeta(view, meta);
  return { reviewId: reviewId as ReviewId, reason: form.text(excuseModalIds.reason) };
}
