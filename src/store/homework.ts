import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import { type Homework, openStatuses } from '../domain/homework.ts';
import type { DealId, HomeworkId, WorkspaceId } from '../domain/ids.ts';
import { inList, inMany, listOf } from './lists.ts';
import { prepared } from './prepared.ts';
import type { Tx } from './store.ts';

/** Flat and column by column: drizzle takes a third longer over nested rows. */
function selectHomework(tx: Tx) {
  const { contacts, homework, people } = tx.tables;
  const { workspaceId: _, pairId: __, ...columns } = getTableColumns(homework);
  return tx
    .select({ ...columns, personName: people.name, contactName: contacts.name })
    .from(homework)
    .leftJoin(people, eq(people.id, homework.personId))
    .leftJoin(contacts, eq(contacts.id, homework.contactId));
}

type HomeworkRow = Awaited<ReturnType<typeof selectHomework>>[number];

/** Written out: whoever judges a whole pipeline has a hundred thousand of them, and spreading is slow. */
function toHomework(row: HomeworkRow): Homework {
  const names = [row.personName, row.contactName].filter(Boolean).join(' and ');
  return {
    id: row.id,
    dealId: row.dealId,
    side: row.side,
    kind: row.kind,
    title: row.title,
    doer: {
      name: names || '—',
      personId: row.personId ?? undefined,
      contactId: row.contactId ?? undefined,
    },
    dueOn: row.dueOn,
    originalDueOn: row.originalDueOn,
    doneWhen: row.doneWhen,
    whyForThem: row.whyForThem ?? undefined,
    unlocks: row.unlocks ?? undefined,
    effort: row.effort as Homework['effort'],
    gate: row.gate,
    leadBd: row.leadBd ?? undefined,
    durationBd: row.durationBd,
    stepKey: row.stepKey ?? undefined,
    addedBySide: row.addedBySide,
    status: row.status,
    askedOn: row.askedOn ?? undefined,
    askedVia: row.askedVia ?? undefined,
    agreedOn: row.agreedOn ?? undefined,
    doneOn: row.doneOn ?? undefined,
    acceptedOn: row.acceptedOn ?? undefined,
    reaction: row.reaction ?? undefined,
    confusing: row.confusing,
    pointless: row.pointless,
    dropReason: row.dropReason ?? undefined,
    version: row.version,
  };
}

const stepsOfDeal = prepared((tx) => {
  const { homework } = tx.tables;
  return selectHomework(tx)
    .where(eq(homework.dealId, sql.placeholder('dealId')))
    .orderBy(asc(homework.dueOn), asc(homework.id))
    .prepare();
});

/** All steps of a deal in due order. */
export async function listHomework(tx: Tx, dealId: DealId): Promise<Homework[]> {
  return (await stepsOfDeal(tx).execute({ dealId })).map(toHomework);
}

/** The same for any number of deals, in one query. */
export async function listHomeworkOfDeals(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Homework[]>> {
  const { homework } = tx.tables;
  const rows = await selectHomework(tx)
    .where(inMany(tx, homework.dealId, dealIds))
    // By deal first: then an index gives the order, and SQLite need not sort rows this wide.
    .orderBy(asc(homework.dealId), asc(homework.dueOn), asc(homework.id));
  const byDeal = new Map<DealId, Homework[]>(dealIds.map((id) => [id, []]));
  for (const row of rows) byDeal.get(row.dealId)?.push(toHomework(row));
  return byDeal;
}

export async function findHomework(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: HomeworkId,
): Promise<Homework | undefined> {
  return (await listHomeworkByIds(tx, workspaceId, [id]))[0];
}

/** The named steps in due order. */
export async function listHomeworkByIds(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly HomeworkId[],
): Promise<Homework[]> {
  const { homework } = tx.tables;
  if (ids.length === 0) return [];
  const rows = await selectHomework(tx)
    .where(and(eq(homework.workspaceId, workspaceId), inArray(homework.id, [...ids])))
    .orderBy(asc(homework.dueOn), asc(homework.id));
  return rows.map(toHomework);
}

/** Saves a new step, with the step of the other side that was promised in return. */
export async function insertHomework(
  tx: Tx,
  workspaceId: WorkspaceId,
  step: Homework,
  pairId: HomeworkId | undefined,
): Promise<void> {
  const { homework } = tx.tables;
  const { doer, ...row } = step;
  await tx.insert(homework).values({
    ...row,
    workspaceId,
    personId: doer.personId ?? null,
    contactId: doer.contactId ?? null,
    pairId: pairId ?? null,
  });
}

/** Saves the steps of a plan in one statement. */
export async function insertManyHomework(
  tx: Tx,
  workspaceId: WorkspaceId,
  steps: readonly Homework[],
): Promise<void> {
  const { homework } = tx.tables;
  if (steps.length === 0) return;
  const rows = steps.map(({ doer, ...row }) => ({
    ...row,
    workspaceId,
    personId: doer.personId ?? null,
    contactId: doer.contactId ?? null,
  }));
  await tx.insert(homework).values(rows);
}

/** What may change about a step; its first date and the deal it belongs to never do. */
export type HomeworkChange = Partial<
  Omit<Homework, 'id' | 'dealId' | 'side' | 'originalDueOn' | 'stepKey' | 'version'>
>;

/** Changes a step that is still as the caller saw it; false when somebody was faster. */
export async function changeHomework(
  tx: Tx,
  workspaceId: WorkspaceId,
  step: Homework,
  change: HomeworkChange,
): Promise<boolean> {
  const { homework } = tx.tables;
  const { doer, ...columns } = change;
  // A fact that is named as undefined is taken back; drizzle would leave it as it was.
  const named = Object.fromEntries(Object.entries(columns).map(([k, v]) => [k, v ?? null]));
  const doers = doer && { personId: doer.personId ?? null, contactId: doer.contactId ?? null };
  const changed = await tx
    .update(homework)
    .set({ ...named, ...doers, version: step.version + 1 })
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        eq(homework.id, step.id),
        eq(homework.version, step.version),
      ),
    )
    .returning({ id: homework.id });
  return changed.length === 1;
}

/** Written out, not bound, so that it can be prepared. */
function isToDo({ tables: { homework } }: Tx): SQL {
  return sql`${homework.status} in (${sql.raw(openStatuses.map((status) => `'${status}'`).join(', '))})`;
}

const openStepsOfDeals = prepared((tx) => {
  const { homework } = tx.tables;
  const ofDeals = inList(tx, homework.dealId, sql.placeholder('dealIds'));
  return tx
    .select({
      dealId: homework.dealId,
      title: homework.title,
      dueOn: homework.dueOn,
      side: homework.side,
    })
    .from(homework)
    .where(and(ofDeals, isToDo(tx)))
    .orderBy(asc(homework.dueOn), asc(homework.id))
    .prepare();
});

/** The earliest open step of each deal, in one query. */
export async function listNextSteps(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, { title: string; dueOn: Day; side: Homework['side'] }>> {
  if (dealIds.length === 0) return new Map();
  const rows = await openStepsOfDeals(tx).execute({ dealIds: listOf(dealIds) });
  const next = new Map<DealId, { title: string; dueOn: Day; side: Homework['side'] }>();
  for (const row of rows) if (!next.has(row.dealId)) next.set(row.dealId, row);
  return next;
}
