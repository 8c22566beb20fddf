import type { CommitmentId, PracticeId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Commitment, Practice } from '../../domain/practice.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { findCommitment } from '../../store/commitments.ts';
import { findPractice } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';

const notYours = refuse(
  'practice_not_found',
  'That is not yours, or not here any more. /deal practice shows what you work on.',
);

/** An area of `actor`'s own: nobody else changes it, and nobody but their manager sees it. */
export async function reachPractice(
  tx: Tx,
  actor: Person,
  id: PracticeId,
): Promise<Practice | Refusal> {
  const practice = await findPractice(tx, actor.workspaceId, id);
  return practice?.personId === actor.id ? practice : notYours;
}

/** A promise of `actor`'s own. */
export async function reachCommitment(
  tx: Tx,
  actor: Person,
  id: CommitmentId,
): Promise<Commitment | Refusal> {
  const commitment = await findCommitment(tx, actor.workspaceId, id);
  return commitment?.personId === actor.id ? commitment : notYours;
}

/** A call that `actor` was asked to watch. */
export async function reachCall(
  tx: Tx,
  actor: Person,
  id: CommitmentId,
): Promise<Commitment | Refusal> {
  const commitment = await findCommitment(tx, actor.workspaceId, id);
  return commitment?.kind === 'observed_call' && commitment.observerId === actor.id
    ? commitment
    : notYours;
}
