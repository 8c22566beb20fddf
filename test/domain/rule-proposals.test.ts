import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, businessDaysAfter, day, plainCalendars } from '../../src/domain/calendar.ts';
import { proposeRules, type WonDeal } from '../../src/domain/rule-proposals.ts';
import { phases, segmentNorms, segments } from '../../src/domain/segment.ts';
import { anyDay } from '../support/plan-values.ts';

const monday = day('2026-08-03');
const workday = (count: number) => businessDaysAfter(monday, count);
const instant = (count: number) => new Date(`${workday(count)}T12:00:00Z`);

/** A deal whose phases took so many business days, and in which they answered after so many. */
function won(phaseBd: readonly number[], replyBd: readonly number[] = []): WonDeal {
  let at = 0;
  const ends = phaseBd.map((bd) => {
    at += bd;
    return at;
  });
  return {
    openedOn: monday,
    closedOn: workday(at),
    zone: 'UTC',
    buyerRegion: undefined,
    phaseChangedAt: ends.slice(0, -1).map(instant),
    turns: replyBd.flatMap((bd, nth) => [
      { on: workday(nth * 20), side: 'seller', expectsReply: true, advance: false } as const,
      { on: workday(nth * 20 + bd), side: 'buyer', expectsReply: false, advance: true } as const,
    ]),
  };
}

const propose = (deals: readonly WonDeal[]) => {
  const [phaseAge, reply, silence] = proposeRules(deals, 'mid', plainCalendars);
  return { phaseAge, reply, silence };
};

const times = (count: number, deal: WonDeal) => Array.from({ length: count }, () => deal);

describe('what a team’s own wins propose', () => {
  it('is one and a half times the median of the longest phases', () => {
    const deals = [
      ...times(4, won([4, 12, 6])),
      ...times(3, won([3, 13, 2])),
      ...times(4, won([20, 1, 5])),
    ];
    // Longest: 12 four times, 13 three times, 20 four times; the middle of eleven is 13.
    expect(propose(deals).phaseAge).toEqual({
      about: 'phase_age',
      n: 11,
      norms: { phaseAgeBd: 20 },
    });
  });

  it('waits for the eighth win with phases, and says how many there are', () => {
    const phased = times(7, won([4, 12]));
    const unphased = times(5, won([30]));
    expect(propose([...phased, ...unphased]).phaseAge).toEqual({
      about: 'phase_age',
      n: 7,
      norms: undefined,
    });
    expect(propose([...phased, won([4, 12])]).phaseAge?.norms).toEqual({ phaseAgeBd: 18 });
  });

  it('is how long their buyers took to answer, with the silence that fits it', () => {
    const { reply, silence } = propose(times(8, won([5, 5], [2, 2, 9])));
    expect(reply).toEqual({ about: 'typical_reply', n: 8, norms: { typicalReplyBd: 2 } });
    // Two thirds of 10/8/7/5.
    expect(silence?.norms).toEqual({
      silenceLimitBd: { awareness: 7, interest: 5, preference: 5, decision: 3 },
    });
  });

  it('counts only wins with an answer for the reply', () => {
    const deals = [...times(7, won([5, 5], [2])), ...times(9, won([5, 5]))];
    expect(propose(deals).reply).toEqual({ about: 'typical_reply', n: 7, norms: undefined });
  });

  it('at most halves or doubles what is usual', () => {
    expect(propose(times(8, won([1, 1]))).phaseAge?.norms).toEqual({ phaseAgeBd: 13 });
    expect(propose(times(8, won([90, 1]))).phaseAge?.norms).toEqual({ phaseAgeBd: 50 });
    expect(propose(times(8, won([5, 5], [15]))).silence?.norms).toEqual({
      silenceLimitBd: { awareness: 20, interest: 16, preference: 14, decision: 10 },
    });
  });
});

const anyTurn = fc.record({
  on: anyDay,
  side: fc.constantFrom('buyer' as const, 'seller' as const),
  expectsReply: fc.boolean(),
  advance: fc.boolean(),
});

const anyWon: fc.Arbitrary<WonDeal> = fc
  .record({
    openedOn: anyDay,
    lasts: fc.nat({ max: 500 }),
    changes: fc.array(fc.nat({ max: 500 }), { maxLength: 5 }),
    turns: fc.array(anyTurn, { maxLength: 12 }),
  })
  .map(({ openedOn, lasts, changes, turns }) => ({
    openedOn,
    closedOn: addDays(openedOn, lasts),
    zone: 'America/New_York',
    buyerRegion: undefined,
    phaseChangedAt: changes
      .sort((a, b) => a - b)
      .map((days) => new Date(`${addDays(openedOn, Math.min(days, lasts))}T15:00:00Z`)),
    turns: turns.sort((a, b) => (a.on < b.on ? -1 : 1)),
  }));

describe('whatever a team won', () => {
  it('no proposal leaves what may be chosen, or is made of fewer than eight', () => {
    fc.assert(
      fc.property(
        fc.array(anyWon, { maxLength: 20 }),
        fc.constantFrom(...segments),
        (deals, segment) => {
          const usual = segmentNorms[segment];
          for (const { n, norms } of proposeRules(deals, segment, plainCalendars)) {
            expect(norms === undefined).toBe(n < 8);
            expect(n).toBeLessThanOrEqual(deals.length);
            const numbers = [norms?.phaseAgeBd, norms?.typicalReplyBd].concat(
              phases.map((phase) => norms?.silenceLimitBd?.[phase]),
            );
            for (const value of numbers) {
              if (value === undefined) continue;
              expect(Number.isInteger(value)).toBe(true);
              expect(value).toBeGreaterThanOrEqual(1);
              expect(value).toBeLessThanOrEqual(120);
            }
            if (norms?.phaseAgeBd)
              expect(norms.phaseAgeBd).toBeLessThanOrEqual(2 * usual.phaseAgeBd);
            for (const phase of phases) {
              const limit = norms?.silenceLimitBd?.[phase] ?? 3;
              expect(limit).toBeGreaterThanOrEqual(3);
            }
          }
        },
      ),
    );
  });
});
