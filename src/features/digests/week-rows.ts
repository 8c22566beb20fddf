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
import { followThrough } from '../../domain/ritual-metrics.ts';
import { segmentNames } from '../../domain/segment.ts';
import type { StallCode } from '../../domain/stalls.ts';
import {
  fewestClosed,
  fewestCycles,
  roundMinor,
  type SpeedFacts,
  typicalCycle,
  velocityDays,
  velocityOf,
} from '../../domain/velocity.ts';
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
    ['People besides the owner in a thread, the middle one', say(voices.now), say(voices.before)],
  ];
}

function sayRitual({ rate, excused }: WeekFigures['ritual']['now']): string {
  return `${sayRate(rate)}${excused > 0 ? `; ${excused} excused` : ''}`;
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
  const weekly = countDeals(before, isLost) / Math.max(1, week.weeks.length - 1);
  return [
    ['Losses', countDeals(now, isLost).toLocaleString('en'), `${sayMean(weekly)} a week`],
    ['Won, of won and lost', sayRate(winRate(now)), sayRate(winRate(before))],
    ['Won, of won and lost to another supplier', competitive(now), competitive(before)],
    ['No decision, of all that ended', undecided(now, 'ofClosed'), undecided(before, 'ofClosed')],
    ['No decision, of losses', undecided(now, 'ofLosses'), undecided(before, 'ofLosses')],
    ...renewals(now, before),
    ...week.speeds.flatMap((facts) => speedRow(facts, week.currency)),
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
      ? sayTooFew(closed, fewestClosed)
      : `${sayMoney(roundMinor(minor, currency))} a day (n ${closed.toLocaleString('en')})`;
  const cycle = typicalCycle(facts.won);
  const wonDeals = facts.won.reduce((sum, { deals }) => sum + deals, 0);
  const days = cycle
    ? `${sayMean(cycle.median)} days, 3 of 4 within ${sayMean(cycle.p75)} (n ${cycle.n.toLocaleString('en')})`
    : sayTooFew(wonDeals, fewestCycles);
  const of = `${segmentNames[facts.segment]}, ${velocityDays} days`;
  return [
    [`Velocity: ${of}`, speed, '—'],
    [`Time to a win: ${of}`, days, '—'],
  ];
}
