import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { agreementLine } from '../../domain/feedback-note.ts';
import type { DealId } from '../../domain/ids.ts';
import {
  bold,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  quiet,
} from '../../slack/blocks.ts';
import { readDealForm } from '../../slack/deal-form.ts';
import type { Submission } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const agreeModalIds = { view: 'feedback_agree', agreed: 'agreed' } as const;

const options = [option('They said yes', 'yes'), option('They would rather not', 'no')];

/** The line to ask before they decide, and what they said to it (METHOD §4.6). */
export function buildAgreeModal(deal: OpenDeal, formId: string): Modal {
  const said = deal.feedbackAgreed === undefined ? undefined : deal.feedbackAgreed ? 'yes' : 'no';
  const initial = options.find(({ value }) => value === said);
  return modal({
    id: agreeModalIds.view,
    title: 'Ask them early',
    submit: 'Save',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(
        bold(dealTitle(deal)),
        leaf('\nWhile nothing is decided, ask them in your words or in these:'),
      ),
      paragraph(quiet(`“${agreementLine}”`)),
      input({
        field: agreeModalIds.agreed,
        label: 'What did they say?',
        element: {
          type: 'radio_buttons',
          options,
          ...(initial ? { initial_option: initial } : {}),
        },
        hint: 'After a no nobody asks them again.',
      }),
    ],
  });
}

export function readAgreeModal({ view, form }: Pick<Submission, 'view' | 'form'>): {
  dealId: DealId;
  answer: string | undefined;
} {
  return { dealId: readDealForm(view).dealId, answer: form.choice(agreeModalIds.agreed) };
}

export function buildAgreedModal(deal: OpenDeal): Modal {
  const words = deal.feedbackAgreed
    ? ': they will tell us plainly. If it comes to that, the question is drafted for somebody who was not selling.'
    : ': they would rather not, so nobody will ask them.';
  return buildResultModal({ title: 'Noted', lines: [[bold(dealTitle(deal)), leaf(words)]] });
}
