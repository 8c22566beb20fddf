import {
  type BusinessCalendar,
  businessDaysBetween,
  type Calendars,
  type Day,
  dayIn,
} from './calendar.ts';
import { completedWaits, median, type Turn } from './rally.ts';
import { type Segment, type SegmentNorms, segmentNorms } from './segment.ts';
import { inRange, mapPhases } from './team-rules.ts';

/** What is known of a deal that was won and that ran here from its first day. */
export interface WonDeal {
  readonly openedOn: Day;
  readonly closedOn: Day;
  readonly zone: string;
  readonly buyerRegion: string | undefined;
  /** When it went to another phase, in order; empty when nobody kept the phases. */
  readonly phaseChangedAt: readonly Date[];
  /** In the order they happened. */
  readonly turns: readonly Turn[];
}

export type ProposalKind = 'phase_age' | 'typical_reply' | 'silence';

/** What a team's own history says about one number of a segment. */
export interface RuleProposal {
  readonly about: ProposalKind;
  /** The won deals that say something about it. */
  readonly n: number;
  /** Undefined: not enough of them yet. */
  readonly norms: Partial<SegmentNorms> | undefined;
}

/** Fewer won deals say nothing about what is typical (METHOD §3.5, typical cycle). */
export const fewestWon = 8;

const phaseAgeFactor = 1.5;
/** One quick or slow year neither makes everything an alarm nor silences them all. */
const furthest = { down: 0.5, up: 2 };
/** The least a limit for silence may be: they are not even watched before (METHOD §3.6). */
const fewestSilenceBd = 3;

/**
 * The numbers of a segment as the deals a team won in it have them. A proposal at most halves or
 * doubles what METHOD §3.6 begins with, and is always within what a team may choose. Nothing is
 * applied by it.
 */
export function proposeRules(
  won: readonly WonDeal[],
  segment: Segment,
  calendars: Calendars,
): RuleProposal[] {
  const usual = segmentNorms[segment];
  const phased = won.filter(({ phaseChangedAt }) => phaseChangedAt.length > 0);
  const longest = phased.map((deal) => longestPhaseBd(deal, calendars.planOf(deal.buyerRegion)));
  const waits = won
    .map((deal) => completedWaits(deal.turns, calendars.buyerOf(deal.buyerRegion)))
    .filter(({ length }) => length > 0);
  const replyBd = Math.max(1, median(waits.flat()));
  const scale = within(replyBd / usual.typicalReplyBd);
  return [
    propose('phase_age', phased.length, {
      phaseAgeBd: nearUsual(phaseAgeFactor * median(longest), usual.phaseAgeBd),
    }),
    propose('typical_reply', waits.length, {
      typicalReplyBd: nearUsual(replyBd, usual.typicalReplyBd),
    }),
    propose('silence', waits.length, {
      silenceLimitBd: mapPhases((phase) =>
        inRange(usual.silenceLimitBd[phase] * scale, fewestSilenceBd),
      ),
    }),
  ];
}

function propose(about: ProposalKind, n: number, norms: Partial<SegmentNorms>): RuleProposal {
  return { about, n, norms: n < fewestWon ? undefined : norms };
}

/** One limit serves all four phases, so what counts of a deal is the phase it was in longest. */
function longestPhaseBd(deal: WonDeal, calendar: BusinessCalendar): number {
  const changes = deal.phaseChangedAt.map((at) => dayIn(at, deal.zone));
  const starts = [deal.openedOn, ...changes];
  const ends = [...changes, deal.closedOn];
  const stays = starts.map((on, at) => businessDaysBetween(on, ends[at] ?? on, calendar));
  return Math.max(0, ...stays);
}

function nearUsual(value: number, usual: number): number {
  return inRange(within(value / usual) * usual);
}

function within(scale: number): number {
  return Math.min(furthest.up, Math.max(furthest.down, scale));
}
