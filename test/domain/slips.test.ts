import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, daysBetween, weekdays } from '../../src/domain/calendar.ts';
import { type DateRevision, type RevisionKind, summarizeSlips } from '../../src/domain/slips.ts';
import { anyDay } from '../support/plan-values.ts';

function move(fromOn: string, toOn: string, changes: Partial<DateRevision> = {}): DateRevision {
  return {
    fromOn: day(fromOn),
    toOn: day(toOn),
    on: addDays(day(fromOn), -14),
    kind: toOn > fromOn ? 'slip' : 'pull_in',
    side: 'buyer',
    acknowledged: false,
    ...changes,
  };
}

function summarize(revisions: readonly DateRevision[], original: string, current: string) {
  return summarizeSlips(revisions, { original: day(original), current: day(current) }, weekdays);
}

describe('the history of a date', () => {
  it('2027-01-29 → 02-12 → 02-05 → 02-26 is two slips, 35 days out, 7 in, 28 net', () => {
    const revisions = [
      move('2027-01-29', '2027-02-12'),
      move('2027-02-12', '2027-02-05'),
      move('2027-02-05', '2027-02-26'),
    ];
    expect(summarize(revisions, '2027-01-29', '2027-02-26')).toEqual({
      slips: 2,
      grossDays: 35,
      pulledDays: 7,
      netDays: 28,
      unseenByManager: true,
      rolling: false,
    });
  });

  it('without a move is all zeros', () => {
    expect(summarize([], '2027-01-29', '2027-01-29')).toEqual({
      slips: 0,
      grossDays: 0,
      pulledDays: 0,
      netDays: 0,
      unseenByManager: false,
      rolling: false,
    });
  });

  it('has no net days while there is no date', () => {
    const none = summarizeSlips([], { original: undefined, current: undefined }, weekdays);
    expect(none.netDays).toBe(0);
  });

  it('leaves a correction out of the slips and out of the days', () => {
    const wrong = move('2027-01-29', '2027-03-01', { kind: 'correction' });
    expect(summarize([wrong], '2027-01-29', '2027-03-01')).toMatchObject({
      slips: 0,
      grossDays: 0,
      netDays: 31,
    });
  });

  it('counts a missed date only once it was moved out', () => {
    const missed = move('2027-01-29', '2027-01-29', { kind: 'missed' });
    expect(summarize([missed], '2027-01-29', '2027-01-29').slips).toBe(0);
    const after = [missed, move('2027-01-29', '2027-02-12')];
    expect(summarize(after, '2027-01-29', '2027-02-12')).toMatchObject({ slips: 1, grossDays: 14 });
    const movedOut = move('2027-01-29', '2027-02-12', { kind: 'missed' });
    const inOne = summarize([movedOut], '2027-01-29', '2027-02-12');
    expect(inOne).toMatchObject({ slips: 1, grossDays: 14 });
  });
});

describe('the manager', () => {
  const first = move('2027-01-29', '2027-02-12');
  const second = move('2027-02-12', '2027-02-26');

  it('need not see a first slip', () => {
    expect(summarize([first], '2027-01-29', '2027-02-12').unseenByManager).toBe(false);
  });

  it('has not seen a second until they acknowledge it', () => {
    expect(summarize([first, second], '2027-01-29', '2027-02-26').unseenByManager).toBe(true);
    const seen = { ...second, acknowledged: true };
    expect(summarize([first, seen], '2027-01-29', '2027-02-26').unseenByManager).toBe(false);
  });

  it('has a third to see after they saw the second', () => {
    const seen = { ...second, acknowledged: true };
    const third = move('2027-02-26', '2027-03-05');
    expect(summarize([first, seen, third], '2027-01-29', '2027-03-05').unseenByManager).toBe(true);
  });
});

describe('a rolling date', () => {
  const rolls = (days: readonly number[], leftDays: number) => {
    let at = day('2027-01-28');
    const revisions = days.map((count) => {
      const to = addDays(at, count);
      const made = move(at, to, { on: addDays(at, -leftDays) });
      at = to;
      return made;
    });
    return summarize(revisions, '2027-01-28', at).rolling;
  };

  it.each([
    ['two months in a row at the last moment', [30, 30], 0, true],
    ['25 and 35 days', [25, 35], 0, true],
    ['24 days', [24, 30], 0, false],
    ['36 days', [30, 36], 0, false],
    ['one alone', [30], 0, false],
    ['an older long one before them', [90, 28, 28], 0, true],
    ['made two weeks ahead', [28, 28], 14, false],
  ])('%s', (_, days, leftDays, rolling) => {
    expect(rolls(days, leftDays)).toBe(rolling);
  });

  it.each([
    ['three business days before the date', '2027-01-25', '2027-02-22', true],
    ['four', '2027-01-22', '2027-02-19', false],
  ])('is made %s or nearer', (_, first, second, rolling) => {
    const revisions = [
      move('2027-01-28', '2027-02-25', { on: day(first) }),
      move('2027-02-25', '2027-03-25', { on: day(second) }),
    ];
    expect(summarize(revisions, '2027-01-28', '2027-03-25').rolling).toBe(rolling);
  });
});

describe('any history', () => {
  const anyMoves = fc.array(
    fc.record({
      days: fc.integer({ min: -60, max: 120 }).filter((days) => days !== 0),
      isCorrection: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  const replay = (
    original: Day,
    moves: readonly { readonly days: number; readonly isCorrection: boolean }[],
  ) => {
    let at = original;
    const revisions = moves.map(({ days, isCorrection }) => {
      const to = addDays(at, days);
      const kind: RevisionKind = isCorrection ? 'correction' : days > 0 ? 'slip' : 'pull_in';
      const made = move(at, to, { kind });
      at = to;
      return made;
    });
    return { revisions, summary: summarize(revisions, original, at), current: at };
  };

  it('the net is what went out less what came in, where nothing was corrected', () => {
    fc.assert(
      fc.property(anyDay, anyMoves, (original, moves) => {
        const kept = moves.filter(({ isCorrection }) => !isCorrection);
        const { summary } = replay(original, kept);
        expect(summary.netDays).toBe(summary.grossDays - summary.pulledDays);
        expect(summary.slips).toBe(kept.filter(({ days }) => days > 0).length);
      }),
    );
  });

  it('the net always is measured from the first date, whatever was moved or corrected', () => {
    fc.assert(
      fc.property(anyDay, anyMoves, (original, moves) => {
        const { summary, current, revisions } = replay(original, moves);
        const before = structuredClone(revisions);
        expect(addDays(original, summary.netDays)).toBe(current);
        expect(summary.netDays).toBe(daysBetween(original, current));
        expect(summary.grossDays).toBeGreaterThanOrEqual(0);
        expect(summary.pulledDays).toBeGreaterThanOrEqual(0);
        expect(revisions).toEqual(before);
      }),
    );
  });
});
