import type { KnownBlock } from '@slack/types';
import { outcomes } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { evidenceLevels, fixables, noDecisionKinds, whyClasses } from '../../domain/loss-story.ts';
import { coverQuestions } from '../../domain/open-question.ts';
import {
  bold,
  context,
  input,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import type { FormValues, View } from '../../slack/payloads.ts';
import { isNoDecision, namesCompetitor } from './loss-form.ts';
import { type LosingDeal, readLosingDeal } from './lost-meta.ts';
import { reasonGroups, reasonOption } from './reason-options.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const lostModalIds = {
  view: 'losses_lost',
  outcome: 'outcome',
  underlying: 'underlying_outcome',
  competitor: 'competitor',
  noDecisionKind: 'no_decision_kind',
  whyClass: 'why_class',
  reason: 'reason',
  evidence: 'evidence',
  ownWords: 'own_words',
  fixable: 'fixable',
} as const;

const invalidOption = option('It was never a real deal, or a duplicate', 'invalid');

/**
 * How it ended: the outcome is asked alone; what follows depends on it, in the order of METHOD §4.2
 * and in seven inputs at most. It is all the quick form asks, and the first page of the full one.
 */
export function buildLostModal(deal: LosingDeal): Modal {
  const { outcome } = deal.told;
  const goesOn = deal.size === 'full' && outcome !== undefined;
  return modal({
    id: lostModalIds.view,
    title: 'How did it end?',
    submit: outcome === 'invalid' ? 'Close it' : goesOn ? 'Go on' : 'Save',
    meta: deal,
    blocks: [
      paragraph(bold(deal.title)),
      outcomeInput(),
      ...(outcome === undefined ? [] : detailInputs(deal, outcome)),
    ],
  });
}

function outcomeInput(): KnownBlock {
  return input({
    field: lostModalIds.outcome,
    label: 'What did they choose?',
    element: {
      type: 'radio_buttons',
      options: [...outcomes.map(({ code, label }) => option(label, code)), invalidOption],
    },
    dispatch: true,
  });
}

function detailInputs(deal: LosingDeal, outcome: string): KnownBlock[] {
  if (outcome === 'invalid') {
    return [context('It leaves every count, and nobody is asked about it again.')];
  }
  return [
    ...(namesCompetitor(outcome) ? [competitorInput(deal)] : []),
    ...(outcome === 'we_withdrew' ? [underlyingInput()] : []),
    ...(isNoDecision({ outcome }) ? [noDecisionInput(deal)] : []),
    whyClassInput(deal),
    reasonInput(deal),
    evidenceInput(),
    ownWordsInput(),
    fixableInput(),
  ];
}

function competitorInput({ rival }: LosingDeal): KnownBlock {
  return input({
    field: lostModalIds.competitor,
    label: 'Which supplier?',
    element: {
      type: 'plain_text_input',
      max_length: 100,
      ...(rival ? { initial_value: rival } : {}),
    },
    optional: true,
  });
}

function underlyingInput(): KnownBlock {
  const under = outcomes.filter(({ code }) => code !== 'we_withdrew');
  return input({
    field: lostModalIds.underlying,
    label: 'And what do they do now?',
    element: {
      type: 'static_select',
      placeholder: plain('As far as you know'),
      options: under.map(({ code, label }) => option(label, code)),
    },
    optional: true,
  });
}

/** Words that may be fear are quoted, and nothing is chosen for them (METHOD S4-35). */
function noDecisionInput({ fear }: LosingDeal): KnownBlock {
  return input({
    field: lostModalIds.noDecisionKind,
    label: 'What kind of no decision was it?',
    ...(fear ? { hint: fear } : {}),
    element: {
      type: 'radio_buttons',
      options: noDecisionKinds.map(({ code, label }) => option(label, code)),
    },
  });
}

/**
 * The two boxes. An element that comes with another choice than before has another id, because Slack
 * keeps what an element of the same id showed first.
 */
function whyClassInput({ filledClass }: LosingDeal): KnownBlock {
  const options = whyClasses.map(({ code, label }) => option(label, code));
  const filled = options.find(({ value }) => value === filledClass);
  return input({
    field: lostModalIds.whyClass,
    label: 'Which of the two boxes?',
    element: {
      type: 'radio_buttons',
      options,
      ...(filled
        ? { action_id: `${lostModalIds.whyClass}_${filled.value}`, initial_option: filled }
        : {}),
    },
  });
}

/** What they answered before is chosen already; whoever closes the deal may know better by now. */
function reasonInput({ hint, told }: LosingDeal): KnownBlock {
  const chosen = reasonOption(hint?.reason);
  const cover = findReason(told.reasonCode ?? chosen?.value ?? '')?.cover;
  const hints = [
    ...(chosen && hint ? [`${hint.words} Pick another if it was something else.`] : []),
    ...(cover ? [coverQuestions[cover]] : []),
  ];
  return input({
    field: lostModalIds.reason,
    label: 'What comes closest to the reason?',
    element: {
      type: 'static_select',
      placeholder: plain('Pick one'),
      option_groups: reasonGroups(),
      ...(chosen ? { initial_option: chosen } : {}),
    },
    ...(hints.length > 0 ? { hint: hints.join(' ') } : {}),
    dispatch: true,
  });
}

function evidenceInput(): KnownBlock {
  const options = evidenceLevels.map(({ code, label }) => option(label, code));
  const unknown = options.find(({ value }) => value === 'unknown');
  return input({
    field: lostModalIds.evidence,
    label: 'How do we know?',
    element: {
      type: 'static_select',
      options,
      ...(unknown ? { initial_option: unknown } : {}),
    },
  });
}

function ownWordsInput(): KnownBlock {
  return input({
    field: lostModalIds.ownWords,
    label: 'One thing I would start differently',
    element: {
      type: 'plain_text_input',
      max_length: 300,
      placeholder: plain('Meet the person who decides in week one'),
    },
  });
}

function fixableInput(): KnownBlock {
  return input({
    field: lostModalIds.fixable,
    label: 'Could we have won it?',
    element: {
      type: 'radio_buttons',
      options: fixables.map(({ code, label }) => option(label, code)),
    },
  });
}

/**
 * The deal with all that is on the page. The box that a reason usually belongs to is chosen for them
 * until they choose one: then it is theirs.
 */
export function readLostModal({ form, view }: { form: FormValues; view: View }): LosingDeal {
  const deal = readLosingDeal(view);
  const reasonCode = form.choice(lostModalIds.reason);
  const whyClass = form.choice(lostModalIds.whyClass);
  const isTheirs = whyClass !== undefined && whyClass !== deal.filledClass;
  const usual = findReason(reasonCode ?? deal.hint?.reason ?? '')?.usualClass;
  return {
    ...deal,
    filledClass: isTheirs ? deal.filledClass : usual,
    told: {
      ...deal.told,
      outcome: form.choice(lostModalIds.outcome),
      underlyingOutcome: form.choice(lostModalIds.underlying),
      competitor: form.text(lostModalIds.competitor),
      noDecisionKind: form.choice(lostModalIds.noDecisionKind),
      whyClass,
      reasonCode,
      evidence: form.choice(lostModalIds.evidence),
      ownWords: form.text(lostModalIds.ownWords),
      fixable: form.choice(lostModalIds.fixable),
    },
  };
}
