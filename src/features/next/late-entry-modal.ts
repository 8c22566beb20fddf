import { type Deal, dealTitle } from '../../domain/deal.ts';
import {
  bold,
  button,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type DealForm, readDealForm } from '../../slack/deal-form.ts';
import type { Submission } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import { type LateEntryForm, lateEntryTicks, type PlayedLateEntry } from './play-late-entry.ts';

export const lateEntryModalIds = {
  view: 'next_late_entry',
  criterion: 'criterion',
  backer: 'backer',
  ticks: 'ticks',
} as const;

const tickLabels: Readonly<Record<(typeof lateEntryTicks)[number], string>> = {
  insight: 'It comes from an insight about their business',
  strengths: 'Our strengths fit it',
  unmatched: 'The rival cannot match it',
  late: 'We play it late, so that nobody has time to copy it',
  closed: 'It does not open the door to a third supplier',
};

/** The play for a deal we came to when their preference had formed (METHOD §4.9). */
export function buildLateEntryModal(deal: Deal, formId: string): Modal {
  return modal({
    id: lateEntryModalIds.view,
    title: 'Late-entry play',
    submit: 'Play it',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(
        bold(dealTitle(deal)),
        leaf('\nThey had a favourite when we came in. One new criterion can open that again.'),
      ),
      input({
        field: lateEntryModalIds.criterion,
        label: 'Which new criterion do we alone meet?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Live before their year-end close'),
        },
      }),
      input({
        field: lateEntryModalIds.backer,
        label: 'Who inside backs it?',
        element: {
          type: 'plain_text_input',
          max_length: 80,
          placeholder: plain('Dana Lee, CFO'),
        },
      }),
      input({
        field: lateEntryModalIds.ticks,
        label: 'What is true of it?',
        element: {
          type: 'checkboxes',
          options: lateEntryTicks.map((tick) => option(tickLabels[tick], tick)),
        },
        optional: true,
      }),
      context('No such criterion? Stepping away early is a good move too: /deal lost.'),
    ],
  });
}

export function readLateEntryModal({ form, view }: Pick<Submission, 'form' | 'view'>): DealForm & {
  readonly play: LateEntryForm;
} {
  return {
    ...readDealForm(view),
    play: {
      criterion: form.text(lateEntryModalIds.criterion),
      backer: form.text(lateEntryModalIds.backer),
      ticks: form.choices(lateEntryModalIds.ticks),
    },
  };
}

/** After saving: the small step with which the backer tries it on a colleague (METHOD §4.5). */
export function buildLateEntryResultModal({
  deal,
  criterion,
  backer,
  open,
}: PlayedLateEntry): Modal {
  const unsure = open.map((tick) => tickLabels[tick].toLowerCase());
  return buildResultModal({
    title: 'The play is on',
    lines: [
      [bold(dealTitle(deal)), leaf(`: “${criterion}”, backed by ${backer}.`)],
      ...(unsure.length > 0 ? [[leaf(`Still to be made true: ${unsure.join('; ')}.`)]] : []),
      [leaf(`Ask ${backer} to test it with one colleague, and give that a day.`)],
    ],
    next: [button({ id: stepIds.add, text: 'Add that step', value: deal.id, style: 'primary' })],
  });
}
