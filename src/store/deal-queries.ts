import { and, asc, count, desc, eq, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Deal } from '../domain/deal.ts';
import type { PersonId } from '../domain/ids.ts';
import { matches } from './contains.ts';
import { prepared } from './prepared.ts';
import type { Tx } from './store.ts';

/** Deals as the domain knows them, with the name of their account. */
export function selectDeals(tx: Tx) {
  const { accounts, deals } = tx.tables;
  return tx
    .select({
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
      costOfMissing: deals.costOfMissing,
      dateAgreedOn: deals.dateAgreedOn,
      liveOn: deals.liveOn,
      deadlineOn: deals.deadlineOn,
      kind: deals.kind,
      segment: deals.segment,
      playbookKey: deals.playbookKey,
      playbookVersion: deals.playbookVersion,
      phase: deals.phase,
      entryPhase: deals.entryPhase,
      phaseSince: deals.phaseSince,
      problem: deals.problem,
      buyerRegion: deals.buyerRegion,
      pausedUntil: deals.pausedUntil,
      pauseReason: deals.pauseReason,
      backOn: deals.backOn,
      rival: deals.rival,
      feedbackAgreed: deals.feedbackAgreed,
      reopenedFromId: deals.reopenedFromId,
      zone: deals.zone,
      openedOn: deals.openedOn,
      channelId: deals.channelId,
      privacy: deals.privacy,
      imported: deals.imported,
      version: deals.version,
      status: deals.status,
      closedOn: deals.closedOn,
      closedAt: deals.closedAt,
    })
    .from(deals)
    .innerJoin(accounts, eq(accounts.id, deals.accountId));
}

export type DealRow = Awaited<ReturnType<typeof selectDeals>>[number];

export function toDeal({
  amountMinor,
  currency,
  status,
  closedOn,
  closedAt,
  playbookKey,
  playbookVersion,
  ...row
}: DealRow): Deal {
  const facts = {
    ...row,
    amount: amountMinor === null ? undefined : { minor: amountMinor, currency: currency ?? 'USD' },
    decisionOn: row.decisionOn ?? undefined,
    originalDecisionOn: row.originalDecisionOn ?? undefined,
    dateDriver: row.dateDriver ?? undefined,
    costOfMissing: row.costOfMissing ?? undefined,
    dateAgreedOn: row.dateAgreedOn ?? undefined,
    liveOn: row.liveOn ?? undefined,
    deadlineOn: row.deadlineOn ?? undefined,
    playbook:
      playbookKey === null ? undefined : { key: playbookKey, version: playbookVersion ?? 1 },
    entryPhase: row.entryPhase ?? undefined,
    phaseSince: row.phaseSince ?? row.openedOn,
    problem: row.problem ?? undefined,
    buyerRegion: row.buyerRegion ?? undefined,
    pausedUntil: row.pausedUntil ?? undefined,
    pauseReason: row.pauseReason ?? undefined,
    backOn: row.backOn ?? undefined,
    rival: row.rival ?? undefined,
    feedbackAgreed: row.feedbackAgreed ?? undefined,
    reopenedFromId: row.reopenedFromId ?? undefined,
    channelId: row.channelId ?? undefined,
  };
  if (status === 'open') return { ...facts, status };
  if (!closedOn || !closedAt) throw new RangeError(`Deal ${row.id} is ${status} without an end`);
  return { ...facts, status, closedOn, closedAt };
}

/**
 * Deals a person may see: all of the team's, and the restricted ones they belong to (`can`).
 * @param seesAll 1 for an admin, else 0.
 */
export function visibleTo(tx: Tx, viewerId: PersonId | Placeholder, seesAll: number | Placeholder) {
  const { dealPeople, deals, people } = tx.tables;
  return or(
    eq(deals.privacy, 'team'),
    eq(deals.ownerId, viewerId),
    sql`${seesAll} = 1`,
    sql`exists (select 1 from ${dealPeople} where ${dealPeople.dealId} = ${deals.id} and ${dealPeople.personId} = ${viewerId})`,
    sql`${deals.ownerId} in (
      with recursive reports(id) as (
        select id from ${people} where manager_id = ${viewerId}
        union select p.id from people p join reports r on p.manager_id = r.id
      ) select id from reports)`,
  );
}

function inWorkspace({ tables: { deals } }: Tx): SQL {
  return eq(deals.workspaceId, sql.placeholder('workspaceId'));
}

function ownedBy({ tables: { deals } }: Tx): SQL {
  return eq(deals.ownerId, sql.placeholder('ownerId'));
}

/** Written out, not bound: the indexes of open deals serve no query whose status is not known. */
function isOpen({ tables: { deals } }: Tx): SQL {
  return sql`${deals.status} = 'open'`;
}

function soonestFirst({ tables: { deals } }: Tx): SQL[] {
  return [
    sql`${deals.decisionOn} is null`,
    asc(deals.decisionOn),
    asc(deals.searchKey),
    asc(deals.id),
  ];
}

export const dealById = prepared((tx) =>
  selectDeals(tx)
    .where(and(inWorkspace(tx), eq(tx.tables.deals.id, sql.placeholder('id'))))
    .prepare(),
);

export const openDealInChannel = prepared((tx) => {
  const inChannel = eq(tx.tables.deals.channelId, sql.placeholder('channelId'));
  return selectDeals(tx)
    .where(and(inWorkspace(tx), inChannel, isOpen(tx)))
    .prepare();
});

export const helpersOfDeal = prepared((tx) => {
  const { dealPeople } = tx.tables;
  return tx
    .select({ id: dealPeople.personId })
    .from(dealPeople)
    .where(eq(dealPeople.dealId, sql.placeholder('dealId')))
    .prepare();
});

export const openDealsOwnedBy = prepared((tx) =>
  selectDeals(tx)
    .where(and(inWorkspace(tx), ownedBy(tx), isOpen(tx)))
    .orderBy(...soonestFirst(tx))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

export const openDealCount = prepared((tx) =>
  tx
    .select({ deals: count() })
    .from(tx.tables.deals)
    .where(and(inWorkspace(tx), ownedBy(tx), isOpen(tx)))
    .prepare(),
);

type Search = ReturnType<typeof buildSearch>;
const searches = new Map<number, Search>();

/** Open deals whose search key matches `word0`, `word1` and so on, the viewer's own first. */
export function openDealsNamed(words: number): Search {
  const search = searches.get(words) ?? buildSearch(words);
  searches.set(words, search);
  return search;
}

function buildSearch(words: number) {
  return prepared((tx) => {
    const { deals } = tx.tables;
    const viewerId = sql.placeholder('viewerId');
    const named = Array.from({ length: words }, (_, at) =>
      matches(deals.searchKey, sql.placeholder(`word${at}`)),
    );
    const visible = visibleTo(tx, viewerId, sql.placeholder('seesAll'));
    return selectDeals(tx)
      .where(and(inWorkspace(tx), isOpen(tx), ...named, visible))
      .orderBy(desc(eq(deals.ownerId, viewerId)), ...soonestFirst(tx))
      .limit(sql.placeholder('limit'))
      .prepare();
  });
}
