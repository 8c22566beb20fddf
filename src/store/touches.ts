import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type {
  ContactId,
  DealId,
  HomeworkId,
  PersonId,
  TouchId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { TouchKind, Turn } from '../domain/rally.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** A word that went to and fro, with who logged it and what it moved. */
export interface Touch extends Turn {
  readonly id: TouchId;
  readonly dealId: DealId;
  readonly at: Date;
  readonly on: Day;
  readonly kind: TouchKind;
  readonly contactId: ContactId | undefined;
  readonly homeworkId: HomeworkId | undefined;
  readonly note: string | undefined;
  readonly byId: PersonId;
}

export async function insertTouch(tx: Tx, workspaceId: WorkspaceId, touch: Touch): Promise<void> {
  const { touches } = tx.tables;
  await tx.insert(touches).values({ ...touch, workspaceId });
}

/** All touches of a deal in the order they happened. */
export async function listTouches(tx: Tx, dealId: DealId): Promise<Touch[]> {
  const { touches } = tx.tables;
  const rows = await tx
    .select()
    .from(touches)
    .where(eq(touches.dealId, dealId))
    .orderBy(asc(touches.at), asc(touches.id));
  return rows.map(({ workspaceId: _, ...row }) => ({
    ...row,
    contactId: row.contactId ?? undefined,
    homeworkId: row.homeworkId ?? undefined,
    note: row.note ?? undefined,
  }));
}

/** The day of the buyer's last turn; undefined while they had none. */
export async function findLastReply(tx: Tx, dealId: DealId): Promise<Day | undefined> {
  const { touches } = tx.tables;
  const [row] = await tx
    .select({ on: touches.on })
    .from(touches)
    .where(and(eq(touches.dealId, dealId), eq(touches.side, 'buyer')))
    .orderBy(desc(touches.at), desc(touches.id))
    .limit(1);
  return row?.on;
}

/** What was written down of the buyer's last turns, the newest first, in one query. */
export async function listBuyerNotes(
  tx: Tx,
  dealId: DealId,
  most: number,
): Promise<{ readonly note: string; readonly on: Day }[]> {
  const { touches } = tx.tables;
  const rows = await tx
    .select({ note: touches.note, on: touches.on })
    .from(touches)
    .where(and(eq(touches.dealId, dealId), eq(touches.side, 'buyer'), isNotNull(touches.note)))
    .orderBy(desc(touches.at), desc(touches.id))
    .limit(most);
  return rows.flatMap(({ note, on }) => (note ? [{ note, on }] : []));
}

/**
 * Only what a rally is judged by, for any number of deals, in one query and in the order it happened.
 * The database packs the turns of a deal into one row: whoever judges a whole pipeline has millions
 * of them, and drizzle takes longer to make an object of a row than everything else together. Turns
 * that are alike are one object.
 */
export async function listTurnsOfDeals(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Turn[]>> {
  const { touches } = tx.tables;
  const { dealId, on, side, expectsReply, advance, at, id } = touches;
  const flags = sql`case when ${side} = 'buyer' then 4 else 0 end + case when ${expectsReply} then 2 else 0 end + case when ${advance} then 1 else 0 end`;
  const turns = sql<string>`string_agg(${on} || (${flags}), '' order by ${at}, ${id})`;
  const rows = await tx
    .select({ dealId, turns })
    .from(touches)
    .where(inMany(tx, dealId, dealIds))
    .groupBy(dealId);
  const byDeal = new Map<DealId, Turn[]>(dealIds.map((one) => [one, []]));
  const known = new Map<string, Turn>();
  for (const row of rows) byDeal.set(row.dealId, unpackTurns(row.turns, known));
  return byDeal;
}

/** A day and a digit for each turn. */
const packedLength = 'YYYY-MM-DD'.length + 1;

function unpackTurns(packed: string, known: Map<string, Turn>): Turn[] {
  const turns: Turn[] = [];
  for (let from = 0; from < packed.length; from += packedLength) {
    const one = packed.slice(from, from + packedLength);
    const turn = known.get(one) ?? unpackTurn(one);
    known.set(one, turn);
    turns.push(turn);
  }
  return turns;
}

function unpackTurn(packed: string): Turn {
  const flags = Number(packed.slice(-1));
  return {
    on: packed.slice(0, -1) as Day,
    side: flags & 4 ? 'buyer' : 'seller',
    expectsReply: (flags & 2) > 0,
    advance: (flags & 1) > 0,
  };
}
