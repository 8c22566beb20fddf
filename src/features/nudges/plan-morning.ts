import {
  addDays,
  businessDaysAfter,
  type Calendars,
  type Day,
  isBusinessDay,
  workCalendar,
} from '../../domain/calendar.ts';
import { matterOfFollowUp } from '../../domain/follow-up.ts';
import { groupBy } from '../../domain/group.ts';
import type { DealId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import { usualBudget, weekStart } from '../../domain/nudge-budget.ts';
import { dealsOff, findEscalations, gatherMatters, standsIn } from '../../domain/nudge-gather.ts';
import { type Matter, matterOf } from '../../domain/nudge-matters.ts';
import { type PlannedBundle, planBundle } from '../../domain/nudge-plan.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { listFollowUps } from '../../store/follow-ups.ts';
import { listDealsWithHelp, listStallsToAsk, listStepsToAsk } from '../../store/nudge-matters.ts';
import { listAnsweredFor, listReports, type NudgeReader } from '../../store/nudge-readers.ts';
import { listRests } from '../../store/nudge-rests.ts';
import { listAskedBefore, listBundleDays } from '../../store/nudges.ts';
import type { Tx } from '../../store/store.ts';

/** One reader's morning: what is asked, and what is held back and why. */
export interface PlannedMorning {
  readonly reader: NudgeReader;
  readonly bundle: PlannedBundle;
  /** Deals that are asked about in the name of somebody who is away. */
  readonly standsInOn: ReadonlySet<DealId>;
}

export interface MorningInput {
  readonly workspaceId: WorkspaceId;
  readonly readers: readonly NudgeReader[];
  /** The readers' own day. */
  readonly today: Day;
  readonly now: Date;
}

/** How far back questions and answers count. */
const rememberDays = 60;
/** The furthest any question looks ahead. */
const lookAheadBd = 5;

/**
 * What each reader is asked on a day of theirs, in a fixed number of queries for any number of
 * readers. Whoever is away or does not work that day is not among the answers.
 */
export async function planMorning(
  tx: Tx,
  input: MorningInput,
  calendars: Calendars,
): Promise<PlannedMorning[]> {
  const { workspaceId, today, now } = input;
  const atWork = input.readers.filter((reader) => isAtWork(reader, today, calendars));
  const readers = new Map(atWork.map((one) => [one.personId, workCalendar(one, calendars)]));
  const ids = [...readers.keys()];
  if (ids.length === 0) return [];
  const facts = await loadFacts(tx, input, ids, calendars);
  const matters = gatherMatters(facts, readers);
  await addEscalations(tx, input, facts, matters);
  const ended = { workspaceId, personIds: ids, today, calendars };
  for (const followUp of await listFollowUps(tx, ended)) {
    matters.get(followUp.personId)?.push(matterOfFollowUp(followUp));
  }
  const days = await listBundleDays(tx, workspaceId, ids);
  const rests = groupBy(await listRests(tx, workspaceId, ids, now), (one) => one.personId);
  const standIn = standInDeals(facts);
  const buyerOff = dealsOff([...facts.steps, ...facts.stalls], today, calendars);
  return atWork.map((reader) => {
    const calendar = workCalendar(reader, calendars);
    const had = days.get(reader.personId);
    const bundle = planBundle(matters.get(reader.personId) ?? [], {
      today,
      now,
      calendar,
      history: facts.history.get(reader.personId) ?? [],
      rests: rests.get(reader.personId) ?? [],
      weeklyBudget: reader.weeklyBudget ?? usualBudget,
      weekBegun: had !== undefined && had.last < today && had.last >= weekStart(today, calendar),
      isNew: !had || had.first > addDays(today, -7),
      buyerOff,
    });
    return { reader, bundle, standsInOn: standIn.get(reader.personId) ?? new Set() };
  });
}

function standInDeals(facts: Facts): Map<PersonId, Set<DealId>> {
  const groups = groupBy(standsIn(facts), ({ personId }) => personId);
  return new Map([...groups].map(([id, all]) => [id, new Set(all.map(({ dealId }) => dealId))]));
}

type Facts = Parameters<typeof gatherMatters>[0] & {
  /** Who reports to a reader, each with the reader. */
  readonly reports: ReadonlyMap<PersonId, PersonId>;
};

async function loadFacts(
  tx: Tx,
  { workspaceId, today }: MorningInput,
  ids: readonly PersonId[],
  calendars: Calendars,
): Promise<Facts> {
  const absent = await listAnsweredFor(tx, workspaceId, ids, today);
  const asked = [...ids, ...absent.left.keys(), ...absent.away.keys()];
  const until = businessDaysAfter(today, lookAheadBd, calendars.ours);
  const steps = await listStepsToAsk(tx, workspaceId, asked, { today, until });
  const stalls = await listStallsToAsk(tx, workspaceId, asked, today);
  const reports = await listReports(tx, workspaceId, ids);
  const since = addDays(today, -rememberDays);
  const readAlso = [...new Set([...ids, ...reports.keys()])];
  const history = await listAskedBefore(tx, workspaceId, readAlso, since);
  const concerned = [
    ...stalls.map(({ dealId }) => dealId),
    ...[...history.values()].flatMap((all) => all.map(({ dealId }) => dealId)),
  ];
  const helped = await listDealsWithHelp(tx, [...new Set(concerned)]);
  return { today, steps, stalls, absent, history, helped, reports };
}

/** What a manager hears of: the owner had three questions and answered none. */
async function addEscalations(
  tx: Tx,
  { workspaceId }: MorningInput,
  facts: Facts,
  matters: ReadonlyMap<PersonId, Matter[]>,
): Promise<void> {
  const escalated = findEscalations(facts, facts.reports);
  const deals = await listDealsByIds(tx, workspaceId, [...escalated.keys()]);
  for (const [dealId, managerId] of escalated) {
    const deal = deals.get(dealId);
    if (deal?.status !== 'open') continue;
    matters.get(managerId)?.push(matterOf({ dealId, amount: deal.amount }, 'manager_help'));
  }
}

function isAtWork(reader: NudgeReader, today: Day, calendars: Calendars): boolean {
  const isAway = reader.awayUntil !== undefined && reader.awayUntil > today;
  return !isAway && isBusinessDay(today, workCalendar(reader, calendars));
}
