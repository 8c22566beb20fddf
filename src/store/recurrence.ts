import { and, asc, eq, gt, isNotNull, lte } from 'drizzle-orm';
import { groupBy } from '../domain/group.ts';
import type { PersonId, WorkspaceId } from '../domain/ids.ts';
import { type CitedSkill, cameUpAgain, citedSkills, recurrenceDays } from '../domain/recurrence.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

const dayMs = 24 * 60 * 60_000;

/** Which skills the losses cite whose reviews were finished in the 90 days up to `now`. */
export async function listCitedSkills(
  tx: Tx,
  workspaceId: WorkspaceId,
  now: Date,
): Promise<CitedSkill[]> {
  const { losses, reviews } = tx.tables;
  const rows = await tx
    .select({ reasonCode: losses.reasonCode, contributing: losses.contributing })
    .from(reviews)
    .innerJoin(losses, eq(losses.id, reviews.lossId))
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        eq(reviews.state, 'complete'),
        gt(reviews.completedAt, new Date(now.getTime() - recurrenceDays * dayMs)),
        lte(reviews.completedAt, now),
      ),
    );
  return citedSkills(rows.map(codesOf));
}

function codesOf(row: { reasonCode: string | null; contributing: string[] }) {
  return { reasonCodes: [...(row.reasonCode ? [row.reasonCode] : []), ...row.contributing] };
}

/**
 * What came up again in somebody's losses after they had worked on it, in two queries for any number
 * of people. Only the person and their manager may be shown it (METHOD §3.5).
 */
export async function listCameUpAgain(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
): Promise<Map<PersonId, string[]>> {
  const { losses, practices, reviews } = tx.tables;
  const done = await tx
    .select({ personId: practices.personId, skill: practices.skill, endedOn: practices.endedOn })
    .from(practices)
    .where(
      and(
        eq(practices.workspaceId, workspaceId),
        inMany(tx, practices.personId, personIds),
        eq(practices.state, 'done'),
        isNotNull(practices.endedOn),
      ),
    );
  if (done.length === 0) return new Map();
  const later = await tx
    .select({
      personId: reviews.ownerId,
      lostOn: losses.lostOn,
      reasonCode: losses.reasonCode,
      contributing: losses.contributing,
    })
    .from(reviews)
    .innerJoin(losses, eq(losses.id, reviews.lossId))
    .where(and(eq(reviews.workspaceId, workspaceId), inMany(tx, reviews.ownerId, personIds)))
    .orderBy(asc(losses.lostOn));
  const byOwner = groupBy(later, ({ personId }) => personId);
  const again = [...groupBy(done, ({ personId }) => personId)].map(([personId, areas]) => {
    const closed = areas.flatMap(({ skill, endedOn }) => (endedOn ? [{ skill, endedOn }] : []));
    const theirs = byOwner.get(personId) ?? [];
    const lost = theirs.map((row) => ({ lostOn: row.lostOn, ...codesOf(row) }));
    return [personId, cameUpAgain(closed, lost)] as const;
  });
  return new Map(again.filter(([, skills]) => skills.length > 0));
}
