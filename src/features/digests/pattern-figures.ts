import { addDays, type Day, dayIn } from '../../domain/calendar.ts';
import { defaultPlaybooks } from '../../domain/default-playbooks.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { type Blocker, overRepresented } from '../../domain/pattern-metrics.ts';
import type { Tally } from '../../domain/plan-metrics.ts';
import { isWorthRewriting } from '../../domain/playbook-report.ts';
import { fewestReviews, followThrough, ownershipRatio } from '../../domain/ritual-metrics.ts';
import { type SkillPattern, topSkills } from '../../domain/skill-patterns.ts';
import type { StallCode } from '../../domain/stalls.ts';
import {
  type CoverageSplit,
  countNoDecisionByCoverage,
  listBlockers,
} from '../../store/pattern-figures.ts';
import { findWorkspace } from '../../store/people.ts';
import { listPlaybooks, listStepFates } from '../../store/playbooks.ts';
import { countFeedback, listDuePromises } from '../../store/promise-figures.ts';
import { listReviewedReasons } from '../../store/review-figures.ts';
import type { Tx } from '../../store/store.ts';

/** Days back that patterns look at what ended; reviews and answers look 90. */
export const patternDays = 180;
export const recentDays = 90;

/** One change to try, with the month it is tried in (METHOD S4-31). */
export interface PlaybookTrial {
  readonly playbook: string;
  readonly change:
    | { readonly do: 'reword'; readonly step: string; readonly pointless: Tally }
    | { readonly do: 'watch'; readonly code: StallCode };
  readonly from: Day;
  readonly until: Day;
}

/** What a month's card says. */
export interface Patterns {
  readonly finishedReviews: number;
  readonly skills: readonly SkillPattern[];
  readonly ownership: Tally | undefined;
  readonly blockers: readonly { readonly blocker: Blocker; readonly lift: number }[];
  /** Deals that ended here, for what is said when they are too few. */
  readonly ended: { readonly lost: number; readonly won: number };
  readonly coverage: CoverageSplit;
  readonly replies: Tally;
  readonly promises: Tally;
  readonly trial: PlaybookTrial | undefined;
}

/** Counts the patterns that end with a day; never of one person (METHOD §4.8, 4). */
export async function loadPatterns(
  tx: Tx,
  workspaceId: WorkspaceId,
  { on, now, zone }: { readonly on: Day; readonly now: Date; readonly zone: string },
): Promise<Patterns> {
  const recent = { after: addDays(on, -recentDays), until: on };
  const workspace = await findWorkspace(tx, workspaceId);
  const ended = {
    after: addDays(on, -patternDays),
    until: on,
    watchedSince: workspace?.createdAt ?? now,
  };
  const since = new Date(now.getTime() - recentDays * 24 * 60 * 60_000);
  const reviewed = await listReviewedReasons(tx, workspaceId, { after: since, until: now });
  const { blockers: all, lost, won } = await listBlockers(tx, workspaceId, ended);
  const blockers = overRepresented(all);
  return {
    finishedReviews: reviewed.length,
    skills: reviewed.length < fewestReviews ? [] : topSkills(reviewed),
    ownership: ownershipRatio(reviewed),
    blockers,
    ended: { lost, won },
    coverage: await countNoDecisionByCoverage(tx, workspaceId, ended),
    replies: await countFeedback(tx, workspaceId, recent),
    promises: followThrough(await listDuePromises(tx, workspaceId, recent), zone),
    trial: await proposeTrial(tx, workspaceId, dayIn(now, zone), blockers[0]?.blocker.code),
  };
}

const trialDays = 28;

/**
 * At most one change: the step most people called pointless, else an earlier look at what losses
 * have more of than wins.
 */
async function proposeTrial(
  tx: Tx,
  workspaceId: WorkspaceId,
  today: Day,
  code: StallCode | undefined,
): Promise<PlaybookTrial | undefined> {
  const [from, until] = [addDays(today, 3), addDays(today, 3 + trialDays)];
  const own = await listPlaybooks(tx, workspaceId);
  const playbooks = own.length > 0 ? own : defaultPlaybooks;
  let worst: { playbook: string; step: string; pointless: Tally } | undefined;
  for (const { key, name, steps } of playbooks) {
    const fates = await listStepFates(tx, workspaceId, key, today);
    for (const { key: stepKey, title } of steps) {
      const fate = fates.get(stepKey);
      if (!fate || !isWorthRewriting(fate)) continue;
      const { pointless } = fate;
      if (!worst || pointless.k / pointless.n > worst.pointless.k / worst.pointless.n) {
        worst = { playbook: name, step: title, pointless };
      }
    }
  }
  if (worst) {
    const { playbook, ...change } = worst;
    return { playbook, change: { do: 'reword', ...change }, from, until };
  }
  return code && { playbook: '', change: { do: 'watch', code }, from, until };
}
