import type { Deps, TeamSettings, WhenEnded } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { ClosedDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { isSampledWin } from '../../domain/win-sample.ts';
import { closeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { enqueue } from '../../store/outbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { findReviewSize } from '../../store/review-size.ts';
import type { Tx } from '../../store/store.ts';
import { loadWinSample } from '../../store/win-sample.ts';
import { mayThankInChannel } from './thanks-message.ts';

/** What ending a deal as won needs to know of the team. */
export type WinningDeps = Deps & {
  readonly team: Pick<TeamSettings, 'bigDeal' | 'winReviews' | 'zone'>;
};

/**
 * Ends a deal as won, today in its own zone, and thanks both sides in its channel, once (METHOD
 * S0-17). A restricted deal is thanked for nowhere. Some wins are looked at like losses: what follows
 * a deal's end follows those only (METHOD S1-2).
 */
export async function winDeal(
  deps: WinningDeps,
  actor: Person,
  dealId: DealId,
  whenEnded: readonly WhenEnded[] = [],
): Promise<ClosedDeal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const end = { status: 'won', closedOn: dayIn(now, deal.zone), closedAt: now } as const;
    if (!(await closeDeal(tx, deal, end))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: 'deal_won',
    });
    if (deal.channelId && mayThankInChannel(deal)) {
      await enqueue(tx, actor.workspaceId, now, [
        {
          kind: 'deal_thanked',
          key: `deal_thanked:${dealId}`,
          target: deal.channelId,
          payload: { dealId },
        },
      ]);
    }
    const ended: ClosedDeal = { ...deal, ...end };
    await lookAtSome(deps, tx, { deal: ended, actor, now }, whenEnded);
    return ended;
  });
}

/** An imported deal has no history to learn from, so it takes nobody's place. */
async function lookAtSome(
  { team }: WinningDeps,
  tx: Tx,
  ended: { readonly deal: ClosedDeal; readonly actor: Person; readonly now: Date },
  whenEnded: readonly WhenEnded[],
): Promise<void> {
  const { deal, now } = ended;
  if (deal.imported || team.winReviews === 0 || whenEnded.length === 0) return;
  const at = { wanted: team.winReviews, now, zone: team.zone };
  if (!isSampledWin(deal.id, await loadWinSample(tx, deal, at))) return;
  const size = await findReviewSize(tx, deal, { bigDeal: team.bigDeal, today: deal.closedOn });
  for (const follow of whenEnded) await follow(tx, { ...ended, lost: undefined, size });
}
