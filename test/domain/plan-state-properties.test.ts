import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainCalendars } from '../../src/domain/calendar.ts';
import type { DealContact } from '../../src/domain/contact.ts';
import type { Homework, HomeworkStatus, Side } from '../../src/domain/homework.ts';
import type { AccountId, ContactId, PersonId } from '../../src/domain/ids.ts';
import { assessPlan, type PlanRows } from '../../src/domain/plan-state.ts';
import type { Turn } from '../../src/domain/rally.ts';
import { phases, type Segment } from '../../src/domain/segment.ts';
import { anyCalendar, anyDay, makeOpenDeal, makeStep } from '../support/plan-values.ts';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const sides: readonly Side[] = ['buyer', 'seller', 'both', 'partner'];
const statuses: readonly HomeworkStatus[] = [
  'proposed',
  'agreed',
  'in_progress',
  'done',
  'accepted',
  'declined',
  'dropped',
  'superseded',
  'needs_rewrite',
];

const anyStep: fc.Arbitrary<Homework> = fc
  .record({
    kind: fc.constantFrom('do' as const, 'find_out' as const, 'meet' as const, 'approve' as const),
    side: fc.constantFrom(...sides),
    status: fc.constantFrom(...statuses),
    dueOn: anyDay,
    originalDueOn: anyDay,
    gate: fc.boolean(),
    durationBd: fc.integer({ min: 1, max: 30 }),
    effort: fc.constantFrom(1 as const, 2 as const, 3 as const),
    agreedOn: maybe(anyDay),
    doneOn: maybe(anyDay),
    stepKey: maybe(fc.constantFrom('offer', 'proposal', 'trial')),
    personId: maybe(fc.constant('P' as PersonId)),
    contactId: maybe(fc.constant('C' as ContactId)),
  })
  .map(({ personId, contactId, ...facts }) =>
    makeStep({ ...facts, doer: { name: 'Dana', personId, contactId } }),
  );

const anyContact: fc.Arbitrary<DealContact> = fc.record({
  id: fc.constant('C' as ContactId),
  accountId: fc.constant('A' as AccountId),
  name: fc.string(),
  title: maybe(fc.string()),
  power: fc.constantFrom('decides' as const, 'signs' as const, 'unknown' as const),
  stance: fc.constantFrom('for' as const, 'against' as const, 'unknown' as const),
  leftOn: maybe(anyDay),
  role: maybe(fc.constantFrom('champion' as const, 'decider' as const)),
  engagedOn: maybe(anyDay),
});

const anyTurns: fc.Arbitrary<Turn[]> = fc
  .array(
    fc.record({
      on: anyDay,
      side: fc.constantFrom('buyer' as const, 'seller' as const),
      expectsReply: fc.boolean(),
      advance: fc.boolean(),
    }),
    { maxLength: 15 },
  )
  .map((turns) => turns.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)));

const anyDeal = fc
  .record({
    segment: fc.constantFrom<Segment>('smb', 'mid', 'ent', 'svc'),
    kind: fc.constantFrom('new' as const, 'expansion' as const, 'renewal' as const),
    phase: fc.constantFrom(...phases),
    entryPhase: maybe(fc.constantFrom(...phases)),
    openedOn: anyDay,
    phaseSince: anyDay,
    decisionOn: maybe(anyDay),
    originalDecisionOn: maybe(anyDay),
    dateAgreedOn: maybe(anyDay),
    pausedUntil: maybe(anyDay),
    problem: maybe(fc.constant('Reports take a week.')),
    dateDriver: maybe(fc.constant('The audit')),
    imported: fc.boolean(),
  })
  .map((changes) => makeOpenDeal(changes));

const anyRows: fc.Arbitrary<PlanRows> = fc.record({
  deal: anyDeal,
  steps: fc.array(anyStep, { maxLength: 12 }),
  contacts: fc.array(anyContact, { maxLength: 5 }),
  touches: anyTurns,
  revisions: fc.array(
    fc.record({
      fromOn: anyDay,
      toOn: anyDay,
      on: anyDay,
      kind: fc.constantFrom(
        'slip' as const,
        'pull_in' as const,
        'correction' as const,
        'missed' as const,
      ),
      side: fc.constantFrom('us' as const, 'buyer' as const),
      acknowledged: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
});

describe('any rows on any day', () => {
  it('are assessed, twice the same, changing nothing, every figure within its range', () => {
    fc.assert(
      fc.property(anyRows, anyDay, anyCalendar, anyCalendar, (rows, on, ours, theirs) => {
        const calendars = { ours, buyerOf: () => theirs, planOf: () => ours };
        const before = structuredClone(rows);
        const state = assessPlan(rows, on, calendars);
        expect(assessPlan(rows, on, calendars)).toEqual(state);
        expect(rows).toEqual(before);
        const { score = 0, parts } = state.health;
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        for (const { value = 0 } of parts) expect(value >= 0 && value <= 1).toBe(true);
        expect(state.coverage >= 0 && state.coverage <= 1).toBe(true);
        expect((state.share ?? 0) >= 0 && (state.share ?? 0) <= 1).toBe(true);
        expect(state.gap.days).toBeGreaterThanOrEqual(0);
        expect(new Set(state.stalls.map(({ code }) => code)).size).toBe(state.stalls.length);
      }),
    );
  });

  it('are assessed without any holiday or a date too', () => {
    fc.assert(
      fc.property(anyRows, anyDay, (rows, on) => {
        const deal = { ...rows.deal, decisionOn: undefined, originalDecisionOn: undefined };
        const state = assessPlan({ ...rows, deal }, on, plainCalendars);
        expect(state.dateMissed).toBe(false);
        expect(state.gap.days).toBe(0);
        expect(state.stalls.some(({ code }) => code === 'date_missed')).toBe(false);
      }),
    );
  });
});
