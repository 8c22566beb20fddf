import { addDays, type Day, day, isBusinessDay, weekdays } from '../../src/domain/calendar.ts';
import type { DealId, HomeworkId } from '../../src/domain/ids.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import { usualBudget, weekStart } from '../../src/domain/nudge-budget.ts';
import { type Matter, matterOf } from '../../src/domain/nudge-matters.ts';
import {
  type AskedBefore,
  type PlannedBundle,
  planBundle,
  type ReaderDay,
} from '../../src/domain/nudge-plan.ts';
import type { Severity } from '../../src/domain/stalls.ts';

export interface MatterSpec {
  readonly deal?: string;
  readonly step?: string;
  /** Whole dollars; undefined for a deal without an amount. */
  readonly worth?: number;
  readonly dueOn?: string;
  readonly severity?: Severity;
  readonly since?: string;
}

/** Something to ask about, on the deal `D1` unless another one is named. */
export function makeMatter(kind: NudgeKind, spec: MatterSpec = {}): Matter {
  const { deal = 'D1', step, worth, dueOn, severity, since } = spec;
  const amount = worth === undefined ? undefined : { minor: worth * 100, currency: 'USD' };
  return matterOf({ dealId: deal as DealId, amount }, kind, {
    ...(step && { homeworkId: step as HomeworkId }),
    ...(dueOn && { dueOn: day(dueOn) }),
    ...(severity && { severity }),
    ...(since && { since: day(since) }),
  });
}

/** The same matter as a question of an earlier day, which nobody answered unless it says so. */
export function askedOn(matter: Matter, on: string, facts: Partial<AskedBefore> = {}): AskedBefore {
  const { kind, dealId, subject, dueOn, severity } = matter;
  const open = { variant: 0, answer: undefined, nextCheckOn: undefined };
  return { kind, dealId, subject, dueOn, severity, on: day(on), ...open, ...facts };
}

/** An ordinary morning in the middle of a week that has begun, of somebody we know for long. */
export function makeReaderDay(today: string, facts: Partial<ReaderDay> = {}): ReaderDay {
  return {
    today: day(today),
    now: new Date(`${today}T14:00:00Z`),
    calendar: weekdays,
    history: [],
    rests: [],
    weeklyBudget: usualBudget,
    weekBegun: true,
    isNew: false,
    buyerOff: new Set(),
    ...facts,
  };
}

/** What a bundle asks, as `kind about` in its order. */
export function askedIn({ asked }: PlannedBundle): string[] {
  return asked.map(({ kind, homeworkId, dealId }) => `${kind} ${homeworkId ?? dealId}`);
}

/** What a bundle holds back, as `kind about: reason`. */
export function heldIn({ held }: PlannedBundle): string[] {
  return held.map(
    ({ kind, homeworkId, dealId, reason }) => `${kind} ${homeworkId ?? dealId}: ${reason}`,
  );
}

/** Days from one to another, both among them. */
export function daysFrom(first: string, last: string): Day[] {
  const days: Day[] = [];
  for (let on = day(first); on <= day(last); on = addDays(on, 1)) days.push(on);
  return days;
}

/**
 * Plans one day after the other, each with what was asked before it, nobody answering.
 * @returns the bundles of the days on which something was asked.
 */
export function walkMornings(
  days: readonly Day[],
  mattersOn: (today: Day) => readonly Matter[],
  facts: Partial<ReaderDay> & { readonly firstBundleOn?: Day } = {},
): Map<Day, PlannedBundle> {
  const bundles = new Map<Day, PlannedBundle>();
  const history = [...(facts.history ?? [])];
  const calendar = facts.calendar ?? weekdays;
  let first = facts.firstBundleOn;
  for (const today of days) {
    const last = [...bundles.keys()].at(-1);
    const bundle = planBundle(mattersOn(today), {
      ...makeReaderDay(today, facts),
      history: [...history],
      weekBegun: last !== undefined && last >= weekStart(today, calendar),
      isNew: facts.isNew ?? (!first || first > addDays(today, -7)),
    });
    if (bundle.asked.length === 0) continue;
    if (!isBusinessDay(today, calendar)) throw new Error(`Asked on ${today}, a day off.`);
    bundles.set(today, bundle);
    first ??= today;
    for (const item of bundle.asked) {
      history.push({ ...item, on: today, answer: undefined, nextCheckOn: undefined });
    }
  }
  return bundles;
}

/** Steps of so many deals, all due on the same day. */
export function makeCrowd(many: number, dueOn: string): Matter[] {
  return Array.from({ length: many }, (_, at) =>
    makeMatter('item_due', { deal: `D${at}`, step: `H${at}`, worth: at, dueOn }),
  );
}

/** Plans one morning. */
export function planOn(
  matters: readonly Matter[],
  today: string,
  facts: Partial<ReaderDay> = {},
): PlannedBundle {
  return planBundle(matters, makeReaderDay(today, facts));
}
