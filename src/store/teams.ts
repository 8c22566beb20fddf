import { aliasedTable, and, asc, count, eq } from 'drizzle-orm';
import type { PersonId, WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** Somebody who leads others: one team each. */
export interface Team {
  readonly managerId: PersonId;
  readonly manager: string;
  /** Active people who report to them. */
  readonly people: number;
}

/** Every team of a workspace, by its manager's name. */
export async function listTeams(tx: Tx, workspaceId: WorkspaceId): Promise<Team[]> {
  return selectTeams(tx, workspaceId, undefined);
}

/** The team of one manager; undefined while nobody reports to them. */
export async function findTeam(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId,
): Promise<Team | undefined> {
  return (await selectTeams(tx, workspaceId, managerId))[0];
}

async function selectTeams(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId | undefined,
): Promise<Team[]> {
  const { people } = tx.tables;
  const leaders = aliasedTable(people, 'leaders');
  return tx
    .select({ managerId: leaders.id, manager: leaders.name, people: count() })
    .from(people)
    .innerJoin(leaders, eq(leaders.id, people.managerId))
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(leaders.workspaceId, workspaceId),
        eq(people.active, true),
        managerId ? eq(people.managerId, managerId) : undefined,
      ),
    )
    .groupBy(leaders.id, leaders.name, leaders.nameKey)
    .orderBy(asc(leaders.nameKey), asc(leaders.id));
}
