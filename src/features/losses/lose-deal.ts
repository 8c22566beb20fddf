import type { Deps, TeamSettings, WhenEnded } from '../../deps.ts';
import { type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import type { ClosedDeal, OpenDeal } from '../../domain/deal.ts';
import { countFacts } from '../../domain/fact-trail.ts';
import type { DealId, LossId } from '../../domain/ids.ts';
import type { FactTrail } from '../../domain/loss.ts';
import type { LossStory } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { isRenewal } from '../../domain/segment.ts';
import { closeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { loadFactRows } from '../../store/fact-trail.ts';
import { insertLoss } from '../../store/losses.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { findReviewSize } from '../../store/review-size.ts';
import type { Tx } from '../../store/store.ts';
import { type LossForm, readLossForm } from './loss-form.ts';

/** What ending a deal needs to know of the team. */
export type EndingDeps = Deps & {
  readonly team: Pick<TeamSettings, 'bigDeal'>;
  readonly calendars: Calendars;
};

/** A loss that was just kept. */
export interface KeptLoss {
  readonly id: LossId;
  readonly story: LossStory;
  readonly facts: FactTrail;
}

/** A deal that was ended; nothing is lost when it never was one. */
export interface LostDeal {
  readonly deal: ClosedDeal;
  readonly lost: KeptLoss | undefined;
}

/**
 * Ends a deal as lost with what was said of it and the facts counted at this moment, and lets the
 * rest follow in the same transaction; or as invalid, which opens nothing and enters no rate (METHOD
 * §3.3, 11 and 12).
 */
export async function loseDeal(
  deps: EndingDeps,
  actor: Person,
  dealId: DealId,
  form: LossForm,
  whenEnded: readonly WhenEnded[] = [],
): Promise<LostDeal | Refusal> {
  const read = readLossForm(form);
  if (isRefusal(read)) return read;
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const status = read.invalid ? 'invalid' : 'lost';
    const closedOn = read.invalid ? dayIn(now, deal.zone) : endDay(deal, read.decidedOn, now);
    const ended: ClosedDeal = { ...deal, status, closedOn, closedAt: now };
    if (!(await closeDeal(tx, deal, { status, closedOn, closedAt: now }))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    const lost = read.invalid ? undefined : await keepLoss(deps, tx, ended, read.story);
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: read.invalid ? 'deal_invalidated' : 'deal_lost',
      payload: read.invalid
        ? {}
        : { outcome: read.story.outcome, reasonCode: read.story.reasonCode },
    });
    if (lost) {
      const size = await findReviewSize(tx, deal, {
        bigDeal: deps.team.bigDeal,
        today: dayIn(now, deal.zone),
      });
      for (const follow of whenEnded) await follow(tx, { deal: ended, lost, size, actor, now });
    }
    return { deal: ended, lost };
  });
}

/** A churned renewal ended when they decided; we may have heard of it later (METHOD part 5). */
function endDay(deal: OpenDeal, decidedOn: Day | undefined, now: Date): Day {
  const today = dayIn(now, deal.zone);
  const known = isRenewal(deal) && decidedOn && decidedOn >= deal.openedOn && decidedOn <= today;
  return known ? decidedOn : today;
}

async function keepLoss(
  { calendars }: EndingDeps,
  tx: Tx,
  deal: ClosedDeal,
  story: LossStory,
): Promise<KeptLoss> {
  const rows = await loadFactRows(tx, deal);
  const { facts, lostAlone } = countFacts(deal, rows, deal.closedOn, calendars);
  const id = await insertLoss(tx, {
    workspaceId: deal.workspaceId,
    dealId: deal.id,
    lostOn: deal.closedOn,
    loggedAt: deal.closedAt,
    story,
    phaseAtLoss: deal.phase,
    lostAlone,
    facts,
  });
  return { id, story, facts };
}
