import type { Deps } from '../../deps.ts';
import type { DealId, PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { reachWithdrawal, type Withdrawal } from './withdrawal.ts';

const rewritten = refuse('rewritten', 'There is a newer note by now; it stands below this one.');
const notAsked = refuse('not_asked', 'That note waits for somebody else’s word.');

/** Keeps what the manager says of a note, and tells whoever wrote it. The first word stands. */
export async function readNote(
  deps: Deps,
  actor: Person,
  on: { readonly dealId: DealId; readonly noteId: string },
  verdict: 'fine' | 'talk',
): Promise<Withdrawal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const withdrawal = await reachWithdrawal(tx, actor, on.dealId);
    if (isRefusal(withdrawal)) return withdrawal;
    const { note } = withdrawal;
    if (note?.noteId !== on.noteId) return rewritten;
    if (note.managerId !== actor.id) return notAsked;
    if (withdrawal.verdict === verdict || withdrawal.verdict === 'fine') return withdrawal;
    const { workspaceId } = actor;
    await appendEvent(tx, {
      workspaceId,
      dealId: on.dealId,
      at: now,
      actorId: actor.id,
      kind: 'withdrawal_read',
      payload: { noteId: on.noteId, verdict },
    });
    const writer = await findPerson(tx, workspaceId, note.byId as PersonId);
    if (writer?.slackUserId) {
      const payload = { ...on, verdict, writerId: writer.id, managerId: actor.id };
      const key = `withdrawal:${on.noteId}:${verdict}`;
      const target = writer.slackUserId;
      await enqueue(tx, workspaceId, now, [{ kind: 'withdrawal_answered', key, target, payload }]);
    }
    return { ...withdrawal, verdict };
  });
}
