import { and, asc, eq, inArray } from 'drizzle-orm';
import { type CommitmentId, newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import type { Commitment, Practice } from '../domain/practice.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

type CommitmentRow = Tx['tables']['commitments']['$inferSelect'];

function toCommitment(row: CommitmentRow): Commitment {
  return {
    ...row,
    practiceId: row.practiceId ?? undefined,
    reviewId: row.reviewId ?? undefined,
    observerId: row.observerId ?? undefined,
    doneNote: row.doneNote ?? undefined,
    nextTry: row.nextTry ?? undefined,
    endedAt: row.endedAt ?? undefined,
  };
}

/** A promise that nobody has kept yet. */
export type NewCommitment = Omit<Commitment, 'id' | 'state' | 'doneNote' | 'nextTry' | 'endedAt'>;

export async function insertCommitment(tx: Tx, made: NewCommitment): Promise<CommitmentId> {
  const id = newId<CommitmentId>(made.createdAt);
  await tx.insert(tx.tables.commitments).values({ ...made, id, state: 'open' });
  return id;
}

export async function findCommitment(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: CommitmentId,
): Promise<Commitment | undefined> {
  const { commitments } = tx.tables;
  const [row] = await tx
    .select()
    .from(commitments)
    .where(and(eq(commitments.workspaceId, workspaceId), eq(commitments.id, id)));
  return row && toCommitment(row);
}

/** The promises of some people, in the order of their days. */
export async function listCommitments(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
): Promise<Commitment[]> {
  const { commitments } = tx.tables;
  const rows = await tx
    .select()
    .from(commitments)
    .where(
      and(eq(commitments.workspaceId, workspaceId), inMany(tx, commitments.personId, personIds)),
    )
    .orderBy(asc(commitments.dueOn), asc(commitments.id));
  return rows.map(toCommitment);
}

/** Calls that somebody is to watch, in the order of their days. */
export async function listCallsToWatch(
  tx: Tx,
  workspaceId: WorkspaceId,
  observerId: PersonId,
): Promise<Commitment[]> {
  const { commitments } = tx.tables;
  const rows = await tx
    .select()
    .from(commitments)
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        eq(commitments.observerId, observerId),
        eq(commitments.kind, 'observed_call'),
        eq(commitments.state, 'open'),
      ),
    )
    .orderBy(asc(commitments.dueOn), asc(commitments.id));
  return rows.map(toCommitment);
}

/** What may change about a promise. */
export type CommitmentChange = Partial<
  Pick<Commitment, 'what' | 'dueOn' | 'observerId' | 'state' | 'doneNote' | 'nextTry' | 'endedAt'>
>;

/** Changes a promise that is still in the state the caller saw; false when somebody was faster. */
export async function changeCommitment(
  tx: Tx,
  { workspaceId, id, state }: Pick<Commitment, 'workspaceId' | 'id' | 'state'>,
  change: CommitmentChange,
): Promise<boolean> {
  const { commitments } = tx.tables;
  const rows = await tx
    .update(commitments)
    .set(change)
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        eq(commitments.id, id),
        eq(commitments.state, state),
      ),
    )
    .returning({ id: commitments.id });
  return rows.length === 1;
}

/** Ends the open promises of one kind that belong to an area. */
export async function closeCommitments(
  tx: Tx,
  { workspaceId, id }: Pick<Practice, 'workspaceId' | 'id'>,
  kinds: readonly Commitment['kind'][],
  to: { readonly state: 'done' | 'cancelled'; readonly endedAt: Date },
): Promise<void> {
  const { commitments } = tx.tables;
  await tx
    .update(commitments)
    .set(to)
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        eq(commitments.practiceId, id),
        inArray(commitments.kind, [...kinds]),
        eq(commitments.state, 'open'),
      ),
    );
}
