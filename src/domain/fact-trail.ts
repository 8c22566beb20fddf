import {
  type BusinessCalendar,
  businessDaysBetween,
  type Calendars,
  type Day,
} from './calendar.ts';
import type { ContactRole, DealContact } from './contact.ts';
import type { Deal } from './deal.ts';
import { type Homework, isFinished, isKept } from './homework.ts';
import { computeFactTrail, type FactStory, type FactTrail } from './loss.ts';
import { buyerShare, onTime, quietGap } from './plan-metrics.ts';
import { mergeTurns, type Turn } from './rally.ts';
import { type DateRevision, summarizeSlips } from './slips.ts';
import type { StallCode } from './stalls.ts';

/** What the facts of a deal are counted from, as the store has it. */
export interface FactRows {
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  /** In the order they happened. */
  readonly touches: readonly Turn[];
  /** In the order they were made. */
  readonly revisions: readonly DateRevision[];
  /** Names of colleagues other than the owner who did something about it (METHOD S1-1). */
  readonly helpers: readonly string[];
  readonly stalls: readonly StallCode[];
  readonly unansweredNudges: number;
}

/** The facts of a deal, and whether the owner was alone with it; undefined when nobody knows. */
export interface CountedFacts {
  readonly facts: FactTrail;
  readonly lostAlone: boolean | undefined;
}

/**
 * Counts a deal's facts on the day it ended, to be frozen (METHOD §4.3). What happened before an
 * import nobody knows: an imported deal in which nothing happened since has no story.
 */
export function countFacts(
  deal: Deal,
  rows: FactRows,
  endedOn: Day,
  calendars: Calendars,
): CountedFacts {
  const counted = computeFactTrail(deal, rows.steps, endedOn);
  const known = !deal.imported || hasHistory(rows);
  return {
    facts: known ? { ...counted, story: storyOf(deal, rows, endedOn, calendars) } : counted,
    lostAlone: rows.helpers.length > 0 ? false : deal.imported ? undefined : true,
  };
}

function hasHistory({ steps, touches, revisions }: FactRows): boolean {
  return steps.length > 0 || touches.length > 0 || revisions.length > 0;
}

function storyOf(deal: Deal, rows: FactRows, endedOn: Day, calendars: Calendars): FactStory {
  const { steps, touches } = rows;
  const calendar = calendars.planOf(deal.buyerRegion);
  const buyer = calendars.buyerOf(deal.buyerRegion);
  const turns = mergeTurns(touches);
  const kept = steps.filter(isKept);
  return {
    dates: datesOf(deal, rows.revisions, calendar),
    buyerAgreed: kept.filter((step) => isTheirs(step) && step.agreedOn !== undefined).length,
    onTime: { buyer: onTime(steps, 'buyer', endedOn), seller: onTime(steps, 'seller', endedOn) },
    silenceBd: {
      buyer: longestSilence(touches, 'buyer', endedOn, buyer),
      seller: longestSilence(touches, 'seller', endedOn, calendars.ours),
    },
    quietGapBd: quietGap(kept, deal.openedOn, endedOn, calendar).days,
    turns: { all: turns.length, idle: turns.filter(({ advance }) => !advance).length },
    people: countPeople(rows.contacts),
    helpers: rows.helpers,
    firstMissed: firstMissed(kept, endedOn),
    unansweredNudges: rows.unansweredNudges,
    buyerShare: buyerShare(steps),
    entryPhase: deal.entryPhase,
    endPhase: deal.phase,
    stalls: rows.stalls,
  };
}

function datesOf(
  deal: Deal,
  revisions: readonly DateRevision[],
  calendar: BusinessCalendar,
): FactStory['dates'] {
  const { originalDecisionOn: original, decisionOn: current } = deal;
  const { slips, netDays } = summarizeSlips(revisions, { original, current }, calendar);
  const moves = revisions.map(({ fromOn, toOn, on, kind, side }) => ({
    fromOn,
    toOn,
    on,
    kind,
    side,
  }));
  return { firstOn: original, lastOn: current, moves, slips, netDays };
}

/**
 * The longest a side left a question of the other unanswered, in business days of that side, up to
 * the end when it never answered; undefined when it was never asked.
 *
 * @param touches in the order they happened.
 */
export function longestSilence(
  touches: readonly Turn[],
  side: Turn['side'],
  endedOn: Day,
  calendar: BusinessCalendar,
): number | undefined {
  let since: Day | undefined;
  let longest: number | undefined;
  const close = (on: Day) => {
    if (since) longest = Math.max(longest ?? 0, businessDaysBetween(since, on, calendar));
    since = undefined;
  };
  for (const touch of touches) {
    if (touch.side === side) close(touch.on);
    else if (touch.expectsReply) since ??= touch.on;
  }
  close(endedOn);
  return longest;
}

/** Only who was in touch with us counts as met. */
function countPeople(contacts: readonly DealContact[]): FactStory['people'] {
  const people: Partial<Record<ContactRole | 'none', number>> = {};
  for (const { role = 'none', engagedOn } of contacts) {
    if (engagedOn) people[role] = (people[role] ?? 0) + 1;
  }
  return people;
}

function isTheirs({ side }: Pick<Homework, 'side'>): boolean {
  return side === 'buyer' || side === 'both';
}

/** The first step of theirs that was finished after its first day, or not at all by the end. */
function firstMissed(kept: readonly Homework[], endedOn: Day): FactStory['firstMissed'] {
  const missed = kept.filter(
    (step) =>
      isTheirs(step) &&
      ((isFinished(step) ? step.doneOn : undefined) ?? endedOn) > step.originalDueOn,
  );
  const [first] = [...missed].sort((a, b) => (a.originalDueOn < b.originalDueOn ? -1 : 1));
  return first && { title: first.title, dueOn: first.originalDueOn };
}
