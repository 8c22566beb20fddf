import type { Deps } from '../../deps.ts';
import { addDays, type Day, dayIn, parseDay, sayDay } from '../../domain/calendar.ts';
import { type ClosedDeal, dealTitle } from '../../domain/deal.ts';
import type { DealEventKind } from '../../domain/events.ts';
import { type DealId, newId, type RevisitId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import {
  type ComeBack,
  type ComeBackFacts,
  planComeBack,
  planNextLook,
} from '../../domain/revisit.ts';
import { readLine } from '../../domain/text.ts';
import { appendEvent } from '../../store/events.ts';
import { findLossOfDeal } from '../../store/losses.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import {
  changeRevisit,
  findRevisit,
  findRevisitOfDeal,
  insertRevisit,
  type Revisit,
} from '../../store/revisits.ts';
import type { Tx } from '../../store/store.ts';

/** A lost deal with its day to come back, or the one that would be usual. */
export interface KnownRevisit {
  readonly deal: ClosedDeal;
  readonly revisit: Revisit | undefined;
  /** Undefined is never. */
  readonly usual: ComeBack | undefined;
  /** The usual day that is still ahead. */
  readonly next: Day;
  readonly today: Day;
}

/** What the form gives back. */
export interface RevisitForm {
  readonly on: string | undefined;
  readonly trigger: string | undefined;
  readonly never: boolean;
}

const furthestDays = 5 * 365;

/** A lost deal that `actor` works on, by its revisit. */
export async function reachRevisit(
  tx: Tx,
  actor: Person,
  id: RevisitId,
  now: Date,
): Promise<KnownRevisit | Refusal> {
  const revisit = await findRevisit(tx, actor.workspaceId, id);
  if (revisit) return reachRevisitOfDeal(tx, actor, revisit.dealId, now);
  return refuse(
    'revisit_not_found',
    'That day is not here any more. /deal revisit sets a new one.',
  );
}

export async function reachRevisitOfDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  now: Date,
): Promise<KnownRevisit | Refusal> {
  const deal = await reachDeal(tx, actor, dealId, 'change');
  if (isRefusal(deal)) return deal;
  if (deal.status !== 'lost') {
    const message = `${dealTitle(deal)} is not a lost deal, so there is no day to come back to it.`;
    return refuse('not_lost', message);
  }
  const loss = await findLossOfDeal(tx, deal.workspaceId, deal.id);
  const { closedOn: lostOn, deadlineOn } = deal;
  const today = dayIn(now, deal.zone);
  const facts: ComeBackFacts = {
    underlyingOutcome: loss?.underlyingOutcome,
    outcome: loss?.outcome,
    whyClass: loss?.whyClass,
    reasonCode: loss?.reasonCode,
    noDecisionKind: loss?.noDecisionKind,
    lostOn,
    deadlineOn,
  };
  return {
    deal,
    revisit: await findRevisitOfDeal(tx, deal.workspaceId, deal.id),
    usual: planComeBack(facts),
    next: planNextLook(facts, today),
    today,
  };
}

/** Keeps when to look at a lost deal again and for what, or that nobody will (METHOD §4.7). */
export async function setRevisit(
  deps: Deps,
  actor: Person,
  dealId: DealId,
  form: RevisitForm,
): Promise<KnownRevisit | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await reachRevisitOfDeal(tx, actor, dealId, now);
    if (isRefusal(known)) return known;
    if (form.never) return (await drop(tx, actor, known, now)) ?? known;
    const read = readRevisit(form, known.today);
    if (isRefusal(read)) return read;
    const revisit = await keep(tx, known, read, now);
    if (isRefusal(revisit)) return revisit;
    await append(tx, actor, known, 'revisit_set', { on: read.on }, now);
    return { ...known, revisit };
  });
}

/** Lets a revisit go; a second tap changes nothing. */
export async function dropRevisit(
  deps: Deps,
  actor: Person,
  id: RevisitId,
): Promise<KnownRevisit | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await reachRevisit(tx, actor, id, now);
    if (isRefusal(known)) return known;
    return (await drop(tx, actor, known, now)) ?? known;
  });
}

async function drop(
  tx: Tx,
  actor: Person,
  known: KnownRevisit,
  now: Date,
): Promise<KnownRevisit | undefined> {
  const { revisit } = known;
  if (!revisit || revisit.state === 'dropped' || revisit.state === 'started') return undefined;
  if (!(await changeRevisit(tx, revisit, { state: 'dropped' }))) return undefined;
  await append(tx, actor, known, 'revisit_dropped', {}, now);
  return { ...known, revisit: { ...revisit, state: 'dropped' } };
}

async function keep(
  tx: Tx,
  { deal, revisit }: KnownRevisit,
  read: ComeBack,
  now: Date,
): Promise<Revisit | Refusal> {
  const { workspaceId, id: dealId } = deal;
  const kept = { ...read, state: 'waiting' as const };
  const fresh = { ...kept, id: newId<RevisitId>(now), workspaceId, dealId, newDealId: undefined };
  if (!revisit && (await insertRevisit(tx, fresh))) return fresh;
  if (revisit && (await changeRevisit(tx, revisit, kept))) return { ...revisit, ...kept };
  return refuse('changed', 'Somebody changed this day just now. /deal revisit shows it afresh.');
}

async function append(
  tx: Tx,
  { workspaceId, id: actorId }: Person,
  { deal }: KnownRevisit,
  kind: DealEventKind,
  payload: Record<string, unknown>,
  at: Date,
): Promise<void> {
  await appendEvent(tx, { workspaceId, dealId: deal.id, at, actorId, kind, payload });
}

function readRevisit(form: RevisitForm, today: Day): ComeBack | Refusal {
  const on = parseDay(form.on ?? '');
  const last = addDays(today, furthestDays);
  if (!on || on <= today || on > last) {
    const span = `Pick a day from tomorrow to ${sayDay(last, today)}, or tick “never”.`;
    return refuse('no_day', span, 'on');
  }
  const trigger = readLine(form.trigger, {
    field: 'trigger',
    what: 'What to look for',
    max: 200,
  });
  return isRefusal(trigger) ? trigger : { on, trigger };
}
