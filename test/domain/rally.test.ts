import { describe, expect, it } from 'vitest';
import { businessDaysAfter, type Day, day, weekdays } from '../../src/domain/calendar.ts';
import { responsiveness } from '../../src/domain/health.ts';
import { computeRally, mergeTurns, pingPongIndex, type Turn } from '../../src/domain/rally.ts';
import { segmentNorms } from '../../src/domain/segment.ts';
import { findStalls, type StallFacts } from '../../src/domain/stalls.ts';
import { usualRules } from '../../src/domain/team-rules.ts';

const monday = day('2027-03-01');
const both = { buyer: weekdays, seller: weekdays };

const ours = (on: Day, facts: Partial<Turn> = {}): Turn => ({
  on,
  side: 'seller',
  expectsReply: true,
  advance: false,
  ...facts,
});
const theirs = (on: Day, facts: Partial<Turn> = {}): Turn => ({
  on,
  side: 'buyer',
  expectsReply: false,
  advance: false,
  ...facts,
});

/** A question of ours and its answer for each wait, one after the other. */
function questions(waits: readonly number[]): { turns: Turn[]; last: Day } {
  let at = monday;
  const turns = waits.flatMap((wait) => {
    const asked = at;
    at = businessDaysAfter(at, wait);
    return [ours(asked), theirs(at)];
  });
  return { turns, last: at };
}

const rallyOf = (turns: readonly Turn[], today: Day, typicalReplyBd = 3) =>
  computeRally(turns, today, { typicalReplyBd }, both);

describe('how long they take to answer', () => {
  it('is the median of their waits, and the silence is measured against it (appendix A)', () => {
    const { turns, last } = questions([1, 2, 1, 4, 2]);
    const today = businessDaysAfter(last, 7);
    expect(rallyOf([...turns, ours(last)], today)).toMatchObject({
      typicalReplyBd: 2,
      silenceBd: 7,
      latency: 3.5,
      ballWith: 'buyer',
    });
  });

  it('stalls a mid-market deal in preference after seven days of silence (appendix A)', () => {
    const { turns, last } = questions([1, 2, 1, 4, 2]);
    const stallAfter = (silenceBd: number) => {
      const rally = rallyOf([...turns, ours(last)], businessDaysAfter(last, silenceBd));
      const facts = { rally, norms: segmentNorms.mid, phase: 'preference' };
      return findStalls({ ...quietFacts, ...facts } as StallFacts).map(
        ({ code, severity }) => `${code} ${severity}`,
      );
    };
    expect(stallAfter(6)).toContain('buyer_silence watch');
    expect(stallAfter(7)).toContain('buyer_silence stall');
  });

  it('is the usual one of the segment under three answers', () => {
    const { turns, last } = questions([9, 9]);
    expect(rallyOf(turns, last, 5).typicalReplyBd).toBe(5);
    expect(rallyOf(questions([9, 9, 9]).turns, last, 5).typicalReplyBd).toBe(9);
  });

  it('forgets waits before the last five', () => {
    const { turns, last } = questions([30, 30, 30, 1, 1, 1, 2, 2]);
    expect(rallyOf(turns, last).typicalReplyBd).toBe(1);
  });

  it('is at least a day', () => {
    const { turns, last } = questions([0, 0, 0]);
    expect(rallyOf(turns, last).typicalReplyBd).toBe(1);
  });

  it('runs from the first question they left open, over their business days only', () => {
    const friday = day('2027-03-05');
    const next = day('2027-03-09');
    const calendars = { ...both, buyer: { ...weekdays, holidays: new Set(['2027-03-08']) } };
    const turns = [ours(friday), ours(day('2027-03-08'))];
    const norms = { typicalReplyBd: 1 };
    expect(computeRally(turns, next, norms, calendars).silenceBd).toBe(1);
    expect(computeRally(turns, next, norms, both).silenceBd).toBe(2);
  });
});

describe('whose turn it is', () => {
  it('is ours while a question of theirs is open, and it grows', () => {
    const turns = [ours(monday), theirs(day('2027-03-02'), { expectsReply: true })];
    expect(rallyOf(turns, day('2027-03-05'))).toMatchObject({
      ballWith: 'seller',
      replyDebtBd: 3,
      silenceBd: 0,
    });
  });

  it('is nobody’s after an answer that asks nothing', () => {
    const turns = [ours(monday), theirs(day('2027-03-02'))];
    expect(rallyOf(turns, day('2027-03-05'))).toMatchObject({
      ballWith: undefined,
      replyDebtBd: 0,
      silenceBd: 0,
    });
  });
});

describe('ping-pong', () => {
  const sides = (letters: string, advances: readonly number[] = []) =>
    [...letters].map((letter, at) =>
      (letter === 'S' ? ours : theirs)(monday, { advance: advances.includes(at) }),
    );

  it('is 4 of 5 turns after the first that moved nothing (appendix A)', () => {
    expect(pingPongIndex(sides('SBSBSB', [5]))).toBe(0.8);
  });

  it('is not known under five turns', () => {
    expect(pingPongIndex(sides('SBSB'))).toBeUndefined();
    expect(pingPongIndex(sides('SBSBS'))).toBe(1);
  });

  it('counts words of one side in a row as one turn, an advance if any of them is', () => {
    const turns = mergeTurns(sides('SSBBBS', [1, 3]));
    expect(turns.map(({ side, advance }) => [side, advance])).toEqual([
      ['seller', true],
      ['buyer', true],
      ['seller', false],
    ]);
  });

  it('looks at the last twenty business days and no further', () => {
    const turns = sides('SBSBS');
    expect(rallyOf(turns, businessDaysAfter(monday, 20))).toMatchObject({ turns: 5, pingPong: 1 });
    expect(rallyOf(turns, businessDaysAfter(monday, 21))).toMatchObject({
      turns: 0,
      pingPong: undefined,
    });
  });

  it('counts the turns since the last one that moved something', () => {
    expect(rallyOf(sides('SBSBSB', [2]), monday).idleTurns).toBe(3);
    expect(rallyOf(sides('SBSBSB'), monday).idleTurns).toBe(6);
    expect(rallyOf(sides('SBSBSB', [5]), monday).idleTurns).toBe(0);
  });
});

describe('responsiveness (appendix A)', () => {
  const nobody = { latency: 0, ballWith: undefined, replyDebtBd: 0, meetingBooked: false } as const;

  it.each([
    [0.5, 1],
    [1.5, 0.833],
    [2.5, 0.5],
    [4, 0],
    [5, 0],
  ])('with the buyer at a latency of %d is %d', (latency, expected) => {
    expect(responsiveness({ ...nobody, ballWith: 'buyer', latency })).toBeCloseTo(expected, 3);
  });

  it.each([
    [1, 1],
    [2, 0.6],
    [3, 0.3],
    [4, 0.3],
    [5, 0],
  ])('with us for %d business days is %d', (replyDebtBd, expected) => {
    expect(responsiveness({ ...nobody, ballWith: 'seller', replyDebtBd })).toBe(expected);
  });

  it('is a half when nobody owes an answer, and whole with a meeting booked', () => {
    expect(responsiveness(nobody)).toBe(0.5);
    expect(responsiveness({ ...nobody, meetingBooked: true })).toBe(1);
  });
});

/** A plan in which nothing else stalls. */
const quietFacts: Omit<StallFacts, 'rally' | 'norms' | 'phase'> = {
  isSmall: false,
  withoutNextStepBd: 0,
  buyerGatesLateBd: [],
  oursLateBd: 0,
  slips: {
    slips: 0,
    grossDays: 0,
    pulledDays: 0,
    netDays: 0,
    rolling: false,
    unseenByManager: false,
  },
  rules: usualRules,
  isSuspended: () => false,
  phaseAgeBd: 0,
  phaseWatchBd: undefined,
  engagedContacts: undefined,
  deciderEngaged: undefined,
  leftBd: undefined,
  sinceAdvanceBd: 0,
  runwayBd: undefined,
  share: undefined,
  liveSteps: 0,
  offerSent: false,
  quietGapBd: 0,
  isMutual: true,
};
