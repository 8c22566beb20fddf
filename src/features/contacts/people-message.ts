import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type DealContact, isDecider, summarizePeople } from '../../domain/contact.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { segmentNorms } from '../../domain/segment.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, button, context, paragraph, plain, quiet } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { contactValue } from './contact-modal.ts';
import { powerWords, roleWords, stanceWords } from './contact-words.ts';

/** The value of `edit` is a deal and a contact, of `add` a deal. */
export const peopleIds = { edit: 'people_edit', add: 'people_add' } as const;

/** A message holds fifty blocks. */
const shownLimit = 40;

/** What the list of people shows. */
export interface PeopleView {
  readonly deal: Deal;
  readonly contacts: readonly DealContact[];
  readonly today: Day;
  /** Whether the reader may change the deal; others see it without buttons. */
  readonly mayChange: boolean;
}

/** Everybody we know at the buyer for a deal, and who is missing. Never for the buyer's eyes. */
export function buildPeopleMessage(view: PeopleView): Message {
  const { deal, contacts, today, mayChange } = view;
  const sorted = [...contacts].sort(
    (a, b) => Number(Boolean(a.leftOn)) - Number(Boolean(b.leftOn)),
  );
  const shown = sorted.slice(0, shownLimit);
  const hidden = sorted.length - shown.length;
  const warnings = warningsOf(view);
  const title = `People on ${dealTitle(deal)}`;
  return {
    text: escapeMrkdwn(
      [`${title}.`, ...warnings, ...shown.map((contact) => `${lineOf(contact, today)}.`)].join(
        '\n',
      ),
    ),
    blocks: [
      paragraph(bold(title), ...warnings.map((warning) => quiet(`\n${warning}`))),
      ...shown.map((contact) => contactBlock(contact, view)),
      ...(hidden > 0 ? [context(`${count(hidden, 'more person', 'more people')} not shown.`)] : []),
      ...(mayChange ? [addButton(deal)] : []),
    ],
  };
}

function warningsOf({ deal, contacts, today }: PeopleView): string[] {
  const { known, decider } = summarizePeople(contacts, today);
  if (known === 0) return ['We know nobody yet. Who feels the problem, and who decides?'];
  const single = known === 1 && segmentNorms[deal.segment].contacts > 1;
  return [
    ...(single ? ['We know one person. Who else would use it?'] : []),
    ...(decider === 'unknown' ? ['We have not met who decides.'] : []),
    ...(decider === 'known' ? [`${deciderOf(contacts)} decides, and we are not in touch.`] : []),
  ];
}

function deciderOf(contacts: readonly DealContact[]): string {
  return contacts.find((contact) => !contact.leftOn && isDecider(contact))?.name ?? '—';
}

function contactBlock(contact: DealContact, { deal, today, mayChange }: PeopleView): KnownBlock {
  const edit = button({
    id: peopleIds.edit,
    text: 'Edit',
    value: contactValue(deal.id, contact.id),
    about: contact.name,
  });
  return {
    type: 'section',
    text: plain(lineOf(contact, today)),
    ...(mayChange ? { accessory: edit } : {}),
  };
}

function lineOf(contact: DealContact, today: Day): string {
  const { name, title, role, power, stance, leftOn, engagedOn } = contact;
  const who = title ? `${name}, ${title}` : name;
  if (leftOn) return `${who}\nLeft the company on ${sayDay(leftOn, today)}`;
  const facts = [
    role ? roleWords[role] : 'part —',
    power === 'unknown' ? 'power —' : powerWords[power].toLowerCase(),
    stance === 'unknown' ? 'stance —' : stanceWords[stance].toLowerCase(),
    engagedOn ? `last two-way contact ${sayDay(engagedOn, today)}` : 'no two-way contact yet',
  ];
  return `${who}\n${facts.join(' · ')}`;
}

function addButton(deal: Deal): KnownBlock {
  return actions(
    'people_add_to',
    button({ id: peopleIds.add, text: 'Add somebody', value: deal.id, style: 'primary' }),
  );
}
