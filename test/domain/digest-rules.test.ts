import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, plainCalendars } from '../../src/domain/calendar.ts';
import { coachingQuestion, type TeamFigures } from '../../src/domain/coaching.ts';
import { type FocusFacts, findFocus } from '../../src/domain/digest-focus.ts';
import { readLossQuestion } from '../../src/domain/loss-span.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import {
  followThrough,
  ownershipRatio,
  ritualOf,
  voicesOf,
  winnableShare,
} from '../../src/domain/ritual-metrics.ts';

const nothing = { k: 0, n: 0 };
const calm: FocusFacts = {
  stalls: [],
  onTime: {
    buyer: { now: nothing, before: nothing },
    seller: { now: nothing, before: nothing },
  },
  families: [],
  ritual: nothing,
  followThrough: nothing,
  lostAlone: nothing,
};

describe('the one thing to look at', () => {
  it('is nothing when all is as usual', () => {
    expect(findFocus(calm)).toBeUndefined();
    const usual = { code: 'no_next_step' as const, now: 5, before: [5, 4, 6, 5] };
    expect(findFocus({ ...calm, stalls: [usual] })).toBeUndefined();
  });

  it('is the figure furthest from the four weeks before, and says both', () => {
    const focus = findFocus({
      ...calm,
      stalls: [
        { code: 'no_next_step', now: 12, before: [4, 4, 4, 4] },
        { code: 'ping_pong', now: 7, before: [5, 5, 5, 5] },
      ],
    });
    expect(focus?.because).toBe(
      '12 open deals without a next step, after 4 in the four weeks before.',
    );
    expect(focus?.move).toMatch(/^On Monday/);
    expect(focus?.strength).toBeCloseTo(4);
  });

  it('is a reason that comes back', () => {
    const families = [
      { label: 'Commercial', losses: 8 },
      { label: 'Fit', losses: 2 },
      { label: 'No reason recorded', losses: 90 },
    ];
    expect(findFocus({ ...calm, families })?.because).toBe(
      '“Commercial” is the first reason of 8 of 10 losses in five weeks.',
    );
  });

  it('is steps that came late more often than before', () => {
    const buyer = { now: { k: 2, n: 10 }, before: { k: 30, n: 40 } };
    const focus = findFocus({ ...calm, onTime: { ...calm.onTime, buyer } });
    expect(focus?.because).toContain('2 of 10 of their steps');
  });

  it('is the ritual when it is not held, or promises when they are not kept', () => {
    expect(findFocus({ ...calm, ritual: { k: 1, n: 10 } })?.because).toContain('1 of 10 reviews');
    expect(findFocus({ ...calm, followThrough: { k: 0, n: 6 } })?.because).toContain(
      '0 of 6 promises',
    );
    expect(findFocus({ ...calm, lostAlone: { k: 9, n: 10 } })?.because).toContain('9 of 10 losses');
  });

  it('never rests on fewer than three deals or five of a rate', () => {
    const few = fc.nat(2);
    fc.assert(
      fc.property(few, few, few, (now, k, losses) => {
        const facts = {
          ...calm,
          stalls: [{ code: 'ball_with_us' as const, now, before: [0, 0, 0, 0] }],
          families: [{ label: 'Fit', losses }],
          ritual: { k: 0, n: k },
        };
        expect(findFocus(facts)).toBeUndefined();
      }),
    );
  });
});

const team: TeamFigures = {
  losses: 0,
  finished: 0,
  unread: 0,
  boxes: { outsold: 0, notThere: 0, untold: 0 },
  winnable: nothing,
  lostAlone: nothing,
  heard: nothing,
};

describe('the question for a manager', () => {
  it.each<[string, Partial<TeamFigures>, RegExp]>([
    ['reviews that wait', { unread: 1 }, /ten minutes/],
    ['the wrong deals', { boxes: { outsold: 1, notThere: 3, untold: 0 } }, /week one/],
    ['winnable losses', { winnable: { k: 2, n: 3 } }, /move, left unused/],
    ['losses alone', { lostAlone: { k: 3, n: 4 } }, /second person/],
    ['guessed reasons', { heard: { k: 1, n: 4 } }, /still ask/],
    ['no review finished', { losses: 2 }, /take away/],
    ['being outsold', { boxes: { outsold: 3, notThere: 0, untold: 0 } }, /rehearse/],
    ['a calm week', {}, /on purpose/],
  ])('is about %s', (_what, figures, words) => {
    expect(coachingQuestion({ ...team, ...figures })).toMatch(words);
  });

  it('is always one question', () => {
    const tally = fc
      .tuple(fc.nat(9), fc.nat(9))
      .map(([a, b]) => ({ k: Math.min(a, b), n: Math.max(a, b) }));
    const figures = fc.record({
      losses: fc.nat(9),
      finished: fc.nat(9),
      unread: fc.nat(2),
      boxes: fc.record({ outsold: fc.nat(9), notThere: fc.nat(9), untold: fc.nat(9) }),
      winnable: tally,
      lostAlone: tally,
      heard: tally,
    });
    fc.assert(
      fc.property(figures, (own) => {
        const question = coachingQuestion(own);
        expect(question.match(/\?/g)).toHaveLength(1);
        expect(question).not.toMatch(/^Why/);
      }),
    );
  });
});

describe('what /deal losses is asked', () => {
  it.each([
    ['', 90, 'reason'],
    ['30d', 30, 'reason'],
    ['30', 30, 'reason'],
    ['12w by phase', 84, 'phase'],
    ['6m by competitor', 180, 'competitor'],
    ['1y by manager', 365, 'manager'],
    ['by PHASE', 90, 'phase'],
    ['2 w', 14, 'reason'],
  ])('is read from “%s”', (text, days, by) => {
    expect(readLossQuestion(text)).toEqual({ days, by });
  });

  it('is a span and an aspect, or a refusal that says how to ask', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readLossQuestion(text);
        if (isRefusal(read)) expect(read.message).toContain('Try /deal losses 90d by reason.');
        else expect(read.days).toBeGreaterThan(0);
      }),
    );
  });
});

const days = { zone: 'America/New_York', calendars: plainCalendars };

describe('how the ritual is kept', () => {
  const opened = (state: 'complete' | 'talking' | 'excused', completedAt?: string) => ({
    state,
    openedAt: new Date('2026-11-02T15:00:00Z'),
    completedAt: completedAt ? new Date(completedAt) : undefined,
  });

  it('counts reviews finished within ten business days, excused ones apart', () => {
    const ritual = ritualOf(
      [
        opened('complete', '2026-11-16T15:00:00Z'),
        opened('complete', '2026-11-17T15:00:00Z'),
        opened('talking'),
        opened('excused'),
      ],
      days,
    );
    expect(ritual).toEqual({ rate: { k: 1, n: 3 }, excused: 1 });
  });

  it('takes the middle number of voices over threads', () => {
    const heard = [0, 1, 4].map((voices) => ({ threaded: true, voices }));
    expect(voicesOf([...heard, { threaded: false, voices: 9 }])).toEqual({ median: 1, threads: 3 });
    expect(voicesOf([])).toBeUndefined();
  });

  it('counts promises kept by their day and leaves cancelled ones out', () => {
    const promise = (state: 'done' | 'open' | 'cancelled', ended?: string) => ({
      state,
      dueOn: day('2026-11-20'),
      endedAt: ended ? new Date(ended) : undefined,
    });
    const all = [
      promise('done', '2026-11-21T02:00:00Z'),
      promise('done', '2026-11-21T15:00:00Z'),
      promise('open'),
      promise('cancelled', '2026-11-18T15:00:00Z'),
    ];
    expect(followThrough(all, days.zone)).toEqual({ k: 1, n: 3 });
  });

  it('judges a loss winnable from two views on', () => {
    const views = [
      { reviewId: 'a', by: 'owner' as const, value: 'no' as const },
      { reviewId: 'a', by: 'buyer' as const, value: 'yes' as const },
      { reviewId: 'b', by: 'owner' as const, value: 'no' as const },
      { reviewId: 'b', by: 'manager' as const, value: 'partly' as const },
      { reviewId: 'c', by: 'owner' as const, value: 'yes' as const },
    ];
    expect(winnableShare(views)).toEqual({ k: 1, n: 2 });
  });

  it('knows how much a team owns from five reviews on', () => {
    const ours = { codes: ['us.slow', 'nod.rational'] };
    expect(ownershipRatio([ours, ours, ours, ours])).toBeUndefined();
    expect(ownershipRatio([ours, ours, ours, ours, ours])).toEqual({ k: 5, n: 10 });
  });
});
