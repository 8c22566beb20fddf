import { describe, expect, it } from 'vitest';
import type { Rally } from '../../src/domain/rally.ts';
import { segmentNorms } from '../../src/domain/segment.ts';
import {
  findStalls,
  isStalled,
  phaseWatchOf,
  type Severity,
  type StallCode,
  type StallEvidence,
  type StallFacts,
} from '../../src/domain/stalls.ts';
import { type TeamRules, usualRules } from '../../src/domain/team-rules.ts';

const quiet: Rally = {
  turns: 2,
  idleTurns: 0,
  pingPong: undefined,
  typicalReplyBd: 3,
  silenceBd: 0,
  latency: 0,
  replyDebtBd: 0,
  ballWith: undefined,
};
const noSlips = {
  slips: 0,
  grossDays: 0,
  pulledDays: 0,
  netDays: 0,
  unseenByManager: false,
  rolling: false,
};

/** A mid-market deal in preference that nothing holds up. */
const calm: StallFacts = {
  phase: 'preference',
  norms: segmentNorms.mid,
  isSmall: false,
  rally: quiet,
  withoutNextStepBd: 0,
  buyerGatesLateBd: [],
  oursLateBd: 0,
  slips: noSlips,
  rules: usualRules,
  isSuspended: () => false,
  phaseAgeBd: 0,
  phaseWatchBd: undefined,
  engagedContacts: 3,
  deciderEngaged: true,
  leftBd: 30,
  sinceAdvanceBd: 0,
  runwayBd: 5,
  share: 0.5,
  liveSteps: 10,
  offerSent: false,
  quietGapBd: 0,
  isMutual: true,
};

const silent = (silenceBd: number, typicalReplyBd = 3): Partial<StallFacts> => ({
  rally: {
    ...quiet,
    ballWith: 'buyer',
    silenceBd,
    typicalReplyBd,
    latency: silenceBd / typicalReplyBd,
  },
});
const owing = (replyDebtBd: number): Partial<StallFacts> => ({
  rally: { ...quiet, ballWith: 'seller', replyDebtBd },
});
const slipped = (slips: number, rolling = false): Partial<StallFacts> => ({
  slips: { ...noSlips, slips, rolling },
});
const toAndFro = (pingPong: number | undefined, sinceAdvanceBd: number): Partial<StallFacts> => ({
  rally: { ...quiet, turns: 6, pingPong },
  sinceAdvanceBd,
});
const single = { engagedContacts: 1 } as const;
const oneSided = { share: 0.19, liveSteps: 5 } as const;

type Row = readonly [StallCode, string, Partial<StallFacts>, Severity | undefined];

/** Every threshold of METHOD §3.6, from both sides. */
const rows: readonly Row[] = [
  ['buyer_silence', 'a wait just under twice the usual', silent(5), undefined],
  ['buyer_silence', 'twice the usual', silent(6), 'watch'],
  ['buyer_silence', 'R = 2 after only two days', silent(2, 1), undefined],
  ['buyer_silence', 'R = 3 after three days', silent(3, 1), 'watch'],
  ['buyer_silence', 'R = 4 after four days', silent(4, 1), 'stall'],
  ['buyer_silence', 'R just under 4 after four days', silent(4, 1.01), 'watch'],
  ['buyer_silence', 'a day under the limit of the phase', silent(6, 9), undefined],
  ['buyer_silence', 'the limit of the phase', silent(7, 9), 'stall'],
  ['buyer_silence', 'R = 3.5 after seven days', silent(7, 2), 'stall'],
  ['buyer_silence', 'the same in awareness', { ...silent(7, 9), phase: 'awareness' }, undefined],
  ['buyer_silence', 'the limit of awareness', { ...silent(10, 9), phase: 'awareness' }, 'stall'],
  ['buyer_silence', 'the limit of decision', { ...silent(5, 9), phase: 'decision' }, 'stall'],
  ['buyer_silence', 'no word logged', { rally: undefined }, undefined],

  ['no_next_step', 'one day', { withoutNextStepBd: 1 }, undefined],
  ['no_next_step', 'two days', { withoutNextStepBd: 2 }, 'watch'],
  ['no_next_step', 'four days', { withoutNextStepBd: 4 }, 'watch'],
  ['no_next_step', 'five days', { withoutNextStepBd: 5 }, 'stall'],

  ['buyer_item_late', 'two days', { buyerGatesLateBd: [2] }, undefined],
  ['buyer_item_late', 'three days', { buyerGatesLateBd: [3] }, 'watch'],
  ['buyer_item_late', 'six days', { buyerGatesLateBd: [6, 1] }, 'watch'],
  ['buyer_item_late', 'seven days', { buyerGatesLateBd: [7] }, 'stall'],
  ['buyer_item_late', 'two at three days', { buyerGatesLateBd: [3, 3] }, 'stall'],
  ['buyer_item_late', 'two, one of them hardly', { buyerGatesLateBd: [3, 2] }, 'watch'],

  ['ball_with_us', 'an answer owed for a day', owing(1), undefined],
  ['ball_with_us', 'an answer owed for two days', owing(2), 'watch'],
  ['ball_with_us', 'an answer owed for three days', owing(3), 'watch'],
  ['ball_with_us', 'an answer owed for four days', owing(4), 'stall'],
  ['ball_with_us', 'a step of ours a day late', { oursLateBd: 1 }, undefined],
  ['ball_with_us', 'a step of ours two days late', { oursLateBd: 2 }, 'watch'],
  ['ball_with_us', 'a step of ours four days late', { oursLateBd: 4, rally: undefined }, 'stall'],

  ['date_slipped', 'no slip', slipped(0), undefined],
  ['date_slipped', 'one slip', slipped(1), 'watch'],
  ['date_slipped', 'two slips', slipped(2), 'watch'],
  ['date_slipped', 'two rolling slips', slipped(2, true), 'stall'],
  ['date_slipped', 'three slips', slipped(3), 'stall'],

  ['date_missed', 'a date ahead', { leftBd: 1 }, undefined],
  ['date_missed', 'the day itself', { leftBd: 0 }, undefined],
  ['date_missed', 'a date that passed', { leftBd: -1 }, 'stall'],
  ['date_missed', 'no date', { leftBd: undefined }, undefined],

  ['phase_age', 'the fallback itself', { phaseAgeBd: 25 }, undefined],
  ['phase_age', 'a day over it', { phaseAgeBd: 26 }, 'stall'],
  ['phase_age', 'the watch of a team itself', { phaseAgeBd: 20, phaseWatchBd: 20 }, undefined],
  ['phase_age', 'a day over the watch of a team', { phaseAgeBd: 21, phaseWatchBd: 20 }, 'watch'],
  ['phase_age', 'a day over its limit', { phaseAgeBd: 26, phaseWatchBd: 20 }, 'stall'],
  ['phase_age', 'the same in enterprise', { phaseAgeBd: 26, norms: segmentNorms.ent }, undefined],

  ['single_thread', 'two contacts', { engagedContacts: 2 }, undefined],
  ['single_thread', 'one contact', single, 'watch'],
  ['single_thread', 'one contact who is silent', { ...single, ...silent(6) }, 'stall'],
  ['single_thread', 'one contact in a small deal', { ...single, isSmall: true }, undefined],
  ['single_thread', 'one contact in interest', { ...single, phase: 'interest' }, undefined],
  ['single_thread', 'one contact at the decision', { ...single, phase: 'decision' }, 'watch'],
  ['single_thread', 'contacts nobody entered', { engagedContacts: undefined }, undefined],

  ['no_power', '21 days before', { deciderEngaged: false, leftBd: 21 }, undefined],
  ['no_power', '20 days before', { deciderEngaged: false, leftBd: 20 }, 'watch'],
  ['no_power', '11 days before', { deciderEngaged: false, leftBd: 11 }, 'watch'],
  ['no_power', '10 days before', { deciderEngaged: false, leftBd: 10 }, 'stall'],
  ['no_power', 'the decider in touch', { deciderEngaged: true, leftBd: 1 }, undefined],
  ['no_power', 'no date', { deciderEngaged: false, leftBd: undefined }, undefined],
  ['no_power', 'nobody entered', { deciderEngaged: undefined, leftBd: 1 }, undefined],

  ['ping_pong', 'an index under 0.75', toAndFro(0.74, 12), undefined],
  ['ping_pong', '0.75 six days after an advance', toAndFro(0.75, 6), undefined],
  ['ping_pong', '0.75 seven days after one', toAndFro(0.75, 7), 'watch'],
  ['ping_pong', '0.75 nine days after one', toAndFro(0.75, 9), 'watch'],
  ['ping_pong', '0.8 ten days after one', toAndFro(0.8, 10), 'stall'],
  ['ping_pong', 'under five turns', toAndFro(undefined, 12), undefined],

  ['does_not_fit', 'no room to spare', { runwayBd: 0 }, undefined],
  ['does_not_fit', 'a day short', { runwayBd: -1 }, 'watch'],
  ['does_not_fit', 'five days short', { runwayBd: -5 }, 'watch'],
  ['does_not_fit', 'six days short', { runwayBd: -6 }, 'stall'],
  ['does_not_fit', 'fourteen days short', { runwayBd: -14 }, 'stall'],
  ['does_not_fit', 'no open gate', { runwayBd: undefined }, undefined],

  ['one_sided', 'a fifth with the buyer', { ...oneSided, share: 0.2 }, undefined],
  ['one_sided', 'less than a fifth', oneSided, 'watch'],
  ['one_sided', 'less than a fifth of four steps', { ...oneSided, liveSteps: 4 }, undefined],
  ['one_sided', 'less than a fifth, the offer sent', { ...oneSided, offerSent: true }, 'stall'],
  ['one_sided', 'no step at all', { ...oneSided, share: undefined }, undefined],

  ['quiet_gap', 'the limit itself', { quietGapBd: 7 }, undefined],
  ['quiet_gap', 'a day over the limit', { quietGapBd: 8 }, 'watch'],

  ['unmutual', 'four days', { isMutual: false, phaseAgeBd: 4 }, undefined],
  ['unmutual', 'five days', { isMutual: false, phaseAgeBd: 5 }, 'watch'],
  ['unmutual', 'nine days', { isMutual: false, phaseAgeBd: 9 }, 'watch'],
  ['unmutual', 'ten days', { isMutual: false, phaseAgeBd: 10 }, 'stall'],
  ['unmutual', 'ten days mutual', { isMutual: true, phaseAgeBd: 10 }, undefined],
  [
    'unmutual',
    'ten days in interest',
    { isMutual: false, phaseAgeBd: 10, phase: 'interest' },
    undefined,
  ],
];

describe('what holds a deal up', () => {
  it('is nothing in a calm one', () => {
    expect(findStalls(calm)).toEqual([]);
  });

  it.each(rows)('%s: %s', (code, _, changes, severity) => {
    const found = findStalls({ ...calm, ...changes }).find((stall) => stall.code === code);
    expect(found?.severity).toBe(severity);
  });

  it('tells the stalls before what is only to be watched', () => {
    const found = findStalls({ ...calm, ...slipped(1), withoutNextStepBd: 2, runwayBd: -9 });
    expect(found).toEqual([
      { code: 'does_not_fit', severity: 'stall', evidence: { value: 9, limit: 5 } },
      { code: 'no_next_step', severity: 'watch', evidence: { value: 2, limit: 2 } },
      { code: 'date_slipped', severity: 'watch', evidence: { value: 1, limit: 1 } },
    ]);
  });
});

const evidenceOf = (code: StallCode, changes: Partial<StallFacts>) =>
  findStalls({ ...calm, ...changes }).find((stall) => stall.code === code)?.evidence;

describe('the evidence of a stall', () => {
  const shown: readonly [StallCode, string, Partial<StallFacts>, StallEvidence][] = [
    ['buyer_silence', 'twice their usual reply', silent(6), { value: 6, limit: 6 }],
    ['buyer_silence', 'the limit of the phase', silent(9, 9), { value: 9, limit: 7 }],
    ['buyer_silence', 'four times a fast reply', silent(5, 1), { value: 5, limit: 4 }],
    ['buyer_silence', 'a wait of a day and a half', silent(3, 1.5), { value: 3, limit: 3 }],
    ['no_next_step', 'days without one', { withoutNextStepBd: 6 }, { value: 6, limit: 5 }],
    ['buyer_item_late', 'the latest', { buyerGatesLateBd: [4, 8] }, { value: 8, limit: 7 }],
    ['buyer_item_late', 'two of them', { buyerGatesLateBd: [3, 4] }, { value: 4, limit: 3 }],
    ['ball_with_us', 'the longest debt', { ...owing(2), oursLateBd: 3 }, { value: 3, limit: 2 }],
    ['date_slipped', 'slips', slipped(4), { value: 4, limit: 3 }],
    ['date_slipped', 'a rolling date', slipped(2, true), { value: 2, limit: 2 }],
    ['date_missed', 'days since', { leftBd: -3 }, { value: 3, limit: 1 }],
    ['phase_age', 'days in the phase', { phaseAgeBd: 31 }, { value: 31, limit: 25 }],
    ['single_thread', 'contacts', single, { value: 1, limit: 1 }],
    ['no_power', 'days left', { deciderEngaged: false, leftBd: 12 }, { value: 12, limit: 20 }],
    ['ping_pong', 'days since an advance', toAndFro(0.8, 8), { value: 8, limit: 7 }],
    ['does_not_fit', 'days short', { runwayBd: -2 }, { value: 2, limit: 0 }],
    ['one_sided', 'the share of the buyer', oneSided, { value: 0.19, limit: 0.2 }],
    ['quiet_gap', 'days of quiet', { quietGapBd: 9 }, { value: 9, limit: 7 }],
    ['unmutual', 'days in the phase', { isMutual: false, phaseAgeBd: 6 }, { value: 6, limit: 5 }],
  ];

  it.each(shown)('%s: %s, and the limit reached', (code, _, changes, evidence) => {
    expect(evidenceOf(code, changes)).toEqual(evidence);
  });
});

describe('the rules of a team', () => {
  const rules = (thresholds: TeamRules['thresholds']) => ({ rules: { norms: {}, thresholds } });
  const severityOf = (code: StallCode, changes: Partial<StallFacts>) =>
    findStalls({ ...calm, ...changes }).find((stall) => stall.code === code)?.severity;

  it.each([
    ['no_next_step', (value: number) => ({ withoutNextStepBd: value })],
    ['buyer_item_late', (value: number) => ({ buyerGatesLateBd: [value] })],
    ['ball_with_us', owing],
    ['date_slipped', slipped],
    ['ping_pong', (value: number) => toAndFro(0.8, value)],
    ['unmutual', (value: number) => ({ isMutual: false, phaseAgeBd: value })],
  ] as const)('move both limits of %s', (code, having) => {
    const own = rules({ [code]: { watch: 11, stall: 13 } });
    const at = (value: number) => severityOf(code, { ...having(value), ...own });
    expect([10, 11, 12, 13].map(at)).toEqual([undefined, 'watch', 'watch', 'stall']);
    expect(severityOf(code, having(11))).toBe('stall');
  });

  it('move both limits of does_not_fit, by more than so many days', () => {
    const own = rules({ does_not_fit: { watch: 3, stall: 8 } });
    const at = (short: number) => severityOf('does_not_fit', { runwayBd: -short, ...own });
    expect([3, 4, 8, 9].map(at)).toEqual([undefined, 'watch', 'watch', 'stall']);
  });

  it('watch a phase from 1.25 medians when the limit of the team is 1.5 of them', () => {
    expect(phaseWatchOf('mid', { norms: { mid: { phaseAgeBd: 30 } }, thresholds: {} })).toBe(25);
    expect(phaseWatchOf('ent', { norms: { mid: { phaseAgeBd: 30 } }, thresholds: {} })).toBe(
      undefined,
    );
  });
});

describe('a rule at rest', () => {
  it('finds nothing, and the one contact who is silent with leave is not a stall', () => {
    const quietContact = { ...silent(7), ...single };
    expect(findStalls({ ...calm, ...quietContact }).map(({ code }) => code)).toEqual([
      'buyer_silence',
      'single_thread',
    ]);
    const isSuspended = (code: StallCode) => code === 'buyer_silence';
    expect(findStalls({ ...calm, ...quietContact, isSuspended })).toMatchObject([
      { code: 'single_thread', severity: 'watch' },
    ]);
  });
});

describe('the decider, met by the days of the segment', () => {
  it.each([
    ['smb', 5, 2],
    ['mid', 20, 10],
    ['ent', 40, 20],
    ['svc', 20, 10],
  ] as const)('%s watches from %i and stalls from %i', (segment, watch, stall) => {
    const at = (leftBd: number) =>
      findStalls({ ...calm, norms: segmentNorms[segment], deciderEngaged: false, leftBd }).find(
        ({ code }) => code === 'no_power',
      )?.severity;
    expect([at(watch + 1), at(watch), at(stall + 1), at(stall)]).toEqual([
      undefined,
      'watch',
      'watch',
      'stall',
    ]);
  });
});

describe('a stalled deal', () => {
  const watched = Array.from({ length: 3 }, () => ({ severity: 'watch' }) as const);

  it('has one stall or three things to watch', () => {
    expect(isStalled([{ severity: 'stall' }])).toBe(true);
    expect(isStalled(watched)).toBe(true);
    expect(isStalled(watched.slice(0, 2))).toBe(false);
    expect(isStalled([])).toBe(false);
  });
});
