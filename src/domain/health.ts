import type { Tally } from './plan-metrics.ts';

export type HealthPart = 'commitment' | 'next_step' | 'plan' | 'reply' | 'date' | 'people';

/** What the score is made of, each 0–1 unless it says otherwise; undefined is not known. */
export interface HealthFacts {
  readonly ageDays: number;
  readonly share: number | undefined;
  readonly buyerOnTime: Tally;
  /** 0–1 (`nextStepScore`); 0 without one. */
  readonly nextStep: number;
  /** An open step is due today or later (one that is late is none), or the deal is paused. */
  readonly hasNextStep: boolean;
  /** Undefined while there is neither a step nor a core gate. */
  readonly coverage: number | undefined;
  /** Business days; undefined fits. */
  readonly runwayBd: number | undefined;
  readonly pace: number | undefined;
  readonly reply: ReplyFacts | undefined;
  readonly slips: number;
  readonly slippedOverHalf: boolean;
  readonly dateMissed: boolean;
  /** Business days to the decision; undefined without a date. */
  readonly leftBd: number | undefined;
  readonly people: PeopleFacts | undefined;
  /** Some stall is as bad as a stall can be. */
  readonly stalled: boolean;
}

export interface ReplyFacts {
  readonly ballWith: 'buyer' | 'seller' | undefined;
  readonly latency: number;
  readonly replyDebtBd: number;
  readonly meetingBooked: boolean;
}

export interface PeopleFacts {
  /** Contacts in touch both ways in the last 30 days. */
  readonly engaged: number;
  readonly target: number;
  readonly decider: 'engaged' | 'known' | 'unknown';
}

export type Band = 'steady' | 'watch' | 'at_risk';

/** A score with its parts: how well the plan is being kept, never a chance of winning. */
export interface Health {
  /** 0–100; undefined under three days, or with too much unknown: a dash. */
  readonly score: number | undefined;
  readonly band: Band | undefined;
  readonly isNew: boolean;
  readonly parts: readonly ScoredPart[];
  /** The part that costs most first; two at most. */
  readonly largestLosses: readonly ScoredPart[];
  /** What holds the score down, the strictest first. */
  readonly caps: readonly Cap[];
}

export interface ScoredPart {
  readonly part: HealthPart;
  readonly weight: number;
  /** 0–1; undefined is not known: its weight goes to the others. */
  readonly value: number | undefined;
}

export interface Cap {
  readonly at: number;
  readonly because: 'no_next_step' | 'stalled' | 'does_not_fit' | 'date_missed';
}

const weights: Readonly<Record<HealthPart, number>> = {
  commitment: 25,
  next_step: 20,
  plan: 20,
  reply: 15,
  date: 10,
  people: 10,
};
const youngDays = 3;
const mostUnknown = 40;

/** METHOD §3.5, health score, formula version 1: how well the plan is kept, never a chance of winning. */
export function computeHealth(facts: HealthFacts): Health {
  const values: Record<HealthPart, number | undefined> = {
    commitment: commitment(facts),
    next_step: facts.nextStep,
    plan: planAndPace(facts),
    reply: facts.reply && responsiveness(facts.reply),
    date: dateKept(facts),
    people: facts.people && peopleScore(facts.people),
  };
  const parts = (Object.keys(weights) as HealthPart[]).map((part) => ({
    part,
    weight: weights[part],
    value: values[part],
  }));
  const known = parts.filter(({ value }) => value !== undefined);
  const weight = known.reduce((sum, part) => sum + part.weight, 0);
  const isNew = facts.ageDays < youngDays;
  const caps = capsOf(facts);
  const raw = known.reduce((sum, part) => sum + part.weight * (part.value ?? 0), 0) / weight;
  const tooLittle = isNew || 100 - weight > mostUnknown;
  const score = tooLittle ? undefined : Math.min(Math.round(raw * 100), caps[0]?.at ?? 100);
  return {
    score,
    band: score === undefined ? undefined : bandOf(score),
    isNew,
    parts,
    largestLosses: largestLosses(known),
    caps,
  };
}

export function bandOf(score: number): Band {
  if (score >= 75) return 'steady';
  return score >= 50 ? 'watch' : 'at_risk';
}

/** Best between a third and two thirds: below the buyer does too little, above we do. */
export function shareScore(share: number | undefined): number {
  if (share === undefined) return 0;
  if (share < 0.35) return share / 0.35;
  return share <= 0.65 ? 1 : 1 - (0.6 * (share - 0.65)) / 0.35;
}

function commitment({ share, buyerOnTime: { k, n } }: HealthFacts): number {
  return shareScore(share) / 2 + (n === 0 ? 0.5 : k / n) / 2;
}

/** ¼ each: dated within the horizon (an eighth beyond it), agreed, a name, part of the plan. */
export function nextStepScore(step: {
  readonly passed: boolean;
  readonly withinHorizon: boolean;
  readonly agreed: boolean;
  readonly named: boolean;
  readonly inPlan: boolean;
}): number {
  const dated = step.passed ? 0 : step.withinHorizon ? 0.25 : 0.125;
  const agreed = !step.passed && step.agreed ? 0.25 : 0;
  return dated + agreed + (step.named ? 0.25 : 0) + (step.inPlan ? 0.25 : 0);
}

/** A pace that cannot be told yet leaves its weight to the other two. */
function planAndPace({ coverage, runwayBd, pace }: HealthFacts): number | undefined {
  if (coverage === undefined) return undefined;
  const fit = clamp(1 + Math.min(0, runwayBd ?? 0) / 10);
  const known = 0.4 * coverage + 0.3 * fit;
  return pace === undefined ? known / 0.7 : known + 0.3 * Math.min(1, pace);
}

/** How fast the ball comes back, whoever has it. */
export function responsiveness(reply: ReplyFacts): number {
  if (reply.ballWith === 'buyer') return clamp((4 - reply.latency) / 3);
  if (reply.ballWith === undefined) return reply.meetingBooked ? 1 : 0.5;
  if (reply.replyDebtBd <= 1) return 1;
  if (reply.replyDebtBd === 2) return 0.6;
  return reply.replyDebtBd <= 4 ? 0.3 : 0;
}

const bySlips = [1, 0.7, 0.4, 0.1, 0];

/** Without a date there is none to keep. */
function dateKept({ slips, slippedOverHalf, dateMissed, leftBd }: HealthFacts) {
  if (dateMissed) return 0;
  if (leftBd === undefined) return undefined;
  return clamp((bySlips[slips] ?? 0) - (slippedOverHalf ? 0.2 : 0));
}

export function peopleScore({ engaged, target, decider }: PeopleFacts): number {
  const known = { engaged: 1, known: 0.5, unknown: 0 }[decider];
  return 0.6 * Math.min(1, engaged / target) + 0.4 * known;
}

function capsOf(facts: HealthFacts): Cap[] {
  const { hasNextStep, stalled, runwayBd = 0, leftBd, dateMissed } = facts;
  const caps: Cap[] = [];
  if (!hasNextStep) caps.push({ at: 60, because: 'no_next_step' });
  if (stalled) caps.push({ at: 49, because: 'stalled' });
  if (runwayBd < -5 && leftBd !== undefined && leftBd <= 20) {
    caps.push({ at: 50, because: 'does_not_fit' });
  }
  if (dateMissed) caps.push({ at: 40, because: 'date_missed' });
  return caps.sort((a, b) => a.at - b.at);
}

function largestLosses(known: readonly ScoredPart[]): ScoredPart[] {
  const loss = ({ weight, value }: ScoredPart) => weight * (1 - (value ?? 0));
  return [...known]
    .filter((part) => loss(part) > 0)
    .sort((a, b) => loss(b) - loss(a))
    .slice(0, 2);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
