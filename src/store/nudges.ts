import { and, asc, desc, eq, gte, isNull, max, min, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import {
  type DealId,
  type HomeworkId,
  type NudgeId,
  type NudgeItemId,
  newId,
  type PersonId,
  type WorkspaceId,
} from '../domain/ids.ts';
import type { HeldBack, NudgeAnswer, NudgeKind } from '../domain/nudge.ts';
import type { AskedBefore, PlannedBundle } from '../domain/nudge-plan.ts';
import type { Severity } from '../domain/stalls.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

const chunkSize = 500;
const keyPrefix = 'nudge:';

/** The key under which a bundle is queued. */
export function nudgeKey(id: NudgeId): string {
  return keyPrefix + id;
}

/** One question of a bundle as it stands. */
export interface NudgeItem {
  readonly id: NudgeItemId;
  readonly nudgeId: NudgeId;
  readonly personId: PersonId;
  readonly dealId: DealId;
  readonly homeworkId: HomeworkId | undefined;
  readonly kind: NudgeKind;
  readonly subject: string;
  readonly on: Day;
  readonly variant: number;
  readonly severity: Severity | undefined;
  /** The day the step was due when it was asked. */
  readonly dueOn: Day | undefined;
  readonly answer: NudgeAnswer | undefined;
  readonly nextCheckOn: Day | undefined;
}

/** A bundle: whose it is, what it asked and what it held back. */
export interface Nudge {
  readonly id: NudgeId;
  readonly personId: PersonId;
  readonly on: Day;
  readonly held: readonly HeldBack[];
  readonly items: readonly NudgeItem[];
}

type ItemRow = Tx['tables']['nudgeItems']['$inferSelect'];

function toItem(row: ItemRow): NudgeItem {
  const { id, nudgeId, personId, dealId, kind, subject, on, variant } = row;
  return {
    ...{ id, nudgeId, personId, dealId, kind, subject, on, variant },
    homeworkId: row.homeworkId ?? undefined,
    severity: row.severity ?? undefined,
    dueOn: row.dueOn ?? undefined,
    answer: row.answer ?? undefined,
    nextCheckOn: row.nextCheckOn ?? undefined,
  };
}

/**
 * Keeps the bundles of a day with their questions; a person who has one for that day gets none.
 * @returns the ids of the bundles that are new.
 */
export async function insertNudges(
  tx: Tx,
  workspaceId: WorkspaceId,
  on: Day,
  planned: readonly (PlannedBundle & { readonly personId: PersonId })[],
  now: Date,
): Promise<Map<PersonId, NudgeId>> {
  const { nudgeItems, nudges } = tx.tables;
  const kept = new Map<PersonId, NudgeId>();
  for (const some of inChunks(planned)) {
    const rows = await tx
      .insert(nudges)
      .values(
        some.map(({ personId, held }) => ({
          ...{ id: newId<NudgeId>(now), workspaceId, personId, on },
          held: [...held],
        })),
      )
      .onConflictDoNothing()
      .returning({ id: nudges.id, personId: nudges.personId });
    for (const { id, personId } of rows) kept.set(personId, id);
  }
  const items = planned.flatMap(({ personId, asked }) => {
    const nudgeId = kept.get(personId);
    return asked.flatMap((item, place) =>
      nudgeId
        ? [{ ...item, id: newId<NudgeItemId>(now), workspaceId, nudgeId, personId, on, place }]
        : [],
    );
  });
  for (const some of inChunks(items)) await tx.insert(nudgeItems).values(some);
  return kept;
}

function inChunks<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, at) =>
    rows.slice(at * chunkSize, (at + 1) * chunkSize),
  );
}

/** A bundle with its questions in the order they stand in. */
export async function findNudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: NudgeId,
): Promise<Nudge | undefined> {
  const { nudgeItems, nudges } = tx.tables;
  const [row] = await tx
    .select()
    .from(nudges)
    .where(and(eq(nudges.workspaceId, workspaceId), eq(nudges.id, id)));
  if (!row) return undefined;
  const items = await tx
    .select()
    .from(nudgeItems)
    .where(eq(nudgeItems.nudgeId, id))
    .orderBy(asc(nudgeItems.place));
  return {
    id: row.id,
    personId: row.personId,
    on: row.on,
    held: row.held,
    items: items.map(toItem),
  };
}

/** The newest bundle of a person, sent or about to be. */
export async function findLatestNudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
): Promise<Nudge | undefined> {
  const { nudges } = tx.tables;
  const [row] = await tx
    .select({ id: nudges.id })
    .from(nudges)
    .where(and(eq(nudges.workspaceId, workspaceId), eq(nudges.personId, personId)))
    .orderBy(desc(nudges.on))
    .limit(1);
  return row && findNudge(tx, workspaceId, row.id);
}

export async function findNudgeItem(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: NudgeItemId,
): Promise<NudgeItem | undefined> {
  const { nudgeItems } = tx.tables;
  const [row] = await tx
    .select()
    .from(nudgeItems)
    .where(and(eq(nudgeItems.workspaceId, workspaceId), eq(nudgeItems.id, id)));
  return row && toItem(row);
}

/** Takes out a question that never reached its reader. */
export async function forgetItem(tx: Tx, { id }: Pick<NudgeItem, 'id'>): Promise<void> {
  const { nudgeItems } = tx.tables;
  await tx.delete(nudgeItems).where(eq(nudgeItems.id, id));
}

/** Keeps an answer; the first one stands. @returns whether this was it. */
export async function answerItem(
  tx: Tx,
  item: Pick<NudgeItem, 'id'>,
  said: {
    readonly answer: NudgeAnswer;
    readonly by: PersonId | undefined;
    readonly at: Date;
    readonly nextCheckOn: Day | undefined;
  },
): Promise<boolean> {
  const { nudgeItems } = tx.tables;
  const rows = await tx
    .update(nudgeItems)
    .set({
      answer: said.answer,
      answeredAt: said.at,
      answeredById: said.by ?? null,
      nextCheckOn: said.nextCheckOn ?? null,
    })
    .where(and(eq(nudgeItems.id, item.id), isNull(nudgeItems.answer)))
    .returning({ id: nudgeItems.id });
  return rows.length === 1;
}

/**
 * Answers every open question to somebody about one thing: it was done in another place.
 * @returns the deals whose bundles show it.
 */
export async function answerAbout(
  tx: Tx,
  { workspaceId, personId }: { readonly workspaceId: WorkspaceId; readonly personId: PersonId },
  subject: string,
  said: {
    readonly answer: NudgeAnswer;
    readonly by: PersonId | undefined;
    readonly at: Date;
    readonly nextCheckOn: Day | undefined;
  },
): Promise<DealId[]> {
  const { nudgeItems } = tx.tables;
  const rows = await tx
    .update(nudgeItems)
    .set({
      answer: said.answer,
      answeredAt: said.at,
      answeredById: said.by ?? null,
      nextCheckOn: said.nextCheckOn ?? null,
    })
    .where(
      and(
        eq(nudgeItems.workspaceId, workspaceId),
        eq(nudgeItems.personId, personId),
        eq(nudgeItems.subject, subject),
        isNull(nudgeItems.answer),
      ),
    )
    .returning({ dealId: nudgeItems.dealId });
  return [...new Set(rows.map(({ dealId }) => dealId))];
}

/** Joins a question with the message it stood in, if that one reached its reader. */
export function wasSent({ tables: { nudgeItems, outbox } }: Tx) {
  return and(
    eq(outbox.workspaceId, nudgeItems.workspaceId),
    eq(outbox.key, sql`${keyPrefix} || ${nudgeItems.nudgeId}`),
    eq(outbox.state, 'sent'),
  );
}

/**
 * What bundles asked people on `since` or later, in the order of their days. One that was dropped,
 * or of which nobody knows whether it arrived, has told its reader nothing.
 */
export async function listAskedBefore(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  since: Day,
): Promise<Map<PersonId, AskedBefore[]>> {
  const { nudgeItems, outbox } = tx.tables;
  const rows = await tx
    .select({ item: nudgeItems })
    .from(nudgeItems)
    .innerJoin(outbox, wasSent(tx))
    .where(
      and(
        eq(nudgeItems.workspaceId, workspaceId),
        inMany(tx, nudgeItems.personId, personIds),
        gte(nudgeItems.on, since),
      ),
    )
    .orderBy(asc(nudgeItems.on), asc(nudgeItems.place));
  const byPerson = new Map<PersonId, AskedBefore[]>();
  for (const { item } of rows) {
    const list = byPerson.get(item.personId) ?? [];
    byPerson.set(item.personId, list);
    list.push(toItem(item));
  }
  return byPerson;
}

/** The first and the last day on which each of them had a bundle. */
export async function listBundleDays(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
): Promise<Map<PersonId, { readonly first: Day; readonly last: Day }>> {
  const { nudges } = tx.tables;
  const rows = await tx
    .select({ personId: nudges.personId, first: min(nudges.on), last: max(nudges.on) })
    .from(nudges)
    .where(and(eq(nudges.workspaceId, workspaceId), inMany(tx, nudges.personId, personIds)))
    .groupBy(nudges.personId);
  return new Map(
    rows.flatMap(({ personId, first, last }) =>
      first && last ? [[personId, { first, last }] as const] : [],
    ),
  );
}
