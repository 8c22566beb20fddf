import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDaysBetween, day, dayIn, weekdays } from '../../src/domain/calendar.ts';
import type { PersonId, ReviewEntryId, ReviewId } from '../../src/domain/ids.ts';
import { findReason } from '../../src/domain/loss-reasons.ts';
import { promptsFor, reasonsToTurn, turnedKey } from '../../src/domain/prompts.ts';
import type { AskedPrompt, Review, ReviewEntry, ReviewState } from '../../src/domain/review.ts';
import {
  mayAnswer,
  nextInReview,
  promptsToClose,
  type ReviewStand,
} from '../../src/domain/review-flow.ts';
import { waitingPrompt } from '../../src/domain/review-waits.ts';

const zone = 'America/New_York';
const at = (instant: string) => ({ now: new Date(instant), zone, calendar: weekdays });
const anna = 'P-anna' as PersonId;
const mia = 'P-mia' as PersonId;
const ben = 'P-ben' as PersonId;
const cleo = 'P-cleo' as PersonId;
const review = (facts: Partial<Review> = {}) =>
  ({
    id: 'R' as ReviewId,
    kind: 'loss',
    size: 'full',
    state: 'talking',
    ownerId: anna,
    managerId: mia,
    ...facts,
  }) as Review;
const facts = { inherited: false, buyerShare: 0.3, reasonCodes: ['com.price_value'] };

function stand(
  given: Partial<Review> = {},
  asked: [string, string][] = [],
  said: [string, PersonId][] = [],
): ReviewStand {
  const known = review(given);
  return {
    review: known,
    prompts: promptsFor(known, facts),
    entries: said.map(([promptKey, authorId], index) => entry(promptKey, authorId, index)),
    asked: asked.map(([promptKey, askedAt]) => prompt(promptKey, askedAt)),
  };
}

function entry(promptKey: string, authorId: PersonId, index = 0): ReviewEntry {
  return {
    id: `E-${index}` as ReviewEntryId,
    reviewId: 'R' as ReviewId,
    kind: promptKey === 'outside_eye' ? 'opinion' : 'answer',
    promptKey,
    authorId,
    text: 'said',
    choices: {},
    shared: true,
    verdict: undefined,
    verdictNote: undefined,
    at: new Date('2026-11-23T15:00:00Z'),
  };
}

function prompt(promptKey: string, askedAt: string): AskedPrompt {
  return { reviewId: 'R' as ReviewId, promptKey, askedAt: new Date(askedAt), closedAt: undefined };
}

const nextKey = (known: ReviewStand, instant: string) => {
  const next = nextInReview(known, at(instant));
  return next?.do === 'ask' ? next.prompt.key : next?.do;
};

const monday = '2026-11-23T15:00:00Z';
const friday = '2026-11-27T15:00:00Z';

describe('which prompts there are', () => {
  it('asks a big loss everything, in the order of METHOD §4.3', () => {
    expect(promptsFor(review(), facts).map(({ key }) => key)).toEqual([
      ...['breathe', 'own', 'turn', 'restart', 'turned:com.price_value', 'two_boxes', 'fight'],
      ...['alone', 'outside_eye', 'explore', 'their_words', 'work_split', 'kept', 'system'],
      ...['one_thing', 'close'],
    ]);
  });

  it('asks a small one what its form did not', () => {
    const keys = (managerId: PersonId | undefined) =>
      promptsFor(review({ size: 'quick', managerId }), facts).map(({ key }) => key);
    expect(keys(mia)).toEqual([
      ...['breathe', 'turned:com.price_value', 'fight', 'system', 'one_thing', 'close'],
    ]);
    expect(keys(undefined)).toContain('outside_eye');
  });

  it('opens the ownership question of outside, commercial, competition and product reasons', () => {
    const codes = [
      'ppl.single',
      'com.terms',
      'cmp.trusted',
      'prd.scale',
      'nod.rational',
      'out.partner',
    ];
    expect(reasonsToTurn([...codes, 'com.terms'])).toEqual(codes.slice(1, 5));
    const asked = promptsFor(review(), { ...facts, reasonCodes: ['cmp.trusted'] });
    expect(asked.find(({ key }) => key === turnedKey('cmp.trusted'))?.text).toBe(
      findReason('cmp.trusted')?.ownershipQuestion,
    );
  });

  it('says we to who inherited the deal, and their share of the work', () => {
    const texts = promptsFor(review(), { ...facts, inherited: true }).map(({ text }) => text);
    expect(texts.slice(1, 4).join(' ')).not.toMatch(/\byou\b/);
    expect(texts.join(' ')).toContain('Their share of the work was 30%.');
    const unknown = promptsFor(review(), { ...facts, buyerShare: undefined });
    expect(unknown.map(({ text }) => text).join(' ')).toContain('is not known');
  });

  it('shames nobody: no why did you, no lost or failed, no absolutes', () => {
    for (const kind of ['loss', 'win'] as const) {
      for (const inherited of [true, false]) {
        for (const { text } of promptsFor(review({ kind }), { ...facts, inherited })) {
          expect(text).not.toMatch(/why did you|you lost|you failed|always|never|fault|blame/i);
        }
      }
    }
  });
});

describe('what is next', () => {
  it('waits for an answer, and goes on once there is one', () => {
    expect(nextKey(stand({ state: 'level1' }), monday)).toBe('own');
    expect(
      nextKey(stand({ state: 'level1' }, [['own', monday]]), '2026-11-23T22:00:00Z'),
    ).toBeUndefined();
    expect(nextKey(stand({ state: 'level1' }, [['own', monday]], [['own', anna]]), monday)).toBe(
      'turn',
    );
  });

  it('goes on after one business day: over a weekend on Monday', () => {
    const known = stand({ state: 'level1' }, [['own', friday]]);
    expect(nextKey(known, '2026-11-29T15:00:00Z')).toBeUndefined();
    expect(nextKey(known, '2026-11-30T13:00:00Z')).toBe('turn');
  });

  it('leaves everything but the owner’s questions for the team', () => {
    const asked: [string, string][] = ['own', 'turn', 'restart', 'turned:com.price_value'].map(
      (key) => [key, monday],
    );
    const said: [string, PersonId][] = ['own', 'turn', 'restart', 'com.price_value'].map((key) => [
      key,
      anna,
    ]);
    expect(nextKey(stand({ state: 'level1' }, asked, said), friday)).toBeUndefined();
    expect(nextKey(stand({}, asked, said), friday)).toBe('two_boxes');
  });

  it('keeps two business days of quiet before the one thing', () => {
    const all = promptsFor(review(), facts).map(({ key }) => key);
    const asked: [string, string][] = all
      .filter((key) => !['breathe', 'one_thing', 'close', 'explore'].includes(key))
      .map((key) => [key, monday]);
    expect(nextInReview(stand({}, asked), at(friday))).toEqual({
      do: 'soak',
      until: day('2026-12-01'),
    });
    const soaking = stand({ state: 'soaking', soakUntil: day('2026-12-01') }, asked);
    expect(nextKey(soaking, '2026-12-01T20:00:00Z')).toBeUndefined();
    expect(nextKey(soaking, '2026-12-02T13:00:00Z')).toBe('one_thing');
  });

  it('asks to explore only where a view is open, also in the quiet days', () => {
    const quick = { size: 'quick', managerId: undefined } as const;
    const asked: [string, string][] = [
      'turned:com.price_value',
      'fight',
      'outside_eye',
      'system',
    ].map((key) => [key, monday]);
    expect(nextKey(stand(quick, asked), friday)).toBe('soak');
    const late = { ...quick, state: 'soaking', soakUntil: day('2026-12-01') } as const;
    expect(nextKey(stand(late, asked, [['outside_eye', ben]]), friday)).toBe('explore');
  });

  it('is nothing in a review that is paused or over', () => {
    expect(nextKey(stand({ pausedAt: new Date(monday) }), friday)).toBeUndefined();
    for (const state of ['complete', 'excused', 'void'] as const) {
      expect(nextKey(stand({ state }), friday)).toBeUndefined();
    }
  });

  it('closes a vote after a business day and not before, whoever has voted', () => {
    const voted = stand({}, [['two_boxes', monday]], [['two_boxes', mia]]);
    expect(promptsToClose(voted, at('2026-11-23T22:00:00Z'))).toEqual([]);
    expect(promptsToClose(voted, at('2026-11-24T13:00:00Z'))).toHaveLength(1);
  });
});

describe('a talk in which anybody may say anything at any time', () => {
  const act = fc.record({
    hours: fc.integer({ min: 0, max: 60 }),
    key: fc.constantFrom(
      'own',
      'turn',
      'com.price_value',
      'fight',
      'outside_eye',
      'system',
      'kept',
    ),
    who: fc.constantFrom(anna, mia, ben),
  });

  it('asks each prompt once, in order apart from exploring, and the one thing after the quiet', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let known: ReviewStand = stand();
        let now = new Date(monday).getTime();
        const order: string[] = [];
        let quietSince: string | undefined;
        for (const { hours, key, who } of acts) {
          now += hours * 3_600_000;
          const moment = { now: new Date(now), zone, calendar: weekdays };
          for (let round = 0; round < 20; round += 1) {
            const next = nextInReview(known, moment);
            if (!next) break;
            if (next.do === 'soak') {
              quietSince = dayIn(moment.now, zone);
              known = {
                ...known,
                review: { ...known.review, state: 'soaking', soakUntil: next.until },
              };
              continue;
            }
            expect(order).not.toContain(next.prompt.key);
            order.push(next.prompt.key);
            if (next.prompt.key === 'one_thing') {
              expect(quietSince).toBeDefined();
              expect(
                businessDaysBetween(day(quietSince ?? ''), dayIn(moment.now, zone)),
              ).toBeGreaterThan(2);
            }
            known = {
              ...known,
              asked: [...known.asked, { ...prompt(next.prompt.key, monday), askedAt: moment.now }],
            };
          }
          const others = known.entries.filter(
            (one) => one.promptKey !== key || one.authorId !== who,
          );
          known = { ...known, entries: [...others, entry(key, who)] };
        }
        const places = order
          .filter((key) => key !== 'explore')
          .map((key) => known.prompts.findIndex((one) => one.key === key));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});

describe('who may write (METHOD §3.3, 14)', () => {
  const prompts = promptsFor(review(), facts);
  const states: readonly ReviewState[] = [
    'level1',
    'talking',
    'soaking',
    'complete',
    'excused',
    'void',
  ];
  const people = [anna, mia, ben, cleo];
  const reviewed = { reviewerId: ben };

  it('only the owner on what is the owner’s, in every state', () => {
    const owners = prompts.filter(({ who }) => who === 'owner');
    expect(owners.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['own', 'turn', 'restart', 'turned:com.price_value', 'explore']),
    );
    for (const state of states) {
      for (const id of [mia, ben, cleo]) {
        for (const one of owners) {
          expect(mayAnswer({ id }, one, review({ state, ...reviewed }))).toBe(false);
        }
      }
    }
    for (const one of owners) expect(mayAnswer({ id: anna }, one, review())).toBe(true);
  });

  it('nobody but the two, and the named reviewer, while it is between the two', () => {
    for (const one of prompts) {
      expect(mayAnswer({ id: cleo }, one, review({ state: 'level1', ...reviewed }))).toBe(false);
    }
    const lever = prompts.find(({ key }) => key === 'system');
    const view = prompts.find(({ key }) => key === 'outside_eye');
    if (!lever || !view) throw new Error('A prompt is missing.');
    expect(mayAnswer({ id: mia }, lever, review({ state: 'level1' }))).toBe(true);
    expect(mayAnswer({ id: anna }, lever, review({ state: 'level1' }))).toBe(false);
    expect(mayAnswer({ id: ben }, view, review({ state: 'level1', ...reviewed }))).toBe(true);
  });

  it('nobody in a review that is paused or over, but for the close of a complete one', () => {
    for (const one of prompts) {
      for (const id of people) {
        expect(mayAnswer({ id }, one, review({ pausedAt: new Date(monday) }))).toBe(false);
        expect(mayAnswer({ id }, one, review({ state: 'excused' }))).toBe(false);
        expect(mayAnswer({ id }, one, review({ state: 'void' }))).toBe(false);
        expect(mayAnswer({ id }, one, review({ state: 'complete' }))).toBe(one.key === 'close');
      }
    }
  });

  it('waits for people it names only, and for the owner with what is open first', () => {
    const known = stand({}, [
      ['own', monday],
      ['fight', friday],
    ]);
    expect(waitingPrompt(known, { id: anna }, new Date(friday))?.key).toBe('own');
    expect(waitingPrompt(known, { id: mia }, new Date(friday))?.key).toBe('fight');
    expect(waitingPrompt(known, { id: cleo }, new Date(friday))).toBeUndefined();
  });
});
