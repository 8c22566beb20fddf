import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, day, plainCalendars, weekdays } from '../../src/domain/calendar.ts';
import type { DealContact } from '../../src/domain/contact.ts';
import { countFacts, type FactRows, longestSilence } from '../../src/domain/fact-trail.ts';
import { sayFactLines } from '../../src/domain/fact-words.ts';
import type { Turn } from '../../src/domain/rally.ts';
import { anyDay, makeOpenDeal, makeStep } from '../support/plan-values.ts';

const empty: FactRows = {
  steps: [],
  contacts: [],
  touches: [],
  revisions: [],
  helpers: [],
  stalls: [],
  unansweredNudges: 0,
};

const turn = (on: string, side: Turn['side'], facts: Partial<Turn> = {}): Turn => ({
  on: day(on),
  side,
  expectsReply: true,
  advance: false,
  ...facts,
});

const contact = (facts: Partial<DealContact>): DealContact =>
  ({ leftOn: undefined, role: undefined, engagedOn: undefined, ...facts }) as DealContact;

const endedOn = day('2027-02-26');
const deal = makeOpenDeal({ decisionOn: day('2027-03-12'), entryPhase: 'interest' });

const full: FactRows = {
  steps: [
    makeStep({
      dueOn: day('2027-02-01'),
      status: 'done',
      doneOn: day('2027-02-03'),
      agreedOn: day('2027-01-20'),
      title: 'Security form',
    }),
    makeStep({ dueOn: day('2027-02-10'), status: 'agreed', agreedOn: day('2027-01-20') }),
    makeStep({ dueOn: day('2027-01-15'), status: 'dropped' }),
    makeStep({
      side: 'seller',
      effort: 2,
      dueOn: day('2027-02-05'),
      status: 'accepted',
      doneOn: day('2027-02-05'),
    }),
  ],
  contacts: [
    contact({ role: 'champion', engagedOn: day('2027-01-05') }),
    contact({ role: 'user', engagedOn: day('2027-01-05') }),
    contact({ role: 'user', engagedOn: day('2027-01-06') }),
    contact({ engagedOn: day('2027-01-06') }),
    contact({ role: 'decider' }),
  ],
  touches: [
    turn('2027-01-04', 'seller'),
    turn('2027-01-11', 'buyer', { advance: true }),
    turn('2027-01-13', 'seller'),
  ],
  revisions: [
    {
      fromOn: day('2027-02-26'),
      toOn: day('2027-03-12'),
      on: day('2027-02-01'),
      kind: 'slip',
      side: 'buyer',
      acknowledged: true,
    },
  ],
  helpers: ['Ben Okafor'],
  stalls: ['buyer_silence'],
  unansweredNudges: 2,
};

describe('the fact trail', () => {
  const { facts, lostAlone } = countFacts(deal, full, endedOn, plainCalendars);

  it('counts what happened, from rows alone', () => {
    expect(lostAlone).toBe(false);
    expect(facts).toMatchObject({
      daysOpen: 87,
      steps: { buyer: { done: 1, asked: 2 }, seller: { done: 1, asked: 1 } },
      story: {
        dates: { firstOn: '2027-02-26', lastOn: '2027-03-12', slips: 1, netDays: 14 },
        buyerAgreed: 2,
        onTime: { buyer: { k: 0, n: 2 }, seller: { k: 1, n: 1 } },
        // From 13 Jan to the end; our own side answered after two days.
        silenceBd: { buyer: 32, seller: 2 },
        turns: { all: 3, idle: 2 },
        people: { champion: 1, user: 2, none: 1 },
        helpers: ['Ben Okafor'],
        firstMissed: { title: 'Security form', dueOn: '2027-02-01' },
        unansweredNudges: 2,
        buyerShare: 0.5,
        entryPhase: 'interest',
        endPhase: 'awareness',
        stalls: ['buyer_silence'],
      },
    });
  });

  it('is said in short lines without a judgement', () => {
    expect(sayFactLines(facts, endedOn)).toEqual([
      'Open 87 days · came in at interest, ended at awareness',
      'Decision date: first Fri 26 Feb · moved to Fri 12 Mar (theirs) · 1 slip, +14 days',
      'Their steps: 1 of 2 finished · yes said to 2 · 0 of 2 on time',
      'Our steps: 1 of 1 finished · 1 of 1 on time',
      'Their share of the work: 50%',
      'Longest silence: theirs 32 business days, ours 2 business days',
      expect.stringMatching(/^Longest time with nothing for them to do: \d+ business days$/),
      'Turns of the talk: 3, of which 2 moved nothing',
      'Met: 1 champion, 2 users, 1 without a part',
      'Helped: Ben Okafor',
      'First step of theirs past its day: “Security form”, due Mon 1 Feb',
      '2 questions of mine without an answer',
    ]);
  });

  it('names together what nobody noted', () => {
    const bare = makeOpenDeal({ decisionOn: undefined, originalDecisionOn: undefined });
    const counted = countFacts(bare, empty, endedOn, plainCalendars);
    expect(counted.lostAlone).toBe(true);
    expect(sayFactLines(counted.facts, endedOn)).toEqual([
      'Open 87 days · ended at awareness',
      'Decision date: none was set',
      'No steps on either side',
      expect.stringMatching(/^Longest time/),
      'Nobody noted: who wrote when, who was met, who helped',
    ]);
  });

  it('has no story before an import, and says so', () => {
    const imported = makeOpenDeal({ imported: true });
    const counted = countFacts(imported, empty, endedOn, plainCalendars);
    expect(counted.lostAlone).toBeUndefined();
    expect(sayFactLines(counted.facts, endedOn)).toEqual([
      'Open 87 days',
      'No plan history: an imported deal',
    ]);
    expect(countFacts(imported, full, endedOn, plainCalendars).facts.story).toBeDefined();
  });

  it('of a loss from before all of it was counted says what there is', () => {
    const side = { done: 1, asked: 2 };
    const old = { daysOpen: 1, steps: { buyer: side, seller: side, datesMissed: 1 } };
    expect(sayFactLines(old, endedOn)).toEqual([
      'Open 1 day',
      'Their steps: 1 of 2 finished',
      'Our steps: 1 of 2 finished',
      'Steps past their first date: 1',
    ]);
  });
});

describe('the longest silence', () => {
  const anyTouch = fc.record({
    on: anyDay,
    side: fc.constantFrom('buyer' as const, 'seller' as const),
    expectsReply: fc.boolean(),
    advance: fc.boolean(),
  });
  const last = '2030-12-31' as Day;

  it('is never negative, and is not known only of who was never asked', () => {
    fc.assert(
      fc.property(fc.array(anyTouch, { maxLength: 20 }), (list) => {
        const touches = [...list].sort((a, b) => (a.on < b.on ? -1 : 1));
        for (const side of ['buyer', 'seller'] as const) {
          const silence = longestSilence(touches, side, last, weekdays);
          const asked = touches.some((touch) => touch.side !== side && touch.expectsReply);
          expect(silence !== undefined).toBe(asked);
          expect(silence ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
