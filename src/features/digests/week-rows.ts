import { meanOf, sayMean } from '../../domain/digest-focus.ts';
import {
  competitiveWinRate,
  countDeals,
  type EndedGroup,
  isLost,
  knowsOutcomes,
  noDecisionRate,
  renewalRate,
  winRate,
} from '../../domain/loss-metrics.ts';
import { sayMoney } from '../../domain/money.ts';
import { sayRate, sayTally, sayTooFew } from '../../domain/rate.ts';
import type { Rhythm, TalkFate } from '../../domain/rhythm.ts';
import { followThrough } from '../../domain/ritual-metrics.ts';
import { segmentNames } from '../../domain/segment.ts';
import type { StallCode } from '../../domain/stalls.ts';
import { count } from '../../domain/text.ts';
import {
  fewestClosed,
  fewestCycles,
  fewestWon,
  roundMinor,
  type SpeedFacts,
  typicalCycle,
  velocityDays,
  velocityOf,
} from '../../domain/velocity.ts';
import { nothing, type Worth } from '../../store/ended-values.ts';
import { type WeekFigures, watchedCodes } from './week-figures.ts';

type Row = readonly [what: string, now: string, before: string];

const codeNames: Partial<Record<StallCode, string>> = {
  no_next_step: 'Deals without a next step',
  does_not_fit: 'Plans that do not fit before their date',
  ball_with_us: 'Deals that wait for us',
  ping_pong: 'Deals where messages move nothing',
};

/** What can still be changed (METHOD S4-2): plans, promises and open deals. */
export function leadRows(week: WeekFigures): Row[] {
  const { mutual, mutualBefore, onTime, stalls, ritual, voices, promises, zone } = week;
  return [
    ['Open deals that something holds up', ...atRisk(week)],
    ['Open plans both sides said yes to', sayTally(mutual), mean(mutualBefore)],
    [
      'Their steps done by their first date',
      sayRate(onTime.now.buyer),
      sayRate(onTime.before.buyer),
    ],
    [
      'Our steps done by their first date',
      sayRate(onTime.now.seller),
      sayRate(onTime.before.seller),
    ],
    ...watchedCodes.map((code): Row => {
      const days = stalls.get(code) ?? [];
      return [
        codeNames[code] ?? code,
        (days.at(-1) ?? 0).toLocaleString('en'),
        mean(days.slice(0, -1)),
      ];
    }),
    [
      'Promises kept by their day',
      sayRate(followThrough(promises.now, zone)),
      sayRate(followThrough(promises.before, zone)),
    ],
    ['Reviews finished in ten business days', sayRitual(ritual.now), sayRitual(ritual.before)],
    ['People besides the owner in a thread (median)', say(voices.now), say(voices.before)],
    ['Threads a week old, silent but for the owner', silentOf(week), mean(week.silentBefore)],
    ['The weekly talk', ...talkOf(week.rhythm)],
  ];
}

function atRisk({ atRisk: days, currency }: WeekFigures): [now: string, before: string] {
  const now = days.at(-1) ?? nothing;
  const before = days.slice(0, -1);
  const worth = sumOf(before);
  if (before.length === 0) return [`${sayNumber(now.deals)}${sayWorth(now, currency)}`, '—'];
  return [
    `${sayNumber(now.deals)}${sayWorth(now, currency)}`,
    `${sayMean(worth.deals / before.length)} on average${meanWorth(worth, before.length, currency)}`,
  ];
}

function silentOf({ silent }: WeekFigures): string {
  return silent.n === 0 ? '—' : sayTally(silent);
}

const fateWords: Readonly<Record<TalkFate, string>> = {
  held: 'held',
  open: 'open, nobody has spoken yet',
  skipped: 'not held',
};

function talkOf({ newest, before, inARow }: Rhythm): [now: string, before: string] {
  const run = inARow > 1 ? `, ${inARow} weeks in a row by now` : '';
  return [
    newest ? fateWords[newest] : '—',
    before.due === 0 ? '—' : `held in ${before.held} of ${count(before.due, 'week')}${run}`,
  ];
}

/** `, $12,000` or `, $12,000 in 2 of them`: deals without an amount are counted and worth nothing. */
function sayWorth({ deals, sized, minor }: Worth, currency: string): string {
  if (deals === 0) return '';
  if (sized === 0) return ', none with an amount';
  const some = sized < deals ? ` in ${sayNumber(sized)} of them` : '';
  return `, ${sayMoney(roundMinor(minor, currency))}${some}`;
}

function meanWorth({ sized, minor }: Worth, of: number, currency: string): string {
  return sized === 0 ? '' : `, ${sayMoney(roundMinor(minor / of, currency))}`;
}

function sumOf(all: readonly Worth[]): Worth {
  return all.reduce(
    (sum, { deals, sized, minor }) => ({
      deals: sum.deals + deals,
      sized: sum.sized + sized,
      minor: sum.minor + minor,
    }),
    nothing,
  );
}

function sayNumber(value: number): string {
  return value.toLocaleString('en');
}

function sayRitual({ rate, excused }: WeekFigures['ritual']['now']): string {
  return `${sayRate(rate)}${excused > 0 ? `, ${excused} excused` : ''}`;
}

function say(voices: WeekFigures['voices']['now']): string {
  return voices ? `${sayMean(voices.median)} (${voices.threads} threads)` : '—';
}

function mean(values: readonly number[]): string {
  return values.length === 0 ? '—' : `${sayMean(meanOf(values))} on average`;
}

/** What has been: rates of deals that ended, and how fast deals are won. */
export function lagRows(week: WeekFigures): Row[] {
  const now = week.weeks.at(-1)?.groups ?? [];
  const before = week.weeks.slice(0, -1).flatMap(({ groups }) => groups);
  return [
    ['Wins', ...endedRow(week, 'won')],
    ['Losses', ...endedRow(week, 'lost')],
    ['Won, of won and lost', sayRate(winRate(now)), sayRate(winRate(before))],
    ['Won, of won and lost to another supplier', competitive(now), competitive(before)],
    ['No decision, of all that ended', undecided(now, 'ofClosed'), undecided(before, 'ofClosed')],
    ['No decision, of losses', undecided(now, 'ofLosses'), undecided(before, 'ofLosses')],
    ...renewals(now, before),
    ...week.speeds.flatMap((facts) => speedRow(facts, week.currency)),
  ];
}

/** Count and value, next to the mean of the weeks before (FIELD §3). */
function endedRow(
  { worth, currency }: WeekFigures,
  status: 'won' | 'lost',
): [now: string, before: string] {
  const all = worth.map((one) => one[status]);
  const now = all.at(-1) ?? nothing;
  const before = sumOf(all.slice(0, -1));
  const weeks = Math.max(1, all.length - 1);
  return [
    `${sayNumber(now.deals)}${sayWorth(now, currency)}`,
    `${sayMean(before.deals / weeks)}${meanWorth(before, weeks, currency)} a week`,
  ];
}

const needsOutcomes = 'outcomes not recorded';

function competitive(groups: readonly EndedGroup[]): string {
  return isUntold(groups) ? needsOutcomes : sayRate(competitiveWinRate(groups));
}

function undecided(groups: readonly EndedGroup[], of: 'ofClosed' | 'ofLosses'): string {
  return isUntold(groups) ? needsOutcomes : sayRate(noDecisionRate(groups)[of]);
}

function isUntold(groups: readonly EndedGroup[]): boolean {
  return countDeals(groups, isLost) > 0 && !knowsOutcomes(groups);
}

function renewals(now: readonly EndedGroup[], before: readonly EndedGroup[]): Row[] {
  if (renewalRate(now).n + renewalRate(before).n === 0) return [];
  return [['Renewals kept', sayRate(renewalRate(now)), sayRate(renewalRate(before))]];
}

function speedRow(facts: SpeedFacts, currency: string): Row[] {
  const closed = facts.lost + facts.won.reduce((sum, { deals }) => sum + deals, 0);
  if (closed === 0) return [];
  const minor = velocityOf(facts);
  const speed =
    minor === undefined
      ? sayNoSpeed(facts, closed)
      : `${sayMoney(roundMinor(minor, currency))} a day (n ${sayNumber(closed)})`;
  const cycle = typicalCycle(facts.won);
  const wonDeals = facts.won.reduce((sum, { deals }) => sum + deals, 0);
  const days = cycle
    ? `half won within ${sayMean(cycle.median)} days, 3 of 4 within ${sayMean(cycle.p75)} (n ${cycle.n.toLocaleString('en')})`
    : sayTooFew(wonDeals, fewestCycles);
  const of = `${segmentNames[facts.segment]}, ${velocityDays} days`;
  return [[`Velocity and time to a win: ${of}`, `${speed}, ${days}`, '—']];
}

/** Which of the two it takes is not there yet. */
function sayNoSpeed({ won }: SpeedFacts, closed: number): string {
  if (closed < fewestClosed) return sayTooFew(closed, fewestClosed);
  const sized = won.reduce((sum, group) => sum + group.sized, 0);
  return `${sayTooFew(sized, fewestWon)} with an amount`;
}
