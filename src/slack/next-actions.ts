import type { Day } from '../domain/calendar.ts';
import type { Side } from '../domain/homework.ts';
import type { DealId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Modal } from './blocks.ts';

/** One tap that logs a turn, wherever a deal is shown; the value is the deal. */
export const touchIds = { ours: 'touch_ours', theirs: 'touch_theirs' } as const;

/** The value is a deal: opens the play for a deal we came to late. */
export const lateEntryId = 'next_late_entry';

/** A step as somebody is about to add it. */
export interface StepDraft {
  readonly side: Side;
  readonly title: string;
  readonly dueOn: Day;
  readonly doneWhen: string;
}

/** The form for a new step with all that is known of it filled in. */
export type AssignFormFor = (
  actor: Person,
  dealId: DealId,
  draft: StepDraft,
) => Promise<Modal | Refusal>;
