import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Calendars, type Day, dayIn, isBusinessDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { DealId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import { assessPlan, type PlanRows } from '../../domain/plan-state.ts';
import { type OpenStall, reconcileStalls, type StallChanges } from '../../domain/stall-log.ts';
import type { Stall } from '../../domain/stalls.ts';
import type { TeamRules } from '../../domain/team-rules.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { loadPlanRowsOf } from '../../store/plan-rows.ts';
import {
  clearStallsAtRest,
  listDealsToJudge,
  listOpenStalls,
  type StallWrites,
  saveStalls,
  seeStalls,
} from '../../store/stalls.ts';
import type { Store, Tx } from '../../store/store.ts';
import { loadRulesOfOwners } from '../../store/team-rules.ts';

/** The deals of one zone on one morning. */
export interface StallSweepInput {
  readonly workspaceId: WorkspaceId;
  readonly zone: string;
  readonly scheduledFor: Date;
  readonly now: Date;
  /** Nothing is written; a line for whatever would be. */
  readonly dryRun: boolean;
}

/** What a morning came to. */
export interface JudgedStalls {
  readonly today: Day;
  /** False on a day on which nobody of us works: nothing is judged then. */
  readonly isBusinessDay: boolean;
  /** How many deals were judged. */
  readonly deals: number;
  readonly opened: number;
  readonly changed: number;
  readonly cleared: number;
  /** Still there as they were. */
  readonly seen: number;
  readonly report: readonly string[];
}

/** Deals a page: others have their turn between two pages, and larger ones are no faster. */
const pageSize = 100;

/**
 * Judges every open deal of a zone that is not paused by the rules of its team, and writes how that
 * differs from what is kept (METHOD §3.6), a page at a time, each page as of one moment. Judged a
 * second time, there is nothing left to write.
 */
export async function judgeStalls(
  store: Pick<Store, 'read' | 'transaction'>,
  input: StallSweepInput,
  calendars: Calendars,
): Promise<JudgedStalls> {
  const { workspaceId, zone, now, dryRun } = input;
  const today = dayIn(input.scheduledFor, zone);
  const counts = { deals: 0, opened: 0, changed: 0, cleared: 0, seen: 0 };
  const report: string[] = [];
  const worked = isBusinessDay(today, calendars.ours);
  const { ids, rules } = await store.read(async (tx) => ({
    ids: worked ? await listDealsToJudge(tx, workspaceId, { zone, today }) : [],
    rules: await loadRulesOfOwners(tx, workspaceId),
  }));
  for (let from = 0; from < ids.length; from += pageSize) {
    const page = ids.slice(from, from + pageSize);
    const { plans, kept } = await store.read((tx) => readPage(tx, workspaceId, page, rules));
    const judged = plans.map((rows) => judgeDeal(rows, kept, { today, calendars }));
    const writes = writesOf(judged);
    if (dryRun) report.push(...judged.flatMap(reportOf));
    else {
      counts.seen += await store.transaction(async (tx) => {
        await saveStalls(tx, workspaceId, writes, { today, now });
        return seeStalls(tx, page, today);
      });
    }
    counts.deals += plans.length;
    counts.opened += writes.opened.length;
    counts.changed += writes.changed.length;
    counts.cleared += writes.cleared.length;
    await othersTurn();
  }
  return { today, isBusinessDay: worked, ...counts, report };
}

interface Page {
  readonly plans: readonly PlanRows[];
  readonly kept: ReadonlyMap<DealId, OpenStall[]>;
}

/** A deal that has closed since the ids were listed is left out. */
async function readPage(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly DealId[],
  rules: ReadonlyMap<PersonId, TeamRules>,
): Promise<Page> {
  const deals = await listDealsByIds(tx, workspaceId, ids);
  const open = ids.flatMap((id) => {
    const deal = deals.get(id);
    return deal?.status === 'open' ? [deal] : [];
  });
  return { plans: await loadPlanRowsOf(tx, open, rules), kept: await listOpenStalls(tx, ids) };
}

/** A deal with what was kept of it and how today differs. */
interface JudgedDeal {
  readonly deal: OpenDeal;
  readonly before: readonly OpenStall[];
  readonly changes: StallChanges;
}

function judgeDeal(
  rows: PlanRows,
  kept: Page['kept'],
  { today, calendars }: { readonly today: Day; readonly calendars: Calendars },
): JudgedDeal {
  const before = kept.get(rows.deal.id) ?? [];
  const { stalls } = assessPlan(rows, today, calendars);
  return { deal: rows.deal, before, changes: reconcileStalls(before, stalls, today) };
}

function writesOf(judged: readonly JudgedDeal[]): StallWrites {
  const ofDeal = <Row>(rowsOf: (changes: StallChanges) => readonly Row[]) =>
    judged.flatMap(({ deal, changes }) =>
      rowsOf(changes).map((row) => ({ ...row, dealId: deal.id })),
    );
  return {
    opened: ofDeal(({ opened }) => opened),
    changed: ofDeal(({ changed }) => changed),
    cleared: judged.flatMap(({ changes }) => changes.cleared.map(({ id }) => id)),
  };
}

/** A line for each stall that is new, worse, better or gone; the operator is not on every deal. */
function reportOf({ deal, before, changes: { opened, changed, cleared } }: JudgedDeal): string[] {
  const title = deal.privacy === 'restricted' ? 'a private deal' : dealTitle(deal);
  const line = ({ code, severity, evidence: { value, limit } }: Stall, what: string) =>
    `${title}: ${code} ${severity}, ${round(value)} against ${round(limit)}, ${what}`;
  return [
    ...opened.map((stall) => line(stall, 'new')),
    ...changed.map((stall) =>
      line(stall, `was ${before.find(({ id }) => id === stall.id)?.severity ?? 'other'}`),
    ),
    ...cleared.map((stall) => line(stall, 'gone')),
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Ends what held up deals that nobody judges today: closed or paused ones. @returns how many. */
export async function closeStallDay(
  tx: Tx,
  { workspaceId, zone }: Pick<StallSweepInput, 'workspaceId' | 'zone'>,
  { today, isBusinessDay: judged }: Pick<JudgedStalls, 'today' | 'isBusinessDay'>,
): Promise<number> {
  return judged ? clearStallsAtRest(tx, workspaceId, { zone, today }) : 0;
}
