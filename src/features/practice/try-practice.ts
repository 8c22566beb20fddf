import type { Deps } from '../../deps.ts';
import { businessDaysAfter, type Calendars, dayIn, workCalendar } from '../../domain/calendar.ts';
import type { PracticeId } from '../../domain/ids.ts';
import { followUpSubject } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { type Practice, triesTarget } from '../../domain/practice.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { closeCommitments } from '../../store/commitments.ts';
import { firstSeen } from '../../store/inbox.ts';
import { answerElsewhere } from '../../store/nudge-refresh.ts';
import { addTry, changePractice, listPractices } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';
import { reachPractice } from './reach.ts';

/** Business days until somebody who has not tried yet is asked again. */
const againBd = 3;

/** What counting a try needs: the calendar says when they are asked again. */
export type PracticeDeps = Deps & { readonly calendars: Calendars };

/**
 * One more try. The third closes the area, and the next one in the queue begins. `tapId` is one for
 * one tap: sent twice it counts once.
 */
export async function countTry(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
  tapId: string,
): Promise<Practice | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const practice = await reachPractice(tx, actor, id);
    if (isRefusal(practice)) return practice;
    if (!(await firstSeen(tx, actor.workspaceId, `try:${tapId}`, now))) return practice;
    return keepTry(tx, actor, practice, now);
  });
}

/** The same inside a transaction that keeps more than the try. */
export async function keepTry(
  tx: Tx,
  actor: Person,
  practice: Practice,
  now: Date,
): Promise<Practice> {
  const tried = await addTry(tx, practice);
  const by = { by: actor.id, at: now };
  const subject = followUpSubject('promise_try', practice.id);
  await answerElsewhere(tx, practice, subject, { answer: 'tried', nextCheckOn: undefined, ...by });
  if (!tried) return practice;
  return tried.tries < triesTarget ? tried : finish(tx, actor, tried, now);
}

async function finish(tx: Tx, actor: Person, practice: Practice, now: Date): Promise<Practice> {
  const today = dayIn(now, actor.zone);
  if (!(await changePractice(tx, practice, { state: 'done', endedOn: today }))) return practice;
  await closeCommitments(tx, practice, ['try'], { state: 'done', endedAt: now });
  await startNext(tx, practice, actor, now);
  return { ...practice, state: 'done', endedOn: today };
}

/** What waits longest begins, now that nothing is worked on. */
async function startNext(
  tx: Tx,
  { workspaceId, personId }: Practice,
  actor: Person,
  now: Date,
): Promise<void> {
  const all = await listPractices(tx, workspaceId, [personId]);
  const next = all.find(({ state }) => state === 'queued');
  if (next) await changePractice(tx, next, { state: 'active', startedOn: dayIn(now, actor.zone) });
}

/** Not tried yet: they are asked again in a few days. */
export async function putOff(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
): Promise<Practice | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const practice = await reachPractice(tx, actor, id);
    if (isRefusal(practice)) return practice;
    const calendar = workCalendar(actor, deps.calendars);
    const nextCheckOn = businessDaysAfter(dayIn(now, actor.zone), againBd, calendar);
    const said = { answer: 'not_yet', by: actor.id, at: now, nextCheckOn } as const;
    await answerElsewhere(tx, practice, followUpSubject('promise_try', id), said);
    return practice;
  });
}
