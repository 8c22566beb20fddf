import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysBefore,
  type Calendars,
  type Day,
  day,
} from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import type { Homework } from '../../src/domain/homework.ts';
import type { ContactId } from '../../src/domain/ids.ts';
import { assessPlan, findNextStep, type PlanRows } from '../../src/domain/plan-state.ts';
import { midPlaybook } from '../../src/domain/playbook-mid.ts';
import type { StallCode } from '../../src/domain/stalls.ts';
import { appendixCalendar, makeOpenDeal, makeStep } from '../support/plan-values.ts';

const today = day('2027-01-11');
const appendixCalendars: Calendars = {
  ours: appendixCalendar,
  buyerOf: () => appendixCalendar,
  planOf: () => appendixCalendar,
};

function assess(
  deal: Partial<OpenDeal>,
  rows: Partial<Omit<PlanRows, 'deal'>> = {},
  on: Day = today,
) {
  const none = { steps: [], contacts: [], touches: [], revisions: [] };
  return assessPlan({ ...none, ...rows, deal: makeOpenDeal(deal) }, on, appendixCalendars);
}

type State = ReturnType<typeof assess>;
const severityOf = (state: State, code: StallCode) =>
  state.stalls.find((stall) => stall.code === code)?.severity;
const valueOfPart = (state: State, part: string) =>
  state.health.parts.find((scored) => scored.part === part)?.value;

describe('the mid-market plan of METHOD, appendix A, on 2027-01-11', () => {
  const steps = midPlaybook.steps.map((template) =>
    makeStep({
      ...template,
      stepKey: template.key,
      dueOn: businessDaysBefore(day('2027-02-26'), template.leadBd, appendixCalendar),
    }),
  );

  it('has a runway of −14 and does not fit', () => {
    const state = assess({}, { steps });
    expect(state.runwayBd).toBe(-14);
    expect(severityOf(state, 'does_not_fit')).toBe('stall');
    expect(state.health.caps).toEqual([{ at: 49, because: 'stalled' }]);
  });

  it('is held at 50 too once 20 days are left', () => {
    const on = businessDaysBefore(day('2027-02-26'), 20, appendixCalendar);
    const { caps } = assess({}, { steps }, on).health;
    expect(caps.map(({ because }) => because)).toEqual(['stalled', 'does_not_fit']);
  });
});

describe('whose plan it is', () => {
  const agreed = makeStep({ status: 'agreed', agreedOn: today });

  it.each([
    ['neither', undefined, [], false],
    ['the date alone', today, [makeStep()], false],
    ['a step alone', undefined, [agreed], false],
    ['the date and a step of ours', today, [{ ...agreed, side: 'seller' as const }], false],
    ['the date and a step of theirs', today, [agreed], true],
    ['the date and a common step', today, [{ ...agreed, side: 'both' as const }], true],
  ])('with a yes to %s', (_, dateAgreedOn, steps, isMutual) => {
    expect(assess({ dateAgreedOn }, { steps }).isMutual).toBe(isMutual);
  });
});

describe('the step that comes next', () => {
  const due = (on: string, changes: Partial<Homework> = {}) =>
    makeStep({ title: on, dueOn: day(on), ...changes });

  it.each([
    [
      'the first that is due today or later',
      ['2027-01-20', '2027-01-11', '2027-01-08'],
      '2027-01-11',
    ],
    ['the latest of the late when nothing lies ahead', ['2027-01-05', '2027-01-08'], '2027-01-08'],
    ['none of none', [], undefined],
  ])('is %s', (_, days, expected) => {
    const found = findNextStep(
      days.map((on) => due(on)),
      today,
    );
    expect(found?.dueOn).toBe(expected);
  });

  it('is the one entered first of two on one day, and never one that is finished', () => {
    const steps = [
      due('2027-01-12', { status: 'done' }),
      due('2027-01-15', { title: 'First' }),
      due('2027-01-15', { title: 'Second' }),
    ];
    expect(findNextStep(steps, today)?.title).toBe('First');
  });

  it('scores by its day, its yes and its name', () => {
    const contactId = 'C' as ContactId;
    const doer = { name: 'Dana', personId: undefined, contactId };
    const agreed = { status: 'agreed', agreedOn: today, doer } as const;
    const score = (step: Homework) => valueOfPart(assess({}, { steps: [step] }), 'next_step');
    // Ten business days are the horizon of a mid-market deal.
    expect(score(due('2027-01-26', agreed))).toBe(1);
    expect(score(due('2027-01-27', agreed))).toBe(0.875);
    expect(score(due('2027-01-26', { doer }))).toBe(0.75);
    expect(score(due('2027-01-08', agreed))).toBe(0.5);
    expect(valueOfPart(assess({}), 'next_step')).toBe(0);
  });
});

describe('how long nothing has been ahead', () => {
  const noNext = (steps: Homework[], openedOn = day('2026-12-01')) =>
    severityOf(assess({ openedOn }, { steps }), 'no_next_step');

  it('counts from the day the deal began without a step', () => {
    expect(noNext([], day('2027-01-08'))).toBeUndefined();
    expect(noNext([], day('2027-01-07'))).toBe('watch');
    expect(noNext([], day('2027-01-04'))).toBe('stall');
  });

  it('counts from the day a late step was due', () => {
    expect(noNext([makeStep({ dueOn: day('2027-01-08') })])).toBeUndefined();
    expect(noNext([makeStep({ dueOn: day('2027-01-07') })])).toBe('watch');
    expect(noNext([makeStep({ dueOn: today })])).toBeUndefined();
  });

  it('counts from the day the last step was finished, however far ahead it was due', () => {
    const done = { status: 'done', dueOn: day('2027-02-15') } as const;
    expect(noNext([makeStep({ ...done, doneOn: today })])).toBeUndefined();
    expect(noNext([makeStep({ ...done, doneOn: day('2027-01-07') })])).toBe('watch');
    expect(noNext([makeStep({ ...done, doneOn: day('2027-01-04') })])).toBe('stall');
  });

  it('is not hidden by a step they declined that was due later', () => {
    expect(noNext([makeStep({ status: 'declined', dueOn: day('2027-02-15') })])).toBe('stall');
  });
});

describe('a plan without a step ahead', () => {
  const heldAt = (steps: Homework[], deal: Partial<OpenDeal> = {}) =>
    assess(deal, { steps }).health.caps.find(({ because }) => because === 'no_next_step')?.at;
  const friday = day('2027-01-08');

  it.each([
    ['no step at all', []],
    ['only a late one', [makeStep({ dueOn: friday })]],
    ['only one that was finished early', [makeStep({ status: 'done', doneOn: friday })]],
    ['only one that was dropped', [makeStep({ status: 'dropped' })]],
  ])('is held at 60 with %s', (_, steps) => {
    expect(heldAt(steps)).toBe(60);
  });

  it.each([
    ['is due today', [makeStep({ dueOn: today })]],
    ['comes after a late one', [makeStep({ dueOn: friday }), makeStep()]],
  ])('is not, once one %s', (_, steps) => {
    expect(heldAt(steps)).toBeUndefined();
  });

  it('is not while it is paused', () => {
    expect(heldAt([], { pausedUntil: addDays(today, 1) })).toBeUndefined();
    expect(heldAt([], { pausedUntil: today })).toBe(60);
  });
});

describe('the date', () => {
  const missed = { decisionOn: day('2027-01-08'), originalDecisionOn: day('2027-01-08') };

  it('stands on its own day', () => {
    expect(assess(missed, {}, day('2027-01-08')).dateMissed).toBe(false);
  });

  it('has passed at midnight, and stalls the deal from the next business day', () => {
    const saturday = assess(missed, {}, day('2027-01-09'));
    expect(saturday.dateMissed).toBe(true);
    expect(severityOf(saturday, 'date_missed')).toBeUndefined();
    expect(severityOf(assess(missed), 'date_missed')).toBe('stall');
  });

  const slip = { on: today, kind: 'slip', side: 'buyer', acknowledged: false } as const;
  it.each([
    ['exactly half of its first span', '2027-01-31', 0.7],
    ['a day more than half of it', '2027-02-01', 0.5],
  ])('that slipped by %s is kept to a share', (_, toOn, expected) => {
    const dates = { openedOn: day('2026-12-12'), originalDecisionOn: day('2027-01-15') };
    const revisions = [{ ...slip, fromOn: day('2027-01-14'), toOn: day(toOn) }];
    const state = assess({ ...dates, decisionOn: day(toOn) }, { revisions });
    expect(valueOfPart(state, 'date')).toBeCloseTo(expected, 10);
  });

  it('imported from before the deal began counts no slip that nobody made', () => {
    const dates = { originalDecisionOn: day('2026-11-01'), decisionOn: day('2027-03-01') };
    expect(valueOfPart(assess(dates), 'date')).toBe(1);
  });
});

describe('a plan with too little in it', () => {
  it('has no score while nothing is known but the date', () => {
    expect(assess({}).health).toMatchObject({ score: undefined, isNew: false });
  });

  it('has one as soon as the problem is known', () => {
    expect(assess({ problem: 'Reports take a week.' }).health.score).toBeTypeOf('number');
  });

  it('has one as soon as there is a step', () => {
    expect(assess({}, { steps: [makeStep()] }).health.score).toBeTypeOf('number');
  });
});

describe('a paused deal', () => {
  it('stalls by nothing until its day has come', () => {
    const rows = { steps: [makeStep({ dueOn: day('2026-12-10'), gate: true })] };
    const paused = assess({ pausedUntil: addDays(today, 1) }, rows);
    expect(paused.stalls).toEqual([]);
    expect(paused.health.caps).toEqual([]);
    const resumed = assess({ pausedUntil: today }, rows);
    expect(resumed.stalls.length).toBeGreaterThan(0);
  });
});

describe('what the rules are given', () => {
  it('a renewal may be quiet for ten days, any other mid-market deal for seven', () => {
    // 32 business days are left; the buyer's one step takes the rest of them.
    const quietFor = (gapBd: number, kind: OpenDeal['kind']) => {
      const steps = [makeStep({ dueOn: day('2027-02-26'), durationBd: 32 - gapBd })];
      const state = assess({ kind }, { steps });
      expect(state.gap.days).toBe(gapBd);
      return severityOf(state, 'quiet_gap');
    };
    expect([quietFor(7, 'new'), quietFor(8, 'new')]).toEqual([undefined, 'watch']);
    expect([quietFor(10, 'renewal'), quietFor(11, 'renewal')]).toEqual([undefined, 'watch']);
  });

  const ours = (changes: Partial<Homework> = {}) =>
    makeStep({ side: 'seller', dueOn: day('2027-02-15'), ...changes });

  it('one-sided counts finished steps too, not those that were dropped', () => {
    const done = ours({ status: 'done', doneOn: today });
    const steps = [ours(), ours(), done, done, ours()];
    expect(severityOf(assess({}, { steps }), 'one_sided')).toBe('watch');
    const dropped = [...steps.slice(1), ours({ status: 'dropped' })];
    expect(severityOf(assess({}, { steps: dropped }), 'one_sided')).toBeUndefined();
  });

  it.each(['offer', 'proposal', 'commercial', 'estimate'])(
    'one-sided stalls once our %s is out',
    (stepKey) => {
      const steps = [ours(), ours(), ours(), ours(), ours({ stepKey })];
      expect(severityOf(assess({}, { steps }), 'one_sided')).toBe('watch');
      const out = [...steps.slice(0, 4), ours({ stepKey, status: 'done', doneOn: today })];
      expect(severityOf(assess({}, { steps: out }), 'one_sided')).toBe('stall');
    },
  );

  it('a late gate of the buyer counts only once they agreed to it', () => {
    const late = makeStep({ gate: true, dueOn: day('2027-01-04') });
    expect(severityOf(assess({}, { steps: [late] }), 'buyer_item_late')).toBeUndefined();
    const agreed = { ...late, status: 'agreed', agreedOn: day('2026-12-14') } as const;
    expect(severityOf(assess({}, { steps: [agreed] }), 'buyer_item_late')).toBe('watch');
  });

  it('a meeting is booked while its day lies ahead', () => {
    const touches = [{ on: today, side: 'buyer', expectsReply: false, advance: true }] as const;
    const meet = (on: string) => {
      const steps = [makeStep({ kind: 'meet', dueOn: day(on) })];
      return valueOfPart(assess({}, { steps, touches }), 'reply');
    };
    expect(meet('2027-01-11')).toBe(1);
    expect(meet('2027-01-08')).toBe(0.5);
  });

  it.each([
    [undefined, false],
    ['awareness', false],
    ['interest', false],
    ['preference', true],
    ['decision', true],
  ] as const)('coming in at %s is late: %s', (entryPhase, lateEntry) => {
    expect(assess({ entryPhase }).lateEntry).toBe(lateEntry);
  });
});
