import { and, count, eq, gt, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { segments } from '../domain/segment.ts';
import type { SpeedFacts } from '../domain/velocity.ts';
import { daysFrom } from './day-span.ts';
import { worthOf } from './ended-values.ts';
import type { Tx } from './store.ts';

/** What the speed of each segment rests on, renewals apart, of the team's deals; two queries. */
export async function listSpeedFacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  {
    after,
    until,
    currency,
  }: { readonly after: Day; readonly until: Day; readonly currency: string },
): Promise<SpeedFacts[]> {
  const { deals } = tx.tables;
  const ours = and(
    eq(deals.workspaceId, workspaceId),
    eq(deals.privacy, 'team'),
    ne(deals.kind, 'renewal'),
    or(isNull(deals.playbookKey), ne(deals.playbookKey, 'ren')),
  );
  const open = await tx
    .select({ segment: deals.segment, deals: count() })
    .from(deals)
    .where(and(ours, sql`${deals.status} = 'open'`))
    .groupBy(deals.segment);
  const ended = await tx
    .select({
      segment: deals.segment,
      status: deals.status,
      days: daysFrom(tx, deals.openedOn, deals.closedOn).as('days'),
      ...worthOf(tx, currency),
    })
    .from(deals)
    .where(
      and(
        ours,
        sql`${deals.status} in ('won', 'lost')`,
        gt(deals.closedOn, after),
        lte(deals.closedOn, until),
      ),
    )
    .groupBy(deals.segment, deals.status, sql`${sql.identifier('days')}`);
  return segments.flatMap((segment) => {
    const own = ended.filter((row) => row.segment === segment);
    const lost = own.filter(({ status }) => status === 'lost');
    const facts = {
      segment,
      open: open.find((row) => row.segment === segment)?.deals ?? 0,
      lost: lost.reduce((sum, row) => sum + row.deals, 0),
      won: own
        .filter(({ status }) => status === 'won')
        .map(({ days, deals: n, sized, minor }) => ({
          days: Number(days),
          deals: n,
          sized,
          minor,
        })),
    };
    return facts.open + own.length === 0 ? [] : [facts];
  });
}
