import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysBefore,
  businessDaysBetween,
  day,
  isBusinessDay,
  weekdays,
} from '../../src/domain/calendar.ts';
import type { Homework, HomeworkStatus, Side } from '../../src/domain/homework.ts';
import type { ContactId, PersonId } from '../../src/domain/ids.ts';
import {
  buyerShare,
  declinedRate,
  finishedShare,
  isCovered,
  onTime,
  paceRatio,
  planCoverage,
  quietGap,
  runwayOf,
  slackOfStep,
} from '../../src/domain/plan-metrics.ts';
import { anyCalendar, anyDay, makeStep } from '../support/plan-values.ts';

const today = day('2027-02-01');
const bdAgo = (count: number) => businessDaysBefore(today, count);
const bdAhead = (count: number) => businessDaysBefore(today, -count);

describe('the balance of the work', () => {
  const step = (side: Side, effort: 1 | 2 | 3, status: HomeworkStatus = 'agreed') =>
    makeStep({ side, effort, status });
  const five = [
    step('buyer', 1),
    step('buyer', 2),
    step('seller', 3),
    step('both', 2),
    step('seller', 1),
  ];

  it('is 4 of 9 for B1, B2, S3, both 2, S1', () => {
    expect(buyerShare(five)).toBe(4 / 9);
    expect(buyerShare(five)).toBeCloseTo(0.444, 3);
  });

  it('leaves out a partner’s steps and what was declined, dropped or replaced', () => {
    const gone = (['declined', 'dropped', 'superseded'] as const).map((status) =>
      step('buyer', 3, status),
    );
    expect(buyerShare([...five, ...gone, step('partner', 3)])).toBe(4 / 9);
  });

  it('is unknown without a step of either side', () => {
    expect(buyerShare([])).toBeUndefined();
    expect(buyerShare([step('partner', 2)])).toBeUndefined();
  });

  it('of what is finished counts 30 days back and no further', () => {
    const done = (side: Side, daysAgo: number) =>
      makeStep({ side, status: 'done', doneOn: addDays(today, -daysAgo) });
    expect(finishedShare([done('buyer', 30), done('seller', 31)], today)).toBe(1);
    expect(finishedShare([done('buyer', 31), done('seller', 30)], today)).toBe(0);
    expect(finishedShare([step('buyer', 1)], today)).toBeUndefined();
  });
});

describe('what a side keeps', () => {
  it('counts what was finished by its first date among what was due', () => {
    const due = { originalDueOn: bdAgo(3), dueOn: bdAgo(1) };
    const steps = [
      makeStep({ ...due, status: 'accepted', doneOn: bdAgo(3) }),
      makeStep({ ...due, side: 'both', status: 'done', doneOn: bdAgo(4) }),
      makeStep({ ...due, status: 'done', doneOn: bdAgo(2) }),
      makeStep({ ...due, status: 'agreed' }),
      makeStep({ ...due, status: 'declined' }),
      makeStep({ ...due, status: 'dropped' }),
      makeStep({ ...due, side: 'seller', status: 'done', doneOn: bdAgo(3) }),
      makeStep({ originalDueOn: bdAhead(1), status: 'done', doneOn: bdAgo(2) }),
    ];
    expect(onTime(steps, 'buyer', today)).toEqual({ k: 2, n: 4 });
    expect(onTime(steps, 'seller', today)).toEqual({ k: 2, n: 2 });
  });

  it('is due on its day, not before', () => {
    expect(onTime([makeStep({ originalDueOn: today })], 'buyer', today).n).toBe(1);
    expect(onTime([makeStep({ originalDueOn: bdAhead(1) })], 'buyer', today).n).toBe(0);
  });

  it('hides the declined rate under three asked steps', () => {
    const declined = makeStep({ status: 'declined', agreedOn: bdAgo(9) });
    const agreed = makeStep({ status: 'in_progress', agreedOn: bdAgo(9) });
    const asked = makeStep({ status: 'proposed' });
    expect(declinedRate([declined, agreed, asked, asked])).toBeUndefined();
    expect(declinedRate([declined, agreed, agreed, asked])).toBe(1 / 3);
    const ours = makeStep({ side: 'seller', status: 'declined' });
    expect(declinedRate([declined, agreed, agreed, ours])).toBe(1 / 3);
  });
});

describe('what a plan covers', () => {
  const none = { problem: false, decider: false, date: false, signing: false };
  const both = { name: 'Dana', personId: 'P' as PersonId, contactId: 'C' as ContactId };
  const ours = { ...both, contactId: undefined };
  const theirs = { ...both, personId: undefined };

  it.each([
    ['buyer', theirs, true],
    ['buyer', ours, false],
    ['seller', ours, true],
    ['seller', theirs, false],
    ['both', both, true],
    ['both', ours, false],
    ['both', theirs, false],
    ['partner', theirs, true],
  ] as const)('a step of %s done by %o is covered: %s', (side, doer, covered) => {
    expect(isCovered({ side, doer, doneWhen: 'It is here.' })).toBe(covered);
    expect(isCovered({ side, doer, doneWhen: '' })).toBe(false);
  });

  it('is the gates with a doer and an end, of those that are needed', () => {
    const gates = [
      makeStep({ gate: true, doer: theirs }),
      makeStep({ gate: true }),
      makeStep({ gate: true, status: 'done' }),
      makeStep({ gate: true, status: 'dropped' }),
      makeStep({ doer: theirs }),
    ];
    expect(planCoverage(gates, none)).toBe(2 / 3);
  });

  it('is the four core gates where there is none', () => {
    expect(planCoverage([], none)).toBe(0);
    expect(planCoverage([makeStep()], { ...none, problem: true, date: true })).toBe(0.5);
    expect(planCoverage([], { problem: true, decider: true, date: true, signing: true })).toBe(1);
  });
});

describe('the room a plan has', () => {
  it('is the days to the due day less the days of work left, half once it is begun', () => {
    const step = { dueOn: bdAhead(8), durationBd: 5 } as const;
    expect(slackOfStep({ ...step, status: 'agreed' }, today, weekdays)).toBe(3);
    expect(slackOfStep({ ...step, status: 'in_progress' }, today, weekdays)).toBe(5);
  });

  it('is that of its tightest open gate', () => {
    const gate = (ahead: number, changes: Partial<Homework> = {}) =>
      makeStep({ gate: true, dueOn: bdAhead(ahead), durationBd: 2, ...changes });
    const optional = gate(1, { gate: false });
    const done = gate(1, { status: 'done' });
    expect(runwayOf([gate(9), gate(4), optional, done], today, weekdays)).toBe(2);
    expect(runwayOf([optional, done], today, weekdays)).toBeUndefined();
  });
});

describe('the pace', () => {
  const done = (bd: number) => makeStep({ gate: true, status: 'done', doneOn: bdAgo(bd) });
  const open = (count: number) => Array.from({ length: count }, () => makeStep({ gate: true }));
  const facts = { openedOn: bdAgo(30), decisionOn: bdAhead(20), today };
  const pace = (steps: Homework[], changes: Partial<Parameters<typeof paceRatio>[1]> = {}) =>
    paceRatio(steps, { ...facts, ...changes }, weekdays);

  it('of 3 gates done in ten days with 7 open and 20 days left is 0.857', () => {
    expect(pace([done(1), done(4), done(9), ...open(7)])).toBeCloseTo(0.3 / 0.35, 10);
  });

  it('looks back ten business days, today among them', () => {
    const ten = [done(0), done(9), ...open(7)];
    expect(pace([...ten, done(10)])).toBe(pace(ten));
    expect(pace([...ten, done(8)])).toBeGreaterThan(pace(ten) ?? 0);
  });

  it('does not count what came back after it was done', () => {
    const back = makeStep({ gate: true, status: 'in_progress', doneOn: bdAgo(1) });
    expect(pace([back, ...open(6)])).toBe(0);
  });

  it('divides by the age of a plan younger than ten business days', () => {
    const young = pace([done(1), ...open(4)], { openedOn: bdAgo(5) });
    expect(young).toBeCloseTo(0.2 / 0.2, 10);
  });

  it.each([
    ['is 1 when no gate is open', [done(1)], {}, 1],
    ['is 1 without any gate', [makeStep()], {}, 1],
    ['is 0 once the date has passed', [done(1), ...open(2)], { decisionOn: bdAgo(1) }, 0],
    ['is unknown under three business days', open(2), { openedOn: bdAgo(2) }, undefined],
    ['is known from three on', open(2), { openedOn: bdAgo(3) }, 0],
    ['is unknown without a date', open(2), { decisionOn: undefined }, undefined],
    ['is held at 2', [done(1), done(1), done(1), ...open(1)], {}, 2],
    ['counts one day on the day itself', [done(1), ...open(1)], { decisionOn: today }, 0.1],
  ])('%s', (_, steps, changes, expected) => {
    expect(pace(steps, changes)).toBe(expected);
  });
});

describe('the longest quiet of a plan', () => {
  const from = day('2027-02-01');
  const to = day('2027-02-26');
  const gap = (steps: Homework[]) => quietGap(steps, from, to, weekdays);

  it('is all of it without a step of the buyer', () => {
    expect(gap([makeStep({ side: 'seller' })])).toEqual({ days: 20, endsOn: '2027-02-26' });
  });

  it('ends where a step takes its days up to its due day', () => {
    const step = makeStep({ dueOn: day('2027-02-15'), durationBd: 3 });
    expect(gap([step])).toEqual({ days: 9, endsOn: '2027-02-26' });
    const common = makeStep({ side: 'both', dueOn: day('2027-02-22'), durationBd: 3 });
    expect(gap([step, common])).toEqual({ days: 8, endsOn: '2027-02-10' });
  });

  it('sees the part of a step that reaches in from beyond its end', () => {
    const beyond = makeStep({ dueOn: day('2027-03-01'), durationBd: 3 });
    expect(gap([beyond])).toEqual({ days: 18, endsOn: '2027-02-24' });
    const wholly = makeStep({ dueOn: day('2027-03-03'), durationBd: 3 });
    expect(gap([wholly])).toEqual({ days: 20, endsOn: '2027-02-26' });
  });

  it('is none where the end lies before the beginning', () => {
    expect(quietGap([], to, from, weekdays)).toEqual({ days: 0, endsOn: undefined });
  });

  it('is what looking at every day for every step finds, and never more than the span', () => {
    const anySteps = fc.array(
      fc.record({
        side: fc.constantFrom<Side>('buyer', 'seller', 'both', 'partner'),
        offset: fc.integer({ min: -20, max: 80 }),
        durationBd: fc.integer({ min: 1, max: 12 }),
      }),
      { maxLength: 8 },
    );
    const anySpan = fc.integer({ min: -5, max: 60 });
    fc.assert(
      fc.property(anySteps, anyDay, anySpan, anyCalendar, (rows, start, span, calendar) => {
        const steps = rows.map((row) => ({ ...row, dueOn: addDays(start, row.offset) }));
        const end = addDays(start, span);
        const theirs = steps.filter(({ side }) => side === 'buyer' || side === 'both');
        let [longest, run, spanBd] = [0, 0, 0];
        for (let at = start; at <= end; at = addDays(at, 1)) {
          if (!isBusinessDay(at, calendar)) continue;
          spanBd += 1;
          const isBusy = theirs.some(
            ({ dueOn, durationBd }) =>
              at <= dueOn && businessDaysBetween(at, dueOn, calendar) < durationBd,
          );
          run = isBusy ? 0 : run + 1;
          longest = Math.max(longest, run);
        }
        const found = quietGap(steps, start, end, calendar);
        expect(found.days).toBe(longest);
        expect(found.days).toBeLessThanOrEqual(spanBd);
      }),
    );
  });
});
