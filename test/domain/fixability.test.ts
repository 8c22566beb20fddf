import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeClose, computeFixability, isTalkWorthy } from '../../src/domain/fixability.ts';

describe('fixability (METHOD §3.5, appendix A)', () => {
  it('weighs buyer 1, reviewer 0.5, manager 0.5, owner 0 to 0.591, far apart', () => {
    const fixability = computeFixability([
      { by: 'buyer', value: 'yes' },
      { by: 'reviewer', value: 'partly' },
      { by: 'manager', value: 'partly' },
      { by: 'owner', value: 'no' },
    ]);
    expect(fixability?.share).toBeCloseTo(0.591, 3);
    expect(fixability?.spread).toBe(1);
    expect(isTalkWorthy(fixability)).toBe(true);
  });

  it('weighs 0.5 / 1 / 0 without a buyer to 0.5', () => {
    expect(
      computeFixability([
        { by: 'reviewer', value: 'partly' },
        { by: 'manager', value: 'yes' },
        { by: 'owner', value: 'no' },
      ])?.share,
    ).toBe(0.5);
  });

  it('says nothing under two voters', () => {
    expect(computeFixability([])).toBeUndefined();
    expect(computeFixability([{ by: 'buyer', value: 'yes' }])).toBeUndefined();
    expect(isTalkWorthy(undefined)).toBe(false);
  });

  it('stays between the lowest and the highest view', () => {
    const vote = fc.record({
      by: fc.constantFrom(
        'buyer' as const,
        'reviewer' as const,
        'manager' as const,
        'peer' as const,
      ),
      value: fc.constantFrom('yes' as const, 'partly' as const, 'no' as const),
    });
    const number = { yes: 1, partly: 0.5, no: 0 };
    fc.assert(
      fc.property(fc.array(vote, { minLength: 2 }), (votes) => {
        const values = votes.map(({ value }) => number[value]);
        const { share = -1, spread } = computeFixability(votes) ?? {};
        expect(share).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(share).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(spread).toBe(Math.max(...values) - Math.min(...values));
      }),
    );
  });
});

describe('learned and again (METHOD §3.5)', () => {
  const tap = (learned: boolean, again: boolean) => ({ learned, again });

  it('takes one who learned, and half who would come again', () => {
    expect(computeClose([tap(true, true), tap(false, false)])).toEqual({
      voters: 2,
      learnedBy: 1,
      againBy: 1,
      learned: true,
      again: true,
    });
    expect(computeClose([tap(false, true), tap(false, false), tap(false, false)])).toEqual({
      voters: 3,
      learnedBy: 0,
      againBy: 1,
      learned: false,
      again: false,
    });
    expect(computeClose([tap(true, true)])).toBeUndefined();
  });
});
