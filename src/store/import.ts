import { and, between, eq, sql } from 'drizzle-orm';
import type { Homework } from '../domain/homework.ts';
import type { DealId, WorkspaceId } from '../domain/ids.ts';
import { listHomeworkByIds } from './homework.ts';
import { inMany } from './lists.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

// An import writes rows by the thousand, so here rows are rows: what reads them one at a time
// turns them into deals and people.
export type PersonRecord = Tables['people']['$inferSelect'];
export type AccountRecord = Tables['accounts']['$inferSelect'];
export type DealRecord = Tables['deals']['$inferSelect'];
export type LossRecord = Tables['losses']['$inferSelect'];
export type EventRecord = Tables['events']['$inferSelect'];

/** What a CRM does not say of a deal. */
export const untoldOfDeal = {
  costOfMissing: null,
  dateAgreedOn: null,
  liveOn: null,
  deadlineOn: null,
  kind: 'new',
  playbookKey: null,
  playbookVersion: null,
  phase: 'awareness',
  entryPhase: null,
  phaseSince: null,
  problem: null,
  buyerRegion: null,
  pausedUntil: null,
  pauseReason: null,
  backOn: null,
  rival: null,
  feedbackAgreed: null,
  reopenedFromId: null,
} as const satisfies Partial<DealRecord>;

/** What a CRM does not say of a loss. */
export const untoldOfLoss = {
  whyClass: null,
  underlyingOutcome: null,
  contributing: [],
  statedReasonCode: null,
  statedWords: null,
  evidence: 'unknown',
  fixable: null,
  noDecisionKind: null,
  fearTags: [],
  fairFight: [],
  phaseAtLoss: null,
  lostAlone: null,
} satisfies Partial<LossRecord>;

/** Everybody known in the workspace, those who left included. */
export async function listPersonRecords(tx: Tx, workspaceId: WorkspaceId): Promise<PersonRecord[]> {
  const { people } = tx.tables;
  return tx.select().from(people).where(eq(people.workspaceId, workspaceId));
}

/** Accounts by their folded names. */
export async function listAccountRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  nameKeys: readonly string[],
): Promise<AccountRecord[]> {
  const { accounts } = tx.tables;
  if (nameKeys.length === 0) return [];
  return tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), inMany(tx, accounts.nameKey, nameKeys)));
}

/** A deal as it stands before an import, with the name of its account. */
export interface KnownDeal {
  readonly deal: DealRecord;
  readonly account: string;
}

/** Deals by the ids the CRM gave them. */
export async function listDealsOfCrm(
  tx: Tx,
  workspaceId: WorkspaceId,
  crmIds: readonly string[],
): Promise<Map<string, KnownDeal>> {
  const { accounts, deals } = tx.tables;
  const rows = await tx
    .select({ deal: deals, account: accounts.name })
    .from(deals)
    .innerJoin(accounts, eq(accounts.id, deals.accountId))
    .where(and(eq(deals.workspaceId, workspaceId), inMany(tx, deals.crmId, crmIds)));
  return new Map(rows.map((row) => [row.deal.crmId ?? '', row]));
}

/** The steps of many deals at once. */
export async function listHomeworkOfDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Homework[]>> {
  const { homework } = tx.tables;
  const found = new Map<DealId, Homework[]>();
  if (dealIds.length === 0) return found;
  const rows = await tx
    .select({ id: homework.id })
    .from(homework)
    .where(and(eq(homework.workspaceId, workspaceId), inMany(tx, homework.dealId, dealIds)));
  for (const step of await listHomeworkByIds(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  )) {
    found.set(step.dealId, [...(found.get(step.dealId) ?? []), step]);
  }
  return found;
}

/** What a batch of deals leaves behind. */
export interface DealWrites {
  readonly accounts: AccountRecord[];
  readonly people: PersonRecord[];
  readonly newDeals: DealRecord[];
  /** Known deals as they shall be. */
  readonly changedDeals: DealRecord[];
  readonly losses: LossRecord[];
  readonly events: EventRecord[];
}

/** Writes a batch whose known deals were read in this same transaction. */
export async function saveDealWrites(tx: Tx, writes: DealWrites, now: Date): Promise<void> {
  const { accounts, deals, events, losses, people } = tx.tables;
  await tx.bulkUpsert(accounts, writes.accounts);
  await tx.bulkUpsert(people, writes.people);
  await tx.bulkUpsert(deals, writes.newDeals);
  await tx.bulkUpsert(deals, writes.changedDeals, [
    'accountId',
    'name',
    'searchKey',
    'ownerId',
    'amountMinor',
    'currency',
    'decisionOn',
    'originalDecisionOn',
    'status',
    'closedOn',
    'closedAt',
    'version',
  ]);
  await tx.bulkUpsert(losses, writes.losses);
  await tx.bulkUpsert(events, writes.events);
  await logImported(tx, writes.newDeals, now);
}

/**
 * The first event of every new deal, made of the deals themselves: of all an import writes this is
 * the only part that need not travel. A batch's ids were made in one go, so nothing else lies
 * between its first and its last; the event takes over the id of its deal.
 */
async function logImported(tx: Tx, batch: readonly DealRecord[], now: Date): Promise<void> {
  const { deals, events } = tx.tables;
  const [first, last] = [batch[0], batch.at(-1)];
  if (!first || !last) return;
  for (const status of new Set(batch.map((deal) => deal.status))) {
    const imported = tx
      .select({
        id: sql<string>`${deals.id}`.as('id'),
        workspaceId: deals.workspaceId,
        dealId: sql<DealId>`${deals.id}`.as('deal_id'),
        at: sql<Date>`${sql.param(now, events.at)}`.as('at'),
        actorId: sql<null>`null`.as('actor_id'),
        side: sql<null>`null`.as('side'),
        kind: sql<'deal_imported'>`'deal_imported'`.as('kind'),
        payload: sql<object>`${sql.param({ status }, events.payload)}`.as('payload'),
      })
      .from(deals)
      .where(
        and(
          between(deals.id, first.id, last.id),
          eq(deals.imported, true),
          eq(deals.status, status),
        ),
      );
    await tx.insert(events).select(imported);
  }
}

/** Writes people whose known rows were read in this same transaction. */
export async function savePersonRecords(tx: Tx, records: readonly PersonRecord[]): Promise<void> {
  const { people } = tx.tables;
  await tx.bulkUpsert(people, records, [
    'slackUserId',
    'crmId',
    'name',
    'nameKey',
    'email',
    'role',
    'standing',
    'managerId',
    'zone',
    'active',
  ]);
}
