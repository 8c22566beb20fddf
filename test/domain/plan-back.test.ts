import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDaysBefore, businessDaysBetween, day } from '../../src/domain/calendar.ts';
import { planBack, slackOf, squeezeFactor } from '../../src/domain/plan-back.ts';
import { runwayOf } from '../../src/domain/plan-metrics.ts';
import type { TemplateStep } from '../../src/domain/playbook.ts';
import { midPlaybook } from '../../src/domain/playbook-mid.ts';
import { anyCalendar, anyDay, appendixCalendar, makeStep } from '../support/plan-values.ts';

const today = day('2027-01-11');
const decisionOn = day('2027-02-26');
const planned = midPlaybook.steps.map((template) => ({
  template,
  dueOn: businessDaysBefore(decisionOn, template.leadBd, appendixCalendar),
}));

describe('a mid-market plan of 45 days with 32 left', () => {
  it.each([
    ['outcome', -14],
    ['second', -4],
    ['secpack', 1],
    ['trial', 5],
    ['secreview', 7],
  ])('leaves %s a slack of %i', (key, slack) => {
    const step = planned.find(({ template }) => template.key === key);
    if (!step) throw new Error(`No step ${key}`);
    const left = { dueOn: step.dueOn, leftBd: step.template.durationBd };
    expect(slackOf(left, today, appendixCalendar)).toBe(slack);
  });

  it('has a runway of −14', () => {
    const steps = planned.map(({ template, dueOn }) => makeStep({ ...template, dueOn }));
    expect(runwayOf(steps, today, appendixCalendar)).toBe(-14);
  });

  const plan = planBack(midPlaybook.steps, decisionOn, today, appendixCalendar);

  it('is squeezed by 32 ÷ 46', () => {
    expect(plan.factor).toBe(32 / 46);
    const factor = squeezeFactor(midPlaybook.steps, decisionOn, today, appendixCalendar);
    expect(factor).toBeCloseTo(0.696, 3);
  });

  it.each([
    ['outcome', 30, '2027-01-13'],
    ['second', 21, '2027-01-27'],
    ['trial', 11, '2027-02-10'],
    ['secreview', 10, '2027-02-11'],
    ['legal', 4, '2027-02-22'],
    ['sign', 0, '2027-02-26'],
    ['kickoff', -5, '2027-03-05'],
  ])('moves %s to %i days before, %s', (key, leadBd, dueOn) => {
    const step = plan.steps.find(({ template }) => template.key === key);
    expect(step).toMatchObject({ leadBd, dueOn });
  });

  it('drops the optional steps that no longer fit and says which', () => {
    expect(plan.dropped.map(({ key }) => key)).toEqual(['premortem', 'baseline', 'session']);
  });
});

describe('the way back from the decision', () => {
  const plan = (on: string, from: string, templates = midPlaybook.steps) =>
    planBack(templates, day(on), day(from), appendixCalendar);

  it('fits on the day it just fits, and is squeezed a day later', () => {
    const lastFit = businessDaysBefore(decisionOn, 46, appendixCalendar);
    expect(plan(decisionOn, lastFit)).toMatchObject({ factor: 1, dropped: [] });
    const dayAfter = businessDaysBefore(decisionOn, 45, appendixCalendar);
    expect(plan(decisionOn, dayAfter)).toMatchObject({ factor: 45 / 46, dropped: [] });
  });

  it('keeps the leads of what fits when only optional steps do not', () => {
    const gate = template({ key: 'gate', leadBd: 5, durationBd: 2, gate: true });
    const optional = template({ key: 'nice', leadBd: 9, durationBd: 2, gate: false });
    const made = plan('2027-02-26', '2027-02-16', [optional, gate]);
    expect(made).toMatchObject({ factor: 1, dropped: [{ key: 'nice' }] });
    expect(made.steps).toMatchObject([{ leadBd: 5, dueOn: '2027-02-19' }]);
  });

  it('loses no day to a fraction that binary cannot hold', () => {
    const long = template({ key: 'long', leadBd: 44, durationBd: 2, gate: true });
    const half = template({ key: 'half', leadBd: 23, durationBd: 1, gate: true });
    const from = businessDaysBefore(decisionOn, 26, appendixCalendar);
    const steps = plan(decisionOn, from, [long, half]).steps;
    expect(steps.find((step) => step.template.key === 'half')?.leadBd).toBe(13);
  });

  it('puts every gate on the day itself when that is today', () => {
    const made = plan('2027-02-26', '2027-02-26');
    expect(made.factor).toBe(0);
    const before = made.steps.filter(({ leadBd }) => leadBd >= 0);
    expect(new Set(before.map(({ dueOn }) => dueOn))).toEqual(new Set(['2027-02-26']));
    expect(before.every(({ template: { gate } }) => gate)).toBe(true);
  });

  it('counts from the working day before a decision on a Sunday', () => {
    const sign = template({ key: 'sign', leadBd: 0, durationBd: 1, gate: true });
    expect(plan('2027-02-28', '2027-01-11', [sign]).steps).toMatchObject([{ dueOn: '2027-02-26' }]);
  });

  it('keeps what comes after the decision, however long it takes', () => {
    const start = template({ key: 'start', leadBd: -3, durationBd: 20, gate: false });
    expect(plan('2027-02-26', '2027-02-19', [start])).toMatchObject({
      steps: [{ leadBd: -3, dueOn: '2027-03-03' }],
      dropped: [],
      factor: 1,
    });
  });

  it('plans nothing of an empty playbook', () => {
    expect(plan('2027-02-26', '2027-01-11', [])).toEqual({ steps: [], dropped: [], factor: 1 });
  });
});

function template(facts: Pick<TemplateStep, 'key' | 'leadBd' | 'durationBd' | 'gate'>) {
  return { title: 'Step', side: 'both', why: 'Why.', doneWhen: 'When.', ...facts } as const;
}

const anyTemplates = fc
  .array(
    fc.record({
      leadBd: fc.integer({ min: -15, max: 120 }),
      durationBd: fc.integer({ min: 1, max: 25 }),
      gate: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((rows) =>
    rows
      .sort((a, b) => b.leadBd - a.leadBd)
      .map((row, index): TemplateStep => template({ key: `step${index}`, ...row })),
  );

describe('any playbook, any day, any calendar', () => {
  const anyPlan = fc.tuple(anyTemplates, anyDay, fc.integer({ min: -30, max: 250 }), anyCalendar);
  const check = (
    property: (
      plan: ReturnType<typeof planBack>,
      facts: {
        templates: readonly TemplateStep[];
        now: typeof today;
        availableBd: number;
        again: () => ReturnType<typeof planBack>;
      },
    ) => void,
  ) =>
    fc.assert(
      fc.property(anyPlan, ([templates, now, offset, calendar]) => {
        const on = businessDaysBefore(now, -offset, calendar);
        const again = () => planBack(templates, on, now, calendar);
        const availableBd = businessDaysBetween(now, on, calendar);
        property(again(), { templates, now, availableBd, again });
      }),
    );

  it('nothing is due before today', () => {
    check(({ steps }, { now }) => {
      for (const { dueOn } of steps) expect(dueOn >= now).toBe(true);
    });
  });

  it('every gate stays, only optional steps go, and none is lost in between', () => {
    check(({ steps, dropped }, { templates }) => {
      expect(dropped.some(({ gate }) => gate)).toBe(false);
      const all = [...steps.map((step) => step.template), ...dropped];
      expect(new Set(all)).toEqual(new Set(templates));
      expect(all).toHaveLength(templates.length);
    });
  });

  it('days follow the leads of the playbook', () => {
    check(({ steps }, { templates }) => {
      const kept = templates.filter((one) => steps.some((step) => step.template === one));
      expect(steps.map((step) => step.template)).toEqual(kept);
      const days = steps.map(({ dueOn }) => dueOn);
      expect(days).toEqual([...days].sort());
    });
  });

  it('the factor is between none and all, and no lead grows', () => {
    check(({ steps, factor }) => {
      expect(factor).toBeGreaterThanOrEqual(0);
      expect(factor).toBeLessThanOrEqual(1);
      for (const step of steps) {
        expect(step.leadBd).toBeLessThanOrEqual(step.template.leadBd);
        expect(step.leadBd).toBeGreaterThanOrEqual(Math.min(0, step.template.leadBd));
      }
    });
  });

  it('with enough runway the leads are the playbook’s and nothing is dropped', () => {
    check(({ steps, dropped, factor }, { templates, availableBd }) => {
      const needed = templates
        .filter(({ leadBd }) => leadBd >= 0)
        .every(({ leadBd, durationBd }) => leadBd + durationBd <= availableBd);
      if (!needed) return;
      expect(dropped).toEqual([]);
      expect(factor).toBe(1);
      expect(steps.map(({ leadBd }) => leadBd)).toEqual(templates.map(({ leadBd }) => leadBd));
    });
  });

  it('is squeezed or shortened exactly when something does not fit', () => {
    check(({ dropped, factor }, { templates, availableBd }) => {
      const short = templates.some(
        ({ leadBd, durationBd }) => leadBd >= 0 && leadBd + durationBd > Math.max(0, availableBd),
      );
      expect(dropped.length > 0 || factor < 1).toBe(short);
    });
  });

  it('the same input gives the same plan', () => {
    check((plan, { again }) => expect(again()).toEqual(plan));
  });
});
