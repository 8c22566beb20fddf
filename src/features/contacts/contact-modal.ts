import type { KnownBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import type { ContactRole, DealContact, Power, Stance } from '../../domain/contact.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { ContactId, DealId } from '../../domain/ids.ts';
import {
  actions,
  bold,
  button,
  context,
  input,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { powerWords, roleWords, stanceWords } from './contact-words.ts';
import type { ContactForm } from './save-contact.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const contactModalIds = {
  view: 'people_contact',
  name: 'name',
  title: 'title',
  role: 'role',
  power: 'power',
  stance: 'stance',
  left: 'people_left',
} as const;

const meta = z.object({
  dealId: z.string(),
  contactId: z.string().optional(),
  formId: z.string(),
});

/** Who somebody at the buyer is for this deal; `contact` is absent for somebody new. */
export function buildContactModal(given: {
  deal: Deal;
  contact: DealContact | undefined;
  formId: string;
  today: Day;
}): Modal {
  const { deal, contact, formId } = given;
  return modal({
    id: contactModalIds.view,
    title: contact ? 'Who they are' : 'Somebody new',
    submit: contact?.leftOn ? 'They are back' : 'Save',
    meta: { dealId: deal.id, formId, ...(contact ? { contactId: contact.id } : {}) },
    blocks: [
      paragraph(bold(dealTitle(deal))),
      input({
        field: contactModalIds.name,
        label: 'Name',
        element: textElement('Dana Lee', 80, contact?.name),
      }),
      input({
        field: contactModalIds.title,
        label: 'Title',
        element: textElement('CFO', 80, contact?.title),
        optional: true,
      }),
      selectInput('role', 'Part in this deal', optionsOf(roleWords), contact?.role),
      selectInput('power', 'What can they do?', optionsOf(powerWords), contact?.power ?? 'unknown'),
      selectInput(
        'stance',
        'Where do they stand?',
        optionsOf(stanceWords),
        contact?.stance ?? 'unknown',
      ),
      ...(contact ? leftBlocks(deal, contact, given.today) : []),
    ],
  });
}

function textElement(placeholder: string, max: number, initial: string | undefined) {
  return {
    type: 'plain_text_input' as const,
    placeholder: plain(placeholder),
    max_length: max,
    ...(initial ? { initial_value: initial } : {}),
  };
}

function optionsOf(words: Readonly<Record<string, string>>): PlainTextOption[] {
  return Object.entries(words).map(([value, text]) => option(text, value));
}

/** What was known before stays chosen; the part in a deal may be unknown. */
function selectInput(
  field: 'role' | 'power' | 'stance',
  label: string,
  options: PlainTextOption[],
  chosen: string | undefined,
) {
  const initial = options.find(({ value }) => value === chosen);
  return input({
    field: contactModalIds[field],
    label,
    element: {
      type: 'static_select',
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
    optional: field === 'role',
  });
}

function leftBlocks(deal: Deal, contact: DealContact, today: Day): KnownBlock[] {
  if (contact.leftOn) return [context(`Left the company on ${sayDay(contact.leftOn, today)}.`)];
  return [
    actions('people_leave', {
      ...button({
        id: contactModalIds.left,
        text: 'Left the company',
        value: contactValue(deal.id, contact.id),
        about: contact.name,
        style: 'danger',
      }),
      confirm: {
        title: plain('Did they leave?'),
        text: plain(`The open steps of ${contact.name} will need a new name.`),
        confirm: plain('Yes, they left'),
        deny: plain('No'),
      },
    }),
  ];
}

/** A contact on a deal as the value of a button. */
export function contactValue(dealId: DealId, contactId: ContactId): string {
  return `${dealId}:${contactId}`;
}

export function readContactValue(value: string): { dealId: DealId; contactId: ContactId } {
  const [dealId = '', contactId = ''] = value.split(':');
  return { dealId: dealId as DealId, contactId: contactId as ContactId };
}

export function readContactModal({ form, view }: { form: FormValues; view: View }): {
  dealId: DealId;
  contactId: ContactId | undefined;
  formId: string;
  form: ContactForm;
} {
  const { dealId, contactId, formId } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    contactId: contactId as ContactId | undefined,
    formId,
    form: {
      name: form.text(contactModalIds.name),
      title: form.text(contactModalIds.title),
      role: knownKey(roleWords, form.choice(contactModalIds.role)),
      power: knownKey(powerWords, form.choice(contactModalIds.power)) ?? 'unknown',
      stance: knownKey(stanceWords, form.choice(contactModalIds.stance)) ?? 'unknown',
    },
  };
}

function knownKey<Key extends ContactRole | Power | Stance>(
  words: Readonly<Record<Key, string>>,
  chosen: string | undefined,
): Key | undefined {
  return (Object.keys(words) as Key[]).find((key) => key === chosen);
}
