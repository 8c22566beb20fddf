import { and, asc, count, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Tally } from '../domain/plan-metrics.ts';
import type { StallCode } from '../domain/stalls.ts';
import { selectDeals, toDeal } from './deal-queries.ts';
import type { Worth } from './ended-values.ts';
import type { Tx } from './store.ts';

/** Open plans of the team that are not paused, and those both sides said yes to, now. */
export async function countMutualPlans(
  tx: Tx,
  workspaceId: WorkspaceId,
  today: Day,
): Promise<Tally> {
  const { deals, homework } = tx.tables;
  const agreed = sql`${deals.dateAgreedOn} is not null and exists (
    select 1 from ${homework} where ${homework.dealId} = ${deals.id}
      and ${homework.side} in ('buyer', 'both') and ${homework.agreedOn} is not null
      and ${homework.status} in ('agreed', 'in_progress', 'done', 'accepted'))`;
  const [row] = await tx
    .select({
      n: count(),
      k: sql<number>`coalesce(sum(case when ${agreed} then 1 else 0 end), 0)`.mapWith(Number),
    })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        sql`${deals.status} = 'open'`,
        eq(deals.privacy, 'team'),
        or(isNull(deals.pausedUntil), lte(deals.pausedUntil, today)),
      ),
    );
  return row ?? { k: 0, n: 0 };
}

/** How many deals each code held up on each of the days. */
export async function countStallsOn(
  tx: Tx,
  workspaceId: WorkspaceId,
  codes: readonly StallCode[],
  days: readonly Day[],
): Promise<Map<StallCode, number[]>> {
  const { deals, stalls } = tx.tables;
  const lasting = (on: Day) =>
    sql<number>`sum(case when ${stalls.firstOn} <= ${on} and (${stalls.clearedOn} is null or ${stalls.clearedOn} > ${on}) then 1 else 0 end)`.mapWith(
      Number,
    );
  const columns = Object.fromEntries(days.map((on, at) => [`on${at}`, lasting(on)]));
  const rows = await tx
    .select({ code: stalls.code, ...columns })
    .from(stalls)
    .innerJoin(deals, and(eq(deals.id, stalls.dealId), eq(deals.privacy, 'team')))
    .where(
      and(
        eq(stalls.workspaceId, workspaceId),
        inArray(stalls.code, [...codes]),
        or(isNull(stalls.clearedOn), gt(stalls.clearedOn, oldestOf(days))),
      ),
    )
    .groupBy(stalls.code);
  return new Map(
    rows.map((row) => [
      row.code,
      days.map((_, at) => Number((row as Record<string, unknown>)[`on${at}`] ?? 0)),
    ]),
  );
}

/**
 * How many deals of the team something held up on each of the days (METHOD §3.5: any stall holds the
 * health of a deal in the lowest band), and what they are worth today.
 */
export async function listAtRisk(
  tx: Tx,
  workspaceId: WorkspaceId,
  days: readonly Day[],
  currency: string,
): Promise<Worth[]> {
  const { deals, stalls } = tx.tables;
  const dayOf = (at: number) => sql.identifier(`on${at}`);
  const lasted = (on: Day) => sql<number>`max(case when ${stalls.firstOn} <= ${on}
    and (${stalls.clearedOn} is null or ${stalls.clearedOn} > ${on})
    and (${deals.closedOn} is null or ${deals.closedOn} > ${on}) then 1 else 0 end)`;
  const minor = sql<number>`case when ${deals.currency} = ${currency} then ${deals.amountMinor} end`;
  const perDeal = tx
    .select({
      minor: minor.as('minor'),
      ...Object.fromEntries(days.map((on, at) => [`on${at}`, lasted(on).as(`on${at}`)])),
    })
    .from(stalls)
    .innerJoin(deals, and(eq(deals.id, stalls.dealId), eq(deals.privacy, 'team')))
    .where(
      and(
        eq(stalls.workspaceId, workspaceId),
        eq(stalls.severity, 'stall'),
        or(isNull(stalls.clearedOn), gt(stalls.clearedOn, oldestOf(days))),
      ),
    )
    .groupBy(deals.id, deals.currency, deals.amountMinor)
    .as('per_deal');
  const sums = days.flatMap((_, at) => [
    [`deals${at}`, sql`sum(${dayOf(at)})`.mapWith(Number)] as const,
    [
      `sized${at}`,
      sql`sum(case when ${perDeal.minor} is null then 0 else ${dayOf(at)} end)`.mapWith(Number),
    ] as const,
    [`minor${at}`, sql`sum(${dayOf(at)} * coalesce(${perDeal.minor}, 0))`.mapWith(Number)] as const,
  ]);
  const [row] = await tx.select(Object.fromEntries(sums)).from(perDeal);
  const sum = (what: keyof Worth, at: number) => Number(row?.[`${what}${at}`] ?? 0);
  return days.map((_, at) => ({
    deals: sum('deals', at),
    sized: sum('sized', at),
    minor: sum('minor', at),
  }));
}

function oldestOf(days: readonly Day[]): Day {
  return days.reduce((least, on) => (on < least ? on : least));
}

/** The largest open deals of the team that something holds up, by name. */
export async function listLargestAtRisk(
  tx: Tx,
  workspaceId: WorkspaceId,
  limit: number,
): Promise<Deal[]> {
  const { deals, stalls } = tx.tables;
  const held = sql`exists (select 1 from ${stalls} where ${stalls.dealId} = ${deals.id}
    and ${stalls.severity} = 'stall' and ${stalls.clearedOn} is null)`;
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        sql`${deals.status} = 'open'`,
        eq(deals.privacy, 'team'),
        held,
      ),
    )
    .orderBy(sql`coalesce(${deals.amountMinor}, 0) desc`, asc(deals.id))
    .limit(limit);
  return rows.map(toDeal);
}

/** Steps of one side that were due on one day by their first date. */
export interface DueSteps {
  readonly dueOn: Day;
  readonly side: 'buyer' | 'seller' | 'both' | 'partner';
  readonly onTime: Tally;
}

/**
 * Steps whose first date lies in a stretch and whether they were finished by it (METHOD §3.5,
 * on-time), by day and side, of the team's deals; dropped ones are left out.
 */
export async function listDueSteps(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: { readonly after: Day; readonly until: Day },
): Promise<DueSteps[]> {
  const { deals, homework } = tx.tables;
  const kept = sql`${homework.status} in ('done', 'accepted') and coalesce(${homework.doneOn}, ${homework.originalDueOn}) <= ${homework.originalDueOn}`;
  const rows = await tx
    .select({
      dueOn: homework.originalDueOn,
      side: homework.side,
      n: count(),
      k: sql<number>`sum(case when ${kept} then 1 else 0 end)`.mapWith(Number),
    })
    .from(homework)
    .innerJoin(deals, and(eq(deals.id, homework.dealId), eq(deals.privacy, 'team')))
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        sql`${deals.status} <> 'invalid'`,
        sql`${homework.status} not in ('declined', 'dropped', 'superseded')`,
        gt(homework.originalDueOn, after),
        lte(homework.originalDueOn, until),
      ),
    )
    .groupBy(homework.originalDueOn, homework.side);
  return rows.map(({ k, n, ...row }) => ({ ...row, onTime: { k, n } }));
}
