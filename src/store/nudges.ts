import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import { type NudgeId, newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import { type DueStep, mentionKey, type NudgedStep, type PlannedNudge } from '../domain/nudge.ts';
import type { Tx } from './store.ts';

const chunkSize = 500;
const keyPrefix = 'nudge:';

/** The key under which a bundle is queued. */
export function nudgeKey(id: NudgeId): string {
  return keyPrefix + id;
}

/** Somebody whom a bundle can reach. */
export type NudgeReader = Omit<DueStep, keyof NudgedStep>;

/** The active members in a zone that have a Slack account, each with the days they work. */
export async function listNudgeReaders(
  tx: Tx,
  workspaceId: WorkspaceId,
  zone: string,
): Promise<NudgeReader[]> {
  const { people } = tx.tables;
  const rows = await tx
    .select({
      personId: people.id,
      slackUserId: people.slackUserId,
      workDays: people.workDays,
    })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.zone, zone),
        eq(people.active, true),
        eq(people.standing, 'member'),
      ),
    );
  return rows.flatMap(({ slackUserId, ...row }) => (slackUserId ? [{ ...row, slackUserId }] : []));
}

/**
 * Keeps the bundles of a day; a person who has one for that day already gets none.
 * @returns the bundles that are new, with their ids.
 */
export async function insertNudges(
  tx: Tx,
  workspaceId: WorkspaceId,
  on: Day,
  planned: readonly PlannedNudge[],
  now: Date,
): Promise<(PlannedNudge & { id: NudgeId })[]> {
  const { nudges } = tx.tables;
  const withIds = planned.map((nudge) => ({ ...nudge, id: newId<NudgeId>(now) }));
  const kept = new Set<NudgeId>();
  for (let from = 0; from < withIds.length; from += chunkSize) {
    const rows = await tx
      .insert(nudges)
      .values(
        withIds.slice(from, from + chunkSize).map(({ id, personId, items }) => ({
          id,
          workspaceId,
          personId,
          on,
          items: [...items],
        })),
      )
      .onConflictDoNothing()
      .returning({ id: nudges.id });
    for (const { id } of rows) kept.add(id);
  }
  return withIds.filter(({ id }) => kept.has(id));
}

/** Whether somebody has a bundle on a day: then it says what is to be said that day. */
export async function hasNudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
  on: Day,
): Promise<boolean> {
  const { nudges } = tx.tables;
  const rows = await tx
    .select({ id: nudges.id })
    .from(nudges)
    .where(
      and(eq(nudges.workspaceId, workspaceId), eq(nudges.personId, personId), eq(nudges.on, on)),
    );
  return rows.length > 0;
}

/** A bundle: whose it is and which steps it asked about. */
export async function findNudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: NudgeId,
): Promise<{ personId: PersonId; on: Day; items: NudgedStep[] } | undefined> {
  const { nudges } = tx.tables;
  const [row] = await tx
    .select()
    .from(nudges)
    .where(and(eq(nudges.workspaceId, workspaceId), eq(nudges.id, id)));
  return row;
}

/**
 * What bundles named on `since` or later (`mentionKey`). One that was dropped, or of which nobody
 * knows whether it arrived, has told its reader nothing.
 */
export async function listMentioned(
  tx: Tx,
  workspaceId: WorkspaceId,
  personIds: readonly PersonId[],
  since: Day,
): Promise<Set<string>> {
  const { nudges, outbox } = tx.tables;
  const mentioned = new Set<string>();
  for (let from = 0; from < personIds.length; from += chunkSize) {
    const rows = await tx
      .select({ items: nudges.items })
      .from(nudges)
      .innerJoin(
        outbox,
        and(
          eq(outbox.workspaceId, nudges.workspaceId),
          eq(outbox.key, sql`${keyPrefix} || ${nudges.id}`),
          eq(outbox.state, 'sent'),
        ),
      )
      .where(
        and(
          eq(nudges.workspaceId, workspaceId),
          inArray(nudges.personId, personIds.slice(from, from + chunkSize)),
          gte(nudges.on, since),
        ),
      );
    for (const { items } of rows) for (const item of items) mentioned.add(mentionKey(item));
  }
  return mentioned;
}
