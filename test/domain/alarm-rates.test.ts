import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlarmAnswer,
  alarmRateOf,
  fixedCodes,
  lastChangedOn,
  loosened,
  numbersOf,
  segmentCodes,
} from '../../src/domain/alarm-rates.ts';
import { day } from '../../src/domain/calendar.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import { segments } from '../../src/domain/segment.ts';
import {
  fewestOf,
  segmentNormsOf,
  thresholdCodes,
  thresholdOf,
  usualRules,
  withNorms,
  withThreshold,
} from '../../src/domain/team-rules.ts';
import { anyRules } from '../support/team-values.ts';

const pingPong = { code: 'ping_pong', segment: undefined } as const;
const silence = { code: 'buyer_silence', segment: 'mid' } as const;

/** So many questions to three people in turn, the first `dismissed` of them waved away. */
function asked(n: number, dismissed: number, changes: Partial<AlarmAnswer> = {}): AlarmAnswer[] {
  return Array.from({ length: n }, (_, at) => ({
    code: 'ping_pong',
    segment: 'mid',
    personId: `P${at % 3}` as PersonId,
    on: day('2026-11-02'),
    dismissed: at < dismissed,
    ...changes,
  }));
}

describe('how often a rule is called not a problem', () => {
  const rate = (answers: AlarmAnswer[]) => alarmRateOf(answers, pingPong, undefined);

  it('waits for eight questions', () => {
    expect(rate(asked(7, 7))).toMatchObject({ standing: 'few', tally: { k: 7, n: 7 } });
    expect(rate(asked(8, 8)).standing).toBe('dismissed');
  });

  it('is mostly dismissed from a half on', () => {
    expect(rate(asked(10, 5)).standing).toBe('dismissed');
    expect(rate(asked(10, 4)).standing).toBe('heard');
  });

  it('is not shown where it would be the answers of one or two people', () => {
    const two = asked(12, 9).map((one, at) => ({ ...one, personId: `P${at % 2}` as PersonId }));
    expect(rate(two).standing).toBe('few_people');
  });

  it('counts its own rule alone, and of a segment’s rule that segment', () => {
    const answers = [...asked(9, 3), ...asked(9, 9, { code: 'unmutual' })];
    expect(rate(answers).tally).toEqual({ k: 3, n: 9 });
    const quiet = [
      ...asked(9, 2, { code: 'buyer_silence' }),
      ...asked(9, 9, { code: 'buyer_silence', segment: 'smb' }),
    ];
    expect(alarmRateOf(quiet, silence, undefined).tally).toEqual({ k: 2, n: 9 });
  });

  it('begins anew on the day after its numbers changed', () => {
    const answers = [...asked(9, 9), ...asked(4, 1, { on: day('2026-11-10') })];
    expect(alarmRateOf(answers, pingPong, day('2026-11-02'))).toMatchObject({
      standing: 'few',
      tally: { k: 1, n: 4 },
    });
  });
});

describe('when the numbers of a rule last changed', () => {
  const first = withThreshold(usualRules, 'ping_pong', { watch: 8, stall: 12 });
  const second = withNorms(first, 'mid', { typicalReplyBd: 4 });
  const versions = [
    { rules: second, on: day('2026-11-16') },
    { rules: first, on: day('2026-11-02') },
  ];

  it('is the day of the version that has them first', () => {
    expect(lastChangedOn(versions, pingPong)).toBe('2026-11-02');
    expect(lastChangedOn(versions, silence)).toBe('2026-11-16');
    expect(lastChangedOn(versions, { code: 'unmutual', segment: undefined })).toBeUndefined();
    expect(lastChangedOn(versions, { ...silence, segment: 'smb' })).toBeUndefined();
  });

  it('is the day of going back as well', () => {
    const back = [{ rules: usualRules, on: day('2026-11-20') }, ...versions];
    expect(lastChangedOn(back, pingPong)).toBe('2026-11-20');
  });
});

describe('loosening a rule', () => {
  it('takes its numbers half as far again', () => {
    const next = loosened(usualRules, pingPong);
    expect(next && numbersOf(pingPong, next)).toEqual([10, 15]);
    const quiet = loosened(usualRules, silence);
    expect(quiet && numbersOf(silence, quiet)).toEqual([15, 12, 10, 7, 4]);
    expect(quiet?.norms.smb).toBeUndefined();
  });

  it('brings what counts days before the decision nearer to it', () => {
    const scope = { code: 'no_power', segment: 'mid' } as const;
    const next = loosened(usualRules, scope);
    expect(next && numbersOf(scope, next)).toEqual([13, 6]);
  });

  it('offers nothing where there is no number, or none further', () => {
    for (const code of fixedCodes) {
      expect(loosened(usualRules, { code, segment: undefined })).toBeUndefined();
    }
    const furthest = withThreshold(usualRules, 'ping_pong', { watch: 120, stall: 120 });
    expect(loosened(furthest, pingPong)).toBeUndefined();
  });

  it('keeps every number in range and watching before the stall, whatever a team chose', () => {
    fc.assert(
      fc.property(
        anyRules,
        fc.constantFrom(...thresholdCodes, ...segmentCodes),
        fc.constantFrom(...segments),
        (rules, code, segment) => {
          const next = loosened(rules, { code, segment });
          for (const one of thresholdCodes) {
            const { watch, stall } = thresholdOf(one, next ?? rules);
            expect(watch).toBeLessThanOrEqual(stall);
            expect(watch).toBeGreaterThanOrEqual(fewestOf(one));
            expect(stall).toBeLessThanOrEqual(120);
          }
          for (const one of segments) {
            const { deciderMetBd } = segmentNormsOf(one, next ?? rules);
            expect(deciderMetBd.stall).toBeLessThanOrEqual(deciderMetBd.watch);
            expect(deciderMetBd.stall).toBeGreaterThanOrEqual(1);
          }
          for (const value of numbersOf({ code, segment }, next ?? rules)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(120);
          }
        },
      ),
    );
  });
});
