import type { KnownBlock } from '@slack/types';
import { findReason } from '../../domain/loss-reasons.ts';
import { fearTags } from '../../domain/loss-story.ts';
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
import type { FormValues, View } from '../../slack/payloads.ts';
import { isNoDecision } from './loss-form.ts';
import { type LosingDeal, readLosingDeal } from './lost-meta.ts';
import { reasonGroups } from './reason-options.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const lostMoreModalIds = {
  view: 'losses_lost_more',
  contributing: 'contributing',
  statedReason: 'stated_reason',
  statedWords: 'stated_words',
  fearTags: 'fear_tags',
} as const;

/** The second page of a big deal: what else, and what they said against what we think. */
export function buildLostMoreModal(deal: LosingDeal): Modal {
  const { told } = deal;
  const think = findReason(told.reasonCode ?? '')?.label ?? '';
  return modal({
    id: lostMoreModalIds.view,
    title: 'What else was it?',
    submit: 'Save',
    close: 'Cancel',
    meta: deal,
    blocks: [
      paragraph(bold(deal.title), leaf(`\nWhat we think: ${think}`)),
      ...(isNoDecision(told) && told.noDecisionKind !== 'rational' ? [fearInput(deal)] : []),
      contributingInput(),
      statedReasonInput(),
      input({
        field: lostMoreModalIds.statedWords,
        label: 'In their words',
        element: { type: 'plain_text_input', max_length: 300, multiline: true },
        optional: true,
      }),
    ],
  });
}

function fearInput({ fear }: LosingDeal): KnownBlock {
  return input({
    field: lostMoreModalIds.fearTags,
    label: 'What may have held them back?',
    ...(fear ? { hint: fear } : {}),
    element: {
      type: 'checkboxes',
      options: fearTags.map(({ code, label }) => option(label, code)),
    },
    optional: true,
  });
}

function contributingInput(): KnownBlock {
  return input({
    field: lostMoreModalIds.contributing,
    label: 'What else played a part? Up to three',
    element: {
      type: 'multi_static_select',
      placeholder: plain('Pick up to three'),
      option_groups: reasonGroups(),
      max_selected_items: 3,
    },
    optional: true,
  });
}

function statedReasonInput(): KnownBlock {
  return input({
    field: lostMoreModalIds.statedReason,
    label: 'What did they say it was?',
    hint: 'It may be something else than what we think: both are kept.',
    element: {
      type: 'static_select',
      placeholder: plain('Nobody told us'),
      option_groups: reasonGroups(),
    },
    optional: true,
  });
}

/** The deal with both pages. */
export function readLostMoreModal({ form, view }: { form: FormValues; view: View }): LosingDeal {
  const deal = readLosingDeal(view);
  return {
    ...deal,
    told: {
      ...deal.told,
      contributing: form.choices(lostMoreModalIds.contributing),
      statedReasonCode: form.choice(lostMoreModalIds.statedReason),
      statedWords: form.text(lostMoreModalIds.statedWords),
      fearTags: form.choices(lostMoreModalIds.fearTags),
    },
  };
}
