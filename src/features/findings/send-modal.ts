import { z } from 'zod';
import { findingMax, findingPlaces } from '../../domain/finding.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { worthPayingQuestion } from '../../domain/worst-advice.ts';
import {
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const sendFindingIds = { view: 'finding_sent', place: 'place', text: 'text' } as const;

const meta = z.object({
  reviewId: z.string(),
  formId: z.string(),
  /** The one question about cheap advice was put to them: what they send now is their answer. */
  asked: z.boolean(),
});

/** What the form holds, as it was given. */
export interface SendFindingForm {
  readonly place?: string | undefined;
  readonly text?: string | undefined;
}

/** Somebody tells a department what a lost deal taught. */
export function buildSendFindingModal(
  given: { readonly reviewId: ReviewId; readonly formId: string; readonly asked: boolean },
  { private: isPrivate, form = {} }: { readonly private: boolean; readonly form?: SendFindingForm },
): Modal {
  const options = findingPlaces.map(({ code, label }) => option(label, code));
  const chosen = options.find(({ value }) => value === form.place);
  return modal({
    id: sendFindingIds.view,
    title: 'Send a finding',
    submit: 'Send it',
    meta: given,
    blocks: [
      ...(given.asked
        ? [paragraph(leaf(`Only you see this: ${worthPayingQuestion} That may be the finding.`))]
        : []),
      input({
        field: sendFindingIds.place,
        label: 'Who could change something about it?',
        element: {
          type: 'static_select',
          options,
          ...(chosen ? { initial_option: chosen } : {}),
        },
      }),
      input({
        field: sendFindingIds.text,
        label: 'What should they know?',
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: findingMax,
          placeholder: plain('Their security team needed single sign-on before a trial'),
          ...(form.text ? { initial_value: form.text } : {}),
        },
        hint: 'What you saw and what would have helped. They can accept it, and you hear when it ships.',
      }),
      ...(isPrivate
        ? [context('This deal is private: its name is left out. Leave it out of your words, too.')]
        : []),
    ],
  });
}

export function readSendFindingModal({ view, form }: { view: View; form: FormValues }): {
  reviewId: ReviewId;
  formId: string;
  asked: boolean;
  form: SendFindingForm;
} {
  const { reviewId, formId, asked } = readMeta(view, meta);
  return {
    reviewId: reviewId as ReviewId,
    formId,
    asked,
    form: { place: form.choice(sendFindingIds.place), text: form.text(sendFindingIds.text) },
  };
}
