import { z } from 'zod';
import { groupBy } from '../../domain/group.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { lossReasons } from '../../domain/loss-reasons.ts';
import { fixables, whyClasses } from '../../domain/loss-story.ts';
import { winnableKey } from '../../domain/prompts.ts';
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
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import type { PromptAddress } from './talk-ids.ts';
import { deservedOptions } from './vote-words.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const voteModalIds = {
  view: 'review_vote',
  whyClass: 'why_class',
  reason: 'reason',
  fixable: 'fixable',
  deserved: 'deserved',
} as const;

const meta = z.object({ reviewId: z.string(), promptKey: z.string() });

const radios = (list: readonly { readonly code: string; readonly label: string }[]) => ({
  type: 'radio_buttons' as const,
  options: list.map(({ code, label }) => option(label, code)),
});

const reasonGroups = [...groupBy(lossReasons, ({ family }) => family)].map(([family, reasons]) => ({
  label: plain(family, 75),
  options: reasons.map(({ code, label }) => option(label, code)),
}));

/** A vote nobody else sees by name; counts show when it is over. */
export function buildVoteModal(address: PromptAddress, question: string): Modal {
  const { promptKey } = address;
  const isVote = promptKey !== winnableKey;
  return modal({
    id: voteModalIds.view,
    title: isVote ? 'Your vote' : 'Your view',
    submit: isVote ? 'Vote' : 'Save',
    meta: address,
    blocks: [
      paragraph(bold(question)),
      ...(promptKey === 'two_boxes'
        ? [
            input({
              field: voteModalIds.whyClass,
              label: 'Which box?',
              element: radios(whyClasses),
            }),
            input({
              field: voteModalIds.reason,
              label: 'The reason that comes closest',
              element: {
                type: 'static_select',
                option_groups: reasonGroups,
                placeholder: plain('Pick a reason'),
              },
            }),
          ]
        : []),
      promptKey === 'deserved'
        ? input({
            field: voteModalIds.deserved,
            label: 'Did we deserve it?',
            element: radios(deservedOptions),
          })
        : input({
            field: voteModalIds.fixable,
            label: 'Could we have won it?',
            element: radios(fixables),
          }),
      ...(isVote
        ? [
            context(
              'Only counts are shown, never names. You see them next, so your vote then stands.',
            ),
          ]
        : []),
    ],
  });
}

export function readVoteModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId, promptKey } = readMeta(view, meta);
  return {
    address: { reviewId: reviewId as ReviewId, promptKey },
    whyClass: form.choice(voteModalIds.whyClass),
    reasonCode: form.choice(voteModalIds.reason),
    fixable: form.choice(voteModalIds.fixable),
    deserved: form.choice(voteModalIds.deserved),
  };
}
