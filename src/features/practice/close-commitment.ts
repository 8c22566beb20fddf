import type { Deps } from '../../deps.ts';
import type { CommitmentId } from '../../domain/ids.ts';
import { followUpSubject } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import type { Commitment } from '../../domain/practice.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { changeCommitment } from '../../store/commitments.ts';
import { answerElsewhere } from '../../store/nudge-refresh.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { findPractice } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';
import { reachCall, reachCommitment } from './reach.ts';
import { keepTry } from './try-practice.ts';

const noteMax = 500;

/**
 * The observer's note, which alone closes an observed call (METHOD S3-18). The one who was watched
 * hears it and answers with what they will try next; a call that was watched is a try.
 */
export async function noteCall(
  deps: Deps,
  observer: Person,
  id: CommitmentId,
  text: string | undefined,
): Promise<Commitment | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const call = await reachCall(tx, observer, id);
    if (isRefusal(call) || call.state !== 'open') return call;
    const doneNote = readLine(text, { field: 'note', what: 'What you saw', max: noteMax });
    if (isRefusal(doneNote)) return doneNote;
    if (!(await changeCommitment(tx, call, { state: 'done', doneNote, endedAt: now }))) return call;
    await tellWatched(tx, observer, call, now);
    return { ...call, state: 'done', doneNote, endedAt: now };
  });
}

async function tellWatched(tx: Tx, observer: Person, call: Commitment, now: Date): Promise<void> {
  const { workspaceId, personId, practiceId, id } = call;
  const said = { answer: 'changed', by: observer.id, at: now, nextCheckOn: undefined } as const;
  const subject = followUpSubject('observe_call', id);
  await answerElsewhere(tx, { workspaceId, personId: observer.id }, subject, said);
  const person = await findPerson(tx, workspaceId, personId);
  const practice = practiceId && (await findPractice(tx, workspaceId, practiceId));
  if (person && practice) await keepTry(tx, person, practice, now);
  if (!person?.slackUserId) return;
  const payload = { commitmentId: id };
  const intent = { kind: 'call_noted', key: `call_noted:${id}`, payload } as const;
  await enqueue(tx, workspaceId, now, [{ ...intent, target: person.slackUserId }]);
}

/** What they take from being watched: what comes next, and no rebuttal (METHOD S3-19). */
export async function sayNextTry(
  deps: Deps,
  actor: Person,
  id: CommitmentId,
  text: string | undefined,
): Promise<Commitment | Refusal> {
  return deps.store.transaction(async (tx) => {
    const call = await reachCommitment(tx, actor, id);
    if (isRefusal(call)) return call;
    if (call.kind !== 'observed_call' || call.state !== 'done') {
      return refuse('no_note', 'Your observer writes what they saw first.');
    }
    const nextTry = readLine(text, { field: 'note', what: 'What you will try next', max: noteMax });
    if (isRefusal(nextTry)) return nextTry;
    await changeCommitment(tx, call, { nextTry });
    return { ...call, nextTry };
  });
}

/**
 * Closes a promise of one's own: with the phrase one borrows after shadowing (METHOD S3-20), with
 * what changed for a change of the system, with a tap for something learnt. The rest closes by tries
 * or by its observer.
 */
export async function keepPromise(
  deps: Deps,
  actor: Person,
  id: CommitmentId,
  text?: string,
): Promise<Commitment | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const promise = await reachCommitment(tx, actor, id);
    if (isRefusal(promise) || promise.state !== 'open') return promise;
    if (promise.kind === 'observed_call' || promise.kind === 'try') {
      return refuse('not_by_hand', 'A watched call closes with its observer’s note.');
    }
    const what = promise.kind === 'shadow' ? 'One phrase you borrow' : 'What changed';
    const expected = { field: 'note', what, max: noteMax };
    const doneNote = promise.kind === 'learn' ? undefined : readLine(text, expected);
    if (isRefusal(doneNote)) return doneNote;
    await changeCommitment(tx, promise, { state: 'done', doneNote, endedAt: now });
    return { ...promise, state: 'done', doneNote, endedAt: now };
  });
}
