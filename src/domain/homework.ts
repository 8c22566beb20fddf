import type { Day } from './calendar.ts';
import type { ContactId, DealId, HomeworkId, PersonId } from './ids.ts';

export type Side = 'buyer' | 'seller';

/** `proposed` until somebody did it or it was dropped; overdue is derived, never a state. */
export type HomeworkStatus = 'proposed' | 'done' | 'dropped';

/** Who does a step: a colleague with Slack, or a contact at the buyer without. */
export interface Doer {
  readonly name: string;
  readonly personId: PersonId | undefined;
  readonly contactId: ContactId | undefined;
}

/** One step of a plan. Our word for it is homework; a buyer never sees that word. */
export interface Homework {
  readonly id: HomeworkId;
  readonly dealId: DealId;
  readonly side: Side;
  readonly title: string;
  readonly doer: Doer;
  readonly dueOn: Day;
  readonly originalDueOn: Day;
  readonly doneWhen: string;
  readonly status: HomeworkStatus;
  readonly doneOn: Day | undefined;
  readonly version: number;
}

/** Late: the day has passed and it is still to do. */
export function isLate(step: Pick<Homework, 'status' | 'dueOn'>, today: Day): boolean {
  return step.status === 'proposed' && step.dueOn < today;
}
