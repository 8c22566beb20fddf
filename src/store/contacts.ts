import { and, asc, eq, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Contact, ContactRole, DealContact } from '../domain/contact.ts';
import {
  type AccountId,
  type ContactId,
  type DealId,
  newId,
  type WorkspaceId,
} from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { contains } from './contains.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

/** The contact of that name at an account, made when there is none; a new title is kept. */
export async function ensureContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  contact: { accountId: AccountId; name: string; title: string | undefined },
  now: Date,
): Promise<Contact> {
  const { contacts } = tx.tables;
  const nameKey = foldName(contact.name);
  const title = contact.title ?? null;
  await tx
    .insert(contacts)
    .values({ ...contact, id: newId<ContactId>(now), workspaceId, nameKey, title })
    .onConflictDoUpdate({
      target: [contacts.accountId, contacts.nameKey],
      set: { title: sql`coalesce(${title}, ${contacts.title})` },
    });
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, contact.accountId), eq(contacts.nameKey, nameKey)));
  if (!row) throw new RangeError(`Contact '${contact.name}' was neither found nor made`);
  return toContact(row);
}

export async function findContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: ContactId,
): Promise<Contact | undefined> {
  const { contacts } = tx.tables;
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.workspaceId, workspaceId), eq(contacts.id, id)));
  return row && toContact(row);
}

/** Contacts of an account whose name contains the folded text. */
export async function searchContacts(
  tx: Tx,
  accountId: AccountId,
  text: string,
  limit: number,
): Promise<Contact[]> {
  const { contacts } = tx.tables;
  const rows = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), contains(contacts.nameKey, foldName(text))))
    .orderBy(asc(contacts.nameKey))
    .limit(limit);
  return rows.map(toContact);
}

/** Everybody on a deal: who was put on it, and whoever has a step of it. */
export async function listDealContacts(tx: Tx, dealId: DealId): Promise<DealContact[]> {
  const { contacts, dealContacts } = tx.tables;
  const rows = await tx
    .select({ contact: contacts, role: dealContacts.role, engagedOn: dealContacts.engagedOn })
    .from(dealContacts)
    .innerJoin(contacts, eq(contacts.id, dealContacts.contactId))
    .where(eq(dealContacts.dealId, dealId))
    .orderBy(asc(contacts.name), asc(contacts.id));
  return rows.map(({ contact, role, engagedOn }) => ({
    ...toContact(contact),
    role: role ?? undefined,
    engagedOn: engagedOn ?? undefined,
  }));
}

/** Puts a contact on a deal, or changes what is known of them there; what is not named stays. */
export async function saveDealContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  on: { readonly dealId: DealId; readonly contactId: ContactId },
  facts: { readonly role?: ContactRole; readonly engagedOn?: Day } = {},
): Promise<void> {
  const { dealContacts } = tx.tables;
  const insert = tx.insert(dealContacts).values({ ...on, ...facts, workspaceId });
  const target = [dealContacts.dealId, dealContacts.contactId];
  if (Object.keys(facts).length === 0) await insert.onConflictDoNothing({ target });
  else await insert.onConflictDoUpdate({ target, set: facts });
}

/** Changes what is known of a contact everywhere. */
export async function changeContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: ContactId,
  change: Partial<Pick<Contact, 'title' | 'power' | 'stance' | 'leftOn'>>,
): Promise<void> {
  const { contacts } = tx.tables;
  const columns = Object.entries(change).map(([name, value]) => [name, value ?? null]);
  await tx
    .update(contacts)
    .set(Object.fromEntries(columns))
    .where(and(eq(contacts.workspaceId, workspaceId), eq(contacts.id, id)));
}

function toContact(row: Tables['contacts']['$inferSelect']): Contact {
  const { id, accountId, name, title, power, stance, leftOn } = row;
  return {
    id,
    accountId,
    name,
    title: title ?? undefined,
    power,
    stance,
    leftOn: leftOn ?? undefined,
  };
}
