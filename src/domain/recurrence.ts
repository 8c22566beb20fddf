import type { Day } from './calendar.ts';
import { findReason } from './loss-reasons.ts';

const fewestCited = 3;
const recurringShare = 0.25;
/** Days over which finished reviews are looked at (METHOD §3.5). */
export const recurrenceDays = 90;

/** A skill that finished reviews point to: `cited` of `reviews`. */
export interface CitedSkill {
  readonly skill: string;
  readonly cited: number;
  readonly reviews: number;
  /** Three reviews or more, and a quarter of them (METHOD §3.5, recurrence). */
  readonly recurs: boolean;
}

/** The skills behind some reasons, each once. */
function skillsOf(reasonCodes: readonly string[]): string[] {
  return [...new Set(reasonCodes.flatMap((code) => findReason(code)?.skill ?? []))];
}

/** Which skills finished reviews cite, the most cited first; a review counts once for each. */
export function citedSkills(
  reviews: readonly { readonly reasonCodes: readonly string[] }[],
): CitedSkill[] {
  const cited = new Map<string, number>();
  for (const skill of reviews.flatMap(({ reasonCodes }) => skillsOf(reasonCodes))) {
    cited.set(skill, (cited.get(skill) ?? 0) + 1);
  }
  const n = reviews.length;
  return [...cited]
    .map(([skill, k]) => ({
      skill,
      cited: k,
      reviews: n,
      recurs: k >= fewestCited && k / n >= recurringShare,
    }))
    .sort((a, b) => b.cited - a.cited || (a.skill < b.skill ? -1 : 1));
}

/** `Named in 3 of 8 finished reviews in 90 days`, for the card of a review. */
export function sayCited({ cited, reviews }: Pick<CitedSkill, 'cited' | 'reviews'>): string {
  return `Named in ${cited} of ${reviews} finished reviews in ${recurrenceDays} days`;
}

/** An area that was worked on to its end. */
export interface ClosedArea {
  readonly skill: string;
  readonly endedOn: Day;
}

/**
 * Skills that came up again in a loss after somebody had worked on them (METHOD §3.5): for that
 * person and their manager alone.
 */
export function cameUpAgain(
  closed: readonly ClosedArea[],
  losses: readonly { readonly lostOn: Day; readonly reasonCodes: readonly string[] }[],
): string[] {
  const again = losses.flatMap(({ lostOn, reasonCodes }) =>
    skillsOf(reasonCodes).filter((skill) =>
      closed.some((area) => area.skill === skill && area.endedOn < lostOn),
    ),
  );
  return [...new Set(again)].sort();
}
