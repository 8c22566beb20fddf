import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type BusinessCalendar,
  businessDaysAfter,
  type Day,
  day,
  weekdays,
} from '../../src/domain/calendar.ts';
import type { HomeworkStatus, Side } from '../../src/domain/homework.ts';
import type { DealId, HomeworkId } from '../../src/domain/ids.ts';
import { kindOfStall } from '../../src/domain/nudge.ts';
import { type MatterStep, matterOfStall, matterOfStep } from '../../src/domain/nudge-matters.ts';
import type { StallCode } from '../../src/domain/stalls.ts';
import { anyCalendar, anyDay } from '../support/plan-values.ts';

const deal = { dealId: 'D1' as DealId, amount: undefined };
const tuesday = day('2026-11-24');

function step(facts: Partial<MatterStep>): MatterStep {
  const ours = { homeworkId: 'H1' as HomeworkId, side: 'seller', status: 'agreed' } as const;
  return { ...deal, ...ours, dueOn: tuesday, askedOn: undefined, ...facts };
}

const kindOn = (today: Day, facts: Partial<MatterStep>) =>
  matterOfStep(step(facts), today, weekdays)?.kind;

/** The kinds of a step over the days around its due day, as `days: kind`. */
function kindsAround(facts: Partial<MatterStep>): string[] {
  return ['19', '20', '23', '24', '25', '26', '27', '30'].map(
    (date) => `${date}: ${kindOn(day(`2026-11-${date}`), facts) ?? '-'}`,
  );
}

describe('a step of ours', () => {
  it('is mentioned two business days ahead, on its day, and from two business days after', () => {
    expect(kindsAround({})).toEqual([
      '19: -',
      '20: item_soon',
      '23: item_soon',
      '24: item_due',
      '25: -',
      '26: item_late',
      '27: item_late',
      '30: item_late',
    ]);
  });

  it.each<HomeworkStatus>(['proposed', 'agreed', 'in_progress'])(
    'is ours to do when it is %s: nobody at the buyer has to agree',
    (status) => {
      expect(kindOn(tuesday, { status, askedOn: day('2026-11-02') })).toBe('item_due');
    },
  );
});

describe('a step of theirs that they said yes to', () => {
  it.each<Side>(['buyer', 'partner'])(
    'of a %s is mentioned ahead, and from three business days after',
    (side) => {
      expect(kindsAround({ side })).toEqual([
        '19: -',
        '20: buyer_soon',
        '23: buyer_soon',
        '24: buyer_soon',
        '25: -',
        '26: -',
        '27: buyer_late',
        '30: buyer_late',
      ]);
    },
  );

  it('of both sides is asked about like one of ours', () => {
    expect(kindOn(tuesday, { side: 'both' })).toBe('item_due');
    expect(kindOn(day('2026-11-26'), { side: 'both' })).toBe('item_late');
  });
});

describe('a step nobody at the buyer has said yes to', () => {
  const proposed = { side: 'buyer', status: 'proposed' } as const;

  it('is to be asked for within five business days of its day, and stays so', () => {
    const dueOn = day('2026-12-01');
    expect(kindOn(day('2026-11-23'), { ...proposed, dueOn })).toBeUndefined();
    expect(kindOn(tuesday, { ...proposed, dueOn })).toBe('ask_them');
    expect(kindOn(day('2026-12-09'), { ...proposed, dueOn })).toBe('ask_them');
  });

  it('asks for their answer two business days after they were asked', () => {
    const asked = { ...proposed, dueOn: day('2026-12-18'), askedOn: day('2026-11-20') };
    expect(kindOn(day('2026-11-23'), asked)).toBeUndefined();
    expect(kindOn(tuesday, asked)).toBe('ask_yes');
  });

  it('asks for the yes to a step of both sides as well', () => {
    const both = { side: 'both', status: 'proposed', askedOn: day('2026-11-20') } as const;
    expect(kindOn(tuesday, both)).toBe('ask_yes');
  });

  it('is never reminded of, whatever the days', () => {
    const asked = fc.option(anyDay, { nil: undefined });
    const side = fc.constantFrom<Side>('buyer', 'partner');
    fc.assert(
      fc.property(
        anyDay,
        anyDay,
        asked,
        side,
        anyCalendar,
        (today, dueOn, askedOn, of, calendar) => {
          const found = matterOfStep(
            step({ ...proposed, side: of, dueOn, askedOn }),
            today,
            calendar,
          );
          expect([undefined, 'ask_them', 'ask_yes']).toContain(found?.kind);
          expect(found?.kind === 'ask_yes' && !askedOn).toBe(false);
        },
      ),
    );
  });
});

it('a step that nobody understood is not asked about until it is worded better', () => {
  for (const side of ['buyer', 'seller', 'both', 'partner'] as const) {
    expect(kindsAround({ side, status: 'needs_rewrite' }).join()).not.toMatch(/[a-z]/);
  }
});

it('the days of a reader’s own week count', () => {
  const sundays = { workDays: [0, 1, 2, 3, 4], holidays: new Set<string>() };
  const late = step({ dueOn: day('2026-11-25') });
  const on = (today: string, calendar: BusinessCalendar) =>
    matterOfStep(late, day(today), calendar)?.kind;
  expect(on('2026-11-27', weekdays)).toBe('item_late');
  expect(on('2026-11-27', sundays)).toBeUndefined();
  expect(on('2026-11-29', sundays)).toBe('item_late');
});

it('a step is asked about as late from the same business day on, whatever the calendar', () => {
  fc.assert(
    fc.property(anyDay, anyCalendar, fc.integer({ min: 1, max: 40 }), (dueOn, calendar, ahead) => {
      const today = addDays(dueOn, ahead);
      const isLate = matterOfStep(step({ dueOn }), today, calendar)?.kind === 'item_late';
      expect(isLate).toBe(today >= businessDaysAfter(dueOn, 2, calendar));
      const theirs = matterOfStep(step({ dueOn, side: 'buyer' }), today, calendar)?.kind;
      expect(theirs === 'buyer_late').toBe(today >= businessDaysAfter(dueOn, 3, calendar));
    }),
  );
});

describe('a stall', () => {
  const firstOn = day('2026-11-20');
  const codes = Object.keys(kindOfStall) as StallCode[];

  it.each(codes)('%s is asked about in its own kind, since it was first seen', (code) => {
    const found = matterOfStall(deal, { code, severity: 'watch', firstOn });
    expect(found?.kind).toBe(kindOfStall[code]);
    if (found) expect(found).toMatchObject({ severity: 'watch', since: firstOn, dealId: 'D1' });
  });
});
