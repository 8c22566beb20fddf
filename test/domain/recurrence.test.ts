import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { cameUpAgain, citedSkills, sayCited } from '../../src/domain/recurrence.ts';

const of = (...codes: string[]) => ({ reasonCodes: codes });
const qualify = of('fit.no_problem');
const other = of('unk.silent');

describe('what finished reviews keep coming to', () => {
  it('is a skill that three reviews and a quarter of them cite', () => {
    const four = [qualify, qualify, qualify, other];
    expect(citedSkills(four)[0]).toEqual({ skill: 'qualify', cited: 3, reviews: 4, recurs: true });
    expect(citedSkills([qualify, qualify])[0]?.recurs).toBe(false);
    const thirteen = [...four, ...Array.from({ length: 9 }, () => other)];
    const found = citedSkills(thirteen).find(({ skill }) => skill === 'qualify');
    expect(found).toMatchObject({ cited: 3, reviews: 13, recurs: false });
  });

  it('counts a review once for a skill, whatever its reasons', () => {
    const [first] = citedSkills([of('fit.no_problem', 'fit.wrong_type'), other, other]);
    expect(first).toMatchObject({ cited: 2 });
    expect(citedSkills([of('fit.no_problem', 'fit.wrong_type')])[0]).toMatchObject({ cited: 1 });
  });

  it('is said with how many there were', () => {
    expect(sayCited({ cited: 3, reviews: 8 })).toBe('Named in 3 of 8 finished reviews in 90 days');
  });
});

describe('what came up again for one person', () => {
  const closed = [{ skill: 'qualify', endedOn: day('2026-10-30') }];
  const lost = (on: string, ...codes: string[]) => ({ lostOn: day(on), reasonCodes: codes });

  it('is the same skill in a loss after its area was closed', () => {
    expect(cameUpAgain(closed, [lost('2026-11-20', 'fit.no_problem')])).toEqual(['qualify']);
  });

  it('is nothing of before, of another skill, or without an area', () => {
    expect(cameUpAgain(closed, [lost('2026-10-30', 'fit.no_problem')])).toEqual([]);
    expect(cameUpAgain(closed, [lost('2026-11-20', 'unk.silent')])).toEqual([]);
    expect(cameUpAgain([], [lost('2026-11-20', 'fit.no_problem')])).toEqual([]);
  });
});
