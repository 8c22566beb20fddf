import { and, asc, desc, eq, inArray, lt, max, or, sql } from 'drizzle-orm';
import type { DealCircle } from '../domain/access.ts';
import type { Day } from '../domain/calendar.ts';
import type { Deal, DealStatus, OpenDeal } from '../domain/deal.ts';
import { openStatuses } from '../domain/homework.ts';
import type { ChannelId, DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { Person } from '../domain/person.ts';
import { patternOf } from './contains.ts';
import {
  type DealRow,
  dealById,
  helpersOfDeal,
  openDealCount,
  openDealInChannel,
  openDealsNamed,
  openDealsOwnedBy,
  selectDeals,
  toDeal,
  visibleTo,
} from './deal-queries.ts';
import { inMany } from './lists.ts';
import { listManagerChain } from './people.ts';
import type { Tx } from './store.ts';

/** What every use case starts from: the deal and who is on it. */
export interface DealWithCircle {
  readonly deal: Deal;
  readonly circle: DealCircle;
}

export async function findDeal(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: DealId,
): Promise<DealWithCircle | undefined> {
  const [row] = await dealById(tx).execute({ workspaceId, id });
  return row && withCircle(tx, row);
}

/** The open deal that lives in a channel. */
export async function findDealOfChannel(
  tx: Tx,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
): Promise<DealWithCircle | undefined> {
  const [row] = await openDealInChannel(tx).execute({ workspaceId, channelId });
  return row && withCircle(tx, row);
}

/** The open deal of that account and name, in any spelling that folds to the same. */
export async function findOpenDealNamed(
  tx: Tx,
  workspaceId: WorkspaceId,
  { account, name }: Pick<Deal, 'account' | 'name'>,
): Promise<DealWithCircle | undefined> {
  const { deals } = tx.tables;
  const searchKey = searchKeyOf(account, name);
  const [row] = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.searchKey, searchKey),
        eq(deals.status, 'open'),
      ),
    )
    .limit(1);
  return row && withCircle(tx, row);
}

function searchKeyOf(account: string, name: string): string {
  return foldName(`${account} ${name}`);
}

async function withCircle(tx: Tx, row: DealRow): Promise<DealWithCircle> {
  const helpers = await helpersOfDeal(tx).execute({ dealId: row.id });
  return {
    deal: toDeal(row),
    circle: {
      helperIds: helpers.map(({ id }) => id),
      managerChainIds: await listManagerChain(tx, row.workspaceId, row.ownerId),
    },
  };
}

/**
 * Open deals whose account or name contains the folded `text` (all of them when it is empty), the
 * viewer's own first.
 */
export async function searchOpenDeals(
  tx: Tx,
  viewer: Person,
  text: string,
  limit: number,
): Promise<Deal[]> {
  const words = foldName(text).split(' ').filter(Boolean);
  // Without a word nearly every deal fits, and the viewer's own are often enough.
  const own = words.length === 0 ? await listOwnOpenDeals(tx, viewer, limit) : [];
  if (own.length === limit) return own;
  const patterns = words.map((word, at) => [`word${at}`, patternOf(word)]);
  const rows = await openDealsNamed(words.length)(tx).execute({
    ...Object.fromEntries(patterns),
    workspaceId: viewer.workspaceId,
    viewerId: viewer.id,
    seesAll: seesAll(viewer),
    limit,
  });
  return rows.map(toDeal);
}

function seesAll(viewer: Person): number {
  return viewer.role === 'admin' ? 1 : 0;
}

/** The open deals a person owns, the one deciding soonest first. */
export async function listOwnOpenDeals(tx: Tx, owner: Person, limit: number): Promise<Deal[]> {
  const { workspaceId, id: ownerId } = owner;
  const rows = await openDealsOwnedBy(tx).execute({ workspaceId, ownerId, limit });
  return rows.map(toDeal);
}

/** Open deals a person changed last, newest first: the ones they most likely mean again. */
export async function listRecentDeals(tx: Tx, viewer: Person, limit: number): Promise<Deal[]> {
  const { deals, events } = tx.tables;
  const touched = await tx
    .select({ id: events.dealId, at: max(events.at) })
    .from(events)
    .where(and(eq(events.workspaceId, viewer.workspaceId), eq(events.actorId, viewer.id)))
    .groupBy(events.dealId)
    .orderBy(desc(max(events.at)))
    .limit(limit);
  if (touched.length === 0) return [];
  const ids = touched.map(({ id }) => id);
  const rows = await selectDeals(tx).where(
    and(
      eq(deals.workspaceId, viewer.workspaceId),
      inArray(deals.id, ids),
      eq(deals.status, 'open'),
      visibleTo(tx, viewer.id, seesAll(viewer)),
    ),
  );
  return rows.map(toDeal).sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Names of all open deals a person may see, for matching a misspelt one. */
export async function listOpenDealNames(
  tx: Tx,
  viewer: Person,
): Promise<{ id: DealId; searchKey: string; mine: boolean }[]> {
  const { deals } = tx.tables;
  const rows = await tx
    .select({ id: deals.id, searchKey: deals.searchKey, ownerId: deals.ownerId })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, viewer.workspaceId),
        eq(deals.status, 'open'),
        visibleTo(tx, viewer.id, seesAll(viewer)),
      ),
    );
  return rows.map(({ id, searchKey, ownerId }) => ({ id, searchKey, mine: ownerId === viewer.id }));
}

export async function listDealsByIds(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly DealId[],
): Promise<Map<DealId, Deal>> {
  const { deals } = tx.tables;
  if (ids.length === 0) return new Map();
  // Asked for the workspace as well, SQLite goes through every deal there is instead of these.
  const rows = await selectDeals(tx).where(inMany(tx, deals.id, [...new Set(ids)]));
  const ours = rows.filter((row) => row.workspaceId === workspaceId);
  return new Map(ours.map((row) => [row.id, toDeal(row)]));
}

/** Inserts a deal; false when an open deal of that name or in that channel exists already. */
export async function insertDeal(tx: Tx, deal: Deal): Promise<boolean> {
  const { deals } = tx.tables;
  const { account, amount, playbook, ...row } = deal;
  const inserted = await tx
    .insert(deals)
    .values({
      ...row,
      searchKey: searchKeyOf(account, deal.name),
      amountMinor: amount?.minor ?? null,
      currency: amount?.currency ?? null,
      playbookKey: playbook?.key ?? null,
      playbookVersion: playbook?.version ?? null,
    })
    .onConflictDoNothing()
    .returning({ id: deals.id });
  return inserted.length === 1;
}

/** What an open deal becomes when it ends. */
export interface DealEnd {
  readonly status: Exclude<DealStatus, 'open'>;
  readonly closedOn: Day;
  readonly closedAt: Date;
}

/** Ends a deal if it is still open as the caller saw it; false when somebody was faster. */
export async function closeDeal(tx: Tx, deal: Deal, end: DealEnd): Promise<boolean> {
  const { deals } = tx.tables;
  const closed = await tx
    .update(deals)
    .set({ ...end, version: deal.version + 1 })
    .where(
      and(
        eq(deals.workspaceId, deal.workspaceId),
        eq(deals.id, deal.id),
        eq(deals.status, 'open'),
        eq(deals.version, deal.version),
      ),
    )
    .returning({ id: deals.id });
  return closed.length === 1;
}

/** What may change about an open deal; its first date never does, and its end is `closeDeal`'s. */
export type DealChange = Partial<
  Pick<
    OpenDeal,
    | 'name'
    | 'ownerId'
    | 'amount'
    | 'decisionOn'
    | 'dateDriver'
    | 'costOfMissing'
    | 'dateAgreedOn'
    | 'liveOn'
    | 'deadlineOn'
    | 'phase'
    | 'entryPhase'
    | 'phaseSince'
    | 'problem'
    | 'buyerRegion'
    | 'pausedUntil'
    | 'pauseReason'
    | 'backOn'
    | 'rival'
    | 'feedbackAgreed'
  >
>;

/**
 * Changes a deal that is still open as the caller saw it; false when somebody was faster. A key that
 * is there with `undefined` empties its column. The decision date moves only after `insertRevision`
 * of the same move: the database refuses it otherwise.
 */
export async function changeDeal(tx: Tx, deal: OpenDeal, change: DealChange): Promise<boolean> {
  const { deals } = tx.tables;
  const { amount, ...rest } = change;
  const columns = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, value ?? null]),
  );
  const changed = await tx
    .update(deals)
    .set({
      ...columns,
      ...('amount' in change
        ? { amountMinor: amount?.minor ?? null, currency: amount?.currency ?? null }
        : {}),
      ...(change.name === undefined ? {} : { searchKey: searchKeyOf(deal.account, change.name) }),
      version: deal.version + 1,
    })
    .where(
      and(
        eq(deals.workspaceId, deal.workspaceId),
        eq(deals.id, deal.id),
        eq(deals.status, 'open'),
        eq(deals.version, deal.version),
      ),
    )
    .returning({ id: deals.id });
  return changed.length === 1;
}

/** Puts somebody on a deal; once is enough. */
export async function addHelper(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  personId: PersonId,
): Promise<void> {
  const { dealPeople } = tx.tables;
  await tx.insert(dealPeople).values({ workspaceId, dealId, personId }).onConflictDoNothing();
}

export async function countOpenDealsOf(tx: Tx, owner: Person): Promise<number> {
  const { workspaceId, id: ownerId } = owner;
  const [row] = await openDealCount(tx).execute({ workspaceId, ownerId });
  return row?.deals ?? 0;
}

/**
 * Open team deals that drift: the decision date has passed or a step is late. Largest first; they
 * are named in a week without losses.
 */
export async function listDriftingDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  today: Day,
  limit: number,
): Promise<Deal[]> {
  const { deals, homework } = tx.tables;
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'open'),
        eq(deals.privacy, 'team'),
        or(
          lt(deals.decisionOn, today),
          sql`exists (select 1 from ${homework} where ${homework.dealId} = ${deals.id}
            and ${inArray(homework.status, [...openStatuses])} and ${homework.dueOn} < ${today})`,
        ),
      ),
    )
    .orderBy(sql`coalesce(${deals.amountMinor}, 0) desc`, asc(deals.id))
    .limit(limit);
  return rows.map(toDeal);
}
