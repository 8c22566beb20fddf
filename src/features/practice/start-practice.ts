import type { Day } from '../../domain/calendar.ts';
import { type BusinessCalendar, businessDaysAfter } from '../../domain/calendar.ts';
import type { PersonId, ReviewId, WorkspaceId } from '../../domain/ids.ts';
import { type Practice, settledBd } from '../../domain/practice.ts';
import { changeCommitment, insertCommitment, listCommitments } from '../../store/commitments.ts';
import { changePractice, findPracticeOfReview, insertPractice } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';
import { nameObserver } from './observed-call.ts';

/** The one thing that was chosen in a review (METHOD §4.3, `one_thing`). */
export interface ChosenPractice {
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly personId: PersonId;
  readonly skill: string;
  readonly behaviour: string;
  readonly occasion?: string | undefined;
  readonly link?: string | undefined;
  /** Who watches a call. */
  readonly observerId?: PersonId | undefined;
  /** Whom they watch. */
  readonly shadowId?: PersonId | undefined;
  /** Their own day. */
  readonly today: Day;
  readonly now: Date;
  /** The days they work. */
  readonly calendar: BusinessCalendar;
}

const watchWithinBd = 10;

/**
 * Makes the one thing of a review what its owner works on, or queues it behind what they work on
 * already (METHOD §3.3, 15), with what was promised about it. Given again for the same review it is
 * worded anew and nothing is promised twice.
 */
export async function startPractice(tx: Tx, chosen: ChosenPractice): Promise<Practice> {
  const { workspaceId, reviewId, personId, skill, behaviour, today, now, calendar } = chosen;
  const words = { skill, behaviour, occasion: chosen.occasion, link: chosen.link };
  const known = await findPracticeOfReview(tx, workspaceId, { reviewId, personId });
  if (known) {
    await changePractice(tx, known, words);
    return { ...known, ...words };
  }
  const made = await insertPractice(tx, { workspaceId, personId, reviewId, ...words }, chosen);
  const promise = {
    ...{ workspaceId, personId, reviewId, practiceId: made.id, createdAt: now },
    what: behaviour,
  };
  const { observerId, shadowId, link } = chosen;
  const inBd = (bd: number) => businessDaysAfter(today, bd, calendar);
  const tried = { ...promise, kind: 'try', dueOn: inBd(settledBd), observerId: undefined } as const;
  await insertCommitment(tx, tried);
  if (observerId && observerId !== personId) {
    await nameObserver(tx, made, { observerId, dueOn: inBd(watchWithinBd), now });
  }
  if (shadowId && shadowId !== personId) {
    const dueOn = inBd(watchWithinBd);
    await insertCommitment(tx, { ...promise, kind: 'shadow', dueOn, observerId: shadowId });
  }
  if (link) {
    const learn = { ...promise, kind: 'learn', what: link, observerId: undefined } as const;
    await insertCommitment(tx, { ...learn, dueOn: inBd(watchWithinBd) });
  }
  return made;
}

/** What a manager will change in how the team is set up (METHOD §4.3, `system`; S4-28). */
export interface ChosenChange {
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly personId: PersonId;
  readonly what: string;
  readonly dueOn: Day;
  readonly now: Date;
}

/** Keeps the manager's own promise, once a review; said again while it is open, it is worded anew. */
export async function startSystemChange(tx: Tx, chosen: ChosenChange): Promise<void> {
  const { workspaceId, reviewId, personId, what, dueOn, now } = chosen;
  const before = await listCommitments(tx, workspaceId, [personId]);
  const known = before.find((one) => one.kind === 'system_change' && one.reviewId === reviewId);
  if (known) {
    if (known.state === 'open') await changeCommitment(tx, known, { what, dueOn });
    return;
  }
  await insertCommitment(tx, {
    ...{ workspaceId, personId, reviewId, what, dueOn, createdAt: now },
    kind: 'system_change',
    practiceId: undefined,
    observerId: undefined,
  });
}
