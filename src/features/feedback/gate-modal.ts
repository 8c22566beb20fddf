import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { fearTags } from '../../domain/loss-story.ts';
import { lighterMoves, withdrawalTicks } from '../../domain/withdrawal-note.ts';
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
import { readDealForm } from '../../slack/deal-form.ts';
import type { Submission } from '../../slack/listen.ts';
import type { GateForm } from './pass-gate.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const gateModalIds = {
  view: 'feedback_gate',
  ticks: 'ticks',
  kind: 'kind',
  fearTags: 'fear_tags',
  lighter: 'lighter',
  way: 'way',
  higher: 'higher',
} as const;

const kinds = [
  option('They could not choose between options', 'nod.which'),
  option('They wanted more and more information', 'nod.more_info'),
  option('They were not sure it would come true for them', 'nod.outcome'),
  option('It was right for them: below their bar, or other things first', 'rational'),
  option('We do not know', 'unknown'),
];

const ways = [
  option('Write the note and step away', 'note'),
  option('Go to somebody higher up', 'higher'),
  option('Leave without a word', 'leave'),
];

/** What has to be true before anybody steps away, and what was tried before (METHOD §4.7). */
export function buildGateModal(deal: OpenDeal, formId: string): Modal {
  const ticks = withdrawalTicks.map(({ code, label }) => option(label, code));
  const moves = lighterMoves.map(({ code, label }) => option(label, code));
  const fears = fearTags.map(({ code, label }) => option(label, code));
  return modal({
    id: gateModalIds.view,
    title: 'Before stepping away',
    submit: 'Next',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf('\nFor a buyer who wants it and does not dare.')),
      input({
        field: gateModalIds.ticks,
        label: 'What is true here?',
        element: { type: 'checkboxes', options: ticks },
        hint: 'The note needs all four.',
        optional: true,
      }),
      input({
        field: gateModalIds.kind,
        label: 'Why do they not decide?',
        element: { type: 'radio_buttons', options: kinds },
      }),
      input({
        field: gateModalIds.fearTags,
        label: 'What may hold them back?',
        element: { type: 'checkboxes', options: fears },
        hint: 'Kept with the loss, not in the note.',
        optional: true,
      }),
      input({
        field: gateModalIds.lighter,
        label: 'Which lighter moves were made, or do not fit?',
        element: { type: 'checkboxes', options: moves },
        optional: true,
      }),
      input({
        field: gateModalIds.way,
        label: 'And then?',
        element: {
          type: 'radio_buttons',
          options: ways,
          initial_option: option('Write the note and step away', 'note'),
        },
      }),
      input({
        field: gateModalIds.higher,
        label: 'If higher up: to whom, and with what?',
        element: {
          type: 'plain_text_input',
          max_length: 300,
          placeholder: plain('Their COO, with the figures their team gave us'),
        },
        optional: true,
      }),
    ],
  });
}

export function readGateModal({ view, form }: Pick<Submission, 'view' | 'form'>): GateForm {
  return {
    ...readDealForm(view),
    ticks: form.choices(gateModalIds.ticks),
    kind: form.choice(gateModalIds.kind),
    fearTags: form.choices(gateModalIds.fearTags),
    lighter: form.choices(gateModalIds.lighter),
    way: form.choice(gateModalIds.way),
    higher: form.text(gateModalIds.higher),
  };
}
