import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Phase, phases } from '../../domain/segment.ts';
import {
  bold,
  button,
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
import { lateEntryId } from '../../slack/next-actions.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { ChangedPhase, PhaseForm } from './change-phase.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const phaseModalIds = {
  view: 'next_phase',
  phase: 'phase',
  evidence: 'evidence',
  entryPhase: 'entry_phase',
  rival: 'rival',
} as const;

/** What shows that a buyer is there (METHOD §4.5). */
const labels: Readonly<Record<Phase, string>> = {
  awareness: 'Awareness: they feel something, no named problem',
  interest: 'Interest: they want it solved',
  preference: 'Preference: they compare',
  decision: 'Decision: they choose and sign',
};

const options = phases.map((phase) => option(labels[phase], phase));

function optionOf(phase: Phase) {
  return option(labels[phase], phase);
}

/** Where the buyer is, forwards or backwards; the first time also where we came in. */
export function buildPhaseModal(deal: Deal, formId: string): Modal {
  return modal({
    id: phaseModalIds.view,
    title: 'Where are they?',
    submit: 'Save',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(bold(dealTitle(deal))),
      input({
        field: phaseModalIds.phase,
        label: 'Phase',
        element: { type: 'radio_buttons', options, initial_option: optionOf(deal.phase) },
        hint: 'Backwards is fine: buyers do that.',
      }),
      input({
        field: phaseModalIds.evidence,
        label: 'What shows it?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('They sent a score sheet with three vendors'),
        },
      }),
      ...(deal.entryPhase
        ? []
        : [
            input({
              field: phaseModalIds.entryPhase,
              label: 'Where were they when we came in?',
              element: { type: 'static_select' as const, options },
            }),
          ]),
      input({
        field: phaseModalIds.rival,
        label: 'Who else are they looking at?',
        element: {
          type: 'plain_text_input',
          max_length: 100,
          placeholder: plain('Globex'),
          ...(deal.rival ? { initial_value: deal.rival } : {}),
        },
        optional: true,
      }),
    ],
  });
}

export function readPhaseModal({ form, view }: Pick<Submission, 'form' | 'view'>): DealForm & {
  readonly form: PhaseForm;
} {
  return {
    ...readDealForm(view),
    form: {
      phase: form.choice(phaseModalIds.phase),
      evidence: form.text(phaseModalIds.evidence),
      entryPhase: form.choice(phaseModalIds.entryPhase),
      rival: form.text(phaseModalIds.rival),
    },
  };
}

/** After saving; a deal we came to late gets its play offered. */
export function buildPhaseResultModal({ deal, from, lateEntry }: ChangedPhase): Modal {
  const back = phases.indexOf(deal.phase) < phases.indexOf(from);
  const where = deal.phase === from ? 'still in' : back ? `back in` : 'now in';
  return buildResultModal({
    title: 'Saved',
    lines: [
      [bold(dealTitle(deal)), leaf(` is ${where} ${deal.phase}.`)],
      ...(lateEntry ? [[leaf('We came in late: they had a favourite by then.')]] : []),
    ],
    next: lateEntry
      ? [button({ id: lateEntryId, text: 'Open the play', value: deal.id, style: 'primary' })]
      : [],
  });
}
