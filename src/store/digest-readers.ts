import { aliasedTable, and, asc, eq, isNotNull } from 'drizzle-orm';
import type { PersonId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { Role } from '../domain/person.ts';
import type { Tx } from './store.ts';

/** Somebody people report to. */
export interface Leader {
  readonly id: PersonId;
  readonly name: string;
  readonly managerId: PersonId | undefined;
}

/** Everybody whom active people report to, by name. */
export async function listLeaders(tx: Tx, workspaceId: WorkspaceId): Promise<Leader[]> {
  const { people } = tx.tables;
  const leaders = aliasedTable(people, 'leaders');
  const rows = await tx
    .selectDistinct({
      id: leaders.id,
      name: leaders.name,
      nameKey: leaders.nameKey,
      managerId: leaders.managerId,
    })
    .from(people)
    .innerJoin(leaders, eq(leaders.id, people.managerId))
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(leaders.workspaceId, workspaceId),
        eq(people.active, true),
      ),
    )
    .orderBy(asc(leaders.nameKey), asc(leaders.id));
  return rows.map(({ nameKey: _, managerId, ...row }) => ({
    ...row,
    managerId: managerId ?? undefined,
  }));
}

/** Whoever may get the digest of all teams. */
export interface DigestReader {
  readonly id: PersonId;
  readonly slackUserId: SlackUserId;
  readonly role: Role;
}

/**
 * Heads of sales, as far as one can see it: nobody is above them and somebody who leads people is
 * below; and admins. Only those who can be written to.
 */
export async function listDigestReaders(tx: Tx, workspaceId: WorkspaceId): Promise<DigestReader[]> {
  const { people } = tx.tables;
  const rows = await tx
    .select({
      id: people.id,
      slackUserId: people.slackUserId,
      role: people.role,
      managerId: people.managerId,
    })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.active, true),
        eq(people.standing, 'member'),
        isNotNull(people.slackUserId),
      ),
    )
    .orderBy(asc(people.id));
  const aboveLeaders = new Set((await listLeaders(tx, workspaceId)).map((one) => one.managerId));
  return rows.flatMap(({ slackUserId, managerId, ...row }) =>
    slackUserId && (row.role === 'admin' || (managerId === null && aboveLeaders.has(row.id)))
      ? [{ ...row, slackUserId }]
      : [],
  );
}
