import { type Money, minorDigits } from './money.ts';

/** What kind of sale it is: it decides how long silence is normal. */
export type Segment = 'smb' | 'mid' | 'ent' | 'svc';

export const segments = ['smb', 'mid', 'ent', 'svc'] as const;

/** What each is called. */
export const segmentNames: Readonly<Record<Segment, string>> = {
  smb: 'Small business',
  mid: 'Mid-market',
  ent: 'Enterprise',
  svc: 'Services',
};

/** A renewal has a notice date, an expansion shares people with what they bought before. */
export type DealKind = 'new' | 'expansion' | 'renewal';

/** The four phases of buying; going back is allowed and recorded (METHOD S4-21). */
export type Phase = 'awareness' | 'interest' | 'preference' | 'decision';

export const phases = ['awareness', 'interest', 'preference', 'decision'] as const;

/** What is usual in a segment, in business days unless it says otherwise (METHOD §3.6). */
export interface SegmentNorms {
  readonly typicalReplyBd: number;
  readonly quietGapBd: number;
  readonly nextStepHorizonBd: number;
  /** How many contacts should be in touch with us. */
  readonly contacts: number;
  readonly silenceLimitBd: Readonly<Record<Phase, number>>;
  readonly phaseAgeBd: number;
  readonly deciderMetBd: { readonly watch: number; readonly stall: number };
  /** From the decision to the start. */
  readonly afterDecisionBd: number;
}

const silence = (awareness: number, interest: number, preference: number, decision: number) => ({
  awareness,
  interest,
  preference,
  decision,
});

export const segmentNorms: Readonly<Record<Segment, SegmentNorms>> = {
  smb: {
    typicalReplyBd: 2,
    quietGapBd: 5,
    nextStepHorizonBd: 5,
    contacts: 1,
    silenceLimitBd: silence(5, 5, 4, 3),
    phaseAgeBd: 15,
    deciderMetBd: { watch: 5, stall: 2 },
    afterDecisionBd: 3,
  },
  mid: {
    typicalReplyBd: 3,
    quietGapBd: 7,
    nextStepHorizonBd: 10,
    contacts: 3,
    silenceLimitBd: silence(10, 8, 7, 5),
    phaseAgeBd: 25,
    deciderMetBd: { watch: 20, stall: 10 },
    afterDecisionBd: 10,
  },
  ent: {
    typicalReplyBd: 5,
    quietGapBd: 10,
    nextStepHorizonBd: 15,
    contacts: 5,
    silenceLimitBd: silence(15, 12, 10, 8),
    phaseAgeBd: 40,
    deciderMetBd: { watch: 40, stall: 20 },
    afterDecisionBd: 30,
  },
  svc: {
    typicalReplyBd: 2,
    quietGapBd: 5,
    nextStepHorizonBd: 7,
    contacts: 2,
    silenceLimitBd: silence(7, 6, 5, 4),
    phaseAgeBd: 20,
    deciderMetBd: { watch: 20, stall: 10 },
    afterDecisionBd: 10,
  },
};

/** A renewal runs for months beside the work itself, so longer quiet is normal. */
const renewalQuietGapBd = 10;

/** What is usual for a deal: its segment's, with a renewal's own limit for quiet (METHOD §3.6). */
export function normsOf(deal: {
  readonly segment: Segment;
  readonly kind: DealKind;
  readonly playbook: { readonly key: string } | undefined;
}): SegmentNorms {
  const norms = segmentNorms[deal.segment];
  return isRenewal(deal) ? { ...norms, quietGapBd: renewalQuietGapBd } : norms;
}

/** A renewal by what was sold, or by the playbook it follows. */
export function isRenewal({
  kind,
  playbook,
}: Omit<Parameters<typeof normsOf>[0], 'segment'>): boolean {
  return kind === 'renewal' || playbook?.key === 'ren';
}

/** Whole units of the currency from which a deal counts as mid-market and as enterprise (design). */
const sizes = { mid: 10_000, ent: 100_000 };

/** The segment a deal most likely is in by its amount; unsized counts as small. */
export function segmentOf(amount: Money | undefined): Segment {
  const whole = amount ? amount.minor / 10 ** minorDigits(amount.currency) : 0;
  if (whole >= sizes.ent) return 'ent';
  return whole >= sizes.mid ? 'mid' : 'smb';
}
