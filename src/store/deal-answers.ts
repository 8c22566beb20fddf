import { and, desc, eq } from 'drizzle-orm';
import type { DealId, PersonId } from '../domain/ids.ts';
import type { NudgeAnswer } from '../domain/nudge.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** What somebody answered to a question about a deal. */
export interface DealAnswer {
  readonly answer: NudgeAnswer;
  readonly at: Date;
  readonly byId: PersonId | undefined;
  readonly byName: string | undefined;
}

/** The newest of these answers about a deal, with who gave it, in one query. */
export async function findLastAnswer(
  tx: Tx,
  dealId: DealId,
  answers: readonly NudgeAnswer[],
): Promise<DealAnswer | undefined> {
  const { nudgeItems, people } = tx.tables;
  const [row] = await tx
    .select({
      answer: nudgeItems.answer,
      at: nudgeItems.answeredAt,
      byId: nudgeItems.answeredById,
      byName: people.name,
    })
    .from(nudgeItems)
    .leftJoin(people, eq(people.id, nudgeItems.answeredById))
    .where(and(eq(nudgeItems.dealId, dealId), inMany(tx, nudgeItems.answer, answers)))
    .orderBy(desc(nudgeItems.answeredAt), desc(nudgeItems.id))
    .limit(1);
  if (!row?.answer || !row.at) return undefined;
  const { answer, at, byId, byName } = row;
  return { answer, at, byId: byId ?? undefined, byName: byName ?? undefined };
}
