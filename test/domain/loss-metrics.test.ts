import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFixability, isTalkWorthy } from '../../src/domain/fixability.ts';
import { outcomes } from '../../src/domain/loss.ts';
import {
  boxesOf,
  competitiveWinRate,
  countDeals,
  type EndedGroup,
  heardRate,
  isLost,
  knowsOutcomes,
  lossesByFamily,
  lossesByPhase,
  lossesByReason,
  lostAloneRate,
  metricsVersion,
  noDecisionRate,
  renewalRate,
  untoldOutcomes,
  winRate,
} from '../../src/domain/loss-metrics.ts';
import { lossReasons } from '../../src/domain/loss-reasons.ts';
import { phases } from '../../src/domain/segment.ts';
import { ended } from '../support/ended-values.ts';

/** METHOD appendix A: 14 won, 9 to rivals, 7 no decision. */
const appendix = [
  ended('won', 14),
  ended('lost', 6, { outcome: 'rival' }),
  ended('lost', 3, { outcome: 'incumbent' }),
  ended('lost', 4, { outcome: 'none' }),
  ended('lost', 2, { outcome: 'budget_withdrawn' }),
  ended('lost', 1, { outcome: 'we_withdrew', underlyingOutcome: 'none' }),
];
const share = ({ k, n }: { k: number; n: number }) => k / n;

describe('rates of what ended', () => {
  it('are those worked out by hand (METHOD appendix A)', () => {
    expect(share(winRate(appendix))).toBeCloseTo(0.467, 3);
    expect(share(competitiveWinRate(appendix))).toBeCloseTo(0.609, 3);
    const { ofClosed, ofLosses } = noDecisionRate(appendix);
    expect(ofClosed).toEqual({ k: 7, n: 30 });
    expect(share(ofClosed)).toBeCloseTo(0.233, 3);
    expect(share(ofLosses)).toBeCloseTo(0.438, 2);
  });

  it('count one we withdrew from as lost, and as undecided only for what lay under it', () => {
    const groups = [
      ended('won', 1),
      ended('lost', 1, { outcome: 'we_withdrew', underlyingOutcome: 'rival' }),
    ];
    expect(winRate(groups)).toEqual({ k: 1, n: 2 });
    expect(noDecisionRate(groups).ofLosses).toEqual({ k: 0, n: 1 });
  });

  it('keep renewals apart from new business', () => {
    const groups = [
      ...appendix,
      ended('won', 8, { renewal: true }),
      ended('lost', 2, { renewal: true }),
    ];
    expect(winRate(groups)).toEqual({ k: 14, n: 30 });
    expect(renewalRate(groups)).toEqual({ k: 8, n: 10 });
  });

  it('are not told where a CRM kept no outcomes', () => {
    const imported = [ended('won', 50), ended('lost', 40)];
    expect(untoldOutcomes(imported)).toBe(40);
    expect(knowsOutcomes(imported)).toBe(false);
    expect(knowsOutcomes([ended('lost', 9, { outcome: 'none' }), ended('lost', 1)])).toBe(true);
    expect(knowsOutcomes([])).toBe(false);
  });

  it('say a version, for who recomputes them', () => expect(metricsVersion).toBe(1));
});

describe('losses told apart', () => {
  const groups = [
    ended('lost', 2, { reasonCode: 'prd.must_have', whyClass: 'outsold', phase: 'decision' }),
    ended('lost', 1, { reasonCode: 'prd.scale', whyClass: 'outsold', phase: 'interest' }),
    ended('lost', 1, { reasonCode: 'fit.no_problem', whyClass: 'not_there' }),
    ended('lost', 5),
    ended('won', 9),
  ];

  it('are in one of two boxes or in neither yet', () => {
    expect(boxesOf(groups)).toEqual({ outsold: 3, notThere: 1, untold: 5 });
  });

  it('go by family and by reason, with those without one last', () => {
    expect(lossesByFamily(groups)).toEqual([
      { label: 'Product', losses: 3 },
      { label: 'Fit', losses: 1 },
      { label: 'No reason recorded', losses: 5 },
    ]);
    expect(lossesByReason(groups)[0]).toEqual({
      label: 'A true must-have is missing',
      losses: 2,
    });
  });

  it('go by phase in the order of buying', () => {
    expect(lossesByPhase(groups).map(({ label }) => label)).toEqual([
      'Interest',
      'Decision',
      'No phase recorded',
    ]);
  });

  it('count who had nobody beside them, of those where that is known', () => {
    const some = [
      ended('lost', 2, { lostAlone: true }),
      ended('lost', 3, { lostAlone: false }),
      ended('lost', 7),
    ];
    expect(lostAloneRate(some)).toEqual({ k: 2, n: 5 });
  });

  it('count what the buyer said or wrote, of those with a reason', () => {
    const reasonCode = 'com.terms';
    const some = [
      ended('lost', 1, { reasonCode, evidence: 'written' }),
      ended('lost', 1, { reasonCode, evidence: 'said' }),
      ended('lost', 2, { reasonCode, evidence: 'inferred' }),
      ended('lost', 9, { evidence: 'unknown' }),
    ];
    expect(heardRate(some)).toEqual({ k: 2, n: 4 });
  });
});

const someGroups = fc.array(
  fc.record({
    status: fc.constantFrom('won' as const, 'lost' as const),
    renewal: fc.boolean(),
    outcome: fc.option(fc.constantFrom(...outcomes.map(({ code }) => code)), { nil: undefined }),
    underlyingOutcome: fc.option(fc.constantFrom(...outcomes.map(({ code }) => code)), {
      nil: undefined,
    }),
    whyClass: fc.constantFrom('outsold' as const, 'not_there' as const, undefined),
    reasonCode: fc.option(fc.constantFrom(...lossReasons.map(({ code }) => code)), {
      nil: undefined,
    }),
    phase: fc.constantFrom(...phases, undefined),
    evidence: fc.constantFrom('written' as const, 'unknown' as const),
    lostAlone: fc.constantFrom(true, false, undefined),
    deals: fc.integer({ min: 1, max: 1000 }),
  }),
);

describe('any deals that ended', () => {
  it('are each counted once wherever losses are told apart', () => {
    fc.assert(
      fc.property(someGroups, (groups: EndedGroup[]) => {
        const losses = countDeals(groups, isLost);
        const { outsold, notThere, untold } = boxesOf(groups);
        expect(outsold + notThere + untold).toBe(losses);
        for (const counts of [lossesByFamily, lossesByReason, lossesByPhase]) {
          const sum = counts(groups).reduce((total, one) => total + one.losses, 0);
          expect(sum).toBe(losses);
        }
      }),
    );
  });

  it('give rates of which no part is more than the whole', () => {
    fc.assert(
      fc.property(someGroups, (groups: EndedGroup[]) => {
        const { ofClosed, ofLosses } = noDecisionRate(groups);
        const rates = [
          winRate(groups),
          competitiveWinRate(groups),
          ofClosed,
          ofLosses,
          renewalRate(groups),
          lostAloneRate(groups),
          heardRate(groups),
        ];
        for (const { k, n } of rates) expect(k >= 0 && k <= n).toBe(true);
        expect(ofClosed.k).toBe(ofLosses.k);
        expect(competitiveWinRate(groups).n).toBeLessThanOrEqual(winRate(groups).n);
      }),
    );
  });

  it('come to the same whether the database groups them or not', () => {
    fc.assert(
      fc.property(someGroups, (groups: EndedGroup[]) => {
        const few = groups.map((group) => ({ ...group, deals: Math.min(group.deals, 20) }));
        const single = few.flatMap((group) =>
          Array.from({ length: group.deals }, () => ({ ...group, deals: 1 })),
        );
        expect(winRate(single)).toEqual(winRate(few));
        expect(lossesByReason(single)).toEqual(lossesByReason(few));
      }),
    );
  });
});

describe('how far a loss could have been a win', () => {
  it('weighs the buyer most (METHOD appendix A)', () => {
    const views = [
      { by: 'buyer', value: 'yes' },
      { by: 'reviewer', value: 'partly' },
      { by: 'manager', value: 'partly' },
      { by: 'owner', value: 'no' },
    ] as const;
    const whole = computeFixability(views);
    expect(whole?.share).toBeCloseTo(0.591, 3);
    expect(whole?.spread).toBe(1);
    expect(isTalkWorthy(whole)).toBe(true);
    const inside = [
      { by: 'reviewer', value: 'partly' },
      { by: 'manager', value: 'yes' },
      { by: 'owner', value: 'no' },
    ] as const;
    expect(computeFixability(inside)?.share).toBeCloseTo(0.5, 5);
  });
});
