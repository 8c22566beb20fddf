import { dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import {
  draftWithdrawal,
  mostNoteWords,
  type WithdrawalFault,
  type WithdrawalPart,
} from '../../domain/withdrawal-note.ts';
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
import { readDealForm } from '../../slack/deal-form.ts';
import type { Submission } from '../../slack/listen.ts';
import type { Withdrawal } from './withdrawal.ts';
import type { WithdrawalForm } from './write-withdrawal.ts';

/** Ids of the modal; the fields of the three parts carry the parts' names. */
export const withdrawalModalIds = {
  view: 'feedback_withdrawal',
  contact: 'contact_name',
  figures: 'figures',
  ours: 'ours',
  theirs: 'theirs',
  away: 'away',
} as const satisfies Record<string, string> & Record<WithdrawalPart, WithdrawalPart>;

/** With greeting and thanks, three of them still fit into the one field they are copied from. */
const longestPart = 900;

/** The three parts, begun with what the deal knows in their words (METHOD S4-40). */
export function buildWithdrawalModal(
  { deal, manager }: Withdrawal,
  given: { readonly formId: string; readonly contactName: string | undefined },
): Modal {
  const draft = draftWithdrawal(deal);
  const next = manager
    ? `${manager.name} reads it before you send it.`
    : 'You send it, from wherever you write to them.';
  const part = (field: WithdrawalPart, label: string, hint: string) =>
    input({
      field,
      label,
      element: {
        type: 'plain_text_input',
        multiline: true,
        max_length: longestPart,
        initial_value: draft[field],
      },
      hint,
    });
  return modal({
    id: withdrawalModalIds.view,
    title: 'Stepping away',
    submit: manager ? 'Let them read it' : 'Next',
    meta: { dealId: deal.id, formId: given.formId },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(`\n${mostNoteWords} words at most. ${next}`)),
      input({
        field: withdrawalModalIds.contact,
        label: 'To whom?',
        element: {
          type: 'plain_text_input',
          max_length: 100,
          placeholder: plain('Dana Lee'),
          ...(given.contactName ? { initial_value: given.contactName } : {}),
        },
      }),
      part('ours', '1. On us', 'Name the piece that we did not bring, as you would say it.'),
      input({
        field: withdrawalModalIds.figures,
        label: 'What it costs them, in their words',
        element: {
          type: 'plain_text_input',
          max_length: 300,
          placeholder: plain('About €4,000 a month in extra hours'),
          ...(deal.costOfMissing ? { initial_value: deal.costOfMissing } : {}),
        },
        hint: 'Only figures that stand here or in their problem may be in the note.',
        optional: true,
      }),
      part('theirs', '2. Their problem, and what it costs', 'In their words and figures.'),
      part('away', '3. Off the table', 'Nothing is offered here, and nothing is asked.'),
      context('Nothing leaves this app.'),
    ],
  });
}

export function readWithdrawalModal({
  view,
  form,
}: Pick<Submission, 'view' | 'form'>): WithdrawalForm {
  const { dealId, formId } = readDealForm(view);
  return {
    dealId: dealId as DealId,
    formId,
    contactName: form.text(withdrawalModalIds.contact),
    figures: form.text(withdrawalModalIds.figures),
    parts: {
      ours: form.text('ours') ?? '',
      theirs: form.text('theirs') ?? '',
      away: form.text('away') ?? '',
    },
  };
}

/** What is wrong, under the input it is wrong in. */
export function faultsByField(faults: readonly WithdrawalFault[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { part, message } of faults) {
    errors[part] = errors[part] ? `${errors[part]} ${message}` : message;
  }
  return errors;
}
