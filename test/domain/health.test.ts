import { describe, expect, it } from 'vitest';
import {
  bandOf,
  computeHealth,
  type HealthFacts,
  nextStepScore,
  peopleScore,
  responsiveness,
  shareScore,
} from '../../src/domain/health.ts';
import { waiting, worked } from '../support/health-values.ts';

const health = (changes: Partial<HealthFacts> = {}) => computeHealth({ ...worked, ...changes });
const partOf = (part: string, changes: Partial<HealthFacts> = {}) =>
  health(changes).parts.find((scored) => scored.part === part)?.value;

describe('the worked deal', () => {
  it('is 73.75, shown as 74, to be watched', () => {
    const { score, band, parts, caps } = health();
    const points = parts.map(({ part, weight, value = 0 }) => [
      part,
      Number((weight * value).toFixed(2)),
    ]);
    expect(points).toEqual([
      ['commitment', 19.05],
      ['next_step', 15],
      ['plan', 14.2],
      ['reply', 12.5],
      ['date', 7],
      ['people', 6],
    ]);
    const sum = parts.reduce((all, { weight, value = 0 }) => all + weight * value, 0);
    expect(sum).toBeCloseTo(73.75, 2);
    expect({ score, band, caps }).toEqual({ score: 74, band: 'watch', caps: [] });
  });

  it('loses most by commitment, 5.95, and by plan, 5.8', () => {
    const losses = health().largestLosses.map(({ part, weight, value = 0 }) => [
      part,
      Number((weight * (1 - value)).toFixed(2)),
    ]);
    expect(losses).toEqual([
      ['commitment', 5.95],
      ['plan', 5.8],
    ]);
  });

  it('is 72 with responsiveness unknown, the others taking its weight', () => {
    expect(health({ reply: undefined }).score).toBe(72);
  });
});

describe('the share of the buyer', () => {
  it.each([
    [0, 0],
    [0.175, 0.5],
    [0.35, 1],
    [0.5, 1],
    [0.65, 1],
    [0.8, 0.743],
    [1, 0.4],
  ])('of %f scores %f', (share, score) => {
    expect(shareScore(share)).toBeCloseTo(score, 3);
  });

  it('scores nothing without a step', () => {
    expect(shareScore(undefined)).toBe(0);
  });

  it('counts half, and what they kept the other half: half of it while not tested', () => {
    expect(partOf('commitment', { share: 0.5, buyerOnTime: { k: 0, n: 0 } })).toBe(0.75);
    expect(partOf('commitment', { share: 0.5, buyerOnTime: { k: 0, n: 2 } })).toBe(0.5);
    expect(partOf('commitment', { share: undefined, buyerOnTime: { k: 2, n: 2 } })).toBe(0.5);
  });
});

describe('responsiveness', () => {
  it.each([
    [0.5, 1],
    [1.5, 0.833],
    [2.5, 0.5],
    [4, 0],
    [5, 0],
  ])('waiting for them at R = %f is %f', (latency, score) => {
    expect(responsiveness({ ...waiting, latency })).toBeCloseTo(score, 3);
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 0.6],
    [3, 0.3],
    [4, 0.3],
    [5, 0],
    [9, 0],
  ])('owing an answer for %i days is %f', (replyDebtBd, score) => {
    expect(responsiveness({ ...waiting, ballWith: 'seller', replyDebtBd })).toBe(score);
  });

  it.each([
    [true, 1],
    [false, 0.5],
  ])('with nobody owing, a meeting booked: %s, is %f', (meetingBooked, score) => {
    expect(responsiveness({ ...waiting, ballWith: undefined, meetingBooked })).toBe(score);
  });
});

describe('the next step', () => {
  const all = { passed: false, withinHorizon: true, agreed: true, named: true, inPlan: true };
  it.each([
    [{}, 1],
    [{ withinHorizon: false }, 0.875],
    [{ agreed: false }, 0.75],
    [{ named: false }, 0.75],
    [{ inPlan: false }, 0.75],
    [{ passed: true }, 0.5],
    [{ passed: true, named: false, inPlan: false }, 0],
  ])('with %o scores %f', (changes, score) => {
    expect(nextStepScore({ ...all, ...changes })).toBe(score);
  });
});

describe('plan and pace', () => {
  it.each([
    [{ coverage: 1, runwayBd: 4, pace: 2 }, 1],
    [{ coverage: 1, runwayBd: undefined, pace: 1 }, 1],
    [{ coverage: 0, runwayBd: -10, pace: 0 }, 0],
    [{ coverage: 0, runwayBd: -14, pace: 0.5 }, 0.15],
    [{ coverage: 0, runwayBd: -5, pace: 0 }, 0.15],
    [{ coverage: 1, runwayBd: -10, pace: undefined }, 0.4 / 0.7],
    [{ coverage: undefined }, undefined],
  ])('of %o is %f', (changes, expected) => {
    const value = partOf('plan', changes);
    if (expected === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(expected, 10);
  });
});

describe('the date', () => {
  it.each([
    [0, 1],
    [1, 0.7],
    [2, 0.4],
    [3, 0.1],
    [4, 0],
    [7, 0],
  ])('after %i slips is kept to %f', (slips, score) => {
    expect(partOf('date', { slips })).toBe(score);
  });

  it('loses a fifth more when it slipped over half of the first span, never below nothing', () => {
    expect(partOf('date', { slips: 2, slippedOverHalf: true })).toBeCloseTo(0.2, 10);
    expect(partOf('date', { slips: 3, slippedOverHalf: true })).toBe(0);
  });

  it('that was missed is not kept at all', () => {
    expect(partOf('date', { slips: 0, dateMissed: true, leftBd: -1 })).toBe(0);
  });

  it('nobody has set is not known', () => {
    expect(partOf('date', { leftBd: undefined })).toBeUndefined();
  });
});

describe('people', () => {
  it.each([
    [2, 3, 'known', 0.6],
    [3, 3, 'engaged', 1],
    [9, 3, 'engaged', 1],
    [0, 3, 'unknown', 0],
    [1, 1, 'unknown', 0.6],
  ] as const)('%i in touch of %i, decider %s, score %f', (engaged, target, decider, score) => {
    expect(peopleScore({ engaged, target, decider })).toBeCloseTo(score, 10);
  });
});

describe('what holds a score down', () => {
  const perfect: HealthFacts = {
    ...worked,
    share: 0.5,
    buyerOnTime: { k: 3, n: 3 },
    nextStep: 1,
    coverage: 1,
    runwayBd: 5,
    pace: 1,
    reply: { ...waiting, latency: 0 },
    slips: 0,
    people: { engaged: 3, target: 3, decider: 'engaged' },
  };

  it('is nothing for a plan that is kept in every part', () => {
    const { score, band, caps, largestLosses } = computeHealth(perfect);
    expect({ score, band, caps, largestLosses }).toEqual({
      score: 100,
      band: 'steady',
      caps: [],
      largestLosses: [],
    });
  });

  it.each([
    ['no next step', { hasNextStep: false }, 60, 'no_next_step'],
    ['a stall', { stalled: true }, 49, 'stalled'],
    ['a missed date', { dateMissed: true }, 40, 'date_missed'],
    ['six days short with 20 left', { runwayBd: -6, leftBd: 20 }, 50, 'does_not_fit'],
  ])('is %s', (_, changes, at, because) => {
    const { score, caps } = computeHealth({ ...perfect, ...changes });
    expect(score).toBe(at);
    expect(caps).toEqual([{ at, because }]);
  });

  it.each([
    ['five days short', { runwayBd: -5, leftBd: 20 }],
    ['six days short with 21 left', { runwayBd: -6, leftBd: 21 }],
    ['six days short without a date', { runwayBd: -6, leftBd: undefined }],
  ])('is not %s', (_, changes) => {
    expect(computeHealth({ ...perfect, ...changes }).caps).toEqual([]);
  });

  it('is the strictest of several, and all are told', () => {
    const { score, caps } = computeHealth({ ...perfect, hasNextStep: false, stalled: true });
    expect(score).toBe(49);
    expect(caps.map(({ at }) => at)).toEqual([49, 60]);
  });

  it('never lifts a score that is lower', () => {
    expect(health({ hasNextStep: false, nextStep: 0, share: 0 }).score).toBeLessThan(60);
  });
});

describe('the bands', () => {
  it.each([
    [100, 'steady'],
    [75, 'steady'],
    [74, 'watch'],
    [50, 'watch'],
    [49, 'at_risk'],
    [0, 'at_risk'],
  ])('%i is %s', (score, band) => {
    expect(bandOf(score)).toBe(band);
  });
});

describe('a dash', () => {
  it.each([0, 2])('stands at an age of %i days', (ageDays) => {
    const { score, band, isNew } = health({ ageDays });
    expect({ score, band, isNew }).toEqual({ score: undefined, band: undefined, isNew: true });
  });

  it('gives way to a score on the third day', () => {
    expect(health({ ageDays: 3 })).toMatchObject({ score: 74, isNew: false });
  });

  it('stands with more than 40 points unknown, not with 40 or fewer', () => {
    const unknown = { coverage: undefined, reply: undefined };
    const lacking35 = health(unknown);
    expect(lacking35.score).toBe(Math.round((19.05 + 15 + 7 + 6) / 0.65));
    const lacking45 = health({ ...unknown, people: undefined });
    expect(lacking45.score).toBeUndefined();
    expect(lacking45).toMatchObject({ band: undefined, isNew: false });
  });
});
