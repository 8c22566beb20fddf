import type { KnownBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { outcomes } from '../../domain/loss.ts';
import { lossReasons } from '../../domain/loss-reasons.ts';
import {
  bold,
  channelLeaf,
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
import { buildResultModal } from '../../slack/result-modal.ts';
import { type LossForm, namesCompetitor } from './lose-deal.ts';
import type { LossHint } from './loss-hint.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const lostModalIds = {
  view: 'deals_lost',
  outcome: 'outcome',
  competitor: 'competitor',
  reason: 'reason',
  ownWords: 'own_words',
} as const;

const meta = z.object({
  dealId: z.string(),
  title: z.string(),
  hint: z.object({ reason: z.string(), words: z.string() }).optional(),
});

/** The deal that is lost, with a reason to start from if its answers point to one. */
export interface LostDeal {
  readonly id: DealId;
  readonly title: string;
  readonly hint: LossHint | undefined;
}

const invalidOption = option('It was never a real deal, or a duplicate', 'invalid');

/**
 * `/deal lost`: the outcome is asked alone; what follows depends on it. An invalid deal has no
 * reason, and only a rival has a name.
 */
export function buildLostModal(deal: LostDeal, outcome: string | undefined): Modal {
  return modal({
    id: lostModalIds.view,
    title: 'How did it end?',
    submit: outcome === 'invalid' ? 'Close it' : 'Save',
    meta: { dealId: deal.id, title: deal.title, hint: deal.hint },
    blocks: [
      paragraph(bold(deal.title)),
      outcomeInput(),
      ...(outcome === undefined ? [] : detailInputs(outcome, deal.hint)),
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

function detailInputs(outcome: string, hint: LossHint | undefined): KnownBlock[] {
  if (outcome === 'invalid') {
    return [context('It leaves every count, and nobody is asked about it again.')];
  }
  return [
    ...(namesCompetitor(outcome) ? [competitorInput()] : []),
    reasonInput(hint),
    input({
      field: lostModalIds.ownWords,
      label: 'In one line, your own words',
      element: {
        type: 'plain_text_input',
        max_length: 300,
        placeholder: plain('We met the person who decides in the last week'),
      },
    }),
  ];
}

/** What they answered before is chosen already; whoever closes the deal may know better by now. */
function reasonInput(hint: LossHint | undefined): KnownBlock {
  const groups = reasonGroups();
  const chosen = groups
    .flatMap(({ options }) => options)
    .find(({ value }) => value === hint?.reason);
  return input({
    field: lostModalIds.reason,
    label: 'What comes closest to the reason?',
    element: {
      type: 'static_select',
      placeholder: plain('Pick one'),
      option_groups: groups,
      ...(chosen ? { initial_option: chosen } : {}),
    },
    ...(chosen && hint ? { hint: `${hint.words} Pick another if it was something else.` } : {}),
  });
}

function competitorInput(): KnownBlock {
  return input({
    field: lostModalIds.competitor,
    label: 'Which supplier?',
    element: { type: 'plain_text_input', max_length: 100 },
    optional: true,
  });
}

/** The two levels of the reason list: families as groups. */
function reasonGroups(): { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] {
  const families = [...new Set(lossReasons.map(({ family }) => family))];
  return families.map((family) => ({
    label: plain(family, 75),
    options: lossReasons
      .filter((reason) => reason.family === family)
      .map(({ label, code }) => option(label, code)),
  }));
}

export function readLostModal({ form, view }: { form: FormValues; view: View | undefined }): {
  deal: LostDeal;
  loss: LossForm;
} {
  const { dealId, title, hint } = readMeta(view, meta);
  return {
    deal: { id: dealId as DealId, title, hint },
    loss: {
      outcome: form.choice(lostModalIds.outcome),
      competitor: form.text(lostModalIds.competitor),
      reasonCode: form.choice(lostModalIds.reason),
      ownWords: form.text(lostModalIds.ownWords),
    },
  };
}

/** After saving: where the loss will be talked about, without a word of blame. */
export function buildLostResultModal(deal: Deal, threadOn: string, channel: string): Modal {
  const rest =
    deal.status === 'invalid'
      ? [leaf(' is closed as invalid. It counts nowhere.')]
      : [
          leaf(` is closed. It comes up on ${threadOn} in `),
          channelLeaf(channel),
          leaf(', with its facts counted for you.'),
        ];
  return buildResultModal({
    title: 'Saved',
    lines: [[bold(dealTitle(deal)), ...rest]],
  });
}
