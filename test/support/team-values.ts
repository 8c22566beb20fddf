import fc from 'fast-check';
import { segments } from '../../src/domain/segment.ts';
import {
  fewestOf,
  mapPhases,
  most,
  type TeamRules,
  type Threshold,
  thresholdCodes,
  usualRules,
  withNorms,
  withThreshold,
} from '../../src/domain/team-rules.ts';

const anyNumber = fc.integer({ min: 1, max: most });

function anyThreshold(least: number): fc.Arbitrary<Threshold> {
  const number = fc.integer({ min: least, max: most });
  return fc
    .tuple(number, number)
    .map(([one, other]) => ({ watch: Math.min(one, other), stall: Math.max(one, other) }));
}

const anyNorms = fc
  .record(
    {
      typicalReplyBd: anyNumber,
      quietGapBd: anyNumber,
      phaseAgeBd: anyNumber,
      silenceLimitBd: fc
        .tuple(anyNumber, anyNumber)
        .map(([early, late]) => mapPhases((phase) => (phase === 'decision' ? late : early))),
      // Days before the decision: a stall has the fewer.
      deciderMetBd: anyThreshold(1).map(({ watch, stall }) => ({ watch: stall, stall: watch })),
    },
    { requiredKeys: [] },
  )
  .chain((norms) => fc.constantFrom(...segments).map((segment) => ({ segment, norms })));

const anyCode = fc
  .constantFrom(...thresholdCodes)
  .chain((code) => anyThreshold(fewestOf(code)).map((threshold) => ({ code, threshold })));

/** Whatever a form can save. */
export const anyRules: fc.Arbitrary<TeamRules> = fc
  .tuple(fc.array(anyNorms, { maxLength: 4 }), fc.array(anyCode, { maxLength: 7 }))
  .map(([norms, codes]) => {
    const withAllNorms = norms.reduce(
      (rules, one) => withNorms(rules, one.segment, one.norms),
      usualRules,
    );
    return codes.reduce(
      (rules, { code, threshold }) => withThreshold(rules, code, threshold),
      withAllNorms,
    );
  });
