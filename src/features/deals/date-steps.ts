import type { StepMove } from '../../domain/date-move.ts';
import type { Homework } from '../../domain/homework.ts';
import type { Person } from '../../domain/person.ts';
import { AppError } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHomework, type HomeworkChange } from '../../store/homework.ts';
import type { Tx } from '../../store/store.ts';

/** What a step is dropped or moved for when the date stays where it is. */
export const toKeepTheDate = 'to keep the date';

interface Change {
  readonly kind: 'homework_moved' | 'homework_dropped';
  readonly step: Homework;
  readonly change: HomeworkChange;
  readonly payload: Record<string, unknown>;
}

/** Gives steps their new days, each with its event; what was read in this transaction. */
export async function moveSteps(
  tx: Tx,
  by: { readonly actor: Person; readonly now: Date; readonly reason: string },
  moves: readonly StepMove[],
): Promise<void> {
  for (const { step, dueOn } of moves) {
    const payload = { from: step.dueOn, dueOn, reason: by.reason };
    await apply(tx, by, { kind: 'homework_moved', step, change: { dueOn }, payload });
  }
}

/** Takes steps out of the plan so that the others fit. */
export async function dropSteps(
  tx: Tx,
  by: { readonly actor: Person; readonly now: Date },
  steps: readonly Homework[],
): Promise<void> {
  for (const step of steps) {
    const change = { status: 'dropped', dropReason: toKeepTheDate } as const;
    const payload = { from: step.dueOn, ...change };
    await apply(tx, by, { kind: 'homework_dropped', step, change, payload });
  }
}

async function apply(
  tx: Tx,
  { actor, now }: { readonly actor: Person; readonly now: Date },
  { kind, step, change, payload }: Change,
): Promise<void> {
  if (!(await changeHomework(tx, actor.workspaceId, step, change))) {
    throw new AppError(`Step '${step.id}' changed within the transaction that read it`, {
      code: 'step_conflict',
    });
  }
  await appendEvent(tx, {
    workspaceId: actor.workspaceId,
    dealId: step.dealId,
    at: now,
    actorId: actor.id,
    side: step.side,
    kind,
    payload: { homeworkId: step.id, ...payload },
  });
}
