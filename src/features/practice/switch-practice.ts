import { dayIn, workCalendar } from '../../domain/calendar.ts';
import type { PracticeId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isSettled, type Practice } from '../../domain/practice.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { closeCommitments } from '../../store/commitments.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { changePractice, findPractice, listPractices } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';
import { reachPractice } from './reach.ts';
import type { PracticeDeps } from './try-practice.ts';

/** What came of wanting another area: it is theirs, or their manager is asked first. */
export type Switched =
  | { readonly done: true; readonly practice: Practice }
  | { readonly done: false; readonly asked: Person };

const notThere = refuse(
  'practice_not_found',
  'That is not waiting any more. /deal practice shows how it stands.',
);

/**
 * Puts a waiting area in the place of the one that is worked on. Before it had its twenty business
 * days the manager says yes first (METHOD S3-17); who has no manager decides alone.
 */
export async function switchPractice(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
): Promise<Switched | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const wanted = await reachPractice(tx, actor, id);
    if (isRefusal(wanted)) return wanted;
    if (wanted.state === 'active') return { done: true, practice: wanted };
    if (wanted.state !== 'queued') return notThere;
    const active = await findActive(tx, actor);
    const calendar = workCalendar(actor, deps.calendars);
    const manager = actor.managerId && (await findPerson(tx, actor.workspaceId, actor.managerId));
    const free = !active || isSettled(active, dayIn(now, actor.zone), calendar);
    if (free || !manager?.active || !manager.slackUserId) {
      return { done: true, practice: await take(tx, actor, wanted, active, now) };
    }
    const payload = { practiceId: id, activeId: active.id };
    const key = `practice_switch:${id}:${active.id}`;
    const target = manager.slackUserId;
    await enqueue(tx, actor.workspaceId, now, [
      { kind: 'practice_switch_asked', key, target, payload },
    ]);
    return { done: false, asked: manager };
  });
}

/** The manager's yes. */
export async function allowSwitch(
  deps: PracticeDeps,
  manager: Person,
  id: PracticeId,
): Promise<{ readonly practice: Practice; readonly person: Person } | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const wanted = await findPractice(tx, manager.workspaceId, id);
    const person = wanted && (await findPerson(tx, manager.workspaceId, wanted.personId));
    if (!wanted || person?.managerId !== manager.id) return notThere;
    if (wanted.state !== 'queued') return { practice: wanted, person };
    const active = await findActive(tx, person);
    return { practice: await take(tx, person, wanted, active, now), person };
  });
}

async function findActive(tx: Tx, { workspaceId, id }: Person): Promise<Practice | undefined> {
  const all = await listPractices(tx, workspaceId, [id]);
  return all.find(({ state }) => state === 'active');
}

async function take(
  tx: Tx,
  person: Person,
  wanted: Practice,
  active: Practice | undefined,
  now: Date,
): Promise<Practice> {
  const today = dayIn(now, person.zone);
  if (active) {
    await changePractice(tx, active, { state: 'switched', endedOn: today });
    const kinds = ['try', 'observed_call', 'shadow', 'learn'] as const;
    await closeCommitments(tx, active, kinds, { state: 'cancelled', endedAt: now });
  }
  await changePractice(tx, wanted, { state: 'active', startedOn: today });
  return { ...wanted, state: 'active', startedOn: today };
}
