import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FightFacts,
  fairFightSteps,
  pickFairFight,
  sayFairFight,
} from '../../src/domain/fair-fight.ts';
import { lossReasons } from '../../src/domain/loss-reasons.ts';
import { fairFightMoves } from '../../src/domain/loss-story.ts';
import { coverQuestions, questionOf } from '../../src/domain/open-question.ts';

const facts: FightFacts = {
  segment: 'mid',
  alone: false,
  deciderMet: true,
  doubters: 0,
  finishedSteps: new Set(),
  slips: 1,
  leftBd: 20,
  family: undefined,
  riskOpen: false,
};

describe('the last fair fight', () => {
  it.each([
    ['a decider nobody met', { deciderMet: false }, 'ask_the_decider'],
    ['an owner who was alone', { alone: true }, 'executive_call'],
    ['somebody against it', { doubters: 1 }, 'doubter_meets_customer'],
    ['a price', { family: 'Commercial' }, 'smaller_step'],
    ['a fear', { family: 'Chose not to decide' }, 'carry_a_risk'],
    ['a day that is near and never moved', { slips: 0, leftBd: 2 }, 'ask_for_a_week'],
  ] as const)('begins with what answers %s', (_what, change, move) => {
    expect(pickFairFight({ ...facts, ...change })[0]).toBe(move);
  });

  it('leaves out what was tried', () => {
    const tried = { finishedSteps: new Set(['exec', 'refs', 'trial']) };
    expect(pickFairFight({ ...facts, ...tried, deciderMet: false, slips: 0 })).toEqual([
      'ask_the_decider',
      'carry_a_risk',
      'ask_for_a_week',
    ]);
  });

  it('is always three different moves of the six', () => {
    const any = fc.record({
      segment: fc.constantFrom('smb', 'mid', 'ent', 'svc'),
      alone: fc.boolean(),
      deciderMet: fc.boolean(),
      doubters: fc.nat(3),
      finishedSteps: fc.subarray(['exec', 'refs', 'trial', 'risk']).map((keys) => new Set(keys)),
      slips: fc.nat(3),
      leftBd: fc.option(fc.integer({ min: -20, max: 60 }), { nil: undefined }),
      family: fc.option(fc.constantFrom(...lossReasons.map(({ family }) => family)), {
        nil: undefined,
      }),
      riskOpen: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (given) => {
        const moves = pickFairFight(given as FightFacts);
        expect(new Set(moves).size).toBe(3);
        expect(moves).toEqual(pickFairFight(given as FightFacts));
      }),
    );
  });

  it('has a step with an end for every move', () => {
    for (const { code } of fairFightMoves) {
      expect(fairFightSteps[code].title).not.toBe('');
      expect(fairFightSteps[code].doneWhen).not.toBe('');
    }
  });
});

describe('a reason', () => {
  it('from outside, or about price, product or competition, opens its question', () => {
    for (const reason of lossReasons) {
      const asked = ['Commercial', 'Product', 'Competition'].includes(reason.family);
      const opens = reason.control === 'outside' || asked;
      expect(questionOf(reason)).toBe(opens ? reason.ownershipQuestion : undefined);
    }
  });

  it('that covers something asks without an accusation', () => {
    for (const question of Object.values(coverQuestions)) {
      expect(question).toMatch(/ is often the kind answer\. .*\?$/);
      expect(question).not.toMatch(/\byou\b|\bwhy\b/i);
    }
  });
});

describe('what was said of the last moves', () => {
  it('is nothing where nothing was, as in every loss from before', () => {
    expect(sayFairFight([])).toBeUndefined();
  });

  it('names the moves with their marks, then why none was left', () => {
    const marked = { move: 'ask_for_a_week', mark: 'not_possible' } as const;
    const none = { noneBecause: 'the budget was gone' };
    expect(sayFairFight([marked])).toBe('Before it was closed: ask them for a week (not possible)');
    expect(sayFairFight([none])).toBe(
      'Before it was closed: none of these, because the budget was gone',
    );
    expect(sayFairFight([marked, none])).toBe(
      'Before it was closed: ask them for a week (not possible); none of these, because the budget was gone',
    );
  });
});
