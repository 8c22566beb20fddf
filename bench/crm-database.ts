import { type CrmExport, readCrmExport } from '../sandbox/demo/crm-export.ts';
import { type DemoPerson, demoPeople, peopleCsv } from '../sandbox/demo/people.ts';
import { systemClock } from '../src/clock.ts';
import { importDeals } from '../src/crm/import-deals.ts';
import { importPeople } from '../src/crm/import-people.ts';
import { addDays, type Day, dayIn } from '../src/domain/calendar.ts';
import { type Deal, dealTitle } from '../src/domain/deal.ts';
import { draftHomework } from '../src/domain/homework.ts';
import { type HomeworkId, newId, type SlackUserId, type WorkspaceId } from '../src/domain/ids.ts';
import type { Person } from '../src/domain/person.ts';
import { isRefusal } from '../src/domain/refusal.ts';
import { searchOpenDeals } from '../src/store/deals.ts';
import { findMeantDeal } from '../src/store/find-deal.ts';
import { insertHomework } from '../src/store/homework.ts';
import { openStore } from '../src/store/open-store.ts';
import { findPersonBySlackId } from '../src/store/people.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { teamId } from './slack-stub.ts';

/** The imported export, and what to type in it. */
export interface CrmDatabase {
  readonly url: string;
  readonly people: readonly DemoPerson[];
  readonly openDeals: number;
  /** Somebody with many open deals. */
  readonly userId: string;
  /** A deal of theirs that its own name finds alone. */
  readonly dealName: string;
}

export const teamZone = 'America/New_York';
const workspaceId = teamId as WorkspaceId;
const stepsPerDeal = 2;
const stepsOfShownDeal = 6;

/** Reads the export as the demo does: its last week is this week. */
function readExport(): Promise<CrmExport> {
  return readCrmExport(today());
}

function today(): Day {
  return dayIn(systemClock.now(), teamZone);
}

/** Imports people and deals through the operator's import and gives every open deal steps. */
export async function buildCrmDatabase(url: string): Promise<CrmDatabase> {
  const crm = await readExport();
  const people = demoPeople(crm.team);
  const store = await openStore(url);
  await importAll(store, crm, people);
  const chosen = await store.transaction((tx) => prepare(tx, people));
  await store.close();
  return { url, people, ...chosen };
}

async function importAll(
  store: Store,
  crm: CrmExport,
  people: readonly DemoPerson[],
): Promise<void> {
  const deps = {
    store,
    clock: systemClock,
    workspaceId,
    defaultZone: teamZone,
    defaultCurrency: 'USD',
    slackUsers: async () => people.map(toFact),
  };
  for (const result of [
    await importPeople(deps, { input: peopleCsv(people) }),
    await importDeals(deps, { input: crm.deals(), dateFormat: 'YMD' }),
  ]) {
    if (isRefusal(result)) throw new Error(result.message);
  }
}

function toFact({ id, realName, email, tz }: DemoPerson) {
  return {
    id: id as SlackUserId,
    name: realName,
    email,
    zone: tz,
    deleted: false,
    isBot: false,
    isGuest: false,
    isAdmin: false,
  };
}

async function prepare(
  tx: Tx,
  people: readonly DemoPerson[],
): Promise<Pick<CrmDatabase, 'openDeals' | 'userId' | 'dealName'>> {
  const known: Person[] = [];
  for (const { id } of people) {
    const person = await findPersonBySlackId(tx, workspaceId, id as SlackUserId);
    if (person) known.push(person);
  }
  const [anybody] = known;
  if (!anybody) throw new Error('The import brought nobody in');
  const deals = await searchOpenDeals(tx, anybody, '', 1_000_000);
  const ownedBy = ({ id }: Person) => deals.filter((deal) => deal.ownerId === id);
  const viewer = known.reduce((a, b) => (ownedBy(b).length > ownedBy(a).length ? b : a));
  const shown = await findNamable(tx, viewer, ownedBy(viewer));
  for (const deal of deals)
    await giveSteps(tx, deal, deal === shown ? stepsOfShownDeal : stepsPerDeal);
  return {
    openDeals: deals.length,
    userId: viewer.slackUserId ?? '',
    dealName: dealTitle(shown),
  };
}

async function findNamable(tx: Tx, viewer: Person, deals: readonly Deal[]): Promise<Deal> {
  for (const deal of deals) {
    const query = { text: dealTitle(deal), channelId: 'C0GENERAL' as never };
    if ((await findMeantDeal(tx, viewer, query)).found === 'one') return deal;
  }
  throw new Error(`None of ${viewer.name}’s deals is found by its name alone`);
}

/** Far enough ahead that no nudge is sent while commands are measured. */
async function giveSteps(tx: Tx, deal: Deal, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const dueOn = addDays(today(), 40 + at);
    await insertHomework(
      tx,
      workspaceId,
      draftHomework({
        id: newId<HomeworkId>(systemClock.now()),
        dealId: deal.id,
        side: at % 2 === 0 ? 'seller' : 'buyer',
        title: `Agree on part ${at + 1} of the rollout plan`,
        doer: { name: '', personId: deal.ownerId, contactId: undefined },
        dueOn,
        doneWhen: 'both sides have said yes in writing',
      }),
      undefined,
    );
  }
}
