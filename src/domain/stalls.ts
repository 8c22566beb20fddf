import type { Rally } from './rally.ts';
import type { Phase, SegmentNorms } from './segment.ts';
import type { SlipSummary } from './slips.ts';

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

export interface Stall {
  readonly code: StallCode;
  readonly severity: Severity;
}

/** What the rules look at; durations in business days. Undefined is not known and stalls nothing. */
export interface StallFacts {
  readonly phase: Phase;
  readonly norms: SegmentNorms;
  readonly isSmall: boolean;
  readonly rally: Rally | undefined;
  /** Since when there has been no step ahead. */
  readonly withoutNextStepBd: number;
  /** How late each agreed gate of the buyer is. */
  readonly buyerGatesLateBd: readonly number[];
  /** How late the latest promise of ours is. */
  readonly oursLateBd: number;
  readonly slips: SlipSummary;
  readonly dateMissed: boolean;
  readonly phaseAgeBd: number;
  readonly engagedContacts: number | undefined;
  readonly deciderEngaged: boolean | undefined;
  readonly leftBd: number | undefined;
  readonly sinceAdvanceBd: number;
  readonly runwayBd: number | undefined;
  readonly share: number | undefined;
  readonly liveSteps: number;
  readonly offerSent: boolean;
  readonly quietGapBd: number;
  readonly isMutual: boolean;
}

type Rule = (facts: StallFacts) => Severity | undefined;

/** Both thresholds reached or passed; undefined under the first. */
function from(value: number, watch: number, stall: number): Severity | undefined {
  if (value >= stall) return 'stall';
  return value >= watch ? 'watch' : undefined;
}

const isLatePhase = ({ phase }: StallFacts) => phase === 'preference' || phase === 'decision';

/** The rules of METHOD §3.6, one a code. */
const rules: Readonly<Record<StallCode, Rule>> = {
  buyer_silence: ({ rally, norms, phase }) => {
    if (!rally) return undefined;
    const { silenceBd, latency } = rally;
    if (silenceBd >= norms.silenceLimitBd[phase] || (latency >= 4 && silenceBd >= 4))
      return 'stall';
    return latency >= 2 && silenceBd >= 3 ? 'watch' : undefined;
  },
  no_next_step: ({ withoutNextStepBd }) => from(withoutNextStepBd, 2, 5),
  buyer_item_late: ({ buyerGatesLateBd }) =>
    buyerGatesLateBd.filter((late) => late >= 3).length >= 2
      ? 'stall'
      : from(Math.max(0, ...buyerGatesLateBd), 3, 7),
  ball_with_us: ({ rally, oursLateBd }) =>
    from(Math.max(rally?.replyDebtBd ?? 0, oursLateBd), 2, 4),
  date_slipped: ({ slips }) => (slips.rolling ? 'stall' : from(slips.slips, 1, 3)),
  date_missed: ({ dateMissed }) => (dateMissed ? 'stall' : undefined),
  phase_age: ({ phaseAgeBd, norms }) => (phaseAgeBd > norms.phaseAgeBd ? 'stall' : undefined),
  single_thread: (facts) => {
    if (facts.isSmall || !isLatePhase(facts) || facts.engagedContacts !== 1) return undefined;
    return rules.buyer_silence(facts) ? 'stall' : 'watch';
  },
  no_power: ({ deciderEngaged, leftBd, norms: { deciderMetBd } }) => {
    if (deciderEngaged !== false || leftBd === undefined) return undefined;
    if (leftBd <= deciderMetBd.stall) return 'stall';
    return leftBd <= deciderMetBd.watch ? 'watch' : undefined;
  },
  ping_pong: ({ rally, sinceAdvanceBd }) =>
    (rally?.pingPong ?? 0) >= 0.75 ? from(sinceAdvanceBd, 7, 10) : undefined,
  does_not_fit: ({ runwayBd = 0 }) => {
    if (runwayBd < -5) return 'stall';
    return runwayBd < 0 ? 'watch' : undefined;
  },
  one_sided: ({ share, liveSteps, offerSent }) => {
    if (share === undefined || share >= 0.2 || liveSteps < 5) return undefined;
    return offerSent ? 'stall' : 'watch';
  },
  quiet_gap: ({ quietGapBd, norms }) => (quietGapBd > norms.quietGapBd ? 'watch' : undefined),
  unmutual: (facts) =>
    facts.isMutual || !isLatePhase(facts) ? undefined : from(facts.phaseAgeBd, 5, 10),
};

/** What holds a deal up, the stalls before what is only to be watched. */
export function findStalls(facts: StallFacts): Stall[] {
  const found = (Object.keys(rules) as StallCode[]).flatMap((code) => {
    const severity = rules[code](facts);
    return severity ? [{ code, severity }] : [];
  });
  return found.sort((a, b) => Number(b.severity === 'stall') - Number(a.severity === 'stall'));
}

const watchesThatStall = 3;

/** One stall or three things to watch (METHOD §3.6). */
export function isStalled(stalls: readonly Stall[]): boolean {
  return stalls.some(({ severity }) => severity === 'stall') || stalls.length >= watchesThatStall;
}
