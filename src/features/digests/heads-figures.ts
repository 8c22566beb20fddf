import { addDays } from '../../domain/calendar.ts';
import type { TeamFigures } from '../../domain/coaching.ts';
import type { PersonId, WorkspaceId } from '../../domain/ids.ts';
import {
  boxesOf,
  countDeals,
  type EndedGroup,
  heardRate,
  isLost,
  lostAloneRate,
} from '../../domain/loss-metrics.ts';
import { winnableShare } from '../../domain/ritual-metrics.ts';
import {
  type DigestReader,
  type Leader,
  listDigestReaders,
  listLeaders,
} from '../../store/digest-readers.ts';
import { type Ended, listEndedByManager } from '../../store/loss-figures.ts';
import {
  countFinishedReviews,
  countUnreadReviews,
  listFixViews,
} from '../../store/review-figures.ts';
import type { Tx } from '../../store/store.ts';
import { viewDays } from './week-figures.ts';
import type { WeekSpan } from './week-span.ts';

/** One manager's teams in a week, by figures; the people in them have no names here. */
export interface TeamWeek extends TeamFigures {
  readonly manager: string;
}

export interface HeadsFigures {
  readonly teams: readonly TeamWeek[];
  /** Restricted losses of all these teams, counted and nothing else. */
  readonly privateLosses: number;
}

/**
 * The managers below a reader, all of them for an admin, each with the week's losses and finished
 * reviews and 90 days of boxes and views. Undefined when the reader is no head any more.
 */
export async function loadHeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  span: WeekSpan,
  readerId: PersonId,
): Promise<HeadsFigures | undefined> {
  const readers = await listDigestReaders(tx, workspaceId);
  const reader = readers.find(({ id }) => id === readerId);
  if (!reader) return undefined;
  const below = leadersBelow(reader, await listLeaders(tx, workspaceId));
  const { scheduledFor: until, dueOn, bounds } = span;
  const after = bounds.at(-2) ?? until;
  const week = await listEndedByManager(tx, workspaceId, { by: 'logged', bounds: [after, until] });
  const quarter = await listEndedByManager(tx, workspaceId, {
    by: 'closed',
    bounds: [addDays(dueOn, -viewDays), dueOn],
  });
  const finished = await countFinishedReviews(tx, workspaceId, { after, until });
  const unread = await countUnreadReviews(tx, workspaceId);
  const views = await listFixViews(tx, workspaceId, {
    after: new Date(until.getTime() - viewDays * 24 * 60 * 60_000),
    until,
  });
  const teamOf = (id: PersonId | undefined, manager: string): TeamWeek => {
    const groups = groupsOf(quarter, id);
    return {
      manager,
      losses: countDeals(groupsOf(week, id), isLost),
      finished: finished.get(id) ?? 0,
      unread: (id && unread.get(id)) ?? 0,
      boxes: boxesOf(groups),
      winnable: winnableShare(views.filter(({ managerId }) => managerId === id)),
      lostAlone: lostAloneRate(groups),
      heard: heardRate(groups),
    };
  };
  const orphans = reader.role === 'admin' ? teamOf(undefined, 'Nobody’s team yet') : undefined;
  const ids: readonly (PersonId | undefined)[] = below.map(({ id }) => id);
  return {
    teams: [
      ...below.map(({ id, name }) => teamOf(id, name)),
      ...(orphans && orphans.losses > 0 ? [orphans] : []),
    ],
    privateLosses: [...week].reduce(
      (sum, [id, ended]) =>
        ids.includes(id) || (id === undefined && orphans) ? sum + ended.privateLosses : sum,
      0,
    ),
  };
}

function groupsOf(
  ended: ReadonlyMap<PersonId | undefined, Ended>,
  id: PersonId | undefined,
): readonly EndedGroup[] {
  return ended.get(id)?.groups ?? [];
}

/** Those whose chain of managers leads to the reader, who counts when people report to them. */
function leadersBelow({ id, role }: DigestReader, leaders: readonly Leader[]): Leader[] {
  if (role === 'admin') return [...leaders];
  const below = new Set<PersonId>([id]);
  let grown = true;
  while (grown) {
    const more = leaders.filter(
      ({ id: own, managerId }) => managerId && below.has(managerId) && !below.has(own),
    );
    for (const one of more) below.add(one.id);
    grown = more.length > 0;
  }
  return leaders.filter((leader) => below.has(leader.id));
}
