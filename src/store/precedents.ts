import { and, desc, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import { addDays, type Day, dayIn } from '../domain/calendar.ts';
import type { DealEventKind } from '../domain/events.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { type Precedent, workedKinds } from '../domain/precedent.ts';
import type { StallCode } from '../domain/stalls.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** What is older has other people and other prices. */
const rememberDays = 365;
/** Stalls a code that are looked at: of the newest some ended without anybody's doing. */
const newest = 8;

/**
 * The last stalls of these codes that ended on deals the whole team may see, each with the last
 * thing somebody did while it lasted, in one query. One that ended by itself, with the loss of its
 * deal or with a pause is no precedent.
 */
export async function listPrecedents(
  tx: Tx,
  workspaceId: WorkspaceId,
  codes: readonly StallCode[],
  today: Day,
): Promise<Precedent[]> {
  if (codes.length === 0) return [];
  const { deals, events, stalls } = tx.tables;
  const kinds: readonly DealEventKind[] = [...workedKinds, 'deal_paused'];
  const latest = sql.join(
    [...new Set(codes)].map((code) =>
      latestOf(tx, workspaceId, code, addDays(today, -rememberDays)),
    ),
    sql` union all `,
  );
  const rows = await tx
    .select({
      id: stalls.id,
      dealId: stalls.dealId,
      code: stalls.code,
      firstOn: stalls.firstOn,
      clearedOn: stalls.clearedOn,
      account: tx.tables.accounts.name,
      zone: deals.zone,
      at: events.at,
      did: events.kind,
    })
    .from(stalls)
    .innerJoin(deals, eq(deals.id, stalls.dealId))
    .innerJoin(tx.tables.accounts, eq(tx.tables.accounts.id, deals.accountId))
    .innerJoin(events, and(eq(events.dealId, deals.id), inMany(tx, events.kind, kinds)))
    .where(sql`${stalls.id} in (${latest})`)
    .orderBy(stalls.id, events.at, events.id);
  const last = new Map<string, Precedent>();
  for (const { id, at, zone, clearedOn, ...row } of rows) {
    const didOn = dayIn(at, zone);
    if (!clearedOn || didOn < row.firstOn || didOn > clearedOn) continue;
    last.set(id, { ...row, clearedOn, didOn });
  }
  return [...last.values()].filter(({ did }) => did !== 'deal_paused');
}

/** The ids of one code, read off the end of its index. */
function latestOf(tx: Tx, workspaceId: WorkspaceId, code: StallCode, since: Day) {
  const { deals, stalls } = tx.tables;
  const one = tx
    .select({ id: stalls.id })
    .from(stalls)
    .innerJoin(deals, eq(deals.id, stalls.dealId))
    .where(
      and(
        eq(stalls.workspaceId, workspaceId),
        eq(stalls.code, code),
        eq(stalls.severity, 'stall'),
        isNotNull(stalls.clearedOn),
        gte(stalls.clearedOn, since),
        eq(deals.privacy, 'team'),
        inArray(deals.status, ['open', 'won']),
      ),
    )
    .orderBy(desc(stalls.clearedOn))
    .limit(newest);
  return sql`select id from (${one}) as ${sql.identifier(`last_${code}`)}`;
}
