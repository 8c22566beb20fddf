import { type BuyerPlan, splitLines } from '../../domain/buyer-plan.ts';
import { context, input, type Modal, modal, paragraph, quiet } from '../../slack/blocks.ts';

/** The buyer's view of a plan, to copy: nothing is sent from here. */
export const buyerModalIds = { view: 'plan_buyer', text: 'buyer_text', csv: 'buyer_csv' } as const;

const inputLimit = 3000;

export function buildBuyerModal({ text, csv, asksEarly }: BuyerPlan): Modal {
  return modal({
    id: buyerModalIds.view,
    title: 'Copy for the buyer',
    submit: 'Done',
    close: 'Close',
    blocks: [
      paragraph(quiet('Copy it into your own message. Homeroom sends nothing to them.')),
      ...copyInputs(buyerModalIds.text, 'As text', text),
      ...(asksEarly
        ? [context('/deal feedback keeps what they say to the question in its last line.')]
        : []),
      ...copyInputs(buyerModalIds.csv, 'For a spreadsheet (CSV)', csv),
    ],
  });
}

/** One input holds three thousand characters; what is longer goes on in the next. */
function copyInputs(field: string, label: string, text: string) {
  const parts = splitLines(text, inputLimit).filter((part) => part !== '');
  return parts.map((part, at) =>
    input({
      field: at === 0 ? field : `${field}_${at + 1}`,
      label: parts.length === 1 ? label : `${label}, part ${at + 1} of ${parts.length}`,
      element: { type: 'plain_text_input', multiline: true, initial_value: part },
    }),
  );
}
