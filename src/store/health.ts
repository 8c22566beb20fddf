import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { ChannelId, WorkspaceId } from '../domain/ids.ts';
import { selectDeals } from './deal-queries.ts';
import type { Tx } from './store.ts';

/** The database server's own time; undefined where the database is a file of this machine. */
export async function readServerClock(tx: Tx): Promise<Date | undefined> {
  if (tx.engine === 'sqlite') return undefined;
  const ms = sql<string>`extract(epoch from clock_timestamp()) * 1000`;
  const [row] = await tx.select({ ms }).from(sql`(select 1) as one`);
  return row && new Date(Number(row.ms));
}

/** The workspaces that have rows here, for an operator whose Slack does not answer. */
export async function listWorkspaces(tx: Tx): Promise<WorkspaceId[]> {
  const { workspaces } = tx.tables;
  const rows = await tx.select({ id: workspaces.id }).from(workspaces).orderBy(asc(workspaces.id));
  return rows.map(({ id }) => id);
}

/** A channel that is the home of an open deal. */
export interface DealChannel {
  readonly channelId: ChannelId;
  /** `Acme · Core platform`; a restricted deal is not named, not even to an operator. */
  readonly deal: string;
}

export async function listDealChannels(tx: Tx, workspaceId: WorkspaceId): Promise<DealChannel[]> {
  const { deals } = tx.tables;
  const rows = await selectDeals(tx)
    .where(
      and(eq(deals.workspaceId, workspaceId), eq(deals.status, 'open'), isNotNull(deals.channelId)),
    )
    .orderBy(asc(deals.id));
  return rows.flatMap(({ channelId, privacy, account, name }) => {
    const deal = privacy === 'team' ? `${account} · ${name}` : 'a restricted deal';
    return channelId ? [{ channelId, deal }] : [];
  });
}
