import { and, eq, isNull, ne, or } from 'drizzle-orm';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** What everybody but one of us is called, those who left included. */
export async function listColleagueNames(
  tx: Tx,
  workspaceId: WorkspaceId,
  except: SlackUserId,
): Promise<string[]> {
  const { people } = tx.tables;
  const rows = await tx
    .select({ name: people.name })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.standing, 'member'),
        or(isNull(people.slackUserId), ne(people.slackUserId, except)),
      ),
    );
  return rows.map(({ name }) => name);
}
