import type { InputBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { ListenerDeps } from '../../deps.ts';
import type { Contact } from '../../domain/contact.ts';
import type { DealId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { cleanLine } from '../../domain/text.ts';
import { input, option, plain } from '../../slack/blocks.ts';
import { onSuggest } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { searchContacts } from '../../store/contacts.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { newContactPrefix } from './assign-doer.ts';

/** The input's id; a modal it stands in names its deal as `dealId`. */
export const contactField = 'contact';

const meta = z.looseObject({ dealId: z.string() });

/** Somebody at the buyer: a known name, or one that is typed for the first time. */
export function contactInput(
  label: string,
  known?: { readonly id: string; readonly name: string },
): InputBlock {
  return input({
    field: contactField,
    label,
    element: {
      type: 'external_select',
      placeholder: plain('Name, role'),
      min_query_length: 0,
      ...(known ? { initial_option: option(known.name, known.id) } : {}),
    },
    hint: 'Pick a name, or type a new one, like Dana Lee, CFO.',
  });
}

/** Offers the names of an account while somebody types, in every form that asks for one. */
export function registerContacts(deps: ListenerDeps): void {
  onSuggest(deps, contactField, async ({ actor, typed, view }) => {
    const dealId = readMeta(view, meta).dealId as DealId;
    const contacts = await deps.store.read(async (tx) => {
      const deal = await reachDeal(tx, actor, dealId);
      return isRefusal(deal) ? [] : searchContacts(tx, deal.accountId, nameOf(typed), 50);
    });
    const there = contacts.filter(({ leftOn }) => leftOn === undefined);
    return { options: contactOptions(typed, there) };
  });
}

function nameOf(typed: string): string {
  return typed.split(',')[0] ?? '';
}

/** Known contacts, and what was typed as a new one unless somebody has that very name. */
function contactOptions(typed: string, contacts: readonly Contact[]): PlainTextOption[] {
  const known = contacts.map((contact) =>
    option(contact.title ? `${contact.name}, ${contact.title}` : contact.name, contact.id),
  );
  const line = cleanLine(typed);
  const value = `${newContactPrefix}${line}`;
  const taken = known.some(({ text }) => text.text.toLowerCase() === line.toLowerCase());
  // An option's value holds 75 characters; a longer line is no name.
  if (line === '' || taken || value.length > 75) return known;
  return [...known, option(`Add ${line}`, value)];
}
