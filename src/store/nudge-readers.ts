import { and, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { PersonId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** Somebody whom a bundle can reach, with what they wish. */
export interface NudgeReader {
  readonly personId: PersonId;
  readonly slackUserId: SlackUserId;
  readonly name: string;
  readonly workDays: readonly number[];
  /** The first day they are back. */
  readonly awayUntil: Day | undefined;
  readonly weeklyBudget: number | undefined;
}

/** A time of day in a zone at which somebody's bundle comes. */
export interface Morning {
  readonly zone: string;
  readonly at: string;
}

/** The distinct mornings of active people with a Slack account. */
export async function listMornings(tx: Tx, workspaceId: WorkspaceId): Promise<Morning[]> {
  const { people } = tx.tables;
  return tx
    .selectDistinct({ zone: people.zone, at: people.morningAt })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.active, true),
        isNotNull(people.slackUserId),
      ),
    );
}

/** The active members whose morning it is. */
export async function listNudgeReaders(
  tx: Tx,
  workspaceId: WorkspaceId,
  { zone, at }: Morning,
): Promise<NudgeReader[]> {
  const { people } = tx.tables;
  const rows = await selectReaders(tx)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.zone, zone),
        eq(people.morningAt, at),
        eq(people.active, true),
        eq(people.standing, 'member'),
      ),
    )
    .orderBy(people.id);
  return rows.flatMap(toReader);
}

/** One of them, whenever their morning is. */
export async function findNudgeReader(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
): Promise<NudgeReader | undefined> {
  const { people } = tx.tables;
  const rows = await selectReaders(tx).where(
    and(eq(people.workspaceId, workspaceId), eq(people.id, personId)),
  );
  return rows.flatMap(toReader)[0];
}

function selectReaders(tx: Tx) {
  const { people } = tx.tables;
  return tx
    .select({
      personId: people.id,
      slackUserId: people.slackUserId,
      name: people.name,
      workDays: people.workDays,
      awayUntil: people.awayUntil,
      weeklyBudget: people.weeklyBudget,
    })
    .from(people);
}

type ReaderRow = Awaited<ReturnType<typeof selectReaders>>[number];

function toReader({ slackUserId, awayUntil, weeklyBudget, ...row }: ReaderRow): NudgeReader[] {
  if (!slackUserId) return [];
  return [
    {
      ...row,
      slackUserId,
      awayUntil: awayUntil ?? undefined,
      weeklyBudget: weeklyBudget ?? undefined,
    },
  ];
}

/**
 * Whose questions come to one of `readerIds` today: each absent person with who is asked instead. A
 * colleague who left, or has no Slack account, is answered for by whoever led them; one who is away
 * by the stand-in they named.
 */
export async function listAnsweredFor(
  tx: Tx,
  workspaceId: WorkspaceId,
  readerIds: readonly PersonId[],
  today: Day,
): Promise<{
  readonly left: Map<PersonId, PersonId>;
  readonly away: Map<PersonId, PersonId>;
}> {
  const { people } = tx.tables;
  const inTeam = eq(people.workspaceId, workspaceId);
  const left = await tx
    .select({ id: people.id, reader: people.managerId })
    .from(people)
    .where(
      and(
        inTeam,
        or(eq(people.active, false), isNull(people.slackUserId)),
        inMany(tx, people.managerId, readerIds),
      ),
    );
  const away = await tx
    .select({ id: people.id, reader: people.standInId })
    .from(people)
    .where(and(inTeam, gt(people.awayUntil, today), inMany(tx, people.standInId, readerIds)));
  return { left: toMap(left), away: toMap(away) };
}

function toMap(rows: readonly { id: PersonId; reader: PersonId | null }[]) {
  return new Map(rows.flatMap(({ id, reader }) => (reader ? [[id, reader] as const] : [])));
}

/** The people who report to one of `managerIds`: each with who leads them. */
export async function listReports(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerIds: readonly PersonId[],
): Promise<Map<PersonId, PersonId>> {
  const { people } = tx.tables;
  const rows = await tx
    .select({ id: people.id, reader: people.managerId })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inMany(tx, people.managerId, managerIds)));
  return toMap(rows);
}
