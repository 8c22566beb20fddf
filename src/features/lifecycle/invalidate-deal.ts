import type { Deps } from '../../deps.ts';
import { businessDaysBetween, type Calendars, dayIn } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { DealId, WorkspaceId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { voidDeal } from '../../store/closed-deals.ts';
import { closeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { dealChanged } from './deal-changed.ts';

/** Business days after closing in which the owner may still say that it never was a deal. */
const ownerMayVoidBd = 5;

/** What a deal that never was one does for what hangs on it, in the same transaction. */
export type WhenInvalid = (
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  now: Date,
) => Promise<void>;

type Moment = { readonly now: Date; readonly calendars: Calendars };

/** A deal that `actor` may mark as invalid: its owner soon enough, an admin at any time. */
export async function reachVoidable(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  { now, calendars }: Moment,
): Promise<Deal | Refusal> {
  const deal = await reachDeal(tx, actor, dealId);
  if (isRefusal(deal) || actor.role === 'admin') return deal;
  if (deal.ownerId !== actor.id) {
    const owner = await findPerson(tx, actor.workspaceId, deal.ownerId);
    return refuse(
      'not_owner',
      `Only ${owner?.name ?? 'its owner'} or an admin can say that ${dealTitle(deal)} never was a deal. Ask one of them.`,
    );
  }
  if (deal.status === 'open' || deal.status === 'invalid') return deal;
  const closedOn = dayIn(deal.closedAt, deal.zone);
  const bd = businessDaysBetween(closedOn, dayIn(now, deal.zone), calendars.ours);
  if (bd <= ownerMayVoidBd) return deal;
  return refuse(
    'too_late',
    `${dealTitle(deal)} was closed ${bd} business days ago. After ${ownerMayVoidBd}, an admin has to take it out: ask one.`,
  );
}

/**
 * Marks a duplicate or a deal that never was: it leaves every rate and the weekly thread (METHOD
 * §3.3, 12). One that is invalid already stays so.
 */
export async function invalidateDeal(
  deps: Deps & { calendars: Calendars },
  actor: Person,
  input: { readonly dealId: DealId; readonly why: string | undefined },
  whenInvalid: WhenInvalid,
): Promise<Deal | Refusal> {
  const now = deps.clock.now();
  const { why } = input;
  if (why !== 'duplicate' && why !== 'never_real') {
    return refuse('no_why', 'Pick what it was instead.', 'why');
  }
  return deps.store.transaction(async (tx) => {
    const moment = { now, calendars: deps.calendars };
    const deal = await reachVoidable(tx, actor, input.dealId, moment);
    if (isRefusal(deal) || deal.status === 'invalid') return deal;
    const changed =
      deal.status === 'open'
        ? { status: 'invalid' as const, closedOn: dayIn(now, deal.zone), closedAt: now }
        : { ...deal, status: 'invalid' as const };
    const done =
      deal.status === 'open' ? await closeDeal(tx, deal, changed) : await voidDeal(tx, deal);
    if (!done) return dealChanged;
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: 'deal_invalidated',
      payload: { why, was: deal.status },
    });
    await whenInvalid(tx, actor.workspaceId, deal.id, now);
    return { ...deal, ...changed };
  });
}
