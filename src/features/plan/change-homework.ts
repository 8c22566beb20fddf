import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealEventKind } from '../../domain/events.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { HomeworkId, PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { addHelper } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHomework, findHomework, type HomeworkChange } from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { findPerson } from '../../store/people.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { readColleague } from './assign-homework.ts';

/** A step after a change, with the deal it belongs to. */
export interface ChangedHomework {
  readonly deal: OpenDeal;
  readonly step: Homework;
}

/** Marks a step as done. Done twice, by one person or two, is done once and no error. */
export async function finishHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
): Promise<ChangedHomework | Refusal> {
  return change(deps, actor, id, 'homework_done', async ({ today }) => ({
    status: 'done',
    doneOn: today,
  }));
}

/** Takes a step out of the plan, with the reason it should not exist. */
export async function dropHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  typedReason: string | undefined,
): Promise<ChangedHomework | Refusal> {
  const dropReason = readLine(typedReason, { field: 'reason', what: 'The reason', max: 200 });
  if (isRefusal(dropReason)) return dropReason;
  return change(deps, actor, id, 'homework_dropped', async () => ({
    status: 'dropped',
    dropReason,
  }));
}

/** Gives a step another date; the first one stays with it. The same `formId` twice moves it once. */
export async function moveHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  form: { readonly formId: string; readonly dueOn: string | undefined },
): Promise<ChangedHomework | Refusal> {
  return change(deps, actor, id, 'homework_moved', async ({ tx, deal, step, today, now }) => {
    const dueOn = readDueOn(form.dueOn, deal, today, 'due_on');
    if (isRefusal(dueOn)) return dueOn;
    // A form that comes again after a later one must not move the step back.
    if (!(await firstSeen(tx, actor.workspaceId, `form:${form.formId}`, now))) return undefined;
    return dueOn === step.dueOn ? undefined : { dueOn };
  });
}

/** Gives a step of ours to another colleague, who may change the plan from then on. */
export async function reassignHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  personId: PersonId,
): Promise<ChangedHomework | Refusal> {
  return change(deps, actor, id, 'homework_reassigned', async ({ tx, deal, step }) => {
    if (step.side === 'buyer') {
      return refuse('not_ours', 'A step of theirs stays with them. Give us a step of our own.');
    }
    const doer = readColleague(await findPerson(tx, actor.workspaceId, personId));
    if (isRefusal(doer)) return doer;
    if (personId === step.doer.personId) return undefined;
    await addHelper(tx, actor.workspaceId, deal.id, personId);
    return { doer };
  });
}

interface Moment extends ChangedHomework {
  readonly tx: Tx;
  readonly today: Homework['dueOn'];
  readonly now: Date;
}

async function change(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  kind: DealEventKind,
  decide: (moment: Moment) => Promise<HomeworkChange | Refusal | undefined>,
): Promise<ChangedHomework | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachHomework(tx, actor, id);
    if (isRefusal(reached)) return reached;
    const { deal, step } = reached;
    if (!isOpen(step)) return reached;
    const decided = await decide({ ...reached, tx, today: dayIn(now, deal.zone), now });
    if (isRefusal(decided)) return decided;
    if (!decided) return reached;
    if (!(await changeHomework(tx, actor.workspaceId, step, decided))) {
      return (await reachHomework(tx, actor, id)) as ChangedHomework;
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      side: step.side,
      kind,
      payload: { homeworkId: id, ...sayChange(step, decided) },
    });
    return { deal, step: { ...step, ...decided } };
  });
}

/** What the history keeps of a change: what was, and what is now. */
function sayChange(step: Homework, decided: HomeworkChange) {
  return 'doer' in decided
    ? { from: step.doer.personId, personId: decided.doer.personId }
    : { from: step.dueOn, ...decided };
}

const stepNotFound = refuse(
  'step_not_found',
  'That step is not here any more. /deal plan shows what is.',
);

/**
 * A step and its open deal, if `actor` may change them. A step of a deal that does not exist for
 * them answers the same as one that never was.
 */
export async function reachHomework(
  tx: Tx,
  actor: Person,
  id: HomeworkId,
): Promise<ChangedHomework | Refusal> {
  const step = await findHomework(tx, actor.workspaceId, id);
  if (!step) return stepNotFound;
  const deal = await reachOpenDeal(tx, actor, step.dealId);
  if (!isRefusal(deal)) return { deal, step };
  return deal.code === 'deal_not_found' ? stepNotFound : deal;
}
