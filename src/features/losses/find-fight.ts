import type { ListenerDeps } from '../../deps.ts';
import { businessDaysBetween, type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import { isDecider } from '../../domain/contact.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { FactRows } from '../../domain/fact-trail.ts';
import { type FightFacts, pickFairFight } from '../../domain/fair-fight.ts';
import { isFinished, isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { isRenewal } from '../../domain/segment.ts';
import { summarizeSlips } from '../../domain/slips.ts';
import { loadFactRows } from '../../store/fact-trail.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { findReviewSize } from '../../store/review-size.ts';
import type { FightView } from './fight-modal.ts';
import { findFear, findLossHint } from './loss-hint.ts';

/** What the first page of `/deal lost` shows of an open deal. */
export async function findFight(
  deps: Pick<ListenerDeps, 'store' | 'clock' | 'calendars' | 'team'>,
  actor: Person,
  dealId: DealId,
): Promise<FightView | Refusal> {
  const now = deps.clock.now();
  return deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, deal.zone);
    const hint = await findLossHint(tx, actor, deal, now);
    const rows = await loadFactRows(tx, deal);
    const facts = fightFactsOf(deal, rows, today, deps.calendars);
    return {
      isRenewal: isRenewal(deal),
      moves: pickFairFight({ ...facts, family: findReason(hint?.reason ?? '')?.family }),
      deal: {
        dealId: deal.id,
        title: dealTitle(deal),
        size: await findReviewSize(tx, deal, { bigDeal: deps.team.bigDeal, today }),
        rival: deal.rival,
        hint,
        fear: await findFear(tx, actor, { deal, rows, today }),
        filledClass: undefined,
        told: {},
      },
    };
  });
}

/** Departments whose yes is a risk to be taken away. */
const riskRoles: ReadonlySet<string> = new Set(['security', 'legal', 'procurement', 'finance']);

function fightFactsOf(
  deal: OpenDeal,
  { steps, contacts, revisions, helpers }: FactRows,
  today: Day,
  calendars: Calendars,
): Omit<FightFacts, 'family'> {
  const calendar = calendars.planOf(deal.buyerRegion);
  const there = contacts.filter(({ leftOn }) => leftOn === undefined);
  const risky = new Set(
    there.filter(({ role }) => role && riskRoles.has(role)).map(({ id }) => id),
  );
  const { originalDecisionOn: original, decisionOn: current } = deal;
  return {
    segment: deal.segment,
    alone: helpers.length === 0,
    deciderMet: contacts.some((contact) => isDecider(contact) && contact.engagedOn !== undefined),
    doubters: there.filter(({ stance, role }) => stance === 'against' || role === 'blocker').length,
    finishedSteps: new Set(steps.filter(isFinished).flatMap(({ stepKey }) => stepKey ?? [])),
    slips: summarizeSlips(revisions, { original, current }, calendar).slips,
    leftBd: current && businessDaysBetween(today, current, calendar),
    riskOpen: steps.some(({ status, doer }) => {
      return isOpen({ status }) && doer.contactId !== undefined && risky.has(doer.contactId);
    }),
  };
}
