import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId, ReviewEntryId, ReviewId } from '../../src/domain/ids.ts';
import { findReason } from '../../src/domain/loss-reasons.ts';
import type { Review, ReviewEntry, ReviewEntryKind } from '../../src/domain/review.ts';
import { type ReviewRecord, reviewGaps } from '../../src/domain/review-gaps.ts';

const owner = 'P-owner' as PersonId;
const manager = 'P-manager' as PersonId;
const peer = 'P-peer' as PersonId;

/** Anything anybody may put into a review, allowed or not: the rule looks at what is there. */
const act = fc.record({
  kind: fc.constantFrom<ReviewEntryKind>('answer', 'pass', 'opinion', 'vote', 'turned', 'waived'),
  promptKey: fc.constantFrom(
    ...[
      'own',
      'turn',
      'restart',
      'two_boxes',
      'fight',
      'kept',
      'outside_eye',
      'system',
      'one_thing',
    ],
    ...['close', 'winnable', 'com.price_value', 'out.merger', 'ppl.single'],
  ),
  authorId: fc.constantFrom(owner, manager, peer),
  verdict: fc.constantFrom<ReviewEntry['verdict']>(undefined, 'adopt', 'park'),
});
type Act = { kind: ReviewEntryKind; promptKey: string; authorId: PersonId } & Pick<
  ReviewEntry,
  'verdict'
>;

const answered = {
  outcome: 'rival',
  whyClass: 'outsold',
  reasonCode: 'com.price_value',
  ownWords: 'I would ask earlier',
  fixable: 'partly',
} as const;

const record = fc.record({
  kind: fc.constantFrom<Review['kind']>('loss', 'loss', 'win'),
  size: fc.constantFrom<Review['size']>('quick', 'full'),
  managed: fc.boolean(),
  missing: fc.constantFrom(undefined, undefined, ...Object.keys(answered)),
  codes: fc.subarray(['com.price_value', 'out.merger', 'ppl.single', 'cmp.trusted']),
  factsFrozen: fc.constantFrom(true, true, true, false),
  othersReplies: fc.constantFrom(0, 0, 1),
  acts: fc.array(act, { maxLength: 14 }),
});
type Given = typeof record extends fc.Arbitrary<infer T> ? T : never;

/** What makes a review whole, so that leaving one thing out is what is tried most. */
function wholeOf({ kind, managed, codes }: Given): Act[] {
  const said = (promptKey: string, authorId: PersonId, one: Partial<Act> = {}): Act => ({
    kind: 'answer',
    promptKey,
    authorId,
    verdict: undefined,
    ...one,
  });
  return [
    ...['own', 'turn', 'restart'].map((key) => said(key, owner)),
    said('fight', peer),
    said('system', managed ? manager : owner),
    said('one_thing', owner),
    said('outside_eye', peer, { kind: 'opinion', verdict: 'park' }),
    ...(kind === 'win' ? [] : codes.map((code) => said(code, owner, { kind: 'turned' }))),
  ];
}

function recordOf(given: Given, acts: readonly Act[]): ReviewRecord {
  // A later word of one person on one prompt takes the place of the earlier one.
  const last = new Map(acts.map((one) => [`${one.promptKey} ${one.authorId}`, one]));
  const entries = [...last.values()].map(
    (one, index): ReviewEntry => ({
      ...one,
      id: `E-${index}` as ReviewEntryId,
      reviewId: 'R' as ReviewId,
      text: 'said',
      choices: {},
      shared: true,
      verdictNote: undefined,
      at: new Date('2026-11-24T15:00:00Z'),
    }),
  );
  const { kind, size, managed, missing, codes, factsFrozen, othersReplies } = given;
  const managerId = managed ? manager : undefined;
  return {
    review: { kind, size, ownerId: owner, managerId } as Review,
    entries,
    form:
      kind === 'win' ? undefined : { ...answered, ...(missing ? { [missing]: undefined } : {}) },
    reasonCodes: kind === 'win' ? [] : codes,
    factsFrozen,
    othersReplies,
  };
}

/** METHOD §3.3, 13, read off the sentence and not off the code. */
function isWhole({ review, entries, form, reasonCodes, factsFrozen, othersReplies }: ReviewRecord) {
  const by = (id: PersonId, key: string, kinds: readonly string[]) =>
    entries.filter((e) => e.authorId === id && e.promptKey === key && kinds.includes(e.kind));
  const isWin = review.kind === 'win';
  const isQuick = !isWin && review.size === 'quick';
  const opening = isWin ? ['own'] : ['own', 'turn', 'restart'];
  const all = ['answer', 'pass', 'opinion', 'vote', 'turned', 'waived'];
  if (!factsFrozen) return false;
  if (isQuick) {
    const won = form?.fixable || entries.some(({ promptKey }) => promptKey === 'winnable');
    if (!form?.outcome || !form.whyClass || !form.reasonCode || !form.ownWords || !won)
      return false;
  } else {
    if (opening.some((key) => by(owner, key, all).length === 0)) return false;
    if (!['own', 'turn', 'restart'].some((key) => by(owner, key, ['answer']).length > 0))
      return false;
  }
  const spoke = entries.some(
    (e) =>
      e.authorId !== owner &&
      ['answer', 'opinion'].includes(e.kind) &&
      !['system', 'one_thing', 'close'].includes(e.promptKey),
  );
  if (!spoke && othersReplies === 0) return false;
  const levers = entries.filter((e) => e.kind === 'answer' && e.promptKey === 'system');
  if (!levers.some(({ authorId }) => !review.managerId || authorId === review.managerId))
    return false;
  const opinions = entries.filter(({ kind }) => kind === 'opinion');
  if (opinions.some(({ verdict }) => verdict === undefined)) return false;
  if (!isWin && !review.managerId && opinions.length === 0) return false;
  const outside = reasonCodes.filter(
    (code) => findReason(code)?.control === 'outside' || /^(?:cmp|com|prd)\./.test(code),
  );
  const settled = (code: string) =>
    entries.some((e) => e.promptKey === code && (e.kind === 'turned' || e.kind === 'waived'));
  return outside.every(settled) && entries.some(({ promptKey }) => promptKey === 'one_thing');
}

describe('a review is complete (METHOD §3.3, 13)', () => {
  it('never with a part missing and always without, whatever is said in whatever order', () => {
    const seen = { whole: 0, open: 0 };
    fc.assert(
      fc.property(record, fc.integer(), fc.boolean(), (given, place, spare) => {
        const whole = wholeOf(given);
        const dropped = spare
          ? whole
          : whole.filter((_, index) => index !== Math.abs(place) % whole.length);
        const mixed = [...given.acts, ...dropped];
        const known = recordOf(
          given,
          mixed.sort((a, b) => (a.promptKey < b.promptKey ? -1 : 1)),
        );
        const isComplete = reviewGaps(known).length === 0;
        seen[isComplete ? 'whole' : 'open'] += 1;
        expect(isComplete).toBe(isWhole(known));
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(seen.whole, seen.open)).toBeGreaterThan(100);
  });

  it('is not taken back by anything more that is said but a new view', () => {
    fc.assert(
      fc.property(record, act, (given, more) => {
        const known = recordOf({ ...given, missing: undefined, factsFrozen: true }, wholeOf(given));
        fc.pre(reviewGaps(known).length === 0);
        const isNew = !known.entries.some(
          (e) => e.promptKey === more.promptKey && e.authorId === more.authorId,
        );
        fc.pre(isNew && more.kind !== 'opinion');
        expect(
          reviewGaps(
            recordOf({ ...given, factsFrozen: true, missing: undefined }, [
              ...wholeOf(given),
              more,
            ]),
          ),
        ).toEqual([]);
      }),
    );
  });
});
