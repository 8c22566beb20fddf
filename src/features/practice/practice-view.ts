import { type Calendars, type Day, dayIn, workCalendar } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { type Commitment, isSettled, nextCheckIn, type Practice } from '../../domain/practice.ts';
import { listCallsToWatch, listCommitments } from '../../store/commitments.ts';
import { listNames, listReports } from '../../store/people.ts';
import { listPractices } from '../../store/practices.ts';
import { listCameUpAgain } from '../../store/recurrence.ts';
import type { Tx } from '../../store/store.ts';

/** What somebody of a manager's team works on; only the manager is shown it. */
export interface ReportArea {
  readonly name: string;
  readonly practice: Practice | undefined;
  /** What came up again after they had worked on it. */
  readonly again: readonly string[];
}

/** Everything somebody sees of what they practise, and of what their reports do. */
export interface PracticeView {
  readonly person: Person;
  readonly today: Day;
  readonly active: Practice | undefined;
  /** The newest area that was finished. */
  readonly finished: Practice | undefined;
  readonly queued: readonly Practice[];
  readonly nextCheckOn: Day | undefined;
  /** Another area may take the active one's place without the manager's yes. */
  readonly settled: boolean;
  /** Open promises, in the order of their days. */
  readonly promises: readonly Commitment[];
  /** Watched calls whose note waits for their word on what comes next. */
  readonly noted: readonly Commitment[];
  readonly watching: readonly Commitment[];
  readonly again: readonly string[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly reports: readonly ReportArea[];
}

/** More than these are a department: its managers see their own teams. */
const reportsShown = 30;

/** Loads what `/deal practice` shows, in a fixed number of queries. */
export async function loadPractice(
  tx: Tx,
  person: Person,
  { now, calendars }: { readonly now: Date; readonly calendars: Calendars },
): Promise<PracticeView> {
  const { workspaceId, id } = person;
  const today = dayIn(now, person.zone);
  const calendar = workCalendar(person, calendars);
  const reports = await listReports(tx, workspaceId, [id], reportsShown);
  const ids = [id, ...reports.map((one) => one.id)];
  const all = await listPractices(tx, workspaceId, ids);
  const again = await listCameUpAgain(tx, workspaceId, ids);
  const promises = await listCommitments(tx, workspaceId, [id]);
  const watching = await listCallsToWatch(tx, workspaceId, id);
  const own = all.filter(({ personId }) => personId === id);
  const active = own.find(({ state }) => state === 'active');
  const named = [...promises, ...watching].flatMap(({ personId, observerId }) => [
    personId,
    ...(observerId ? [observerId] : []),
  ]);
  return {
    ...{ person, today, active, watching },
    finished: own.findLast(({ state }) => state === 'done'),
    queued: own.filter(({ state }) => state === 'queued'),
    nextCheckOn: active?.startedOn && nextCheckIn(active.startedOn, today, calendar),
    settled: !active || isSettled(active, today, calendar),
    promises: promises.filter(({ state, kind }) => state === 'open' && kind !== 'try'),
    noted: promises.filter(
      ({ kind, state, nextTry }) => kind === 'observed_call' && state === 'done' && !nextTry,
    ),
    again: again.get(id) ?? [],
    names: await listNames(tx, [...new Set(named)]),
    reports: reports
      .map((report) => ({
        name: report.name,
        practice: all.find((one) => one.personId === report.id && one.state === 'active'),
        again: again.get(report.id) ?? [],
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
