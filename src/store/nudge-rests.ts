import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import { type NudgeRestId, newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import type { Rest } from '../domain/nudge-plan.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** A rest as it is kept. */
export interface KeptRest extends Rest {
  readonly id: NudgeRestId;
  readonly personId: PersonId;
}

/** What people do not want to be asked for at this instant, in the order they said so. */
export async function listRests(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  now: Date,
): Promise<KeptRest[]> {
  const { nudgeRests } = tx.tables;
  const rows = await tx
    .select()
    .from(nudgeRests)
    .where(
      and(
        eq(nudgeRests.workspaceId, workspaceId),
        inMany(tx, nudgeRests.personId, personIds),
        isNull(nudgeRests.endedAt),
        or(isNull(nudgeRests.untilAt), gt(nudgeRests.untilAt, now)),
      ),
    )
    .orderBy(asc(nudgeRests.id));
  return rows.map(({ id, personId, scope, about, untilAt }) => ({
    ...{ id, personId, scope, about },
    untilAt: untilAt ?? undefined,
  }));
}

/** Lets somebody rest from something; an earlier rest from the same is over. */
export async function saveRest(
  tx: Tx,
  workspaceId: WorkspaceId,
  rest: Rest & { readonly personId: PersonId },
  now: Date,
): Promise<void> {
  const { nudgeRests } = tx.tables;
  await tx
    .update(nudgeRests)
    .set({ endedAt: now })
    .where(
      and(
        eq(nudgeRests.workspaceId, workspaceId),
        eq(nudgeRests.personId, rest.personId),
        eq(nudgeRests.scope, rest.scope),
        eq(nudgeRests.about, rest.about),
        isNull(nudgeRests.endedAt),
      ),
    );
  await tx.insert(nudgeRests).values({
    id: newId<NudgeRestId>(now),
    workspaceId,
    personId: rest.personId,
    scope: rest.scope,
    about: rest.about,
    untilAt: rest.untilAt ?? null,
    createdAt: now,
  });
}

/** They want to be asked again. */
export async function endRest(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, personId }: Pick<KeptRest, 'id' | 'personId'>,
  now: Date,
): Promise<void> {
  const { nudgeRests } = tx.tables;
  await tx
    .update(nudgeRests)
    .set({ endedAt: now })
    .where(
      and(
        eq(nudgeRests.workspaceId, workspaceId),
        eq(nudgeRests.id, id),
        eq(nudgeRests.personId, personId),
        isNull(nudgeRests.endedAt),
      ),
    );
}
