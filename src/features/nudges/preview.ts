import type { ListenerDeps } from '../../deps.ts';
import {
  type BusinessCalendar,
  businessDaysAfter,
  type Day,
  dayIn,
  instantAt,
  isBusinessDay,
  workCalendar,
} from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { PlannedBundle } from '../../domain/nudge-plan.ts';
import type { Person } from '../../domain/person.ts';
import { findNudgeReader, listReports } from '../../store/nudge-readers.ts';
import { findNudgeWishes } from '../../store/nudge-wishes.ts';
import { listBundleDays } from '../../store/nudges.ts';
import { findPerson } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';
import { listVisibleDeals } from '../../store/visible-deals.ts';
import { planMorning } from './plan-morning.ts';

/** What somebody would be asked on their next morning, as far as it is known now. */
export interface Preview {
  readonly person: Person;
  readonly on: Day;
  readonly at: string;
  readonly awayUntil: Day | undefined;
  readonly bundle: PlannedBundle;
  /** The names of the deals that the one who looks may see. */
  readonly names: ReadonlyMap<DealId, string>;
}

type PreviewDeps = Pick<ListenerDeps, 'store' | 'clock' | 'calendars' | 'workspaceId'>;

/** More reports than this are a department: its managers look at their own teams. */
const teamLimit = 12;

/** The next morning of a person and, for a manager, of everybody who reports to them. */
export async function previewMornings(deps: PreviewDeps, actor: Person): Promise<Preview[]> {
  return deps.store.read(async (tx) => {
    const reports = await listReports(tx, actor.workspaceId, [actor.id]);
    const previews: Preview[] = [];
    for (const id of [actor.id, ...[...reports.keys()].slice(0, teamLimit)]) {
      const person = await findPerson(tx, actor.workspaceId, id);
      const preview = person?.active ? await previewOf(tx, deps, actor, person) : undefined;
      if (preview) previews.push(preview);
    }
    return previews;
  });
}

async function previewOf(
  tx: Tx,
  { calendars, clock, workspaceId }: PreviewDeps,
  viewer: Person,
  person: Person,
): Promise<Preview | undefined> {
  const reader = await findNudgeReader(tx, workspaceId, person.id);
  if (!reader) return undefined;
  const wishes = await findNudgeWishes(tx, workspaceId, person.id);
  const at = wishes.morningAt;
  const had = (await listBundleDays(tx, workspaceId, [person.id])).get(person.id);
  const now = clock.now();
  const calendar = workCalendar(reader, calendars);
  const on = nextMorning(dayIn(now, person.zone), {
    calendar,
    isOver: (day) => had?.last === day || instantAt(day, at, person.zone) <= now,
  });
  // As of that morning: what is snoozed until then is asked again.
  const morningAt = instantAt(on, at, person.zone);
  const asThere = { ...reader, awayUntil: undefined };
  const input = { workspaceId, readers: [asThere], today: on, now: morningAt };
  const [morning] = await planMorning(tx, input, calendars);
  if (!morning) return undefined;
  const { bundle } = morning;
  const ids = new Set([...bundle.asked, ...bundle.held].map(({ dealId }) => dealId));
  const visible = await listVisibleDeals(tx, viewer, [...ids]);
  const names = new Map([...visible].map(([id, deal]) => [id, dealTitle(deal)]));
  const { awayUntil } = reader;
  return {
    person,
    on,
    at,
    awayUntil: awayUntil && awayUntil > on ? awayUntil : undefined,
    bundle,
    names,
  };
}

function nextMorning(
  today: Day,
  { calendar, isOver }: { calendar: BusinessCalendar; isOver(day: Day): boolean },
): Day {
  return isBusinessDay(today, calendar) && !isOver(today)
    ? today
    : businessDaysAfter(today, 1, calendar);
}
