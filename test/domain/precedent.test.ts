import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { DealId } from '../../src/domain/ids.ts';
import {
  findPrecedent,
  type Precedent,
  sayPrecedent,
  workedKinds,
} from '../../src/domain/precedent.ts';

const globex: Precedent = {
  dealId: 'globex' as DealId,
  account: 'Globex',
  code: 'ping_pong',
  firstOn: day('2026-10-05'),
  clearedOn: day('2026-10-09'),
  did: 'homework_reworded',
  didOn: day('2026-10-07'),
};
const initech: Precedent = {
  ...globex,
  dealId: 'initech' as DealId,
  account: 'Initech',
  clearedOn: day('2026-11-02'),
};
const hooli: Precedent = { ...initech, dealId: 'hooli' as DealId, code: 'no_next_step' };
const codes = ['ping_pong', 'no_next_step'] as const;
const dealId = 'acme' as DealId;

describe('what worked elsewhere', () => {
  it('is the newest of the code that weighs most', () => {
    expect(findPrecedent([hooli, globex, initech], { dealId, codes })).toBe(initech);
  });

  it('falls back to the next code, and is none when nothing fits', () => {
    expect(findPrecedent([hooli], { dealId, codes })).toBe(hooli);
    expect(findPrecedent([hooli], { dealId, codes: ['ping_pong'] })).toBeUndefined();
    expect(findPrecedent([], { dealId, codes })).toBeUndefined();
  });

  it('is never the deal’s own past', () => {
    expect(findPrecedent([globex], { dealId: globex.dealId, codes })).toBeUndefined();
  });

  it('names the account, the month, what was done and how soon it moved', () => {
    expect(sayPrecedent(globex, day('2026-11-23'))).toBe(
      'Globex was held up the same way in October: they made a step smaller, and it moved 2 days later.',
    );
    const sameDay = { ...globex, didOn: globex.clearedOn };
    expect(sayPrecedent(sameDay, day('2027-01-11'))).toBe(
      'Globex was held up the same way in October 2026: they made a step smaller, and it moved the same day.',
    );
  });

  it.each(workedKinds)('has words for %s', (did) => {
    expect(sayPrecedent({ ...globex, did }, day('2026-11-23'))).toMatch(
      /^Globex was held up the same way in October: (they|their|a) \w.+, and it moved 2 days later\.$/,
    );
  });
});
