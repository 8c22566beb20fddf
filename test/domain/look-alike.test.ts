import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { DealId, LossId } from '../../src/domain/ids.ts';
import {
  familiesOf,
  type LookFacts,
  lessonLine,
  type PastLoss,
  rankLookAlikes,
} from '../../src/domain/look-alike.ts';
import { lossReasons } from '../../src/domain/loss-reasons.ts';
import { phases, segments } from '../../src/domain/segment.ts';

const facts: LookFacts = {
  rival: 'Globex',
  families: ['People'],
  phase: 'interest',
  segment: 'mid',
  kind: 'new',
};
const loss: PastLoss = {
  lossId: 'L1' as LossId,
  dealId: 'D1' as DealId,
  reviewId: undefined,
  account: 'Umbra',
  lostOn: day('2026-10-12'),
  outcome: 'rival',
  competitor: ' GLOBEX',
  reasonCode: 'cmp.trusted',
  ownWords: 'I would meet their CFO in week one',
  phaseAtLoss: 'decision',
  segment: 'ent',
  kind: 'expansion',
};
const matchesOf = (change: Partial<PastLoss>) =>
  rankLookAlikes(facts, [{ ...loss, ...change }], 3)[0]?.matches;

describe('losses that look like a deal', () => {
  it('have at least two things in common, one of them the rival or the reason', () => {
    expect(matchesOf({})).toBeUndefined();
    expect(matchesOf({ segment: 'mid' })).toEqual(['rival', 'size']);
    expect(
      matchesOf({ competitor: undefined, reasonCode: 'ppl.single', phaseAtLoss: 'interest' }),
    ).toEqual(['family', 'phase']);
    expect(
      matchesOf({ competitor: undefined, segment: 'mid', phaseAtLoss: 'interest', kind: 'new' }),
    ).toBeUndefined();
  });

  it('are no renewals, unless the deal is one', () => {
    expect(matchesOf({ segment: 'mid', kind: 'renewal' })).toBeUndefined();
  });

  it('stand with the same rival before the same reason, then the newest first', () => {
    const rival = { ...loss, segment: 'mid' as const };
    const reason = {
      ...rival,
      lossId: 'L2' as LossId,
      competitor: undefined,
      reasonCode: 'ppl.single',
    };
    const newer = { ...rival, lossId: 'L3' as LossId, lostOn: day('2026-11-01') };
    const ranked = rankLookAlikes(facts, [reason, rival, newer], 3);
    expect(ranked.map(({ loss: { lossId } }) => lossId)).toEqual(['L3', 'L1', 'L2']);
    expect(ranked.map(({ score }) => score)).toEqual([3, 3, 2]);
  });

  it('say in a line why they are shown and what they taught', () => {
    const [alike] = rankLookAlikes(facts, [{ ...loss, segment: 'mid' }], 1);
    expect(alike && lessonLine(alike, day('2026-11-23'))).toBe(
      'Looks like a loss of Mon 12 Oct: same rival (GLOBEX), same size. What it taught: “I would meet their CFO in week one”',
    );
  });

  it('are explained by their score, in order, without the order they came in', () => {
    const past = fc.record({
      lossId: fc.uuid().map((id) => id as LossId),
      competitor: fc.constantFrom(undefined, 'Globex', 'globex', 'Initech'),
      reasonCode: fc.constantFrom(...lossReasons.map(({ code }) => code)),
      phaseAtLoss: fc.constantFrom(...phases),
      segment: fc.constantFrom(...segments),
      kind: fc.constantFrom('new' as const, 'expansion' as const, 'renewal' as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(past, { selector: ({ lossId }) => lossId }), (given) => {
        const losses = given.map((one) => ({ ...loss, ...one }));
        const ranked = rankLookAlikes(facts, losses, 5);
        const again = rankLookAlikes(facts, [...losses].reverse(), 5);
        expect(again).toEqual(ranked);
        for (const [at, { matches, score }] of ranked.entries()) {
          expect(matches.length).toBeGreaterThanOrEqual(2);
          expect(matches.includes('rival') || matches.includes('family')).toBe(true);
          expect(score).toBe(matches.length + (matches.includes('rival') ? 1 : 0));
          expect(score).toBeLessThanOrEqual(ranked[at - 1]?.score ?? 6);
        }
      }),
    );
  });

  it('are sought by what holds a deal up and what was answered', () => {
    expect(familiesOf(['single_thread', 'ping_pong'], 'rsk.legal')).toEqual([
      'People',
      'Risk, legal, security',
    ]);
  });
});
