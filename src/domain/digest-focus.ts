import type { Count } from './loss-metrics.ts';
import { noReason } from './loss-metrics.ts';
import type { Tally } from './plan-metrics.ts';
import type { StallCode } from './stalls.ts';

/** What a week's figures are, next to the four weeks before. */
export interface FocusFacts {
  /** Deals held up by each code today, and on the same day of the four weeks before. */
  readonly stalls: readonly {
    readonly code: StallCode;
    readonly now: number;
    readonly before: readonly number[];
  }[];
  readonly onTime: {
    readonly buyer: { readonly now: Tally; readonly before: Tally };
    readonly seller: { readonly now: Tally; readonly before: Tally };
  };
  /** Families of reasons over all five weeks. */
  readonly families: readonly Count[];
  readonly ritual: Tally;
  readonly followThrough: Tally;
  readonly lostAlone: Tally;
}

/** One thing to look at, why it was picked, and a first move. */
export interface Focus {
  readonly because: string;
  readonly move: string;
  /** How many times further off than chance alone would have it. */
  readonly strength: number;
}

const fewestSeen = 3;
const fewestInRate = 5;
/** Under it everything is as it usually is. */
const leastStrength = 1;
const recurringShare = 0.25;
const hoped = 0.5;

/**
 * The figure that is furthest from what it was, or that comes back most: a count against its mean,
 * in the spread such a count has by chance (its root), a share against the one before, in the spread
 * of a share of that many. Undefined when nothing is further off than chance.
 */
export function findFocus(facts: FocusFacts): Focus | undefined {
  const found = [
    ...facts.stalls.map(stallFocus),
    onTimeFocus('their', facts.onTime.buyer),
    onTimeFocus('our', facts.onTime.seller),
    familyFocus(facts.families),
    ...hopedFocuses(facts),
  ].filter((focus): focus is Focus => focus !== undefined && focus.strength > leastStrength);
  return found.reduce<Focus | undefined>(
    (best, focus) => (best && best.strength >= focus.strength ? best : focus),
    undefined,
  );
}

const stallMoves: Partial<Record<StallCode, { says: string; move: string }>> = {
  no_next_step: {
    says: 'open deals without a next step',
    move: 'On Monday, give each of them one dated step: what could they do for us, and we for them?',
  },
  does_not_fit: {
    says: 'plans that do not fit before their date',
    move: 'Take two of them together: what can run side by side, and what can be dropped?',
  },
  ball_with_us: {
    says: 'deals that wait for us',
    move: 'Which answer could go out today, and who can take one over?',
  },
  ping_pong: {
    says: 'deals with many messages and no movement',
    move: 'Swap the next message of one of them for a 15-minute session on one step.',
  },
};

function stallFocus({ code, now, before }: FocusFacts['stalls'][number]): Focus | undefined {
  const words = stallMoves[code];
  if (!words || now < fewestSeen || before.length === 0) return undefined;
  const usual = meanOf(before);
  return {
    because: `${now.toLocaleString('en')} ${words.says}, after ${sayMean(usual)} in the four weeks before.`,
    move: words.move,
    strength: (now - usual) / Math.sqrt(Math.max(usual, 1)),
  };
}

function onTimeFocus(
  whose: 'their' | 'our',
  { now, before }: { now: Tally; before: Tally },
): Focus | undefined {
  if (now.n < fewestInRate || before.n < fewestInRate) return undefined;
  const [own, usual] = [now.k / now.n, before.k / before.n];
  return {
    because: `${now.k} of ${now.n} of ${whose} steps were done by their first date, after ${before.k} of ${before.n} in the four weeks before.`,
    move:
      whose === 'our'
        ? 'Which promises of ours were too many, and which could be smaller?'
        : 'Which of their steps could be made smaller, or shared?',
    strength: (usual - own) / spreadOf(usual, now.n),
  };
}

function familyFocus(families: readonly Count[]): Focus | undefined {
  const told = families.filter(({ label }) => label !== noReason);
  const n = told.reduce((sum, { losses }) => sum + losses, 0);
  const [first] = told;
  if (!first || first.losses < fewestSeen || first.losses / n < recurringShare) return undefined;
  return {
    because: `“${first.label}” is the first reason of ${first.losses} of ${n} losses in five weeks.`,
    move: 'Pick one open deal where it could happen again: what can we find out this week?',
    strength: (first.losses / n - recurringShare) / spreadOf(recurringShare, n),
  };
}

function hopedFocuses({ ritual, followThrough, lostAlone }: FocusFacts): (Focus | undefined)[] {
  return [
    below(ritual, {
      because: `${ritual.k} of ${ritual.n} reviews were finished within ten business days.`,
      move: 'Which review needs one more voice to be finished? Ask that person by name.',
    }),
    below(followThrough, {
      because: `${followThrough.k} of ${followThrough.n} promises were kept by their day.`,
      move: 'Make the next ones smaller, and let each of them have a day and a witness.',
    }),
    below(
      { k: lostAlone.n - lostAlone.k, n: lostAlone.n },
      {
        because: `${lostAlone.k} of ${lostAlone.n} losses had nobody beside the owner.`,
        move: 'For each open deal at its decision: whose half hour would help most?',
      },
    ),
  ];
}

function below({ k, n }: Tally, words: Omit<Focus, 'strength'>): Focus | undefined {
  if (n < fewestInRate) return undefined;
  return { ...words, strength: (hoped - k / n) / spreadOf(hoped, n) };
}

/** The spread a share of `n` has by chance; never nothing, for a share seen is not certain. */
function spreadOf(share: number, n: number): number {
  const kept = Math.min(0.95, Math.max(0.05, share));
  return Math.sqrt((kept * (1 - kept)) / n);
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `4` or `4.3`. */
export function sayMean(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
