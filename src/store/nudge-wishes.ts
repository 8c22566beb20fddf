import { and, eq, gt } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { PersonId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import { AppError } from '../domain/refusal.ts';
import type { Tx } from './store.ts';

/** What somebody wishes about their mornings. */
export interface NudgeWishes {
  /** `HH:MM` in their zone. */
  readonly morningAt: string;
  readonly quiet: QuietHours | undefined;
  /** 0 = Sunday. */
  readonly workDays: readonly number[];
  /** The first day they are back. */
  readonly awayUntil: Day | undefined;
  /** Who is asked while they are away. */
  readonly standInId: PersonId | undefined;
  /** Questions a week; undefined for the usual number. */
  readonly weeklyBudget: number | undefined;
}

/** @throws AppError for a person who is not known. */
export async function findNudgeWishes(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
): Promise<NudgeWishes> {
  const { people } = tx.tables;
  const [row] = await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (!row) {
    throw new AppError(`No person ${personId} is known in ${workspaceId}`, { code: 'no_person' });
  }
  return {
    morningAt: row.morningAt,
    quiet: toQuiet(row),
    workDays: row.workDays,
    awayUntil: row.awayUntil ?? undefined,
    standInId: row.standInId ?? undefined,
    weeklyBudget: row.weeklyBudget ?? undefined,
  };
}

export async function saveNudgeWishes(
  tx: Tx,
  workspaceId: WorkspaceId,
  personId: PersonId,
  { quiet, ...wishes }: NudgeWishes,
): Promise<void> {
  const { people } = tx.tables;
  await tx
    .update(people)
    .set({
      morningAt: wishes.morningAt,
      quietFrom: quiet?.from ?? null,
      quietUntil: quiet?.until ?? null,
      workDays: [...wishes.workDays],
      awayUntil: wishes.awayUntil ?? null,
      standInId: wishes.standInId ?? null,
      weeklyBudget: wishes.weeklyBudget ?? null,
    })
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
}

/** When a Slack user does not want to be written to; undefined for somebody we do not know. */
export async function findSilence(
  tx: Tx,
  workspaceId: WorkspaceId,
  slackUserId: SlackUserId,
): Promise<(Pick<NudgeWishes, 'quiet' | 'awayUntil'> & { readonly zone: string }) | undefined> {
  const { people } = tx.tables;
  const { zone, quietFrom, quietUntil, awayUntil } = people;
  const [row] = await tx
    .select({ zone, quietFrom, quietUntil, awayUntil })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.slackUserId, slackUserId)));
  return row && { zone: row.zone, quiet: toQuiet(row), awayUntil: row.awayUntil ?? undefined };
}

function toQuiet(row: {
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
}): QuietHours | undefined {
  const { quietFrom: from, quietUntil: until } = row;
  return from && until ? { from, until } : undefined;
}

/** Who is away on a day and named somebody to be asked instead, with the first day they are back. */
export async function listStoodInFor(
  tx: Tx,
  workspaceId: WorkspaceId,
  standInId: PersonId,
  today: Day,
): Promise<{ readonly name: string; readonly until: Day }[]> {
  const { people } = tx.tables;
  const rows = await tx
    .select({ name: people.name, until: people.awayUntil })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        eq(people.standInId, standInId),
        gt(people.awayUntil, today),
      ),
    )
    .orderBy(people.name, people.id);
  return rows.flatMap(({ name, until }) => (until ? [{ name, until }] : []));
}
