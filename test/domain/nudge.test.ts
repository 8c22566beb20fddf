import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, day, weekdays } from '../../src/domain/calendar.ts';
import type { DealId, HomeworkId } from '../../src/domain/ids.ts';
import {
  dealNudges,
  kindOfStall,
  mayStillNudge,
  nextCheckBd,
  stallOfKind,
  stepNudges,
  subjectOf,
} from '../../src/domain/nudge.ts';
import { type MatterStep, matterOfStep } from '../../src/domain/nudge-matters.ts';
import { type AskedBefore, planBundle } from '../../src/domain/nudge-plan.ts';
import { kindWords } from '../../src/domain/nudge-words.ts';
import { askedIn, askedOn, makeReaderDay } from '../support/nudge-values.ts';

/** A step of ours, agreed with nobody. */
function due(id: string, dueOn: string): MatterStep {
  return {
    dealId: 'D1' as DealId,
    amount: undefined,
    homeworkId: id as HomeworkId,
    side: 'seller',
    status: 'proposed',
    dueOn: day(dueOn),
    askedOn: undefined,
  };
}

function plan(
  steps: readonly MatterStep[],
  today: string,
  history: readonly AskedBefore[] = [],
  calendar: BusinessCalendar = weekdays,
): string[] {
  const matters = steps.flatMap((step) => matterOfStep(step, day(today), calendar) ?? []);
  return askedIn(planBundle(matters, makeReaderDay(today, { calendar, history })));
}

const announced = (step: MatterStep, on: string) => {
  const matter = matterOfStep(step, day(on), weekdays);
  if (!matter) throw new Error(`Nothing to ask about ${step.homeworkId} on ${on}.`);
  return askedOn(matter, on);
};

describe('a morning’s bundle', () => {
  const steps = [
    due('late', '2026-11-20'),
    due('today', '2026-11-24'),
    due('soon', '2026-11-26'),
    due('far', '2026-11-27'),
  ];

  it('holds what is late, due today and due within two business days', () => {
    expect(plan(steps, '2026-11-24')).toEqual([
      'item_late late',
      'item_due today',
      'item_soon soon',
    ]);
  });

  it('leaves a day between the due day and the question what gets in the way', () => {
    const step = due('pack', '2026-11-23');
    expect(plan([step], '2026-11-24')).toEqual([]);
    expect(plan([step], '2026-11-25')).toEqual(['item_late pack']);
  });

  it('announces a step ahead of its day only once, and names it again on the day', () => {
    const soon = due('soon', '2026-11-26');
    const before = [announced(soon, '2026-11-24')];
    expect(plan([soon], '2026-11-25', before)).toEqual([]);
    expect(plan([soon], '2026-11-26', before)).toEqual(['item_due soon']);
  });

  it('announces a step again that got another day', () => {
    const before = [announced(due('moved', '2026-11-26'), '2026-11-24')];
    expect(plan([due('moved', '2026-12-02')], '2026-11-30', before)).toEqual(['item_soon moved']);
  });

  it('looks across the weekend', () => {
    expect(plan([due('monday', '2026-11-30')], '2026-11-26')).toEqual(['item_soon monday']);
  });

  it('stays silent on days the person does not work', () => {
    expect(plan(steps, '2026-11-28')).toEqual([]);
    const sundays = { workDays: [0, 1, 2, 3, 4], holidays: new Set<string>() };
    const late = due('late', '2026-11-24');
    expect(plan([late], '2026-11-29', [], sundays)).toEqual(['item_late late']);
    expect(plan([late], '2026-11-27', [], sundays)).toEqual([]);
  });
});

describe('a bundle that was missed', () => {
  it.each([
    ['2026-11-24T14:00:00Z', true],
    ['2026-11-24T23:00:00Z', true],
    ['2026-11-24T23:00:00.001Z', false],
    ['2026-11-25T14:00:00Z', false],
  ])('at %s may still come: %s', (now, may) => {
    expect(mayStillNudge(day('2026-11-24'), 'America/New_York', new Date(now))).toBe(may);
  });
});

describe('the kinds', () => {
  const kinds = [...stepNudges, ...dealNudges];

  it('each stand for one code at most, and the codes know their kind', () => {
    const codes = kinds.flatMap((kind) => stallOfKind(kind) ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(stallOfKind(kindOfStall[code] ?? 'alone')).toBe(code);
  });

  it('cover each code but the slip and the late step of theirs', () => {
    const without = Object.entries(kindOfStall).filter(([, kind]) => !kind);
    expect(without.map(([code]) => code)).toEqual(['buyer_item_late', 'date_slipped']);
  });

  it('are each said in their own words to who mutes them', () => {
    expect(new Set(kinds.map((kind) => kindWords[kind])).size).toBe(kinds.length);
  });

  it('are about a step where there is one, else about the deal', () => {
    const dealId = 'D1' as DealId;
    const step = { kind: 'item_due', dealId, homeworkId: 'H1' as HomeworkId } as const;
    const later = { ...step, kind: 'item_late' } as const;
    expect(subjectOf(step)).toBe(subjectOf(later));
    const deal = { kind: 'silence', dealId, homeworkId: undefined } as const;
    expect(subjectOf(deal)).not.toBe(subjectOf({ ...deal, kind: 'gap' }));
    expect(subjectOf(deal)).not.toBe(subjectOf({ ...deal, dealId: 'D2' as DealId }));
  });
});

it('whatever was answered is looked at again, after a day at the earliest and a month at the latest', () => {
  const { changed, ...answers } = nextCheckBd;
  expect(changed).toBe(0);
  for (const days of Object.values(answers)) {
    expect(days).toBeGreaterThanOrEqual(1);
    expect(days).toBeLessThanOrEqual(20);
  }
});
