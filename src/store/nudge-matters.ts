import {
  aliasedTable,
  and,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
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
 * left. Two queries that each look at the steps of these people alone, since every zone asks for
 * itself; nothing of a deal that is still paused on `days.today`.
 */
export async function listStepsToAsk(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  days: Days,
): Promise<StepToAsk[]> {
  const { deals, homework, people } = tx.tables;
  const doer = aliasedTable(people, 'doer');
  const doerReads = sql`${eq(doer.active, true)} and ${doer.slackUserId} is not null`;
  const isAsked = and(
    inArray(homework.status, remindedStatuses),
    or(
      lte(homework.dueOn, days.until),
      and(eq(homework.status, 'proposed'), isNotNull(homework.askedOn)),
    ),
    notPaused(tx, days.today),
  );
  const done = await tx
    .select({ ...stepColumns(tx), personId: sql<PersonId>`${homework.personId}` })
    .from(homework)
    .innerJoin(doer, eq(doer.id, homework.personId))
    .innerJoin(deals, and(eq(deals.id, homework.dealId), eq(deals.status, 'open')))
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        inMany(tx, homework.personId, personIds),
        doerReads,
        isAsked,
      ),
    );
  // From the deals to their steps, in this order: there are far more steps due than these have.
  const led = await tx
    .select({ ...stepColumns(tx), personId: deals.ownerId })
    .from(deals)
    .crossJoin(homework)
    .leftJoin(doer, eq(doer.id, homework.personId))
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        inMany(tx, deals.ownerId, personIds),
        eq(deals.status, 'open'),
        eq(homework.dealId, deals.id),
        isAsked,
        or(isNull(doer.id), sql`not (${doerReads})`),
      ),
    );
  return [...done, ...led].map(toStepToAsk).sort(byDay);
}

function stepColumns(tx: Tx) {
  const { homework } = tx.tables;
  return {
    homeworkId: homework.id,
    dealId: homework.dealId,
    side: homework.side,
    status: homework.status,
    dueOn: homework.dueOn,
    askedOn: homework.askedOn,
    gate: homework.gate,
    deal: dealColumns(tx),
  };
}

type StepRow = Omit<StepToAsk, 'askedOn' | keyof ReturnType<typeof toDealFacts>> & {
  readonly askedOn: Day | null;
  readonly deal: Parameters<typeof toDealFacts>[0];
};

function toStepToAsk({ deal, askedOn, ...row }: StepRow): StepToAsk {
  return { ...row, ...toDealFacts(deal), askedOn: askedOn ?? undefined };
}

function byDay(a: StepToAsk, b: StepToAsk): number {
  return a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.homeworkId < b.homeworkId) ? -1 : 1;
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
    .from(deals)
    .crossJoin(stalls)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        inMany(tx, deals.ownerId, ownerIds),
        eq(deals.status, 'open'),
        eq(stalls.dealId, deals.id),
        isNull(stalls.clearedOn),
        notPaused(tx, today),
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
