import { describe, expect, it } from 'vitest';
import { type Day, day, plainCalendars } from '../../src/domain/calendar.ts';
import type { Homework } from '../../src/domain/homework.ts';
import { assessPlan } from '../../src/domain/plan-state.ts';
import type { Turn } from '../../src/domain/rally.ts';
import { isSuspended, reviewUntil } from '../../src/domain/stall-suspension.ts';
import type { TeamRules } from '../../src/domain/team-rules.ts';
import { makeOpenDeal, makeStep } from '../support/plan-values.ts';

const today = day('2027-02-10');
const review = (changes: Partial<Homework> = {}) =>
  makeStep({ stepKey: 'legal', status: 'agreed', dueOn: day('2027-02-15'), ...changes });

describe('a review under way', () => {
  it.each([
    'intake',
    'legal',
    'nda',
    'privacy',
    'procure',
    'redline',
    'secpack',
    'secreview',
    'terms',
  ])('is a step %s that was agreed or begun', (stepKey) => {
    expect(reviewUntil([review({ stepKey })], today)).toBe('2027-02-15');
    expect(reviewUntil([review({ stepKey, status: 'in_progress' })], today)).toBe('2027-02-15');
  });

  it('lasts through its own day and not a day longer', () => {
    expect(reviewUntil([review({ dueOn: today })], today)).toBe(today);
    expect(reviewUntil([review({ dueOn: day('2027-02-09') })], today)).toBe(undefined);
  });

  it('is none before anybody agreed, once it is over, or when it is another kind of step', () => {
    for (const status of ['proposed', 'needs_rewrite', 'done', 'accepted', 'declined'] as const) {
      expect(reviewUntil([review({ status })], today)).toBe(undefined);
    }
    expect(reviewUntil([review({ stepKey: 'trial' })], today)).toBe(undefined);
    expect(reviewUntil([review({ stepKey: undefined })], today)).toBe(undefined);
  });

  it('lasts until the last of several', () => {
    const steps = [review(), review({ dueOn: day('2027-03-01') }), review({ dueOn: today })];
    expect(reviewUntil(steps, today)).toBe('2027-03-01');
  });
});

describe('a rule at rest', () => {
  const neither = { backOn: undefined, reviewUntil: undefined };
  const codes = ['phase_age', 'buyer_silence', 'ping_pong', 'date_missed', 'no_next_step'] as const;
  const resting = (deal: Partial<Record<'backOn' | 'reviewUntil', Day>>) =>
    codes.filter((code) => isSuspended(code, { ...neither, ...deal }, today));

  it('is none usually', () => {
    expect(resting({})).toEqual([]);
  });

  it('counts no age while a review is under way', () => {
    expect(resting({ reviewUntil: today })).toEqual(['phase_age', 'buyer_silence', 'ping_pong']);
  });

  it('is every one but ours and the calendar’s until the day they told us they are back', () => {
    const away = { backOn: day('2027-02-11') };
    expect(resting(away)).toEqual(['phase_age', 'buyer_silence', 'ping_pong', 'no_next_step']);
    for (const code of ['date_missed', 'ball_with_us', 'does_not_fit'] as const) {
      expect(isSuspended(code, { ...neither, ...away }, today)).toBe(false);
    }
    expect(resting({ backOn: today })).toEqual([]);
  });
});

describe('what holds up a plan', () => {
  const asked: Turn = { on: day('2027-01-11'), side: 'seller', expectsReply: true, advance: false };
  const codesOf = (
    { steps = [], backOn }: { steps?: Homework[]; backOn?: Day },
    rules?: TeamRules,
  ) => {
    const deal = makeOpenDeal({ backOn, phase: 'interest', phaseSince: day('2027-01-04') });
    const rows = { deal, steps, contacts: [], touches: [asked], revisions: [], rules };
    return assessPlan(rows, today, plainCalendars).stalls.map(({ code }) => code);
  };

  it('is age and silence, unless their lawyers are reading', () => {
    expect(codesOf({})).toEqual(expect.arrayContaining(['buyer_silence', 'phase_age']));
    const codes = codesOf({ steps: [review()] });
    expect(codes).not.toContain('buyer_silence');
    expect(codes).not.toContain('phase_age');
  });

  it('is nothing of theirs until they are back', () => {
    expect(codesOf({ backOn: day('2027-02-11') })).toEqual([]);
    expect(codesOf({ backOn: today })).toContain('buyer_silence');
  });

  it('is measured by the rules of the team', () => {
    const limit = (phaseAgeBd: number) =>
      codesOf({}, { norms: { mid: { phaseAgeBd } }, thresholds: {} });
    expect(limit(60)).not.toContain('phase_age');
    // 27 business days in the phase: more than five sixths of the limit.
    expect(limit(32)).toContain('phase_age');
    expect(limit(33)).not.toContain('phase_age');
  });
});
