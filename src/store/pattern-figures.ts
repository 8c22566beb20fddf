import { and, count, countDistinct, eq, gt, lte, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Outcome } from '../domain/loss.ts';
import type { Blocker } from '../domain/pattern-metrics.ts';
import type { Tally } from '../domain/plan-metrics.ts';
import type { Tx } from './store.ts';

interface Ended {
  readonly after: Day;
  readonly until: Day;
  /** What ended before was never watched here: it has no stalls, and that says nothing. */
  readonly watchedSince: Date;
}

function endedHere(tx: Tx, workspaceId: WorkspaceId, { after, until, watchedSince }: Ended) {
  const { deals } = tx.tables;
  return and(
    eq(deals.workspaceId, workspaceId),
    eq(deals.privacy, 'team'),
    sql`${deals.status} in ('won', 'lost')`,
    gt(deals.closedOn, after),
    lte(deals.closedOn, until),
    gt(deals.closedAt, watchedSince),
  );
}

/** How many lost and won deals ever had each stall, in two queries (METHOD §3.5, blocker lift). */
export async function listBlockers(
  tx: Tx,
  workspaceId: WorkspaceId,
  ended: Ended,
): Promise<{ readonly blockers: Blocker[]; readonly lost: number; readonly won: number }> {
  const { deals, stalls } = tx.tables;
  const all = await tx
    .select({ status: deals.status, deals: count() })
    .from(deals)
    .where(endedHere(tx, workspaceId, ended))
    .groupBy(deals.status);
  const held = await tx
    .select({ code: stalls.code, status: deals.status, deals: countDistinct(stalls.dealId) })
    .from(deals)
    .innerJoin(stalls, and(eq(stalls.dealId, deals.id), eq(stalls.severity, 'stall')))
    .where(endedHere(tx, workspaceId, ended))
    .groupBy(stalls.code, deals.status);
  const endedAs = (status: 'won' | 'lost') => all.find((row) => row.status === status)?.deals ?? 0;
  const sideOf = (code: string, status: 'won' | 'lost'): Tally => ({
    k: held.find((row) => row.code === code && row.status === status)?.deals ?? 0,
    n: endedAs(status),
  });
  const blockers = [...new Set(held.map(({ code }) => code))].map((code) => ({
    code,
    lost: sideOf(code, 'lost'),
    won: sideOf(code, 'won'),
  }));
  return { blockers, lost: endedAs('lost'), won: endedAs('won') };
}

/** Deals that ended, by how well their gates were covered, and how many of them nobody decided. */
export interface CoverageSplit {
  readonly covered: Tally;
  readonly below: Tally;
}

const noDecision: readonly Outcome[] = ['none', 'budget_withdrawn'];

/**
 * The no-decision rate of deals whose plan covered four fifths of its gates, and of the others
 * (METHOD S2-14). A closed plan changes no more, so its rows are as frozen as the loss; deals
 * without a gate, or lost without an outcome, are in neither.
 */
export async function countNoDecisionByCoverage(
  tx: Tx,
  workspaceId: WorkspaceId,
  ended: Ended,
): Promise<CoverageSplit> {
  const { deals, homework, losses } = tx.tables;
  const finished = sql`${homework.status} in ('done', 'accepted')`;
  const named = sql`case ${homework.side}
      when 'buyer' then ${homework.contactId} is not null
      when 'seller' then ${homework.personId} is not null
      when 'both' then ${homework.contactId} is not null and ${homework.personId} is not null
      else ${homework.contactId} is not null or ${homework.personId} is not null end`;
  const coverage = tx
    .select({
      dealId: homework.dealId,
      gates: count().as('gates'),
      covered:
        sql<number>`sum(case when ${finished} or ((${named}) and ${homework.doneWhen} <> '') then 1 else 0 end)`.as(
          'covered',
        ),
    })
    .from(homework)
    .innerJoin(deals, eq(deals.id, homework.dealId))
    .where(
      and(
        endedHere(tx, workspaceId, ended),
        eq(homework.gate, true),
        sql`${homework.status} not in ('declined', 'dropped', 'superseded')`,
      ),
    )
    .groupBy(homework.dealId)
    .as('coverage');
  const well = sql<number>`case when ${coverage.covered} * 5 >= ${coverage.gates} * 4 then 1 else 0 end`;
  const rows = await tx
    .select({
      well: well.as('well'),
      outcome: losses.outcome,
      underlying: losses.underlyingOutcome,
      deals: count(),
    })
    .from(coverage)
    .innerJoin(deals, eq(deals.id, coverage.dealId))
    .leftJoin(losses, eq(losses.dealId, deals.id))
    .where(sql`${deals.status} = 'won' or ${losses.outcome} is not null`)
    .groupBy(sql`${sql.identifier('well')}`, losses.outcome, losses.underlyingOutcome);
  const tally = (side: number): Tally => {
    const own = rows.filter((row) => Number(row.well) === side);
    const undecided = own.filter(({ outcome, underlying }) => {
      const lying = outcome === 'we_withdrew' ? underlying : outcome;
      return lying !== null && noDecision.includes(lying);
    });
    const sum = (some: typeof rows) => some.reduce((total, row) => total + row.deals, 0);
    return { k: sum(undecided), n: sum(own) };
  };
  return { covered: tally(1), below: tally(0) };
}
