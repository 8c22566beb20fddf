import { z } from 'zod';
import type { ReviewId } from '../../domain/ids.ts';
import type { ReviewEntry } from '../../domain/review.ts';
import { shorten } from '../../domain/text.ts';
import {
  bold,
  bullets,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const releaseModalIds = {
  view: 'review_release',
  share: 'share',
  extract: 'extract',
} as const;

const meta = z.object({ reviewId: z.string() });
/** A group of checkboxes holds ten. */
const mostTicks = 10;

/** What the team will see, and which of the owner's answers go along; all of them unless unticked. */
export function buildReleaseModal(given: {
  readonly reviewId: ReviewId;
  readonly title: string;
  readonly form: readonly string[];
  readonly own: readonly ReviewEntry[];
  readonly restricted: boolean;
}): Modal {
  const { reviewId, title, form, own, restricted } = given;
  const options = own.slice(0, mostTicks).map(({ id, text }) => ({
    text: plain(shorten(text ?? '', 75), 75),
    value: id as string,
  }));
  return modal({
    id: releaseModalIds.view,
    title: restricted ? 'Go on' : 'Let the team in',
    submit: restricted ? 'Go on' : 'Let them in',
    meta: { reviewId },
    blocks: [
      paragraph(
        bold(title),
        leaf(
          restricted
            ? '\nThe deal is private, so nobody else gets to see anything. The questions go on between you two.'
            : '\nThe team sees the facts, and of the form:',
        ),
      ),
      ...(!restricted && form.length > 0
        ? [richText(bullets(...form.map((line) => [leaf(line)])))]
        : []),
      ...(!restricted && options.length > 0
        ? [
            input({
              field: releaseModalIds.share,
              label: 'Of what you wrote, these go along',
              element: { type: 'checkboxes', options, initial_options: options },
              optional: true,
            }),
            context('What you untick stays between you and your manager.'),
          ]
        : []),
      ...(restricted
        ? [
            input({
              field: releaseModalIds.extract,
              label: 'What other departments may learn',
              element: {
                type: 'checkboxes',
                options: [option('The reason and my one line, without the deal’s name', 'yes')],
              },
              optional: true,
            }),
          ]
        : []),
    ],
  });
}

export function readReleaseModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId } = readMeta(view, meta);
  return {
    reviewId: reviewId as ReviewId,
    share: form.choices(releaseModalIds.share),
    shareExtract: form.ticked(releaseModalIds.extract),
  };
}
