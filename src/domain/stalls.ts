import type { Rally } from './rally.ts';
import type { Phase, Segment, SegmentNorms } from './segment.ts';
import type { SlipSummary } from './slips.ts';
import { type TeamRules, type Threshold, thresholdOf } from './team-rules.ts';

export type StallCode =
  | 'buyer_silence'
  | 'no_next_step'
  | 'buyer_item_late'
  | 'ball_with_us'
  | 'date_slipped'
  | 'date_missed'
  | 'phase_age'
  | 'single_thread'
  | 'no_power'
  | 'ping_pong'
  | 'does_not_fit'
  | 'one_sided'
  | 'quiet_gap'
  | 'unmutual';

export type Severity = 'watch' | 'stall';

/**
 * What a rule measured and the limit it reached or passed: business days, or what the rule counts
 * (slips, contacts, the buyer's share of the work).
 */
export interface StallEvidence {
  readonly value: number;
  readonly limit: number;
}

export interface Stall {
  readonly code: StallCode;
  readonly severity: Severity;
  readonly evidence: StallEvidence;
}

/** What the rules look at; durations in business days. Undefined is not known and stalls nothing. */
export interface StallFacts {
  readonly phase: Phase;
  readonly norms: SegmentNorms;
  readonly rules: TeamRules;
  /** Whether a rule is at rest for now. */
  isSuspended(code: StallCode): boolean;
  readonly isSmall: boolean;
  readonly rally: Rally | undefined;
  /** Since when there has been no step ahead. */
  readonly withoutNextStepBd: number;
  /** How late each agreed gate of the buyer is. */
  readonly buyerGatesLateBd: readonly number[];
  /** How late the latest promise of ours is. */
  readonly oursLateBd: number;
  readonly slips: SlipSummary;
  readonly phaseAgeBd: number;
  /** Over it the phase is to be watched; undefined while the limit is no experience of the team. */
  readonly phaseWatchBd: number | undefined;
  readonly engagedContacts: number | undefined;
  readonly deciderEngaged: boolean | undefined;
  /** To the decision, negative once its day has passed. */
  readonly leftBd: number | undefined;
  readonly sinceAdvanceBd: number;
  readonly runwayBd: number | undefined;
  readonly share: number | undefined;
  readonly liveSteps: number;
  readonly offerSent: boolean;
  readonly quietGapBd: number;
  readonly isMutual: boolean;
}

/** Without the code, which the table of rules knows. */
type Found = Omit<Stall, 'code'>;
type Rule = (facts: StallFacts) => Found | undefined;

const found = (severity: Severity, value: number, limit: number): Found => ({
  severity,
  evidence: { value, limit },
});

/** Both limits reached or passed; undefined under the first. */
function from(value: number, { watch, stall }: Threshold): Found | undefined {
  if (value >= stall) return found('stall', value, stall);
  return value >= watch ? found('watch', value, watch) : undefined;
}

/** Both limits passed; reaching one is still all right. */
function over(value: number, { watch, stall }: Threshold): Found | undefined {
  if (value > stall) return found('stall', value, stall);
  return value > watch ? found('watch', value, watch) : undefined;
}

/** The less, the worse; reaching a limit is enough. */
function downTo(value: number, { watch, stall }: Threshold): Found | undefined {
  if (value <= stall) return found('stall', value, stall);
  return value <= watch ? found('watch', value, watch) : undefined;
}

const isLatePhase = ({ phase }: StallFacts) => phase === 'preference' || phase === 'decision';

/** Silence this short is none, however fast they usually are. */
const shortSilenceBd = { watch: 3, stall: 4 };
/** So many times their usual reply. */
const usualReplies = { watch: 2, stall: 4 };
const fewestLate = 2;
const fewestRolling = 2;
const fewestSteps = 5;
const leastShare = 0.2;
const idleShare = 0.75;

/** Of the limit a team took from its own wins: they stall over 1.5 and watch over 1.25 medians. */
const watchOfLimit = 1.25 / 1.5;

/** Over how many business days in a phase it is watched; undefined without a limit of the team's. */
export function phaseWatchOf(segment: Segment, { norms }: TeamRules): number | undefined {
  const limit = norms[segment]?.phaseAgeBd;
  return limit === undefined ? undefined : Math.floor(limit * watchOfLimit);
}

/** The rules of METHOD §3.6, one a code. */
const rules: Readonly<Record<StallCode, Rule>> = {
  buyer_silence: (facts) => {
    if (!facts.rally) return undefined;
    const { silenceBd, typicalReplyBd } = facts.rally;
    const usual = (level: Severity) =>
      Math.max(shortSilenceBd[level], Math.ceil(usualReplies[level] * typicalReplyBd));
    const stall = Math.min(facts.norms.silenceLimitBd[facts.phase], usual('stall'));
    return from(silenceBd, { watch: usual('watch'), stall });
  },
  no_next_step: (facts) => from(facts.withoutNextStepBd, thresholdOf('no_next_step', facts.rules)),
  buyer_item_late: (facts) => {
    const limits = thresholdOf('buyer_item_late', facts.rules);
    const worst = from(Math.max(0, ...facts.buyerGatesLateBd), limits);
    const late = facts.buyerGatesLateBd.filter((lateBd) => lateBd >= limits.watch);
    return worst && late.length >= fewestLate ? { ...worst, severity: 'stall' } : worst;
  },
  ball_with_us: (facts) =>
    from(
      Math.max(facts.rally?.replyDebtBd ?? 0, facts.oursLateBd),
      thresholdOf('ball_with_us', facts.rules),
    ),
  date_slipped: (facts) => {
    const { slips, rolling } = facts.slips;
    if (rolling) return found('stall', slips, fewestRolling);
    return from(slips, thresholdOf('date_slipped', facts.rules));
  },
  // It has passed at midnight; it stalls from the next business day on.
  date_missed: ({ leftBd = 0 }) => (leftBd < 0 ? found('stall', -leftBd, 1) : undefined),
  phase_age: ({ phaseAgeBd, phaseWatchBd = Infinity, norms }) =>
    over(phaseAgeBd, { watch: phaseWatchBd, stall: norms.phaseAgeBd }),
  single_thread: (facts) => {
    if (facts.isSmall || !isLatePhase(facts) || facts.engagedContacts !== 1) return undefined;
    return found(judge('buyer_silence', facts) ? 'stall' : 'watch', 1, 1);
  },
  no_power: ({ deciderEngaged, leftBd, norms: { deciderMetBd } }) =>
    deciderEngaged !== false || leftBd === undefined ? undefined : downTo(leftBd, deciderMetBd),
  ping_pong: (facts) =>
    (facts.rally?.pingPong ?? 0) >= idleShare
      ? from(facts.sinceAdvanceBd, thresholdOf('ping_pong', facts.rules))
      : undefined,
  does_not_fit: (facts) => over(-(facts.runwayBd ?? 0), thresholdOf('does_not_fit', facts.rules)),
  one_sided: ({ share, liveSteps, offerSent }) => {
    if (share === undefined || share >= leastShare || liveSteps < fewestSteps) return undefined;
    return found(offerSent ? 'stall' : 'watch', share, leastShare);
  },
  quiet_gap: ({ quietGapBd, norms }) =>
    over(quietGapBd, { watch: norms.quietGapBd, stall: Infinity }),
  unmutual: (facts) =>
    facts.isMutual || !isLatePhase(facts)
      ? undefined
      : from(facts.phaseAgeBd, thresholdOf('unmutual', facts.rules)),
};

function judge(code: StallCode, facts: StallFacts): Found | undefined {
  return facts.isSuspended(code) ? undefined : rules[code](facts);
}

/** What holds a deal up, the stalls before what is only to be watched. */
export function findStalls(facts: StallFacts): Stall[] {
  const stalls = (Object.keys(rules) as StallCode[]).flatMap((code) => {
    const judged = judge(code, facts);
    return judged ? [{ code, ...judged }] : [];
  });
  return stalls.sort((a, b) => Number(b.severity === 'stall') - Number(a.severity === 'stall'));
}

const watchesThatStall = 3;

/** One stall or three things to watch (METHOD §3.6). */
export function isStalled(stalls: readonly Pick<Stall, 'severity'>[]): boolean {
  return stalls.some(({ severity }) => severity === 'stall') || stalls.length >= watchesThatStall;
}
