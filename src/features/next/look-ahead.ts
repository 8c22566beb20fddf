import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { dealTitle, isPaused, type OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { type NextMoves, nextMoves, type Situation, situationOf } from '../../domain/next-moves.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan, type PlanRows, type PlanState } from '../../domain/plan-state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { listOwnOpenDeals } from '../../store/deals.ts';
import { listDealsWithEvent } from '../../store/events.ts';
import { loadPlanRowsOf } from '../../store/plan-rows.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What looking ahead needs. */
export type LookDeps = Pick<ListenerDeps, 'store' | 'clock' | 'calendars'>;

/** A deal with what is next on it. */
export interface Outlook {
  readonly rows: PlanRows;
  readonly state: PlanState;
  readonly situation: Situation;
  readonly moves: NextMoves;
}

/** What is next on one deal, for whoever may see it (METHOD §3.7). */
export async function lookAhead(
  deps: LookDeps,
  actor: Person,
  dealId: DealId,
): Promise<Outlook | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    if (deal.status !== 'open') {
      return refuse('deal_closed', `${dealTitle(deal)} has ended, so nothing is next on it.`);
    }
    return outlookOf(tx, deps, deal);
  });
}

/** The same inside a transaction that knows the deal already. */
export async function outlookOf(tx: Tx, deps: LookDeps, deal: OpenDeal): Promise<Outlook> {
  const [outlook] = await outlooksOf(tx, deps, [deal]);
  if (!outlook) throw new RangeError(`No outlook for deal '${deal.id}', expected one`);
  return outlook;
}

/** What is next on everything somebody owns. */
export interface AllOutlooks {
  /** The most urgent first. */
  readonly outlooks: readonly Outlook[];
  /** Nothing is asked of anybody on these. */
  readonly paused: number;
}

/** More open deals than this are nobody's own: whoever has them keeps them for a team. */
const ownLimit = 200;

/** What is next on every open deal of a person: the most urgent rule first, then the soonest date. */
export async function lookAheadOnAll(deps: LookDeps, owner: Person): Promise<AllOutlooks> {
  const now = deps.clock.now();
  return deps.store.read(async (tx) => {
    const own = (await listOwnOpenDeals(tx, owner, ownLimit)).filter(
      (deal): deal is OpenDeal => deal.status === 'open',
    );
    const live = own.filter((deal) => !isPaused(deal, dayIn(now, deal.zone)));
    const outlooks = await outlooksOf(tx, deps, live);
    return { outlooks: outlooks.sort(byUrgency), paused: own.length - live.length };
  });
}

function byUrgency(a: Outlook, b: Outlook): number {
  const decidesOn = ({ rows }: Outlook) => rows.deal.decisionOn ?? '9999-12-31';
  return a.moves.rank - b.moves.rank || (decidesOn(a) < decidesOn(b) ? -1 : 1);
}

async function outlooksOf(
  tx: Tx,
  { clock, calendars }: LookDeps,
  deals: readonly OpenDeal[],
): Promise<Outlook[]> {
  const [first] = deals;
  if (!first) return [];
  const ids = deals.map(({ id }) => id);
  const played = await listDealsWithEvent(tx, first.workspaceId, 'late_entry_played', ids);
  const now = clock.now();
  return (await loadPlanRowsOf(tx, deals)).map((rows) => {
    const today = dayIn(now, rows.deal.zone);
    const state = assessPlan(rows, today, calendars);
    const lateEntryPlayed = played.has(rows.deal.id);
    const situation = situationOf(rows, state, { today, calendars, lateEntryPlayed });
    return { rows, state, situation, moves: nextMoves(situation) };
  });
}
