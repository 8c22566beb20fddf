import type { Day } from './calendar.ts';
import type { Homework } from './homework.ts';
import type { StallCode } from './stalls.ts';

/** The steps of our playbooks in which lawyers, security, privacy or purchasing set the pace. */
const reviewKeys: ReadonlySet<string> = new Set([
  'intake',
  'legal',
  'nda',
  'privacy',
  'procure',
  'redline',
  'secpack',
  'secreview',
  'terms',
]);

/** What counts how long something takes: a review takes its time, and everybody knows until when. */
const ageRules: readonly StallCode[] = ['phase_age', 'buyer_silence', 'ping_pong'];

/** What stands even while they are away: it is ours to do, or the calendar's. */
const standsWhileAway: ReadonlySet<StallCode> = new Set([
  'date_missed',
  'ball_with_us',
  'does_not_fit',
]);

/**
 * The last day of the reviews under way: agreed or begun, and due today or later. Undefined when
 * there is none; one that is late excuses nothing any more (METHOD §3.6).
 */
export function reviewUntil(
  steps: readonly Pick<Homework, 'stepKey' | 'status' | 'dueOn'>[],
  today: Day,
): Day | undefined {
  let until: Day | undefined;
  for (const { stepKey, status, dueOn } of steps) {
    if (status !== 'agreed' && status !== 'in_progress') continue;
    if (stepKey === undefined || !reviewKeys.has(stepKey) || dueOn < today) continue;
    if (until === undefined || dueOn > until) until = dueOn;
  }
  return until;
}

/** Whether a rule is at rest today: the buyer told us when they are back, or a review is under way. */
export function isSuspended(
  code: StallCode,
  deal: { readonly backOn: Day | undefined; readonly reviewUntil: Day | undefined },
  today: Day,
): boolean {
  if (deal.backOn !== undefined && deal.backOn > today && !standsWhileAway.has(code)) return true;
  return deal.reviewUntil !== undefined && ageRules.includes(code);
}
