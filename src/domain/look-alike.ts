import { type Day, sayDay } from './calendar.ts';
import type { DealId, LossId, ReviewId } from './ids.ts';
import type { Outcome } from './loss.ts';
import { findReason, lossReasons } from './loss-reasons.ts';
import type { DealKind, Phase, Segment } from './segment.ts';
import type { StallCode } from './stalls.ts';

/** How far back a loss is still like today's deals, in calendar days. */
export const lookBackDays = 365;

/** What an open deal is compared by. */
export interface LookFacts {
  readonly rival: string | undefined;
  /** Families of reasons that its stalls and answers point to. */
  readonly families: readonly string[];
  readonly phase: Phase;
  readonly segment: Segment;
  readonly kind: DealKind;
}

/** A loss as it is compared. */
export interface ComparedLoss {
  readonly lossId: LossId;
  readonly lostOn: Day;
  readonly competitor: string | undefined;
  readonly reasonCode: string | undefined;
  readonly phaseAtLoss: Phase | undefined;
  readonly segment: Segment;
  readonly kind: DealKind;
}

/** A loss as it is told, with what it taught. */
export interface PastLoss extends ComparedLoss {
  readonly dealId: DealId;
  readonly reviewId: ReviewId | undefined;
  readonly account: string;
  readonly outcome: Outcome | undefined;
  readonly ownWords: string | undefined;
}

export type LookMatch = 'rival' | 'family' | 'phase' | 'size' | 'kind';

/** A loss that looks like an open deal, and by what. */
export interface LookAlike<Loss extends ComparedLoss = PastLoss> {
  readonly loss: Loss;
  readonly matches: readonly LookMatch[];
  /** The rival counts double, everything else once: 3 to 6. */
  readonly score: number;
}

const weights: Readonly<Record<LookMatch, number>> = {
  rival: 2,
  family: 1,
  phase: 1,
  size: 1,
  kind: 1,
};

const fewestMatches = 2;

/**
 * The losses most like an open deal, most alike first, then newest. Alike is at least two matches,
 * one of them the rival or the family of the reason: size, phase and kind alone say nothing about
 * why. A renewal is like renewals only, for it is lost in other ways (METHOD part 5).
 */
export function rankLookAlikes<Loss extends ComparedLoss>(
  facts: LookFacts,
  losses: readonly Loss[],
  limit: number,
): LookAlike<Loss>[] {
  return losses
    .flatMap((loss) => compareLoss(facts, loss) ?? [])
    .sort(
      (a, b) =>
        b.score - a.score ||
        (a.loss.lostOn === b.loss.lostOn
          ? a.loss.lossId < b.loss.lossId
            ? -1
            : 1
          : a.loss.lostOn < b.loss.lostOn
            ? 1
            : -1),
    )
    .slice(0, limit);
}

function compareLoss<Loss extends ComparedLoss>(
  facts: LookFacts,
  loss: Loss,
): LookAlike<Loss> | undefined {
  if ((facts.kind === 'renewal') !== (loss.kind === 'renewal')) return undefined;
  const family = findReason(loss.reasonCode ?? '')?.family;
  const same: Readonly<Record<LookMatch, boolean>> = {
    rival: isSameRival(facts.rival, loss.competitor),
    family: family !== undefined && facts.families.includes(family),
    phase: loss.phaseAtLoss === facts.phase,
    size: loss.segment === facts.segment,
    kind: loss.kind === facts.kind,
  };
  const matches = (Object.keys(weights) as LookMatch[]).filter((match) => same[match]);
  if (!(same.rival || same.family) || matches.length < fewestMatches) return undefined;
  return { loss, matches, score: matches.reduce((sum, match) => sum + weights[match], 0) };
}

function isSameRival(rival: string | undefined, competitor: string | undefined): boolean {
  return rivalKey(rival) !== '' && rivalKey(rival) === rivalKey(competitor);
}

/** A rival's name as it is compared. */
export function rivalKey(name: string | undefined): string {
  return (name ?? '').trim().toLowerCase();
}

/** The reasons of these families. */
export function reasonsOfFamilies(families: readonly string[]): string[] {
  return lossReasons.filter(({ family }) => families.includes(family)).map(({ code }) => code);
}

/** What a stall says about a later loss, where it says something. */
const stallReasons: Partial<Readonly<Record<StallCode, string>>> = {
  single_thread: 'ppl.single',
  no_power: 'ppl.no_decider',
  buyer_silence: 'ppl.single',
  ball_with_us: 'us.slow',
  one_sided: 'us.carried',
  date_slipped: 'nod.no_date',
  date_missed: 'nod.no_date',
};

/** The families that stalls and the last telling answer point to. */
export function familiesOf(stalls: readonly StallCode[], answerReason?: string): string[] {
  const codes = [...stalls.map((code) => stallReasons[code]), answerReason];
  return [...new Set(codes.flatMap((code) => findReason(code ?? '')?.family ?? []))];
}

/** Why a loss is shown: `same rival (Globex), same phase`. */
export function sayMatches({ loss, matches }: LookAlike): string {
  const family = findReason(loss.reasonCode ?? '')?.family.toLowerCase() ?? '';
  const words: Readonly<Record<LookMatch, string>> = {
    rival: `same rival (${loss.competitor?.trim() ?? ''})`,
    family: `same kind of reason (${family})`,
    phase: `same phase (${loss.phaseAtLoss ?? ''})`,
    size: 'same size',
    kind: 'same kind of sale',
  };
  return matches.map((match) => words[match]).join(', ');
}

/** What was learnt, in one quiet line; it names no person. Undefined when nobody wrote anything. */
export function lessonLine(alike: LookAlike, today: Day): string | undefined {
  const { ownWords, reasonCode, lostOn } = alike.loss;
  const what = ownWords ? `“${ownWords}”` : findReason(reasonCode ?? '')?.ownershipQuestion;
  if (!what) return undefined;
  return `Looks like a loss of ${sayDay(lostOn, today)}: ${sayMatches(alike)}. What it taught: ${what}`;
}
