import {
  aliasedTable,
  and,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lte,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Privacy } from '../domain/deal.ts';
import type { PersonId, WorkspaceId } from '../domain/ids.ts';
import type { Count, EndedGroup } from '../domain/loss-metrics.ts';
import { isRenewal } from '../domain/segment.ts';
import type { Tx } from './store.ts';

/**
 * Neighbouring stretches of time: each begins after one bound and goes up to the next. `logged`
 * asks when it was told, which is what a week's digest is about; `closed` asks when it ended.
 */
export type Stretches =
  | { readonly by: 'logged'; readonly bounds: readonly Date[] }
  | { readonly by: 'closed'; readonly bounds: readonly Day[] };

/** What ended in one stretch. */
export interface Ended {
  /** The team's deals; restricted ones are in none of the groups. */
  readonly groups: readonly EndedGroup[];
  /** Restricted losses: a number and nothing else (METHOD §3.3, 16). */
  readonly privateLosses: number;
}

/** What ended in each stretch, counted by the database in two queries whatever the size. */
export async function listEnded(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretches: Stretches,
): Promise<Ended[]> {
  const rows = await selectEnded(tx, workspaceId, stretches, false);
  return stretches.bounds.slice(1).map((_, place) => toEnded(rows, (row) => row.place === place));
}

/** What ended in one stretch, by the manager of who owns it; undefined for nobody's. */
export async function listEndedByManager(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretch: Stretches,
): Promise<Map<PersonId | undefined, Ended>> {
  const rows = await selectEnded(tx, workspaceId, stretch, true);
  const managers = new Set(rows.map(({ managerId }) => managerId ?? undefined));
  return new Map(
    [...managers].map((id) => [id, toEnded(rows, (row) => (row.managerId ?? undefined) === id)]),
  );
}

interface Row {
  readonly place: number;
  readonly managerId: PersonId | null;
  readonly privacy: Privacy;
  readonly group: EndedGroup;
}

function toEnded(rows: readonly Row[], isIn: (row: Row) => boolean): Ended {
  const own = rows.filter(isIn);
  const secret = own.filter(({ privacy, group }) => privacy !== 'team' && group.status === 'lost');
  return {
    groups: own.filter(({ privacy }) => privacy === 'team').map(({ group }) => group),
    privateLosses: secret.reduce((sum, { group }) => sum + group.deals, 0),
  };
}

async function selectEnded(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretches: Stretches,
  perManager: boolean,
): Promise<Row[]> {
  return [
    ...(await selectWon(tx, workspaceId, stretches, perManager)),
    ...(await selectLost(tx, workspaceId, stretches, perManager)),
  ];
}

async function selectWon(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretches: Stretches,
  perManager: boolean,
): Promise<Row[]> {
  const { deals } = tx.tables;
  const { place, within } = placeIn(
    stretches.by === 'logged' ? deals.closedAt : deals.closedOn,
    stretches,
  );
  const owners = aliasedTable(tx.tables.people, 'owners');
  const managerId = perManager ? owners.managerId : sql<PersonId | null>`null`;
  const query = tx
    .select({
      place: place.as('place'),
      managerId,
      privacy: deals.privacy,
      kind: deals.kind,
      playbookKey: deals.playbookKey,
      deals: count(),
    })
    .from(deals)
    .$dynamic();
  const rows = await (perManager ? query.innerJoin(owners, eq(owners.id, deals.ownerId)) : query)
    .where(and(eq(deals.workspaceId, workspaceId), eq(deals.status, 'won'), within))
    .groupBy(
      sql`${sql.identifier('place')}`,
      deals.privacy,
      deals.kind,
      deals.playbookKey,
      ...(perManager ? [owners.managerId] : []),
    );
  return rows.map((row) => ({
    place: Number(row.place),
    managerId: row.managerId,
    privacy: row.privacy,
    group: { ...untold, status: 'won', renewal: renews(row), deals: row.deals },
  }));
}

async function selectLost(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretches: Stretches,
  perManager: boolean,
): Promise<Row[]> {
  const { deals, losses } = tx.tables;
  const { place, within } = placeIn(
    stretches.by === 'logged' ? losses.loggedAt : losses.lostOn,
    stretches,
  );
  const owners = aliasedTable(tx.tables.people, 'owners');
  const managerId = perManager ? owners.managerId : sql<PersonId | null>`null`;
  const query = tx
    .select({
      place: place.as('place'),
      managerId,
      privacy: deals.privacy,
      kind: deals.kind,
      playbookKey: deals.playbookKey,
      outcome: losses.outcome,
      underlyingOutcome: losses.underlyingOutcome,
      whyClass: losses.whyClass,
      reasonCode: losses.reasonCode,
      phase: losses.phaseAtLoss,
      evidence: losses.evidence,
      lostAlone: losses.lostAlone,
      deals: count(),
    })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .$dynamic();
  const rows = await (perManager ? query.innerJoin(owners, eq(owners.id, deals.ownerId)) : query)
    .where(and(eq(losses.workspaceId, workspaceId), within))
    .groupBy(
      sql`${sql.identifier('place')}`,
      deals.privacy,
      deals.kind,
      deals.playbookKey,
      losses.outcome,
      losses.underlyingOutcome,
      losses.whyClass,
      losses.reasonCode,
      losses.phaseAtLoss,
      losses.evidence,
      losses.lostAlone,
      ...(perManager ? [owners.managerId] : []),
    );
  return rows.map((row) => ({
    place: Number(row.place),
    managerId: row.managerId,
    privacy: row.privacy,
    group: {
      status: 'lost',
      renewal: renews(row),
      outcome: row.outcome ?? undefined,
      underlyingOutcome: row.underlyingOutcome ?? undefined,
      whyClass: row.whyClass ?? undefined,
      reasonCode: row.reasonCode ?? undefined,
      phase: row.phase ?? undefined,
      evidence: row.evidence,
      lostAlone: row.lostAlone ?? undefined,
      deals: row.deals,
    },
  }));
}

const untold = {
  outcome: undefined,
  underlyingOutcome: undefined,
  whyClass: undefined,
  reasonCode: undefined,
  phase: undefined,
  evidence: undefined,
  lostAlone: undefined,
} as const;

function renews({
  kind,
  playbookKey,
}: {
  kind: Parameters<typeof isRenewal>[0]['kind'];
  playbookKey: string | null;
}): boolean {
  return isRenewal({ kind, playbook: playbookKey === null ? undefined : { key: playbookKey } });
}

type InstantColumn = Tx['tables']['losses']['loggedAt'] | Tx['tables']['deals']['closedAt'];
type DayColumn = Tx['tables']['losses']['lostOn'] | Tx['tables']['deals']['closedOn'];

/** Which stretch a row is in, as a number from 0, and that it is in one at all. */
export function placeIn(column: InstantColumn | DayColumn, { bounds }: Stretches) {
  const [first, ...ends] = bounds;
  const last = ends.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A stretch has two bounds');
  const cases = ends
    .slice(0, -1)
    .map((end, place) => sql`when ${lte(column, end)} then ${sql.raw(String(place))}`);
  const final = sql.raw(String(ends.length - 1));
  const place: SQL<number> =
    cases.length === 0
      ? sql<number>`case when 1 = 1 then ${final} end`
      : sql<number>`case ${sql.join(cases, sql` `)} else ${final} end`;
  return { place, within: and(gt(column, first), lte(column, last)) };
}

/** Losses to each rival, the most first, of those in a stretch that name one. */
export async function listCompetitors(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretch: Stretches,
  limit: number,
): Promise<Count[]> {
  const { deals, losses } = tx.tables;
  const column = stretch.by === 'logged' ? losses.loggedAt : losses.lostOn;
  const rows = await tx
    .select({ label: losses.competitor, losses: count() })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .where(
      and(
        eq(losses.workspaceId, workspaceId),
        eq(deals.privacy, 'team'),
        isNotNull(losses.competitor),
        inArray(losses.outcome, ['rival', 'incumbent']),
        placeIn(column, stretch).within,
      ),
    )
    .groupBy(losses.competitor)
    .orderBy(desc(count()), losses.competitor)
    .limit(limit);
  return rows.map((row) => ({ label: row.label ?? '', losses: row.losses }));
}
