import type { Day } from './calendar.ts';
import type { ContactId, DealId, HomeworkId, PersonId } from './ids.ts';

/** Whose work a step is. A partner's is shown apart and never counts as the buyer's (METHOD S0-9). */
export type Side = 'buyer' | 'seller' | 'both' | 'partner';

/** `find_out` is "we learn X by a day"; the others are what they say. */
export type HomeworkKind = 'do' | 'find_out' | 'meet' | 'approve';

/**
 * Asked and agreed are two things: a step is `proposed` until its doer said yes. `needs_rewrite`
 * stops every reminder until somebody words it better (METHOD §3.2). Overdue is derived, never a
 * state.
 */
export type HomeworkStatus =
  | 'proposed'
  | 'agreed'
  | 'in_progress'
  | 'done'
  | 'accepted'
  | 'declined'
  | 'dropped'
  | 'superseded'
  | 'needs_rewrite';

/** A step somebody still has to do. */
export const openStatuses = ['proposed', 'agreed', 'in_progress', 'needs_rewrite'] as const;

/** How they took it when they were asked (METHOD S0-16). */
export type Reaction = 'keen' | 'fine' | 'blank' | 'annoyed';

/** Who does a step: a colleague with Slack, a contact at the buyer without, or one of each. */
export interface Doer {
  readonly name: string;
  readonly personId: PersonId | undefined;
  readonly contactId: ContactId | undefined;
}

/** One step of a plan. Our word for it is homework; a buyer never sees that word. */
export interface Homework {
  readonly id: HomeworkId;
  readonly dealId: DealId;
  readonly kind: HomeworkKind;
  readonly side: Side;
  readonly title: string;
  readonly doer: Doer;
  readonly dueOn: Day;
  readonly originalDueOn: Day;
  readonly doneWhen: string;
  /** Why it is worth the buyer's time. */
  readonly whyForThem: string | undefined;
  /** The milestone or decision it opens. */
  readonly unlocks: string | undefined;
  readonly effort: 1 | 2 | 3;
  /** Without it there is no decision. */
  readonly gate: boolean;
  /** Business days before the decision it is due by its playbook; negative is after. */
  readonly leadBd: number | undefined;
  readonly durationBd: number;
  /** The step of the playbook it came from. */
  readonly stepKey: string | undefined;
  readonly addedBySide: 'buyer' | 'seller';
  readonly status: HomeworkStatus;
  readonly askedOn: Day | undefined;
  readonly askedVia: string | undefined;
  readonly agreedOn: Day | undefined;
  readonly doneOn: Day | undefined;
  readonly acceptedOn: Day | undefined;
  readonly reaction: Reaction | undefined;
  readonly confusing: boolean;
  readonly pointless: boolean;
  readonly dropReason: string | undefined;
  readonly version: number;
}

type Facts = Pick<Homework, 'id' | 'dealId' | 'side' | 'title' | 'doer' | 'dueOn' | 'doneWhen'>;

/** A new step: what is not said is what most steps are. */
export function draftHomework(facts: Facts & Partial<Homework>): Homework {
  return {
    kind: 'do',
    originalDueOn: facts.dueOn,
    whyForThem: undefined,
    unlocks: undefined,
    effort: 1,
    gate: false,
    leadBd: undefined,
    durationBd: 1,
    stepKey: undefined,
    addedBySide: 'seller',
    status: 'proposed',
    askedOn: undefined,
    askedVia: undefined,
    agreedOn: undefined,
    doneOn: undefined,
    acceptedOn: undefined,
    reaction: undefined,
    confusing: false,
    pointless: false,
    dropReason: undefined,
    version: 1,
    ...facts,
  };
}

export function isOpen({ status }: Pick<Homework, 'status'>): boolean {
  return (openStatuses as readonly HomeworkStatus[]).includes(status);
}

/** Done is as good as accepted until the other side says "not yet". */
export function isFinished({ status }: Pick<Homework, 'status'>): boolean {
  return status === 'done' || status === 'accepted';
}

/** Still part of the plan, open or finished. */
export function isKept(step: Pick<Homework, 'status'>): boolean {
  return isOpen(step) || isFinished(step);
}

/** The one due first first. */
export function inDueOrder(steps: readonly Homework[]): Homework[] {
  return [...steps].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

/** Late: the day has passed and it is still to do. */
export function isLate(step: Pick<Homework, 'status' | 'dueOn'>, today: Day): boolean {
  return isOpen(step) && step.dueOn < today;
}
