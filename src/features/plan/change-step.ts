import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealEventKind } from '../../domain/events.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import { type StepMove, statusAfter } from '../../domain/homework-moves.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isPlanMutual } from '../../domain/plan-state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import {
  changeHomework,
  findHomework,
  type HomeworkChange,
  listHomework,
} from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What a change means for the whole plan: it is both sides' now, or the deal may not fit. */
export type StepNews = 'mutual' | 'fit_check';

/** A step after a change, with the deal it belongs to. */
export interface ChangedHomework {
  readonly deal: OpenDeal;
  readonly step: Homework;
  readonly news?: StepNews | undefined;
}

/** What a change may look at, in the transaction it is made in. */
export interface Moment extends ChangedHomework {
  readonly tx: Tx;
  readonly today: Homework['dueOn'];
  readonly now: Date;
}

export interface StepChange {
  readonly kind: DealEventKind;
  /** Without a move the state stays, and any open step may change. */
  readonly move?: StepMove;
  /** A form is saved once, however often Slack delivers it. */
  readonly formId?: string | undefined;
  /** The version a person looked at: a tap on an older one changes nothing. */
  readonly seen?: number | undefined;
  /** Undefined when there is nothing to change. */
  readonly decide: (moment: Moment) => Promise<HomeworkChange | Refusal | undefined>;
  /** What the history keeps of it besides the change itself. */
  readonly details?: Record<string, unknown>;
}

/**
 * Changes a step along METHOD §3.2. A move its state cannot take, a tap on a card that is older
 * than the step and a form that comes twice change nothing and are no error: the answer is the step
 * as it stands.
 */
export async function changeStep(
  deps: Deps,
  actor: Person,
  id: HomeworkId,
  change: StepChange,
): Promise<ChangedHomework | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachHomework(tx, actor, id);
    if (isRefusal(reached)) return reached;
    const { deal, step } = reached;
    const status = change.move ? statusAfter(step.status, change.move) : step.status;
    if (!status || (!change.move && !isOpen(step))) return reached;
    if (change.seen !== undefined && change.seen !== step.version) return reached;
    const decided = await change.decide({ ...reached, tx, today: dayIn(now, deal.zone), now });
    if (isRefusal(decided)) return decided;
    // A form that comes again after a later one must not turn the step back.
    const form = change.formId && `form:${change.formId}`;
    if (form && !(await firstSeen(tx, actor.workspaceId, form, now))) return reached;
    if (!decided) return reached;
    const changes = change.move ? { ...decided, status } : decided;
    if (!(await changeHomework(tx, actor.workspaceId, step, changes))) {
      return (await reachHomework(tx, actor, id)) as ChangedHomework;
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      side: step.side,
      kind: change.kind,
      payload: { homeworkId: id, ...sayChange(step, changes), ...change.details },
    });
    const after = await reachHomework(tx, actor, id);
    if (isRefusal(after)) return after;
    return { ...after, news: newsOf(deal, step, after.step, await listHomework(tx, deal.id)) };
  });
}

/** What the history keeps of a change: what was, and what is now. */
function sayChange(step: Homework, { doer, ...changes }: HomeworkChange) {
  return {
    from: doer && step.doer.personId ? step.doer.personId : step.dueOn,
    ...(doer ? { personId: doer.personId, contactId: doer.contactId } : {}),
    ...changes,
  };
}

function newsOf(
  deal: OpenDeal,
  before: Homework,
  after: Homework,
  steps: readonly Homework[],
): StepNews | undefined {
  const then = steps.map((step) => (step.id === before.id ? before : step));
  if (isPlanMutual(deal, steps) && !isPlanMutual(deal, then)) return 'mutual';
  return after.status === 'declined' && before.status !== 'declined' && declinedInARow(steps) >= 3
    ? 'fit_check'
    : undefined;
}

/**
 * Their steps that were declined since the last they said yes to, in due order (METHOD S0-14). What
 * was not answered yet is left out.
 */
function declinedInARow(steps: readonly Homework[]): number {
  const answered = steps.filter(
    ({ side, status, agreedOn }) =>
      side === 'buyer' && (status === 'declined' || agreedOn !== undefined),
  );
  const yes = answered.findLastIndex(({ status }) => status !== 'declined');
  return answered.length - 1 - yes;
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
