import { aliasedTable, and, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Privacy } from '../domain/deal.ts';
import type { Homework } from '../domain/homework.ts';
import type { DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { StallToAsk, StepToAsk } from '../domain/nudge-gather.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

interface Days {
  readonly today: Day;
  readonly until: Day;
}

/** A step somebody found confusing or pointless is not asked about until it is worded better. */
const remindedStatuses: Homework['status'][] = ['proposed', 'agreed', 'in_progress'];

function notPaused(tx: Tx, today: Day): SQL | undefined {
  const { deals } = tx.tables;
  return or(isNull(deals.pausedUntil), lte(deals.pausedUntil, today));
}

function dealColumns(tx: Tx) {
  const { deals } = tx.tables;
  return {
    amountMinor: deals.amountMinor,
    currency: deals.currency,
    buyerRegion: deals.buyerRegion,
    backOn: deals.backOn,
    privacy: deals.privacy,
  };
}

function toDealFacts(row: {
  amountMinor: number | null;
  currency: string | null;
  buyerRegion: string | null;
  backOn: Day | null;
  privacy: Privacy;
}) {
  const { amountMinor, currency, privacy } = row;
  const amount: Money | undefined =
    amountMinor === null ? undefined : { minor: amountMinor, currency: currency ?? 'USD' };
  return {
    amount,
    privacy,
    buyerRegion: row.buyerRegion ?? undefined,
    backOn: row.backOn ?? undefined,
  };
}

/**
 * Open steps of open deals that are due up to `days.until`, or were put to the buyer and not answered
 * yet, for `personIds`: whoever does them, or the deal's owner when a contact does or a colleague has
 * left. Two queries; nothing of a deal that is still paused on `days.today`.
 */
export async function listStepsToAsk(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  days: Days,
): Promise<StepToAsk[]> {
  const { homework } = tx.tables;
  const due = await stepsFor(
    tx,
    workspaceId,
    personIds,
    days,
    and(inArray(homework.status, remindedStatuses), lte(homework.dueOn, days.until)),
  );
  // Written out, not bound: a part of the steps has an index of its own.
  const waits = sql`${homework.status} = 'proposed' and ${homework.askedOn} is not null`;
  const asked = await stepsFor(
    tx,
    workspaceId,
    personIds,
    days,
    and(waits, gt(homework.dueOn, days.until)),
  );
  return [...due, ...asked];
}

async function stepsFor(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  { today }: Days,
  which: SQL | undefined,
): Promise<StepToAsk[]> {
  const { deals, homework, people } = tx.tables;
  const doer = aliasedTable(people, 'doer');
  const doerReads = sql`${eq(doer.active, true)} and ${doer.slackUserId} is not null`;
  const personId = sql<PersonId>`case when ${doerReads} then ${doer.id} else ${deals.ownerId} end`;
  const rows = await tx
    .select({
      homeworkId: homework.id,
      dealId: homework.dealId,
      side: homework.side,
      status: homework.status,
      dueOn: homework.dueOn,
      askedOn: homework.askedOn,
      gate: homework.gate,
      personId,
      deal: dealColumns(tx),
    })
    .from(homework)
    .leftJoin(doer, eq(doer.id, homework.personId))
    .innerJoin(deals, and(eq(deals.id, homework.dealId), eq(deals.status, 'open')))
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        which,
        notPaused(tx, today),
        // Follows from the next line, but spares looking up the deals of steps others do.
        or(inMany(tx, doer.id, personIds), isNull(doer.id), sql`not (${doerReads})`),
        inMany(tx, personId, personIds),
      ),
    )
    .orderBy(homework.dueOn, homework.id);
  return rows.map(({ deal, askedOn, ...row }) => ({
    ...row,
    ...toDealFacts(deal),
    askedOn: askedOn ?? undefined,
  }));
}

/** What holds up the open deals of `ownerIds`, in one query; nothing of a paused deal. */
export async function listStallsToAsk(
  tx: Tx,
  workspaceId: WorkspaceId,
  ownerIds: readonly PersonId[],
  today: Day,
): Promise<StallToAsk[]> {
  const { deals, stalls } = tx.tables;
  const rows = await tx
    .select({
      dealId: stalls.dealId,
      code: stalls.code,
      severity: stalls.severity,
      firstOn: stalls.firstOn,
      openedOn: deals.openedOn,
      personId: deals.ownerId,
      deal: dealColumns(tx),
    })
    .from(stalls)
    .innerJoin(deals, and(eq(deals.id, stalls.dealId), eq(deals.status, 'open')))
    .where(
      and(
        eq(stalls.workspaceId, workspaceId),
        isNull(stalls.clearedOn),
        notPaused(tx, today),
        inMany(tx, deals.ownerId, ownerIds),
      ),
    )
    .orderBy(stalls.dealId, stalls.code);
  return rows.map(({ deal, ...row }) => ({ ...row, ...toDealFacts(deal) }));
}

/** Which of the deals somebody besides the owner is on, or was asked to help with. */
export async function listDealsWithHelp(tx: Tx, dealIds: readonly DealId[]): Promise<Set<DealId>> {
  const { dealPeople, deals, helpRequests } = tx.tables;
  const helpers = await tx
    .selectDistinct({ dealId: dealPeople.dealId })
    .from(dealPeople)
    .innerJoin(deals, eq(deals.id, dealPeople.dealId))
    .where(
      and(inMany(tx, dealPeople.dealId, dealIds), sql`${dealPeople.personId} <> ${deals.ownerId}`),
    );
  const asked = await tx
    .selectDistinct({ dealId: helpRequests.dealId })
    .from(helpRequests)
    .where(inMany(tx, helpRequests.dealId, dealIds));
  return new Set([...helpers, ...asked].map(({ dealId }) => dealId));
}
