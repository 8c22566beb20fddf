import { z } from 'zod';
import { dealTitle } from '../../domain/deal.ts';
import { feedbackChoices } from '../../domain/feedback.ts';
import type { FeedbackRequestId } from '../../domain/ids.ts';
import { fixables } from '../../domain/loss-story.ts';
import {
  bold,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { answerLines } from './answer-words.ts';
import type { KeptReply, ReplyForm } from './keep-reply.ts';
import type { KnownFeedback } from './reach-feedback.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const replyModalIds = {
  view: 'feedback_reply_form',
  choices: 'choices',
  words: 'words',
  couldHaveWon: 'could_have_won',
} as const;

const meta = z.object({ feedbackId: z.string() });

/** What they told us: ticks, their words, and whether we could have won it. */
export function buildReplyModal({ request, deal }: KnownFeedback): Modal {
  const choices = feedbackChoices.map(({ code, label }) => option(label, code));
  const ticked = choices.filter(({ value }) => request.choices.some((code) => code === value));
  const won = fixables.map(({ code, label }) => option(label, code));
  const said = won.find(({ value }) => value === request.couldHaveWon);
  return modal({
    id: replyModalIds.view,
    title: 'What they told us',
    submit: 'Save',
    meta: { feedbackId: request.id },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf('\nAs they said it, not as we would put it.')),
      input({
        field: replyModalIds.choices,
        label: 'Which part should get better?',
        element: {
          type: 'checkboxes',
          options: choices,
          ...(ticked.length > 0 ? { initial_options: ticked } : {}),
        },
        optional: true,
      }),
      input({
        field: replyModalIds.words,
        label: 'Their words',
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: 1_000,
          placeholder: plain('We never knew who would run it after the start'),
          ...(request.words ? { initial_value: request.words } : {}),
        },
        optional: true,
      }),
      input({
        field: replyModalIds.couldHaveWon,
        label: 'Could we have won it, in their eyes?',
        element: {
          type: 'radio_buttons',
          options: won,
          ...(said ? { initial_option: said } : {}),
        },
        hint: 'Leave it empty if they did not say.',
        optional: true,
      }),
    ],
  });
}

export function readReplyModal({ view, form }: { view: View; form: FormValues }): {
  id: FeedbackRequestId;
  form: ReplyForm;
} {
  return {
    id: readMeta(view, meta).feedbackId as FeedbackRequestId,
    form: {
      choices: form.choices(replyModalIds.choices),
      words: form.text(replyModalIds.words),
      couldHaveWon: form.choice(replyModalIds.couldHaveWon),
    },
  };
}

/** What was kept, and how it compares with what we said ourselves. */
export function buildRepliedModal({ known, voices }: KeptReply): Modal {
  return buildResultModal({
    title: 'Kept',
    lines: [
      [bold(dealTitle(known.deal))],
      ...answerLines(known.request).map((line) => [leaf(line)]),
      ...(voices ? [[leaf(voices)]] : []),
    ],
  });
}
