import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftWithdrawal,
  figuresIn,
  lintWithdrawal,
  type WithdrawalParts,
  writeWithdrawal,
} from '../../src/domain/withdrawal-note.ts';

const deal = {
  problem: 'Invoices leave a week late',
  costOfMissing: 'about €40,000 a year in interest',
};
const theirs = [deal.problem, deal.costOfMissing];
const good: WithdrawalParts = {
  ...draftWithdrawal(deal),
  ours: 'First, on us: we did not give you enough to feel safe saying yes. What was missing: a talk with a customer who had made the same move.',
};

const faults = (change: Partial<WithdrawalParts>) => lintWithdrawal({ ...good, ...change }, theirs);
const partsOf = (change: Partial<WithdrawalParts>) => faults(change).map(({ part }) => part);

describe('the withdrawal note', () => {
  it('passes with a failure of ours, their problem in their figures, and no offer', () => {
    expect(lintWithdrawal(good, theirs)).toEqual([]);
    const text = writeWithdrawal(good, { contactName: 'Dana Lee', senderName: 'Anna' });
    expect(text).toMatch(/^Hi Dana,\n\nFirst, on us/);
    expect(text).toContain('By your own figures: about €40,000 a year in interest.');
    expect(text).not.toMatch(/homework|\blost\b/i);
  });

  it('does not pass as it is drafted: the owner’s own words are missing', () => {
    const draft = draftWithdrawal({ problem: undefined, costOfMissing: undefined });
    expect(lintWithdrawal(draft, []).map(({ part }) => part)).toEqual(['ours', 'theirs']);
  });

  it.each([
    ['a discount', { theirs: `${good.theirs} We could give 10% off.` }, 'theirs'],
    ['a better price', { away: `${good.away} A better price is thinkable.` }, 'away'],
    ['a deadline', { theirs: `${good.theirs} It holds until Friday.` }, 'theirs'],
    ['a day', { theirs: `${good.theirs} Tell us by Friday.` }, 'theirs'],
    ['an adjective that frightens', { theirs: `${good.theirs} That is dangerous.` }, 'theirs'],
    ['a figure of ours', { theirs: `${good.theirs} We think 55,000.` }, 'theirs'],
    ['an offer in the third part', { away: `${good.away} Let me know.` }, 'away'],
    ['a pilot', { away: `${good.away} A pilot is open to you.` }, 'away'],
    ['a third part that does not step away', { away: 'It is worth solving.' }, 'away'],
    ['a first part without us', { ours: 'You were not ready to say yes.' }, 'ours'],
    ['an empty part', { theirs: '  ' }, 'theirs'],
  ] as const)('refuses %s under its own part, and says what to do', (_name, change, part) => {
    const found = faults(change).filter((fault) => fault.part === part);
    expect(found).not.toEqual([]);
    for (const { message } of found) expect(message).toMatch(/Take it out|Name|Say|missing|Add/);
  });

  it('refuses more than 150 words, under the longest part', () => {
    expect(partsOf({ theirs: `${good.theirs} ${'so '.repeat(120)}` })).toEqual(['theirs']);
  });

  it('takes a figure in any spelling for the same', () => {
    expect(figuresIn('€40,000 40.000 40 000 40k')).toContain('40000');
    for (const text of ['€40,000', '40.000', '40k', '40 000', '40’000']) {
      expect(figuresIn(text)).toEqual(['40000']);
    }
    expect(figuresIn('1.5m')).toEqual(['1500000']);
    expect(figuresIn('nothing')).toEqual([]);
  });

  it('finds every figure that is not theirs, and none that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (figure) => {
        const found = lintWithdrawal({ ...good, theirs: `${good.theirs} And ${figure}` }, [
          ...theirs,
        ]);
        return found.length === (figure === 40_000 ? 0 : 1);
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        (figure) =>
          lintWithdrawal({ ...good, theirs: `It costs you ${figure} a year` }, [`${figure}`])
            .length === 0,
      ),
    );
  });

  it('finds a banned word wherever it stands', () => {
    const banned = fc.constantFrom('discount', 'deadline', 'catastrophic', 'risky', 'last chance');
    const part = fc.constantFrom<keyof WithdrawalParts>('ours', 'theirs', 'away');
    fc.assert(
      fc.property(banned, part, fc.nat(20), (word, at, place) => {
        const words = good[at].split(' ');
        words.splice(place, 0, word);
        return partsOf({ [at]: words.join(' ') }).includes(at);
      }),
    );
  });
});
