import type { Day } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Practice } from '../../domain/practice.ts';
import { changeCommitment, insertCommitment, listCommitments } from '../../store/commitments.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';

/**
 * Somebody joins a call of theirs and watches for the one thing (METHOD S3-18): one such promise an
 * area at a time, which another observer takes over. The observer hears of it at once.
 */
export async function nameObserver(
  tx: Tx,
  practice: Pick<Practice, 'id' | 'workspaceId' | 'personId' | 'reviewId' | 'behaviour'>,
  watch: { readonly observerId: PersonId; readonly dueOn: Day; readonly now: Date },
): Promise<void> {
  const { workspaceId, personId, reviewId, id: practiceId, behaviour } = practice;
  const { observerId, dueOn, now } = watch;
  const known = (await listCommitments(tx, workspaceId, [personId])).find(
    (one) => one.kind === 'observed_call' && one.state === 'open' && one.practiceId === practiceId,
  );
  if (known) await changeCommitment(tx, known, { observerId, dueOn });
  const id =
    known?.id ??
    (await insertCommitment(tx, {
      ...{ workspaceId, personId, practiceId, reviewId, observerId, dueOn },
      kind: 'observed_call',
      what: behaviour,
      createdAt: now,
    }));
  const observer = await findPerson(tx, workspaceId, observerId);
  if (!observer?.slackUserId) return;
  const payload = { commitmentId: id };
  const key = `call_to_watch:${id}:${observerId}`;
  const target = observer.slackUserId;
  await enqueue(tx, workspaceId, now, [{ kind: 'call_to_watch', key, target, payload }]);
}
