import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/domain/calendar.ts';
import { computeHealth, type HealthFacts } from '../../src/domain/health.ts';
import type { Homework, HomeworkStatus, Side } from '../../src/domain/homework.ts';
import { buyerShare, onTime } from '../../src/domain/plan-metrics.ts';
import { worked } from '../support/health-values.ts';
import { makeStep } from '../support/plan-values.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const anyFacts: fc.Arbitrary<HealthFacts> = fc.record({
  ageDays: fc.integer({ min: -5, max: 400 }),
  share: maybe(fraction),
  buyerOnTime: fc
    .tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }))
    .map(([one, other]) => ({ k: Math.min(one, other), n: Math.max(one, other) })),
  nextStep: fraction,
  hasNextStep: fc.boolean(),
  coverage: maybe(fraction),
  runwayBd: maybe(fc.integer({ min: -60, max: 60 })),
  pace: maybe(fc.double({ min: 0, max: 2, noNaN: true })),
  reply: maybe(
    fc.record({
      ballWith: fc.constantFrom('buyer' as const, 'seller' as const, undefined),
      latency: fc.double({ min: 0, max: 50, noNaN: true }),
      replyDebtBd: fc.nat({ max: 50 }),
      meetingBooked: fc.boolean(),
    }),
  ),
  slips: fc.nat({ max: 12 }),
  slippedOverHalf: fc.boolean(),
  dateMissed: fc.boolean(),
  leftBd: maybe(fc.integer({ min: -60, max: 300 })),
  people: maybe(
    fc.record({
      engaged: fc.nat({ max: 20 }),
      target: fc.integer({ min: 1, max: 5 }),
      decider: fc.constantFrom('engaged' as const, 'known' as const, 'unknown' as const),
    }),
  ),
  stalled: fc.boolean(),
});

describe('any deal', () => {
  it('scores 0 to 100, its known parts adding up to the score before what holds it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { score, band, parts, caps, largestLosses, isNew } = computeHealth(facts);
        expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
        const known = parts.filter(({ value }) => value !== undefined);
        for (const { value } of known) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        const weight = known.reduce((sum, part) => sum + part.weight, 0);
        expect(score === undefined).toBe(isNew || weight < 60);
        expect(largestLosses.length).toBeLessThanOrEqual(2);
        if (score === undefined) {
          expect(band).toBeUndefined();
          return;
        }
        const sum = known.reduce((all, part) => all + part.weight * (part.value ?? 0), 0) / weight;
        const held = Math.min(100, ...caps.map(({ at }) => at));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(held);
        if (score < held) expect(Math.abs(score - sum * 100)).toBeLessThanOrEqual(0.5 + 1e-9);
        else expect(sum * 100).toBeGreaterThanOrEqual(held - 0.5 - 1e-9);
      }),
    );
  });

  it('a step the buyer finished by its day never lowers commitment while they do at most 65%', () => {
    const today = day('2027-02-01');
    const anyStep = fc
      .record({
        side: fc.constantFrom<Side>('buyer', 'seller', 'both', 'partner'),
        effort: fc.constantFrom(1 as const, 2 as const, 3 as const),
        status: fc.constantFrom<HomeworkStatus>(
          'proposed',
          'agreed',
          'done',
          'accepted',
          'dropped',
        ),
        due: fc.integer({ min: -30, max: 30 }),
        done: fc.integer({ min: -30, max: 0 }),
      })
      .map(({ due, done, ...facts }) =>
        makeStep({ ...facts, dueOn: addDays(today, due), doneOn: addDays(today, done) }),
      );
    const commitment = (steps: readonly Homework[]) => {
      const share = buyerShare(steps);
      const buyerOnTime = onTime(steps, 'buyer', today);
      const { parts } = computeHealth({ ...worked, share, buyerOnTime });
      const value = parts.find(({ part }) => part === 'commitment')?.value;
      return { share: share ?? 0, value: value ?? 0 };
    };
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), anyStep, (steps, more) => {
        const finished: Homework = { ...more, side: 'buyer', status: 'done', doneOn: more.dueOn };
        const before = commitment(steps);
        const after = commitment([...steps, finished]);
        if (after.share <= 0.65) expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-12);
      }),
    );
  });
});
