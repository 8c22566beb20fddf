import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Deal } from '../domain/deal.ts';
import type { FactRows } from '../domain/fact-trail.ts';
import { type Homework, isFinished } from '../domain/homework.ts';
import type { DealId, PersonId } from '../domain/ids.ts';
import type { StallCode } from '../domain/stalls.ts';
import { listDealContacts } from './contacts.ts';
import { listHomework } from './homework.ts';
import { listNames } from './people.ts';
import { type KeptRevision, listRevisions } from './revisions.ts';
import type { Tx } from './store.ts';
import { listTurnsOfDeals } from './touches.ts';

/** What facts are counted from, with why the date moved. */
export interface LoadedFacts extends FactRows {
  readonly revisions: readonly KeptRevision[];
}

/** Everything a deal's facts are counted from, in a fixed number of queries, for `countFacts`. */
export async function loadFactRows(tx: Tx, deal: Deal): Promise<LoadedFacts> {
  const steps = await listHomework(tx, deal.id);
  const names = await listNames(tx, await listHelpers(tx, deal, steps));
  return {
    steps,
    contacts: await listDealContacts(tx, deal.id),
    touches: (await listTurnsOfDeals(tx, [deal.id])).get(deal.id) ?? [],
    revisions: (await listRevisions(tx, deal.workspaceId, [deal.id])).get(deal.id) ?? [],
    helpers: [...names.values()].sort((a, b) => a.localeCompare(b)),
    stalls: await listStallCodes(tx, deal.id),
    unansweredNudges: await countUnanswered(tx, deal.id),
  };
}

/**
 * Colleagues other than the owner who did something (METHOD S1-1): who is on the deal, finished a
 * step, logged a turn or took on what they were asked. Being asked alone is no help.
 */
async function listHelpers(
  tx: Tx,
  deal: Pick<Deal, 'id' | 'ownerId'>,
  steps: readonly Homework[],
): Promise<PersonId[]> {
  const { dealPeople, helpRequests, touches } = tx.tables;
  const onDeal = await tx
    .select({ id: dealPeople.personId })
    .from(dealPeople)
    .where(eq(dealPeople.dealId, deal.id));
  const asked = await tx
    .select({ id: helpRequests.askedId, state: helpRequests.state })
    .from(helpRequests)
    .where(eq(helpRequests.dealId, deal.id));
  const inTouch = await tx
    .selectDistinct({ id: touches.byId })
    .from(touches)
    .where(eq(touches.dealId, deal.id));
  const askedOnly = new Set(asked.map(({ id }) => id));
  const did = [
    ...onDeal.filter(({ id }) => !askedOnly.has(id)).map(({ id }) => id),
    ...asked.filter(({ state }) => state === 'taken' || state === 'done').map(({ id }) => id),
    ...inTouch.map(({ id }) => id),
    ...steps.filter(isFinished).flatMap(({ doer }) => doer.personId ?? []),
  ];
  return [...new Set(did)].filter((id) => id !== deal.ownerId);
}

/** What was a stall of the deal at some time; what was only watched is left out. */
async function listStallCodes(tx: Tx, dealId: DealId): Promise<StallCode[]> {
  const { stalls } = tx.tables;
  const rows = await tx
    .selectDistinct({ code: stalls.code })
    .from(stalls)
    .where(and(eq(stalls.dealId, dealId), eq(stalls.severity, 'stall')))
    .orderBy(asc(stalls.code));
  return rows.map(({ code }) => code);
}

/** Questions of bundles that nobody answered, each as often as it was asked. */
async function countUnanswered(tx: Tx, dealId: DealId): Promise<number> {
  const { nudgeItems } = tx.tables;
  const [row] = await tx
    .select({ items: sql<number>`count(*)` })
    .from(nudgeItems)
    .where(and(eq(nudgeItems.dealId, dealId), isNull(nudgeItems.answer)));
  return Number(row?.items ?? 0);
}
