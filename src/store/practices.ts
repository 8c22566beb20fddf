import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import {
  newId,
  type PersonId,
  type PracticeId,
  type ReviewId,
  type WorkspaceId,
} from '../domain/ids.ts';
import { type Practice, triesTarget } from '../domain/practice.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

type PracticeRow = Tx['tables']['practices']['$inferSelect'];

function toPractice(row: PracticeRow): Practice {
  return {
    ...row,
    reviewId: row.reviewId ?? undefined,
    occasion: row.occasion ?? undefined,
    link: row.link ?? undefined,
    selfRating: row.selfRating ?? undefined,
    startedOn: row.startedOn ?? undefined,
    endedOn: row.endedOn ?? undefined,
  };
}

/** What is chosen for somebody; the rest follows from whether they have an area already. */
export type NewPractice = Pick<
  Practice,
  'workspaceId' | 'personId' | 'reviewId' | 'skill' | 'behaviour' | 'occasion' | 'link'
>;

/**
 * Keeps an area: active if its person has none, else behind the one they have. Of two at the same
 * moment the database lets one be active (METHOD §3.3, 15).
 */
export async function insertPractice(
  tx: Tx,
  chosen: NewPractice,
  at: { readonly today: Day; readonly now: Date },
): Promise<Practice> {
  const { practices } = tx.tables;
  const { today, now } = at;
  const row = { ...chosen, tries: 0, createdAt: now };
  const [active] = await tx
    .insert(practices)
    .values({ ...row, id: newId<PracticeId>(now), state: 'active', startedOn: today })
    .onConflictDoNothing()
    .returning();
  if (active) return toPractice(active);
  const [queued] = await tx
    .insert(practices)
    .values({ ...row, id: newId<PracticeId>(now), state: 'queued' })
    .returning();
  return toPractice(queued as PracticeRow);
}

export async function findPractice(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: PracticeId,
): Promise<Practice | undefined> {
  const { practices } = tx.tables;
  const [row] = await tx
    .select()
    .from(practices)
    .where(and(eq(practices.workspaceId, workspaceId), eq(practices.id, id)));
  return row && toPractice(row);
}

/** What came of one review for one person. */
export async function findPracticeOfReview(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly reviewId: ReviewId; readonly personId: PersonId },
): Promise<Practice | undefined> {
  const { practices } = tx.tables;
  const [row] = await tx
    .select()
    .from(practices)
    .where(
      and(
        eq(practices.workspaceId, workspaceId),
        eq(practices.reviewId, of.reviewId),
        eq(practices.personId, of.personId),
      ),
    );
  return row && toPractice(row);
}

/** Everything some people work on or have worked on, in the order it was chosen. */
export async function listPractices(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
): Promise<Practice[]> {
  const { practices } = tx.tables;
  const rows = await tx
    .select()
    .from(practices)
    .where(and(eq(practices.workspaceId, workspaceId), inMany(tx, practices.personId, personIds)))
    .orderBy(asc(practices.id));
  return rows.map(toPractice);
}

/** What may change about an area. */
export type PracticeChange = Partial<
  Pick<
    Practice,
    'skill' | 'behaviour' | 'occasion' | 'link' | 'state' | 'selfRating' | 'startedOn' | 'endedOn'
  >
>;

/**
 * Changes an area that is still in the state the caller saw; false when somebody was faster. A key
 * that is there with `undefined` empties its column.
 */
export async function changePractice(
  tx: Tx,
  { workspaceId, id, state }: Pick<Practice, 'workspaceId' | 'id' | 'state'>,
  change: PracticeChange,
): Promise<boolean> {
  const { practices } = tx.tables;
  const columns = Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value ?? null]),
  );
  const rows = await tx
    .update(practices)
    .set(columns)
    .where(
      and(eq(practices.workspaceId, workspaceId), eq(practices.id, id), eq(practices.state, state)),
    )
    .returning({ id: practices.id });
  return rows.length === 1;
}

/** One more try of an area that is worked on, up to the target. @returns it as it stands then. */
export async function addTry(
  tx: Tx,
  { workspaceId, id }: Pick<Practice, 'workspaceId' | 'id'>,
): Promise<Practice | undefined> {
  const { practices } = tx.tables;
  const [row] = await tx
    .update(practices)
    .set({ tries: sql`${practices.tries} + 1` })
    .where(
      and(
        eq(practices.workspaceId, workspaceId),
        eq(practices.id, id),
        eq(practices.state, 'active'),
        lt(practices.tries, triesTarget),
      ),
    )
    .returning();
  return row && toPractice(row);
}

/** Colleagues who left work on nothing here any more (METHOD part 5, *Rep left*). @returns how many. */
export async function closeOfLeft(
  tx: Tx,
  workspaceId: WorkspaceId,
  at: { readonly today: Day; readonly now: Date },
): Promise<number> {
  const { commitments, people, practices } = tx.tables;
  const left = tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.active, false)));
  const closed = await tx
    .update(practices)
    .set({ state: 'switched', endedOn: at.today })
    .where(
      and(
        eq(practices.workspaceId, workspaceId),
        inArray(practices.state, ['active', 'queued']),
        inArray(practices.personId, left),
      ),
    )
    .returning({ id: practices.id });
  await tx
    .update(commitments)
    .set({ state: 'cancelled', endedAt: at.now })
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        eq(commitments.state, 'open'),
        inArray(commitments.personId, left),
      ),
    );
  return closed.length;
}
