import type { PersonId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { SlackUserFact } from '../domain/slack-user.ts';
import type { PersonRecord } from '../store/import.ts';
import type { RejectedCells } from './deal-source.ts';
import type { ImportSettings } from './import-settings.ts';
import { createPerson } from './new-person.ts';
import { createPersonBook, type PersonBook } from './person-book.ts';
import type { CrmPerson } from './person-row.ts';
import { createSlackDirectory, type SlackDirectory } from './slack-directory.ts';

/** What becomes of the people of a file and of their managers. */
export interface PeoplePlan {
  readonly imported: readonly PersonRecord[];
  readonly updated: readonly PersonRecord[];
  readonly unchanged: readonly PersonRecord[];
  readonly rejected: readonly RejectedCells[];
}

/** Decides who is new, who is somebody known, and who manages whom; writes nothing itself. */
export function planPeople(
  rows: readonly CrmPerson[],
  known: readonly PersonRecord[],
  slackUsers: readonly SlackUserFact[] | undefined,
  settings: ImportSettings,
): PeoplePlan {
  const book = createPersonBook(known);
  const slack = slackUsers && createSlackDirectory(slackUsers);
  const lineOf = new Map<PersonId, number>();
  const rejected: RejectedCells[] = [];
  const accepted: { row: CrmPerson; id: PersonId }[] = [];
  for (const row of rows) {
    const id = admit(row, book, slack, lineOf, settings);
    if (isRefusal(id)) {
      rejected.push({ line: row.line, reason: id.message, cells: row.cells });
      continue;
    }
    lineOf.set(id, row.line);
    accepted.push({ row, id });
  }
  const touched = new Set(accepted.map(({ id }) => id));
  for (const { row, id } of accepted) {
    const managerId = findManager(row, book, slack, settings);
    if (!managerId || managerId === id) continue;
    touched.add(managerId);
    book.change(id, { managerId });
    if (book.get(managerId).role === 'rep') book.change(managerId, { role: 'manager' });
  }
  return { ...sortOut(touched, known, book), rejected };
}

function sortOut(touched: ReadonlySet<PersonId>, known: readonly PersonRecord[], book: PersonBook) {
  const before = new Map(known.map((person) => [person.id, person]));
  const imported: PersonRecord[] = [];
  const updated: PersonRecord[] = [];
  const unchanged: PersonRecord[] = [];
  for (const id of touched) {
    const person = book.get(id);
    const old = before.get(id);
    if (!old) imported.push(person);
    else if (comparedColumns.every((column) => person[column] === old[column]))
      unchanged.push(person);
    else updated.push(person);
  }
  return { imported, updated, unchanged };
}

const comparedColumns = [
  'slackUserId',
  'crmId',
  'name',
  'email',
  'role',
  'standing',
  'managerId',
  'zone',
  'active',
] as const;

/** Enters a row into the book: as somebody known, or as somebody new. */
function admit(
  row: CrmPerson,
  book: PersonBook,
  slack: SlackDirectory | undefined,
  lineOf: ReadonlyMap<PersonId, number>,
  settings: ImportSettings,
): PersonId | Refusal {
  const guess = slack?.find(row);
  if (slack && row.slackUserId && !guess) {
    return refuse(
      'slack_unknown',
      `Slack has no user ${row.slackUserId}. Correct the id or leave it out.`,
    );
  }
  const before = book.find({ ...row, slackUserId: row.slackUserId ?? guess?.id });
  if (isRefusal(before)) return before;
  const slackUserId = row.slackUserId ?? before?.slackUserId ?? guess?.id;
  const fact = slackUserId ? slack?.find({ slackUserId, name: row.name }) : undefined;
  const line = before && lineOf.get(before.id);
  if (line !== undefined) {
    return refuse('person_twice', `The same person stands on line ${line} already. Keep one row.`);
  }
  const person = before ?? createPerson(row.name, settings);
  if (slackUserId && !book.isFree(slackUserId, person.id)) {
    return refuse('slack_taken', `Its Slack user ${slackUserId} is somebody else’s already.`);
  }
  book.put({
    ...person,
    ...(slackUserId ? { slackUserId } : {}),
    ...(fact ? readFact(fact) : {}),
    crmId: row.crmId ?? person.crmId,
    name: row.name,
    nameKey: foldName(row.name),
    email: row.email ?? fact?.email ?? person.email,
    role: fact?.isAdmin ? 'admin' : (row.role ?? person.role),
    zone: fact?.zone ?? row.zone ?? person.zone,
  });
  return person.id;
}

function findManager(
  { manager, managerEmail }: CrmPerson,
  book: PersonBook,
  slack: SlackDirectory | undefined,
  settings: ImportSettings,
): PersonId | undefined {
  const name = manager ?? managerEmail;
  if (name === undefined) return undefined;
  const email = managerEmail ?? (name.includes('@') ? name.toLowerCase() : undefined);
  const fact = slack?.find({ name, email });
  const found = book.find({ crmId: undefined, slackUserId: fact?.id, email, name });
  // Namesakes that cannot be told apart: nobody is made a manager by guessing.
  if (isRefusal(found)) return undefined;
  if (found) return found.id;
  const person: PersonRecord = {
    ...createPerson(name, settings),
    ...(fact && { slackUserId: fact.id, ...readFact(fact), zone: fact.zone ?? settings.zone }),
    email: email ?? fact?.email ?? null,
    role: fact?.isAdmin ? 'admin' : 'manager',
  };
  book.put(person);
  return person.id;
}

function readFact(fact: SlackUserFact): Pick<PersonRecord, 'standing' | 'active'> {
  const standing = fact.isBot ? 'bot' : fact.isGuest ? 'guest' : 'member';
  return { standing, active: !fact.deleted };
}
