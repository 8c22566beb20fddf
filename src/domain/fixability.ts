import type { Fixable } from './loss-story.ts';

/** Who says whether different selling could have won it. */
export type FixableVoice = 'buyer' | 'reviewer' | 'manager' | 'owner' | 'peer';

/** The buyer knows best, then who did not carry it; a peer weighs as much as a manager. */
const weights: Readonly<Record<FixableVoice, number>> = {
  buyer: 2,
  reviewer: 1.5,
  manager: 1,
  owner: 1,
  peer: 1,
};

const values: Readonly<Record<Fixable, number>> = { yes: 1, partly: 0.5, no: 0 };

export interface FixableVote {
  readonly by: FixableVoice;
  readonly value: Fixable;
}

/** How far a loss could have been a win. */
export interface Fixability {
  /** 0 to 1. */
  readonly share: number;
  /** The furthest two views are apart, 0 to 1. */
  readonly spread: number;
  readonly voters: number;
}

/** From this spread on a loss is worth talking about (METHOD §3.5). */
const wideSpread = 0.5;

/** Σ w·v ÷ Σ w over at least two voters; undefined with fewer (METHOD §3.5, fixability). */
export function computeFixability(votes: readonly FixableVote[]): Fixability | undefined {
  if (votes.length < 2) return undefined;
  const numbers = votes.map(({ value }) => values[value]);
  const weight = votes.reduce((sum, { by }) => sum + weights[by], 0);
  const weighed = votes.reduce((sum, { by, value }) => sum + weights[by] * values[value], 0);
  return {
    share: weighed / weight,
    spread: Math.max(...numbers) - Math.min(...numbers),
    voters: votes.length,
  };
}

/** Whether views differ so far that people should talk. */
export function isTalkWorthy(fixability: Fixability | undefined): boolean {
  return fixability !== undefined && fixability.spread >= wideSpread;
}

/** What people said at the close of a review. */
export interface CloseVote {
  readonly learned: boolean;
  readonly again: boolean;
}

/** The taps at the close of a review, counted. */
export interface CloseTally {
  readonly voters: number;
  readonly learnedBy: number;
  readonly againBy: number;
  /** At least one learned something. */
  readonly learned: boolean;
  /** At least half would join another. */
  readonly again: boolean;
}

/** Taps below which nothing is said of them. */
export const fewestTaps = 2;

/** Counts the taps of at least two people; undefined with fewer (METHOD §3.5, learned / again). */
export function computeClose(votes: readonly CloseVote[]): CloseTally | undefined {
  const voters = votes.length;
  if (voters < fewestTaps) return undefined;
  const learnedBy = votes.filter(({ learned }) => learned).length;
  const againBy = votes.filter(({ again }) => again).length;
  return { voters, learnedBy, againBy, learned: learnedBy > 0, again: againBy * 2 >= voters };
}
