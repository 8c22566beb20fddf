import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, daysBetween } from '../../src/domain/calendar.ts';
import { outcomes } from '../../src/domain/loss.ts';
import { lossReasons } from '../../src/domain/loss-reasons.ts';
import { noDecisionKinds, whyClasses } from '../../src/domain/loss-story.ts';
import { type ComeBackFacts, planComeBack, planNextLook } from '../../src/domain/revisit.ts';

const base: ComeBackFacts = {
  lostOn: day('2026-11-23'),
  outcome: 'rival',
  underlyingOutcome: undefined,
  noDecisionKind: undefined,
  whyClass: 'outsold',
  reasonCode: 'cmp.trusted',
};

describe('when to come back to a lost deal', () => {
  it.each<[string, Partial<ComeBackFacts>, string, RegExp]>([
    ['a rival', {}, '2027-03-23', /rollout.*sponsor/],
    ['the one they have', { outcome: 'incumbent' }, '2027-05-23', /renewal notice/],
    [
      'the one they have, with a contract that ends on a known day',
      { outcome: 'incumbent', deadlineOn: day('2027-12-31') },
      '2027-06-30',
      /renewal notice/,
    ],
    ['fear', { outcome: 'none', noDecisionKind: 'fear' }, '2027-01-22', /cost of waiting/],
    ['good reasons', { outcome: 'none', noDecisionKind: 'rational' }, '2027-05-23', /priorities/],
    ['a budget withdrawn', { outcome: 'budget_withdrawn' }, '2027-12-01', /budget/],
    ['a must-have', { reasonCode: 'prd.must_have' }, '2027-05-23', /shipped/],
    ['an outside event', { reasonCode: 'out.merger' }, '2027-02-23', /organisation/],
    ['nobody knows', { outcome: 'unknown', reasonCode: 'unk.silent' }, '2027-02-23', /Any reply/],
    [
      'our stepping away',
      { outcome: 'we_withdrew', underlyingOutcome: 'none', noDecisionKind: 'fear' },
      '2027-01-22',
      /they write/,
    ],
  ])('after %s', (_name, change, on, trigger) => {
    const planned = planComeBack({ ...base, ...change });
    expect(planned?.on).toBe(on);
    expect(planned?.trigger).toMatch(trigger);
  });

  it.each<[string, Partial<ComeBackFacts>, string, string]>([
    ['a rival, six months before their contract ends', {}, '2027-03-23', '2027-05-23'],
    [
      'a rival whose contract ends on a known day',
      { deadlineOn: day('2028-01-31') },
      '2027-03-23',
      '2027-07-31',
    ],
    ['a rival, a year on', {}, '2027-05-23', '2028-05-23'],
    ['the one they have, a contract later', { outcome: 'incumbent' }, '2027-05-23', '2028-05-23'],
    ['a budget, its next round', { outcome: 'budget_withdrawn' }, '2027-12-01', '2028-12-01'],
    ['anything else, three months on', { outcome: 'unknown' }, '2027-02-23', '2027-05-23'],
    ['one that has not come yet', {}, '2026-12-01', '2027-03-23'],
  ])('and once that day has come, the next look after %s', (_name, change, today, next) => {
    expect(planNextLook({ ...base, ...change }, day(today))).toBe(next);
  });

  it('is always ahead of the day on which it is asked for', () => {
    const facts = fc.record({
      outcome: fc.constantFrom(...outcomes.map(({ code }) => code)),
      deadlineOn: fc.option(
        fc.integer({ min: -900, max: 900 }).map((count) => addDays(base.lostOn, count)),
        { nil: undefined },
      ),
      today: fc.integer({ min: 0, max: 6_000 }).map((count) => addDays(base.lostOn, count)),
    });
    fc.assert(
      fc.property(facts, ({ today, ...given }) => {
        const ahead = daysBetween(today, planNextLook({ ...base, ...given }, today));
        return ahead >= 1 && ahead <= 1_400;
      }),
    );
  });

  it('is never where we ought not to have been', () => {
    expect(planComeBack({ ...base, whyClass: 'not_there' })).toBeUndefined();
  });

  it('is always ahead, within 13 months, with a trigger, unless it is never', () => {
    const facts = fc.record({
      lostOn: fc.integer({ min: 0, max: 1_500 }).map((count) => addDays(day('2026-01-01'), count)),
      outcome: fc.constantFrom(...outcomes.map(({ code }) => code)),
      underlyingOutcome: fc.option(fc.constantFrom(...outcomes.map(({ code }) => code)), {
        nil: undefined,
      }),
      noDecisionKind: fc.constantFrom(...noDecisionKinds.map(({ code }) => code)),
      whyClass: fc.constantFrom(...whyClasses.map(({ code }) => code)),
      reasonCode: fc.constantFrom(...lossReasons.map(({ code }) => code)),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const planned = planComeBack(given);
        if (given.whyClass === 'not_there') return planned === undefined;
        if (!planned) return false;
        const ahead = daysBetween(given.lostOn, planned.on);
        return ahead >= 30 && ahead <= 400 && planned.trigger.length > 5;
      }),
    );
  });
});
