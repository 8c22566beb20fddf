import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { PersonId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { Person } from '../domain/person.ts';
import { inMany } from './lists.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

type PersonRow = Tables['people']['$inferSelect'];

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    slackUserId: row.slackUserId ?? undefined,
    name: row.name,
    email: row.email ?? undefined,
    role: row.role,
    standing: row.standing,
    managerId: row.managerId ?? undefined,
    zone: row.zone,
    workDays: row.workDays,
    active: row.active,
  };
}

/** Makes sure the workspace row exists; its name follows Slack's. */
export async function saveWorkspace(
  tx: Tx,
  workspace: { id: WorkspaceId; name: string; now: Date },
): Promise<void> {
  const { workspaces } = tx.tables;
  await tx
    .insert(workspaces)
    .values({ id: workspace.id, name: workspace.name, createdAt: workspace.now })
    .onConflictDoUpdate({ target: workspaces.id, set: { name: workspace.name } });
}

/** When the workspace was first known here, for jobs that must not look further back. */
export async function findWorkspace(
  tx: Tx,
  id: WorkspaceId,
): Promise<{ name: string; createdAt: Date } | undefined> {
  const { workspaces } = tx.tables;
  const [row] = await tx.select().from(workspaces).where(eq(workspaces.id, id));
  return row;
}

export async function findPerson(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: PersonId,
): Promise<Person | undefined> {
  const { people } = tx.tables;
  const [row] = await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, id)));
  return row && toPerson(row);
}

/** What people are called, in one query. */
export async function listNames(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, string>> {
  const { people } = tx.tables;
  const rows = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inMany(tx, people.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** People by id, in one query. */
export async function listPeople(tx: Tx, ids: readonly PersonId[]): Promise<Person[]> {
  const { people } = tx.tables;
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(people)
    .where(inMany(tx, people.id, ids))
    .orderBy(people.id);
  return rows.map(toPerson);
}

/** Members who report to any of these managers and can be written to. */
export async function listReports(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerIds: readonly PersonId[],
  limit: number,
): Promise<Person[]> {
  const { people } = tx.tables;
  if (managerIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        inMany(tx, people.managerId, managerIds),
        eq(people.standing, 'member'),
        eq(people.active, true),
        sql`${people.slackUserId} is not null`,
      ),
    )
    .orderBy(people.id)
    .limit(limit);
  return rows.map(toPerson);
}

export async function findPersonBySlackId(
  tx: Tx,
  workspaceId: WorkspaceId,
  slackUserId: SlackUserId,
): Promise<(Person & { seenAt: Date | undefined }) | undefined> {
  const { people } = tx.tables;
  const [row] = await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.slackUserId, slackUserId)));
  return row && { ...toPerson(row), seenAt: row.seenAt ?? undefined };
}

/** A person the CRM named whom nobody linked to Slack yet: by e-mail, else by an unshared name. */
export async function findUnlinkedPerson(
  tx: Tx,
  workspaceId: WorkspaceId,
  who: { name: string; email: string | undefined },
): Promise<Person | undefined> {
  const { people } = tx.tables;
  const email = who.email?.toLowerCase();
  const rows = await tx
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        sql`${people.slackUserId} is null`,
        email
          ? sql`(lower(${people.email}) = ${email} or ${people.nameKey} = ${foldName(who.name)})`
          : eq(people.nameKey, foldName(who.name)),
      ),
    );
  const byEmail = rows.find((row) => email && row.email?.toLowerCase() === email);
  const only = byEmail ?? (rows.length === 1 ? rows[0] : undefined);
  return only && toPerson(only);
}

/** Inserts or replaces what we know of a person. */
export async function savePerson(tx: Tx, person: Person, seenAt: Date | undefined): Promise<void> {
  const { people } = tx.tables;
  const row = {
    ...person,
    slackUserId: person.slackUserId ?? null,
    email: person.email ?? null,
    managerId: person.managerId ?? null,
    workDays: [...person.workDays],
    nameKey: foldName(person.name),
    seenAt: seenAt ?? null,
  };
  await tx.insert(people).values(row).onConflictDoUpdate({ target: people.id, set: row });
}

/** The manager of a person, that manager's manager and so on; a cycle ends it. */
export async function listManagerChain(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
): Promise<PersonId[]> {
  const { people } = tx.tables;
  const chain: PersonId[] = [];
  let at: PersonId | null = personId;
  while (at) {
    const [row]: { managerId: PersonId | null }[] = await tx
      .select({ managerId: people.managerId })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, at)));
    at = row?.managerId ?? null;
    if (!at || at === personId || chain.includes(at)) break;
    chain.push(at);
  }
  return chain;
}

/** The distinct zones of active people with a Slack account: each has its own morning. */
export async function listZones(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { people } = tx.tables;
  const rows = await tx
    .selectDistinct({ zone: people.zone })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.active, true),
        sql`${people.slackUserId} is not null`,
      ),
    );
  return rows.map(({ zone }) => zone);
}

/** Somebody who runs this workspace and can be written to: an admin, else a manager. */
export async function findOperator(tx: Tx, workspaceId: WorkspaceId): Promise<Person | undefined> {
  const { people } = tx.tables;
  const [row] = await tx
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        inArray(people.role, ['admin', 'manager']),
        eq(people.active, true),
        eq(people.standing, 'member'),
        sql`${people.slackUserId} is not null`,
      ),
    )
    .orderBy(people.role, people.id)
    .limit(1);
  return row && toPerson(row);
}

/** An admin who can be written to, other than the named person. */
export async function findAdmin(
  tx: Tx,
  workspaceId: WorkspaceId,
  besides: PersonId,
): Promise<Person | undefined> {
  const { people } = tx.tables;
  const [row] = await tx
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.role, 'admin'),
        eq(people.standing, 'member'),
        eq(people.active, true),
        sql`${people.slackUserId} is not null`,
        ne(people.id, besides),
      ),
    )
    .orderBy(people.id)
    .limit(1);
  return row && toPerson(row);
}
