import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Contact, DealContact } from '../domain/contact.ts';
import { openStatuses } from '../domain/homework.ts';
import {
  type AccountId,
  type ContactId,
  type DealId,
  type HomeworkId,
  newId,
  type WorkspaceId,
} from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { contains } from './contains.ts';
import { inMany } from './lists.ts';
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

/** The contact of that name at an account, in any spelling that folds to the same. */
export async function findContactNamed(
  tx: Tx,
  accountId: AccountId,
  name: string,
): Promise<Contact | undefined> {
  const { contacts } = tx.tables;
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.accountId, accountId), eq(contacts.nameKey, foldName(name))));
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
  return (await listContactsOfDeals(tx, [dealId])).get(dealId) ?? [];
}

/** The same for any number of deals, by name, in one query a table. */
export async function listContactsOfDeals(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, DealContact[]>> {
  const { contacts, dealContacts, homework } = tx.tables;
  const { role, engagedOn } = dealContacts;
  const onDeals = await tx
    .select({ dealId: dealContacts.dealId, contact: contacts, role, engagedOn })
    .from(dealContacts)
    .innerJoin(contacts, eq(contacts.id, dealContacts.contactId))
    .where(inMany(tx, dealContacts.dealId, dealIds));
  const onDeal = and(
    eq(dealContacts.dealId, homework.dealId),
    eq(dealContacts.contactId, homework.contactId),
  );
  const doers = await tx
    .selectDistinct({ dealId: homework.dealId, contact: contacts, role, engagedOn })
    .from(homework)
    .innerJoin(contacts, eq(contacts.id, homework.contactId))
    .leftJoin(dealContacts, onDeal)
    .where(and(inMany(tx, homework.dealId, dealIds), isNull(dealContacts.dealId)));
  const byDeal = new Map<DealId, DealContact[]>(dealIds.map((id) => [id, []]));
  for (const { dealId, contact, ...on } of [...onDeals, ...doers].sort(byName)) {
    byDeal.get(dealId)?.push({
      ...toContact(contact),
      role: on.role ?? undefined,
      engagedOn: on.engagedOn ?? undefined,
    });
  }
  return byDeal;
}

type OnDeal = { readonly contact: Tables['contacts']['$inferSelect'] };

function byName({ contact: a }: OnDeal, { contact: b }: OnDeal): number {
  if (a.nameKey !== b.nameKey) return a.nameKey < b.nameKey ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Puts a contact on a deal, or changes what is known of them there; what is not named stays. */
export async function saveDealContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  on: { readonly dealId: DealId; readonly contactId: ContactId },
  facts: Partial<Pick<DealContact, 'role' | 'engagedOn'>> = {},
): Promise<void> {
  const { dealContacts } = tx.tables;
  const set = nullsFor(facts);
  const insert = tx.insert(dealContacts).values({ ...on, ...set, workspaceId });
  const target = [dealContacts.dealId, dealContacts.contactId];
  if (Object.keys(set).length === 0) await insert.onConflictDoNothing({ target });
  else await insert.onConflictDoUpdate({ target, set });
}

/**
 * Changes what is known of a contact everywhere. A name that somebody else at the account has is
 * refused by the database: ask `findContactNamed` first.
 */
export async function changeContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: ContactId,
  change: Partial<Pick<Contact, 'name' | 'title' | 'power' | 'stance' | 'leftOn'>>,
): Promise<void> {
  const { contacts } = tx.tables;
  await tx
    .update(contacts)
    .set({
      ...nullsFor(change),
      ...(change.name === undefined ? {} : { nameKey: foldName(change.name) }),
    })
    .where(and(eq(contacts.workspaceId, workspaceId), eq(contacts.id, id)));
}

/** Takes a contact who left off every step they still had to do. What they had agreed to is asked anew. */
export async function releaseSteps(
  tx: Tx,
  workspaceId: WorkspaceId,
  contactId: ContactId,
): Promise<{ id: HomeworkId; dealId: DealId }[]> {
  const { deals, homework } = tx.tables;
  const openDeals = tx.select({ id: deals.id }).from(deals).where(eq(deals.status, 'open'));
  return tx
    .update(homework)
    .set({
      contactId: null,
      agreedOn: null,
      status: sql`case when ${homework.status} = 'needs_rewrite' then 'needs_rewrite' else 'proposed' end`,
      version: sql`${homework.version} + 1`,
    })
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        eq(homework.contactId, contactId),
        inArray(homework.status, [...openStatuses]),
        inArray(homework.dealId, openDeals),
      ),
    )
    .returning({ id: homework.id, dealId: homework.dealId });
}

/** A key that is there with `undefined` empties its column. */
function nullsFor<Change extends object>(change: Change): { [Key in keyof Change]: Change[Key] } {
  const columns = Object.entries(change).map(([name, value]) => [name, value ?? null]);
  return Object.fromEntries(columns);
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
