import { z } from 'zod';
import { type Day, parseDay } from '../../domain/calendar.ts';
import {
  keepWays,
  replan,
  revisionSides,
  type StepMove,
  startAfterDeadline,
} from '../../domain/date-move.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DateRevisionId, DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDecisionOn } from '../../domain/plan-rules.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { KeepWay, RevisionKind, RevisionSide, SlipSummary } from '../../domain/slips.ts';
import { readLine } from '../../domain/text.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent, listDealEvents } from '../../store/events.ts';
import { insertRevision, type KeptRevision } from '../../store/revisions.ts';
import type { Tx } from '../../store/store.ts';
import { tellManager } from './date-manager.ts';
import { type DateDeps, type DateState, reachDate, refuseMoved, slipsOf } from './date-state.ts';
import { moveSteps } from './date-steps.ts';

/** What moving a date asks; every text as it was typed. */
export interface MoveForm {
  /** Given when the form was opened, so that the same form sent twice moves once. */
  readonly revisionId: DateRevisionId;
  /** The date that stood when the form was opened. */
  readonly fromOn: Day;
  readonly decisionOn: string | undefined;
  readonly side: string | undefined;
  readonly reason: string | undefined;
  readonly tried: readonly string[];
  /** A slip of the finger, by whoever set the date a moment ago. */
  readonly correction: boolean;
}

/** The deal after its date moved. */
export interface MovedDate {
  readonly deal: OpenDeal;
  readonly revision: KeptRevision;
  readonly slips: SlipSummary;
  readonly moved: readonly StepMove[];
  readonly today: Day;
  /** When they can start, if that is after their deadline. */
  readonly startOn: Day | undefined;
}

/**
 * The only way a decision date changes (METHOD §3.3, 2 and 3): with who, why, whose side and what
 * was tried, together with the steps that are counted back from it. The buyer's yes was to the other
 * date, so it is gone (§3.3, 7), unless this only corrects how the date was written down. From the
 * second slip on the manager is told (§3.3, 5).
 */
export async function moveDate(
  deps: DateDeps,
  actor: Person,
  dealId: DealId,
  form: MoveForm,
): Promise<MovedDate | Refusal> {
  return deps.store.transaction(async (tx) => {
    const state = await reachDate(deps, tx, actor, dealId);
    if (isRefusal(state)) return state;
    const saved = state.revisions.find(({ id }) => id === form.revisionId);
    if (saved) return outcome(state, saved, []);
    const moved = refuseMoved(state, form.fromOn);
    if (moved) return moved;
    const read = readForm(form, state);
    if (isRefusal(read)) return read;
    const now = deps.clock.now();
    const revision: KeptRevision = {
      ...read,
      id: form.revisionId,
      dealId,
      fromOn: form.fromOn,
      at: now,
      on: state.today,
      byId: actor.id,
      acknowledged: false,
    };
    const after = await save(tx, state, revision, actor);
    const { moves } = replan(state.steps, read.toOn, state.today, state.calendar);
    await moveSteps(tx, { actor, now, reason: 'the decision moved' }, moves);
    const revisions = [...state.revisions, revision];
    const seen = await tellManager(tx, actor, { deal: after, revisions, revision });
    const known = seen ? revisions.map((one) => ({ ...one, acknowledged: true })) : revisions;
    return outcome({ ...state, deal: after, revisions: known }, revision, moves);
  });
}

async function save(
  tx: Tx,
  { deal }: DateState,
  revision: KeptRevision,
  actor: Person,
): Promise<OpenDeal> {
  await insertRevision(tx, deal.workspaceId, revision);
  const change = {
    decisionOn: revision.toOn,
    dateAgreedOn: revision.kind === 'correction' ? await theirYes(tx, deal, revision) : undefined,
  };
  if (!(await changeDeal(tx, deal, change))) {
    throw new AppError(`Deal '${deal.id}' changed within the transaction that read it`, {
      code: 'deal_conflict',
    });
  }
  const { id: revisionId, fromOn: from, toOn: to, kind, side, reason, tried, at } = revision;
  const agreedOn = deal.dateAgreedOn ?? null;
  await appendEvent(tx, {
    workspaceId: deal.workspaceId,
    dealId: deal.id,
    at,
    actorId: actor.id,
    kind: 'decision_date_moved',
    payload: { revisionId, from, to, kind, side, reason, tried, agreedOn },
  });
  return { ...deal, ...change, version: deal.version + 1 };
}

const lastMove = z.object({ from: z.string(), agreedOn: z.string().nullish() });

/**
 * When the buyer said yes to what is meant by a correction: to the date that stands, as it should
 * have been written, or to the one before it when the move itself was the slip of the finger.
 */
async function theirYes(
  tx: Tx,
  deal: OpenDeal,
  { toOn }: Pick<KeptRevision, 'toOn'>,
): Promise<Day | undefined> {
  if (deal.dateAgreedOn) return deal.dateAgreedOn;
  const moves = await listDealEvents(tx, deal.id, 'decision_date_moved');
  const last = lastMove.safeParse(moves.at(-1)?.payload).data;
  return last?.from === toOn ? parseDay(last.agreedOn ?? '') : undefined;
}

function outcome(
  { deal, revisions, today, calendar }: DateState,
  revision: KeptRevision,
  moved: readonly StepMove[],
): MovedDate {
  const startOn = startAfterDeadline(deal, revision.toOn, calendar);
  return { deal, revision, slips: slipsOf(deal, revisions, calendar), moved, today, startOn };
}

type ReadForm = Pick<KeptRevision, 'toOn' | 'side' | 'reason' | 'tried'> & {
  readonly kind: RevisionKind;
};

function readForm(form: MoveForm, { today, correctable }: DateState): ReadForm | Refusal {
  const toOn = readDecisionOn(form.decisionOn, today, 'decision_on');
  if (isRefusal(toOn)) return toOn;
  if (toOn === form.fromOn) {
    return refuse('same_day', 'That is the day it stands on already.', 'decision_on');
  }
  const tried = keepWays.filter((way) => form.tried.includes(way));
  return form.correction
    ? readCorrection(form, { toOn, tried, correctable })
    : readMove(form, { toOn, tried });
}

function readCorrection(
  form: MoveForm,
  read: { readonly toOn: Day; readonly tried: KeepWay[]; readonly correctable: boolean },
): ReadForm | Refusal {
  const { correctable, ...rest } = read;
  if (!correctable) {
    return refuse(
      'no_correction',
      'A correction is for whoever set the date, within a day, and once a deal. Say what was tried instead.',
      'correction',
    );
  }
  const reason = form.reason ? readReason(form.reason) : 'A correction';
  if (isRefusal(reason)) return reason;
  return { ...rest, kind: 'correction', side: sideOf(form.side) ?? 'us', reason };
}

function readMove(
  form: MoveForm,
  read: { readonly toOn: Day; readonly tried: KeepWay[] },
): ReadForm | Refusal {
  const side = sideOf(form.side);
  if (!side) return refuse('no_side', 'Say whose side it comes from.', 'side');
  const reason = readReason(form.reason);
  if (isRefusal(reason)) return reason;
  if (read.tried.length === 0) {
    return refuse('nothing_tried', 'Tick what was tried to keep the date, one at least.', 'tried');
  }
  return { ...read, kind: read.toOn > form.fromOn ? 'slip' : 'pull_in', side, reason };
}

function readReason(text: string | undefined): string | Refusal {
  return readLine(text, { field: 'reason', what: 'The reason', max: 200 });
}

function sideOf(text: string | undefined): RevisionSide | undefined {
  return revisionSides.find((side) => side === text);
}
