import type { ListenerDeps } from '../../deps.ts';
import { type BusinessCalendar, type Day, dayIn, sayDay, weekdays } from '../../domain/calendar.ts';
import { mayCorrect } from '../../domain/date-move.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { type SlipSummary, summarizeSlips } from '../../domain/slips.ts';
import { listHomework } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { findDateSetting, type KeptRevision, listRevisions } from '../../store/revisions.ts';
import type { Tx } from '../../store/store.ts';

/** What the use cases about a decision date need. */
export type DateDeps = Pick<ListenerDeps, 'store' | 'clock' | 'calendars'>;

/** An open deal with all that its date depends on. */
export interface DateState {
  readonly deal: OpenDeal;
  readonly steps: readonly Homework[];
  readonly revisions: readonly KeptRevision[];
  readonly slips: SlipSummary;
  /** Days on which both sides work. */
  readonly calendar: BusinessCalendar;
  readonly today: Day;
  /** Whether `actor` may still correct the date they set. */
  readonly correctable: boolean;
}

/** The date of an open deal that `actor` may change. */
export async function reachDate(
  deps: DateDeps,
  tx: Tx,
  actor: Person,
  dealId: DealId,
): Promise<DateState | Refusal> {
  const deal = await reachOpenDeal(tx, actor, dealId);
  if (isRefusal(deal)) return deal;
  const now = deps.clock.now();
  const calendar = deps.calendars.planOf(deal.buyerRegion);
  const revisions = (await listRevisions(tx, deal.workspaceId, [deal.id])).get(deal.id) ?? [];
  const setting = await findDateSetting(tx, deal);
  return {
    deal,
    steps: await listHomework(tx, deal.id),
    revisions,
    slips: slipsOf(deal, revisions, calendar),
    calendar,
    today: dayIn(now, deal.zone),
    correctable: mayCorrect(setting, revisions, { actorId: actor.id, now }),
  };
}

/** What stands beside the date of a deal; only `rolling` asks the calendar. */
export function slipsOf(
  deal: Pick<OpenDeal, 'originalDecisionOn' | 'decisionOn'>,
  revisions: readonly KeptRevision[],
  calendar: BusinessCalendar = weekdays,
): SlipSummary {
  const dates = { original: deal.originalDecisionOn, current: deal.decisionOn };
  return summarizeSlips(revisions, dates, calendar);
}

/** A form that shows a date which does not stand any more must be looked at again. */
export function refuseMoved({ deal, today }: DateState, seenOn: Day): Refusal | undefined {
  if (deal.decisionOn === seenOn) return undefined;
  const now = deal.decisionOn ? sayDay(deal.decisionOn, today) : 'open';
  return refuse(
    'date_moved',
    `The date changed while you looked: it is ${now} now. Please open /deal date again.`,
  );
}
