import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealEventKind } from '../../domain/events.ts';
import type { Homework } from '../../domain/homework.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDueOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHomework, findHomework, type HomeworkChange } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

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
  return change(deps, actor, id, 'homework_done', ({ today }) => ({
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
  return change(deps, actor, id, 'homework_dropped', () => ({ status: 'dropped', dropReason }));
}

/** Gives a step another date; the first one stays with it. */
export async function moveHomework(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  typedDay: string | undefined,
): Promise<ChangedHomework | Refusal> {
  return change(deps, actor, id, 'homework_moved', ({ deal, today }) => {
    const dueOn = readDueOn(typedDay, deal, today, 'due_on');
    return isRefusal(dueOn) ? dueOn : { dueOn };
  });
}

interface Moment {
  readonly deal: OpenDeal;
  readonly today: Homework['dueOn'];
}

async function change(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  kind: DealEventKind,
  decide: (moment: Moment) => HomeworkChange | Refusal,
): Promise<ChangedHomework | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachHomework(tx, actor, id);
    if (isRefusal(reached)) return reached;
    const { deal, step } = reached;
    if (step.status !== 'proposed') return reached;
    const decided = decide({ deal, today: dayIn(now, deal.zone) });
    if (isRefusal(decided)) return decided;
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
      payload: { homeworkId: id, from: step.dueOn, ...decided },
    });
    return { deal, step: { ...step, ...decided } };
  });
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
