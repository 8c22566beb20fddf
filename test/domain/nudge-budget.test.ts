import { describe, expect, it } from 'vitest';
import { day, weekdays } from '../../src/domain/calendar.ts';
import type { DealId } from '../../src/domain/ids.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import { weekStart } from '../../src/domain/nudge-budget.ts';
import { type Matter, matterOf } from '../../src/domain/nudge-matters.ts';
import type { ReaderDay } from '../../src/domain/nudge-plan.ts';
import {
  askedIn,
  daysFrom,
  type MatterSpec,
  makeCrowd,
  makeMatter,
  planOn,
  walkMornings,
} from '../support/nudge-values.ts';

const monday = '2026-11-23';
const tuesday = '2026-11-24';
const thursday = '2026-11-26';
const friday = '2026-11-27';
const week = daysFrom(monday, '2026-11-29');

const counts = (facts: Partial<ReaderDay> & { firstBundleOn?: ReaderDay['today'] } = {}) => {
  const known = { firstBundleOn: day('2026-01-05'), ...facts };
  const bundles = walkMornings(week, (today) => makeCrowd(40, today), known);
  return week.map((today) => bundles.get(today)?.asked.length ?? 0);
};

const plan = (matters: readonly Matter[], today = tuesday, facts: Partial<ReaderDay> = {}) =>
  planOn(matters, today, facts);

describe('the budget', () => {
  it('is ten questions a week, five a day, with one kept for each working day to come', () => {
    expect(counts()).toEqual([5, 2, 1, 1, 1, 0, 0]);
  });

  it('keeps nothing for holidays', () => {
    const calendar = { ...weekdays, holidays: new Set([thursday, friday]) };
    expect(counts({ calendar })).toEqual([5, 4, 1, 0, 0, 0, 0]);
  });

  it('is five in the first week, all of them on its first day if there are so many', () => {
    expect(counts({ isNew: true })).toEqual([5, 0, 0, 0, 0, 0, 0]);
  });

  it.each([
    [0, [0, 0, 0, 0, 0, 0, 0]],
    [3, [1, 1, 1, 0, 0, 0, 0]],
    [7, [3, 1, 1, 1, 1, 0, 0]],
    [20, [5, 5, 5, 4, 1, 0, 0]],
  ])('follows who wishes for %i a week', (weeklyBudget, expected) => {
    expect(counts({ weeklyBudget })).toEqual(expected);
  });

  it('is never raised by being new', () => {
    expect(counts({ isNew: true, weeklyBudget: 2 })).toEqual([2, 0, 0, 0, 0, 0, 0]);
  });

  it('begins on Sunday for who works on Sundays', () => {
    const calendar = { workDays: [0, 1, 2, 3, 4], holidays: new Set<string>() };
    const days = daysFrom('2026-11-22', '2026-11-28');
    const known = { calendar, firstBundleOn: day('2026-01-05') };
    const bundles = walkMornings(days, (today) => makeCrowd(40, today), known);
    expect(days.map((on) => bundles.get(on)?.asked.length ?? 0)).toEqual([5, 2, 1, 1, 1, 0, 0]);
  });

  it('holds back all that is over it, and says so', () => {
    const bundle = plan(makeCrowd(12, monday), monday);
    expect(bundle.asked).toHaveLength(5);
    expect(bundle.held.map(({ reason }) => reason)).toEqual(Array(7).fill('budget'));
    const all = [...bundle.asked, ...bundle.held].map(({ homeworkId }) => homeworkId);
    expect(new Set(all).size).toBe(12);
  });
});

describe('a person’s week', () => {
  it.each([
    ['Monday', [1, 2, 3, 4, 5], '2026-11-29', monday],
    ['Monday', [1, 2, 3, 4, 5], monday, monday],
    ['Sunday', [0, 1, 2, 3, 4], '2026-11-28', '2026-11-22'],
    ['Sunday', [0, 1, 2, 3, 4], '2026-11-22', '2026-11-22'],
    ['Monday', [0, 1, 2, 3, 4, 5, 6], '2026-11-29', monday],
  ])('begins on a %s for who works on %j', (_name, workDays, today, start) => {
    expect(weekStart(day(today), { workDays, holidays: new Set() })).toBe(start);
  });
});

describe('the order', () => {
  const asked = (...matters: Matter[]) => askedIn(plan(matters));
  const due = (step: string, spec: MatterSpec = {}) =>
    makeMatter('item_due', { step, deal: `deal of ${step}`, dueOn: tuesday, ...spec });

  it('is by value at risk, and what has no amount comes last', () => {
    const some = [due('none'), due('less', { worth: 5_000 }), due('most', { worth: 9_000 })];
    expect(asked(...some)).toEqual(['item_due most', 'item_due less', 'item_due none']);
  });

  it('is by the day among equals', () => {
    const late = (step: string, dueOn: string) =>
      makeMatter('item_late', { step, deal: step, dueOn });
    expect(asked(late('b', '2026-11-19'), late('a', '2026-11-12'))).toEqual([
      'item_late a',
      'item_late b',
    ]);
  });

  it('puts a date that passed before a step that is worth twice as much', () => {
    const passed = makeMatter('date_passed', { worth: 1_000, severity: 'stall' });
    expect(asked(due('step', { worth: 2_000 }), passed)).toEqual([
      'date_passed D1',
      'item_due step',
    ]);
  });

  it('spends the last question on a stall, not on what is only watched and worth twice as much', () => {
    const watch = makeMatter('silence', { deal: 'D1', worth: 2_000, severity: 'watch' });
    const stall = makeMatter('silence', { deal: 'D2', worth: 1_000, severity: 'stall' });
    expect(asked(watch, stall)).toEqual(['silence D1', 'silence D2']);
    expect(askedIn(plan([watch, stall], tuesday, { weeklyBudget: 1 }))).toEqual(['silence D2']);
  });

  it('counts whole units, however many minor ones a currency has', () => {
    const of = (currency: string, minor: number) =>
      matterOf({ dealId: currency as DealId, amount: { minor, currency } }, 'item_due');
    const some = [of('USD', 900_000), of('JPY', 10_000), of('KWD', 9_500_000)];
    expect(askedIn(plan(some))).toEqual(['item_due JPY', 'item_due KWD', 'item_due USD']);
  });
});

describe('a day off', () => {
  it('of the reader asks nothing and holds nothing back', () => {
    const matters = makeCrowd(3, tuesday);
    const calendar = { ...weekdays, holidays: new Set([tuesday]) };
    expect(plan(matters, tuesday, { calendar })).toEqual({ asked: [], held: [] });
    expect(plan(matters, '2026-11-28')).toEqual({ asked: [], held: [] });
  });

  it.each<NudgeKind>(['silence', 'ask_yes', 'buyer_soon', 'buyer_late', 'their_yes'])(
    'of the buyer keeps back the question %s',
    (kind) => {
      const isStep = kind.startsWith('buyer') || kind === 'ask_yes';
      const matter = makeMatter(kind, isStep ? { step: 'H1', dueOn: tuesday } : {});
      const bundle = plan([matter], tuesday, { buyerOff: new Set(['D1' as DealId]) });
      expect(bundle.asked).toEqual([]);
      expect(bundle.held.map(({ reason }) => reason)).toEqual(['their_holiday']);
      const elsewhere = plan([matter], tuesday, { buyerOff: new Set(['D2' as DealId]) });
      expect(elsewhere.asked).toHaveLength(1);
    },
  );

  it('of the buyer leaves what is ours to do', () => {
    const late = makeMatter('item_late', { step: 'H1', dueOn: '2026-11-19' });
    const bundle = plan([late], tuesday, { buyerOff: new Set(['D1' as DealId]) });
    expect(askedIn(bundle)).toEqual(['item_late H1']);
  });
});
