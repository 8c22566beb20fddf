import type { HelpRole } from '../domain/help.ts';
import type { DealId, HomeworkId, NudgeItemId } from '../domain/ids.ts';
import type { NudgeKind } from '../domain/nudge.ts';
import type { Person } from '../domain/person.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Modal } from './blocks.ts';

/** What help is asked for: a deal, and the question that made somebody ask. */
export interface HelpWish {
  readonly dealId: DealId;
  readonly role?: HelpRole | undefined;
  /** The question of a bundle that asking answers, and the bundle's place. */
  readonly from?:
    | {
        readonly itemId: NudgeItemId;
        readonly kind: NudgeKind;
        readonly homeworkId: HomeworkId | undefined;
        readonly responseUrl: string | undefined;
      }
    | undefined;
}

/** The form that asks a colleague for help, filled in with all that is known. */
export type HelpFormFor = (actor: Person, wish: HelpWish) => Promise<Modal | Refusal>;
