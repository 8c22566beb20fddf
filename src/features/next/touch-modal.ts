import type { InputBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { DealContact } from '../../domain/contact.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { bold, input, type Modal, modal, option, paragraph } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { nothingYet, type TouchForm, touchWordsMax } from './log-touch.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const touchModalIds = {
  view: 'next_touch',
  side: 'side',
  kind: 'kind',
  contact: 'contact',
  moved: 'moved',
  words: 'words',
  /** One a side, so that the tick follows the side. */
  expectsReply: { seller: 'expects_reply_seller', buyer: 'expects_reply_buyer' },
} as const;

type TouchSide = TouchForm['side'];

const meta = z.object({
  dealId: z.string(),
  formId: z.string(),
  cardUrl: z.string().optional(),
});

/** A select holds a hundred options, one of which is "nothing yet". */
const selectLimit = 99;

/** A turn of theirs or ours: how, with whom, what it moved, and whether it asks for an answer. */
export function buildTouchModal(given: {
  deal: Deal;
  side: TouchSide;
  formId: string;
  /** Where the plan card it was opened from can be shown again. */
  cardUrl: string | undefined;
  contacts: readonly DealContact[];
  steps: readonly Homework[];
}): Modal {
  const { deal, side } = given;
  return modal({
    id: touchModalIds.view,
    title: side === 'seller' ? 'We wrote' : 'They answered',
    submit: 'Log it',
    meta: { dealId: deal.id, formId: given.formId, cardUrl: given.cardUrl },
    blocks: [
      paragraph(bold(dealTitle(deal))),
      sideInput(side),
      kindInput(),
      ...contactInput(given.contacts),
      movedInput(given.steps),
      ...(side === 'buyer' ? [wordsInput()] : []),
      expectsInput(side),
    ],
  });
}

function sideInput(side: TouchSide): InputBlock {
  const ours = option('We wrote', 'seller');
  const theirs = option('They answered', 'buyer');
  return input({
    field: touchModalIds.side,
    label: 'Whose turn was it?',
    element: {
      type: 'radio_buttons',
      options: [ours, theirs],
      initial_option: side === 'seller' ? ours : theirs,
    },
    dispatch: true,
  });
}

function kindInput(): InputBlock {
  const email = option('Email', 'email');
  return input({
    field: touchModalIds.kind,
    label: 'How?',
    element: {
      type: 'static_select',
      options: [
        email,
        option('Call', 'call'),
        option('Meeting', 'meeting'),
        option('Message', 'message'),
        option('Document', 'document'),
      ],
      initial_option: email,
    },
  });
}

/** Nobody to pick from leaves the question out. */
function contactInput(contacts: readonly DealContact[]): InputBlock[] {
  const there = contacts.filter(({ leftOn }) => leftOn === undefined);
  if (there.length === 0) return [];
  return [
    input({
      field: touchModalIds.contact,
      label: 'With whom?',
      element: {
        type: 'static_select',
        options: there
          .slice(0, selectLimit)
          .map(({ id, name, title }) => option(title ? `${name}, ${title}` : name, id)),
      },
      optional: true,
    }),
  ];
}

/** No answer is chosen for them: a reply alone moves nothing, and only they know what did. */
function movedInput(steps: readonly Homework[]): InputBlock {
  const none: PlainTextOption = option('Nothing yet', nothingYet);
  const open = steps.filter(isOpen).slice(0, selectLimit);
  return input({
    field: touchModalIds.moved,
    label: 'What did it move?',
    element: {
      type: 'static_select',
      options: [none, ...open.map(({ id, title }) => option(title, id))],
      ...(open.length === 0 ? { initial_option: none } : {}),
    },
  });
}

/** What they said may tell later why they did not dare (METHOD S4-35). */
function wordsInput(): InputBlock {
  return input({
    field: touchModalIds.words,
    label: 'In their words, if it matters',
    element: { type: 'plain_text_input', max_length: touchWordsMax },
    optional: true,
  });
}

function expectsInput(side: TouchSide): InputBlock {
  const expects = option(
    side === 'seller' ? 'It asks them for an answer' : 'It asks us for an answer',
    'yes',
  );
  return input({
    field: touchModalIds.expectsReply[side],
    label: 'Then',
    element: {
      type: 'checkboxes',
      options: [expects],
      ...(side === 'seller' ? { initial_options: [expects] } : {}),
    },
    optional: true,
  });
}

export function readTouchModal({ form, view }: { form: FormValues; view: View | undefined }): {
  dealId: DealId;
  formId: string;
  cardUrl: string | undefined;
  touch: TouchForm;
} {
  const { dealId, formId, cardUrl } = readMeta(view, meta);
  const side = form.choice(touchModalIds.side) === 'buyer' ? 'buyer' : 'seller';
  return {
    dealId: dealId as DealId,
    formId,
    cardUrl,
    touch: {
      side,
      kind: form.choice(touchModalIds.kind),
      contactId: form.choice(touchModalIds.contact),
      moved: form.choice(touchModalIds.moved),
      words: side === 'buyer' ? form.text(touchModalIds.words) : undefined,
      expectsReply: form.ticked(touchModalIds.expectsReply[side]),
    },
  };
}
