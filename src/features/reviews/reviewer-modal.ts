import { z } from 'zod';
import type { ReviewId, SlackUserId } from '../../domain/ids.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const reviewerModalIds = { view: 'review_reviewer', person: 'person' } as const;

const meta = z.object({ reviewId: z.string() });

/** Who knew the deal and did not carry it; those who helped come first (METHOD S3-11). */
export function buildReviewerModal(given: {
  readonly reviewId: ReviewId;
  readonly title: string;
  readonly helpers: readonly {
    readonly name: string;
    readonly slackUserId: SlackUserId | undefined;
  }[];
  readonly restricted: boolean;
}): Modal {
  const [first] = given.helpers;
  const helped = given.helpers.map(({ name }) => name).join(', ');
  return modal({
    id: reviewerModalIds.view,
    title: 'An outside view',
    submit: 'Ask them',
    meta: { reviewId: given.reviewId },
    blocks: [
      paragraph(
        bold(given.title),
        leaf(
          `\nSomebody who knew this deal and did not carry it.${helped ? ` Helped on it: ${helped}.` : ''}`,
        ),
      ),
      input({
        field: reviewerModalIds.person,
        label: 'Whom do you ask?',
        element: {
          type: 'users_select',
          placeholder: plain('A colleague'),
          ...(first?.slackUserId ? { initial_user: first.slackUserId } : {}),
        },
        hint: 'They have three business days, and see the facts, not what you two wrote.',
      }),
      ...(given.restricted
        ? [context('This deal is private. Whoever you ask will be able to see it from then on.')]
        : []),
    ],
  });
}

export function readReviewerModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId } = readMeta(view, meta);
  return { reviewId: reviewId as ReviewId, userId: form.user(reviewerModalIds.person) };
}
