import { describe, expect, it } from 'vitest';
import type { PersonId, ReviewEntryId, ReviewId } from '../../src/domain/ids.ts';
import type { Review, ReviewEntry } from '../../src/domain/review.ts';
import {
  type GapCode,
  type ReviewRecord,
  reviewGaps,
  reviewTicks,
} from '../../src/domain/review-gaps.ts';

const anna = 'P-anna' as PersonId;
const mia = 'P-mia' as PersonId;
const ben = 'P-ben' as PersonId;

const review = (facts: Partial<Review> = {}) =>
  ({
    kind: 'loss',
    size: 'full',
    state: 'talking',
    ownerId: anna,
    managerId: mia,
    ...facts,
  }) as Review;

let made = 0;
const entry = (
  promptKey: string,
  authorId: PersonId,
  facts: Partial<ReviewEntry> = {},
): ReviewEntry => ({
  id: `E-${made++}` as ReviewEntryId,
  reviewId: 'R' as ReviewId,
  kind: 'answer',
  promptKey,
  authorId,
  text: 'said',
  choices: {},
  shared: true,
  verdict: undefined,
  verdictNote: undefined,
  at: new Date('2026-11-24T15:00:00Z'),
  ...facts,
});

const form = {
  outcome: 'rival',
  whyClass: 'outsold',
  reasonCode: 'com.price_value',
  ownWords: 'I would ask earlier',
  fixable: 'partly',
} as const;

const own = ['own', 'turn', 'restart'].map((key) => entry(key, anna));
const turned = entry('com.price_value', anna, { kind: 'turned' });
const opinion = entry('outside_eye', ben, { kind: 'opinion', verdict: 'park', verdictNote: 'no' });
const system = entry('system', mia);
const oneThing = entry('one_thing', anna);
const talk = entry('fight', ben);

const whole: ReviewRecord = {
  review: review(),
  entries: [...own, turned, talk, system, oneThing],
  form,
  reasonCodes: ['com.price_value'],
  factsFrozen: true,
  othersReplies: 0,
};
const quick: ReviewRecord = {
  ...whole,
  review: review({ size: 'quick' }),
  entries: [turned, talk, system, oneThing],
};
const without = (record: ReviewRecord, ...gone: ReviewEntry[]): ReviewRecord => ({
  ...record,
  entries: record.entries.filter((one) => !gone.includes(one)),
});
const codes = (record: ReviewRecord): GapCode[] => reviewGaps(record).map(({ code }) => code);

describe('a review is complete exactly when (METHOD §3.3, 13)', () => {
  it('nothing is missing, full or quick', () => {
    expect(codes(whole)).toEqual([]);
    expect(codes(quick)).toEqual([]);
  });

  it.each<[GapCode, string, ReviewRecord]>([
    ['facts', 'the facts are not frozen', { ...whole, factsFrozen: false }],
    ['own_view', 'one of the first three is open', without(whole, ...own.slice(1, 2))],
    [
      'form',
      'could-we-have-won is open in a quick one',
      { ...quick, form: { ...form, fixable: undefined } },
    ],
    ['talk', 'only the owner answered', without(whole, talk)],
    ['system_lever', 'the manager has no lever', without(whole, system)],
    [
      'opinions',
      'a view is neither adopted nor parked',
      { ...whole, entries: [...whole.entries, { ...opinion, verdict: undefined }] },
    ],
    ['reasons', 'a reason is not turned', without(whole, turned)],
    [
      'outside_eye',
      'nobody is above the owner and nobody looked',
      { ...whole, review: review({ managerId: undefined }) },
    ],
    ['one_thing', 'nothing is chosen', without(whole, oneThing)],
  ])('%s: %s', (code, _why, record) => {
    expect(codes(record)).toEqual([code]);
    expect(reviewGaps(record)[0]?.words).toMatch(/[.]$/);
  });

  it('personal_lever: the owner passed all three', () => {
    const passed = own.map((one) => ({ ...one, kind: 'pass' as const }));
    expect(codes({ ...whole, entries: [...passed, turned, talk, system, oneThing] })).toEqual([
      'personal_lever',
    ]);
  });

  it('a pass counts for the first three while another of them is answered', () => {
    const [first, ...rest] = own;
    const entries = [
      { ...first, kind: 'pass' } as ReviewEntry,
      ...rest,
      turned,
      talk,
      system,
      oneThing,
    ];
    expect(codes({ ...whole, entries })).toEqual([]);
  });

  it('takes each of the four quick answers', () => {
    for (const key of ['outcome', 'whyClass', 'reasonCode', 'fixable'] as const) {
      expect(codes({ ...quick, form: { ...form, [key]: undefined } })).toEqual(['form']);
    }
    expect(codes({ ...quick, form: { ...form, ownWords: undefined } })).toEqual([
      'form',
      'personal_lever',
    ]);
  });

  it('a reply in the thread is talk; the manager’s lever and choices are promises, not talk', () => {
    const quiet = without(whole, talk);
    expect(codes({ ...quiet, othersReplies: 1 })).toEqual([]);
    expect(codes({ ...quiet, entries: [...quiet.entries, entry('close', ben)] })).toEqual(['talk']);
  });

  it('a lever of somebody else is not the manager’s, and an opening of theirs not the owner’s', () => {
    expect(
      codes({ ...whole, entries: [...own, turned, talk, entry('system', ben), oneThing] }),
    ).toEqual(['system_lever']);
    const foreign = own.map((one) => ({ ...one, authorId: mia }));
    expect(codes({ ...whole, entries: [...foreign, turned, talk, system, oneThing] })).toContain(
      'own_view',
    );
  });

  it('a waived reason is settled, and reasons we could change ourselves have no question left', () => {
    const waived = { ...turned, kind: 'waived', authorId: mia } as const;
    expect(codes({ ...whole, entries: [...own, waived, talk, system, oneThing] })).toEqual([]);
    expect(codes({ ...without(whole, turned), reasonCodes: ['ppl.single', 'us.slow'] })).toEqual(
      [],
    );
    expect(codes({ ...without(whole, turned), reasonCodes: ['ppl.single', 'out.merger'] })).toEqual(
      ['reasons'],
    );
  });

  it('nobody above: the lever may be the owner’s, with an outside view that was looked at', () => {
    const alone = review({ managerId: undefined });
    const entries = [...own, turned, entry('system', anna), oneThing, opinion];
    expect(codes({ ...whole, review: alone, entries })).toEqual([]);
  });

  it('a win needs its owner’s word, talk, the lever and a choice', () => {
    const win: ReviewRecord = {
      review: review({ kind: 'win' }),
      entries: [entry('own', anna), entry('kept', ben), system, oneThing],
      form: undefined,
      reasonCodes: [],
      factsFrozen: true,
      othersReplies: 0,
    };
    expect(codes(win)).toEqual([]);
    expect(codes({ ...win, entries: [] })).toEqual([
      'own_view',
      'talk',
      'personal_lever',
      'system_lever',
      'one_thing',
    ]);
  });
});

it('three ticks: facts seen, talked, one thing (METHOD S1-19)', () => {
  expect(reviewTicks(whole)).toEqual({ facts: true, talked: true, oneThing: true });
  expect(reviewTicks({ ...whole, entries: [] })).toEqual({
    facts: false,
    talked: false,
    oneThing: false,
  });
});
