import { and, asc, count, desc, eq, inArray, lt, max, or, type SQL, sql } from 'drizzle-orm';
import type { DealCircle } from '../domain/access.ts';
import type { Day } from '../domain/calendar.ts';
import type { Deal, DealStatus } from '../domain/deal.ts';
import type { ChannelId, DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { Person } from '../domain/person.ts';
import { contains } from './contains.ts';
import { listManagerChain } from './people.ts';
import { accounts, dealPeople, deals, events, homework, people } from './schema.ts';
import type { Tx } from './store.ts';

const dealColumns = {
  id: deals.id,
  workspaceId: deals.workspaceId,
  accountId: deals.accountId,
  account: accounts.name,
  name: deals.name,
  ownerId: deals.ownerId,
  amountMinor: deals.amountMinor,
  currency: deals.currency,
  decisionOn: deals.decisionOn,
  originalDecisionOn: deals.originalDecisionOn,
  dateDriver: deals.dateDriver,
  zone: deals.zone,
  openedOn: deals.openedOn,
  channelId: deals.channelId,
  privacy: deals.privacy,
  imported: deals.imported,
  version: deals.version,
  status: deals.status,
  closedOn: deals.closedOn,
  closedAt: deals.closedAt,
};

function selectDeals(tx: Tx) {
  return tx.select(dealColumns).from(deals).innerJoin(accounts, eq(accounts.id, deals.accountId));
}

type DealRow = Awaited<ReturnType<typeof selectDeals>>[number];

function toDeal({ amountMinor, currency, status, closedOn, closedAt, ...row }: DealRow): Deal {
  const facts = {
    ...row,
    amount: amountMinor === null ? undefined : { minor: amountMinor, currency: currency ?? 'USD' },
    decisionOn: row.decisionOn ?? undefined,
    originalDecisionOn: row.originalDecisionOn ?? undefined,
    dateDriver: row.dateDriver ?? undefined,
    channelId: row.channelId ?? undefined,
  };
  if (status === 'open') return { ...facts, status };
  if (!closedOn || !closedAt) throw new RangeError(`Deal ${row.id} is ${status} without an end`);
  return { ...facts, status, closedOn, closedAt };
}

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
  return findOne(tx, workspaceId, eq(deals.id, id));
}

/** The open deal that lives in a channel. */
export async function findDealOfChannel(
  tx: Tx,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
): Promise<DealWithCircle | undefined> {
  return findOne(tx, workspaceId, and(eq(deals.channelId, channelId), eq(deals.status, 'open')));
}

/** The open deal of that account and name, in any spelling that folds to the same. */
export async function findOpenDealNamed(
  tx: Tx,
  workspaceId: WorkspaceId,
  { account, name }: Pick<Deal, 'account' | 'name'>,
): Promise<DealWithCircle | undefined> {
  const searchKey = searchKeyOf(account, name);
  return findOne(tx, workspaceId, and(eq(deals.searchKey, searchKey), eq(deals.status, 'open')));
}

function searchKeyOf(account: string, name: string): string {
  return foldName(`${account} ${name}`);
}

async function findOne(
  tx: Tx,
  workspaceId: WorkspaceId,
  where: SQL | undefined,
): Promise<DealWithCircle | undefined> {
  const [row] = await selectDeals(tx)
    .where(and(eq(deals.workspaceId, workspaceId), where))
    .limit(1);
  if (!row) return undefined;
  const helpers = await tx
    .select({ id: dealPeople.personId })
    .from(dealPeople)
    .where(eq(dealPeople.dealId, row.id));
  return {
    deal: toDeal(row),
    circle: {
      helperIds: helpers.map(({ id }) => id),
      managerChainIds: await listManagerChain(tx, workspaceId, row.ownerId),
    },
  };
}

/** Deals a person may see: all of the team's, and the restricted ones they belong to (`can`). */
function visibleTo(viewer: Person): SQL | undefined {
  if (viewer.role === 'admin') return undefined;
  return or(
    eq(deals.privacy, 'team'),
    eq(deals.ownerId, viewer.id),
    sql`exists (select 1 from ${dealPeople} where ${dealPeople.dealId} = ${deals.id} and ${dealPeople.personId} = ${viewer.id})`,
    sql`${deals.ownerId} in (
      with recursive reports(id) as (
        select id from ${people} where manager_id = ${viewer.id}
        union select p.id from people p join reports r on p.manager_id = r.id
      ) select id from reports)`,
  );
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
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, viewer.workspaceId),
        eq(deals.status, 'open'),
        visibleTo(viewer),
        ...words.map((word) => contains(deals.searchKey, word)),
      ),
    )
    .orderBy(
      desc(sql`${deals.ownerId} = ${viewer.id}`),
      sql`${deals.decisionOn} is null`,
      asc(deals.decisionOn),
      asc(deals.searchKey),
      asc(deals.id),
    )
    .limit(limit);
  return rows.map(toDeal);
}

/** Open deals a person changed last, newest first: the ones they most likely mean again. */
export async function listRecentDeals(tx: Tx, viewer: Person, limit: number): Promise<Deal[]> {
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
      visibleTo(viewer),
    ),
  );
  return rows.map(toDeal).sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Names of all open deals a person may see, for matching a misspelt one. */
export async function listOpenDealNames(
  tx: Tx,
  viewer: Person,
): Promise<{ id: DealId; searchKey: string; mine: boolean }[]> {
  const rows = await tx
    .select({ id: deals.id, searchKey: deals.searchKey, ownerId: deals.ownerId })
    .from(deals)
    .where(
      and(eq(deals.workspaceId, viewer.workspaceId), eq(deals.status, 'open'), visibleTo(viewer)),
    );
  return rows.map(({ id, searchKey, ownerId }) => ({ id, searchKey, mine: ownerId === viewer.id }));
}

export async function listDealsByIds(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly DealId[],
): Promise<Map<DealId, Deal>> {
  if (ids.length === 0) return new Map();
  const rows = await selectDeals(tx).where(
    and(eq(deals.workspaceId, workspaceId), inArray(deals.id, [...new Set(ids)])),
  );
  return new Map(rows.map((row) => [row.id, toDeal(row)]));
}

/** Inserts a deal; false when an open deal of that name or in that channel exists already. */
export async function insertDeal(tx: Tx, deal: Deal): Promise<boolean> {
  const { account, amount, ...row } = deal;
  const inserted = await tx
    .insert(deals)
    .values({
      ...row,
      searchKey: searchKeyOf(account, deal.name),
      amountMinor: amount?.minor ?? null,
      currency: amount?.currency ?? null,
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

/** Puts somebody on a deal; once is enough. */
export async function addHelper(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  personId: PersonId,
): Promise<void> {
  await tx.insert(dealPeople).values({ workspaceId, dealId, personId }).onConflictDoNothing();
}

export async function countOpenDealsOf(tx: Tx, owner: Person): Promise<number> {
  const [row] = await tx
    .select({ deals: count() })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, owner.workspaceId),
        eq(deals.ownerId, owner.id),
        eq(deals.status, 'open'),
      ),
    );
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
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'open'),
        eq(deals.privacy, 'team'),
        or(
          lt(deals.decisionOn, today),
          sql`exists (select 1 from ${homework} where ${homework.dealId} = ${deals.id}
            and ${homework.status} = 'proposed' and ${homework.dueOn} < ${today})`,
        ),
      ),
    )
    .orderBy(sql`coalesce(${deals.amountMinor}, 0) desc`, asc(deals.id))
    .limit(limit);
  return rows.map(toDeal);
}
