import { z } from 'zod';
import { dealTitle } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import { askFirstDraft, offerDraft } from '../../domain/manager-offer.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  mention,
  modal,
  option,
  paragraph,
} from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import type { ManagerLook } from './manager-matter.ts';

/** Ids of the modals; an input's id is the field a refusal may name. */
export const managerModalIds = {
  offer: 'nudges_offer',
  text: 'offer',
  take: 'nudges_take',
  step: 'step',
} as const;

const ways = ['offer', 'ask_first'] as const;
export type OfferWay = (typeof ways)[number];

const meta = z.object({
  /** What the button held: a question of a bundle, or a deal. */
  matter: z.string(),
  formId: z.string(),
  way: z.enum(ways).optional(),
  responseUrl: z.string().optional(),
});

type Meta = z.infer<typeof meta>;

/** Words to the owner. The bot never says them: the manager does, in their own message (METHOD S4-8). */
export function buildOfferModal({ owner, facts }: ManagerLook, given: Meta): Modal {
  const text = given.way === 'ask_first' ? askFirstDraft(facts) : offerDraft(facts);
  return modal({
    id: managerModalIds.offer,
    title: given.way === 'ask_first' ? 'Ask first' : 'Offer a hand',
    submit: 'I sent it',
    close: 'Not now',
    meta: given,
    blocks: [
      paragraph(bold(facts.deal), leaf('\nFor '), owner ? mention(owner) : leaf(facts.owner)),
      input({
        field: managerModalIds.text,
        label: 'Copy it and make it yours',
        element: { type: 'plain_text_input', multiline: true, initial_value: text },
      }),
      context('You send it, as a message of your own. I say nothing in your name.'),
    ],
  });
}

const selectLimit = 100;

/** One open step of ours that becomes the manager's. */
export function buildTakeModal(
  { deal }: Pick<ManagerLook, 'deal'>,
  steps: readonly Homework[],
  given: Meta,
): Modal {
  return modal({
    id: managerModalIds.take,
    title: 'Take an item',
    submit: 'Take it',
    meta: given,
    blocks: [
      paragraph(bold(dealTitle(deal))),
      input({
        field: managerModalIds.step,
        label: 'Which step becomes yours?',
        element: {
          type: 'static_select',
          options: steps
            .slice(0, selectLimit)
            .map(({ id, title, doer }) => option(`${title} (${doer.name})`, id)),
        },
        hint: 'The plan names you from then on. Tell the owner that you have it.',
      }),
    ],
  });
}

export function readManagerMeta(view: View): Meta {
  return readMeta(view, meta);
}
