import { and, asc, eq, sql } from 'drizzle-orm';
import { type AccountId, type ContactId, newId, type WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { contains } from './contains.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

/** The account of that name in any spelling that folds to the same, made when there is none. */
export async function ensureAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  name: string,
  now: Date,
): Promise<{ id: AccountId; name: string }> {
  const { accounts } = tx.tables;
  const nameKey = foldName(name);
  await tx
    .insert(accounts)
    .values({ id: newId<AccountId>(now), workspaceId, name, nameKey })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.nameKey, nameKey)));
  if (!row) throw new RangeError(`Account '${name}' was neither found nor made`);
  return row;
}

/** Somebody at the buyer; has no Slack account here. */
export interface Contact {
  readonly id: ContactId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly title: string | undefined;
}

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

function toContact(row: Tables['contacts']['$inferSelect']): Contact {
  return { id: row.id, accountId: row.accountId, name: row.name, title: row.title ?? undefined };
}
