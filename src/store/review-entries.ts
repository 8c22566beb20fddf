import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { groupBy } from '../domain/group.ts';
import type { ReviewEntryId, ReviewId, WorkspaceId } from '../domain/ids.ts';
import type { AskedPrompt, Review, ReviewEntry } from '../domain/review.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** What people put into one review, in the order they first did. */
export async function listReviewEntries(tx: Tx, reviewId: ReviewId): Promise<ReviewEntry[]> {
  return (await listEntriesOfReviews(tx, [reviewId])).get(reviewId) ?? [];
}

/** The same for many reviews, in one query. */
export async function listEntriesOfReviews(
  tx: Tx,
  reviewIds: readonly ReviewId[],
): Promise<Map<ReviewId, ReviewEntry[]>> {
  const { reviewEntries } = tx.tables;
  const rows = await tx
    .select()
    .from(reviewEntries)
    .where(inMany(tx, reviewEntries.reviewId, reviewIds))
    .orderBy(asc(reviewEntries.at), asc(reviewEntries.id));
  const entries = rows.map((row) => ({
    ...row,
    text: row.text ?? undefined,
    verdict: row.verdict ?? undefined,
    verdictNote: row.verdictNote ?? undefined,
  }));
  return groupBy(entries, ({ reviewId }) => reviewId);
}

/** What somebody says on a prompt. */
export type NewEntry = Omit<ReviewEntry, 'verdict' | 'verdictNote'>;

/**
 * Keeps a word; a later one of the same person on the same prompt takes its place, and the owner
 * looks at it anew.
 */
export async function saveReviewEntry(
  tx: Tx,
  workspaceId: WorkspaceId,
  entry: NewEntry,
): Promise<void> {
  const { reviewEntries } = tx.tables;
  const { kind, text = null, shared } = entry;
  const choices = { ...entry.choices };
  await tx
    .insert(reviewEntries)
    .values({ ...entry, workspaceId, text, choices })
    .onConflictDoUpdate({
      target: [reviewEntries.reviewId, reviewEntries.promptKey, reviewEntries.authorId],
      set: { kind, text, choices, shared, verdict: null, verdictNote: null },
    });
}

/** Lets the team read what was written for the two. */
export async function shareEntries(
  tx: Tx,
  reviewId: ReviewId,
  ids: readonly ReviewEntryId[],
): Promise<void> {
  const { reviewEntries } = tx.tables;
  if (ids.length === 0) return;
  await tx
    .update(reviewEntries)
    .set({ shared: true })
    .where(and(eq(reviewEntries.reviewId, reviewId), inArray(reviewEntries.id, [...ids])));
}

/** The owner adopts a view, or parks it. */
export async function saveVerdict(
  tx: Tx,
  entry: Pick<ReviewEntry, 'id' | 'reviewId'>,
  { verdict, verdictNote }: Required<Pick<ReviewEntry, 'verdict' | 'verdictNote'>>,
): Promise<void> {
  const { reviewEntries } = tx.tables;
  await tx
    .update(reviewEntries)
    .set({ verdict: verdict ?? null, verdictNote: verdictNote ?? null })
    .where(and(eq(reviewEntries.reviewId, entry.reviewId), eq(reviewEntries.id, entry.id)));
}

/** The prompts of many reviews that were put to people, in one query. */
export async function listAskedPrompts(
  tx: Tx,
  reviewIds: readonly ReviewId[],
): Promise<Map<ReviewId, AskedPrompt[]>> {
  const { reviewPrompts } = tx.tables;
  const rows = await tx
    .select()
    .from(reviewPrompts)
    .where(inMany(tx, reviewPrompts.reviewId, reviewIds))
    .orderBy(asc(reviewPrompts.askedAt), asc(reviewPrompts.promptKey));
  const asked = rows.map((row) => ({ ...row, closedAt: row.closedAt ?? undefined }));
  return groupBy(asked, ({ reviewId }) => reviewId);
}

/** Notes that a prompt is put to people; false when it was before. */
export async function insertAskedPrompt(
  tx: Tx,
  { id: reviewId, workspaceId }: Pick<Review, 'id' | 'workspaceId'>,
  promptKey: string,
  askedAt: Date,
): Promise<boolean> {
  const { reviewPrompts } = tx.tables;
  const rows = await tx
    .insert(reviewPrompts)
    .values({ workspaceId, reviewId, promptKey, askedAt })
    .onConflictDoNothing()
    .returning({ key: reviewPrompts.promptKey });
  return rows.length === 1;
}

/** Puts a prompt off, or takes it forward, while nobody has closed it. */
export async function moveAskedPrompt(
  tx: Tx,
  reviewId: ReviewId,
  promptKey: string,
  askedAt: Date,
): Promise<void> {
  const { reviewPrompts } = tx.tables;
  await tx
    .update(reviewPrompts)
    .set({ askedAt })
    .where(
      and(
        eq(reviewPrompts.reviewId, reviewId),
        eq(reviewPrompts.promptKey, promptKey),
        isNull(reviewPrompts.closedAt),
      ),
    );
}

export async function closeAskedPrompts(
  tx: Tx,
  reviewId: ReviewId,
  promptKeys: readonly string[],
  closedAt: Date,
): Promise<void> {
  const { reviewPrompts } = tx.tables;
  if (promptKeys.length === 0) return;
  await tx
    .update(reviewPrompts)
    .set({ closedAt })
    .where(
      and(
        eq(reviewPrompts.reviewId, reviewId),
        inArray(reviewPrompts.promptKey, [...promptKeys]),
        isNull(reviewPrompts.closedAt),
      ),
    );
}
