import { and, asc, eq, gt, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceId } from '../domain/ids.ts';
import type { DueTalk } from '../domain/rhythm.ts';
import type { Tx } from './store.ts';

const weekMs = 7 * 24 * 60 * 60_000;

/** What became of the weekly talks that were due at these times; one query for any number. */
export async function listDueTalks(
  tx: Tx,
  workspaceId: WorkspaceId,
  dues: readonly Date[],
): Promise<DueTalk[]> {
  const [newest, oldest] = [dues[0], dues.at(-1)];
  if (!newest || !oldest) return [];
  const { lossThreads } = tx.tables;
  const threads = await tx
    .select({
      scheduledFor: lossThreads.scheduledFor,
      posted: flag(isNotNull(lossThreads.threadTs)),
      hadLosses: flag(hasLosses(tx)),
      talked: flag(isTalkedIn(tx)),
    })
    .from(lossThreads)
    .where(
      and(
        eq(lossThreads.workspaceId, workspaceId),
        gt(lossThreads.scheduledFor, weekBefore(oldest)),
        lte(lossThreads.scheduledFor, newest),
      ),
    )
    .orderBy(asc(lossThreads.scheduledFor));
  // By week and not by the minute: the team may have moved its talk to another time since.
  return dues.map((dueAt, at) => {
    const since = dues[at + 1] ?? weekBefore(dueAt);
    const own = threads.filter(({ scheduledFor }) => scheduledFor > since && scheduledFor <= dueAt);
    const is = (fact: 'posted' | 'hadLosses' | 'talked') => own.some((thread) => thread[fact]);
    return { dueAt, posted: is('posted'), hadLosses: is('hadLosses'), talked: is('talked') };
  });
}

function weekBefore(at: Date): Date {
  return new Date(at.getTime() - weekMs);
}

/** As a number, which both engines give in the same form. */
function flag(condition: SQL) {
  return sql<boolean>`case when ${condition} then 1 else 0 end`.mapWith(Boolean);
}

/** A loss of the week that is talked about: neither private nor excused. */
function hasLosses({ tables }: Tx) {
  const { deals, losses, lossThreadEntries, lossThreads, reviews } = tables;
  return sql`exists (select 1 from ${lossThreadEntries}
    inner join ${losses} on ${losses.id} = ${lossThreadEntries.lossId}
    inner join ${deals} on ${deals.id} = ${losses.dealId} and ${deals.privacy} = 'team'
    left join ${reviews} on ${reviews.dealId} = ${losses.dealId}
    where ${lossThreadEntries.threadId} = ${lossThreads.id}
      and (${reviews.state} is null or ${reviews.state} <> 'excused'))`;
}

/** Somebody wrote under the week’s parent or in the thread of one of its losses. */
function isTalkedIn({ tables }: Tx) {
  const { losses, lossThreadEntries, lossThreadReplies, lossThreads, reviewReplies, reviews } =
    tables;
  return sql`(exists (select 1 from ${lossThreadReplies}
      where ${lossThreadReplies.threadId} = ${lossThreads.id})
    or exists (select 1 from ${lossThreadEntries}
      inner join ${losses} on ${losses.id} = ${lossThreadEntries.lossId}
      inner join ${reviews} on ${reviews.dealId} = ${losses.dealId}
      inner join ${reviewReplies} on ${reviewReplies.reviewId} = ${reviews.id}
      where ${lossThreadEntries.threadId} = ${lossThreads.id}))`;
}
