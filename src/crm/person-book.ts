import type { PersonId, SlackUserId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { PersonRecord } from '../store/import.ts';
import { pickNamesakes } from './owners.ts';

interface Identity {
  readonly crmId: string | undefined;
  readonly slackUserId: SlackUserId | undefined;
  readonly email: string | undefined;
  readonly name: string;
}

/** Everybody known, as a file is worked into it. */
export interface PersonBook {
  /** By the CRM's id, Slack id, e-mail, and name, in this order; a refusal for namesakes. */
  find(identity: Identity): PersonRecord | undefined | Refusal;
  get(id: PersonId): PersonRecord;
  put(person: PersonRecord): void;
  change(id: PersonId, change: Partial<PersonRecord>): void;
  /** Whether a Slack account is nobody else's. */
  isFree(slackUserId: SlackUserId, id: PersonId): boolean;
}

export function createPersonBook(known: readonly PersonRecord[]): PersonBook {
  const people = new Map<PersonId, PersonRecord>();
  const byCrmId = new Map<string, PersonId>();
  const bySlackId = new Map<string, PersonId>();
  const byEmail = new Map<string, PersonId>();
  const byName = new Map<string, Set<PersonId>>();
  const put = (person: PersonRecord) => {
    people.set(person.id, person);
    if (person.crmId) byCrmId.set(person.crmId, person.id);
    if (person.slackUserId) bySlackId.set(person.slackUserId, person.id);
    if (person.email) byEmail.set(person.email.toLowerCase(), person.id);
    byName.set(person.nameKey, (byName.get(person.nameKey) ?? new Set()).add(person.id));
  };
  for (const person of known) put(person);
  const get = (id: PersonId) => {
    const person = people.get(id);
    if (!person) throw new RangeError(`Person ${id} is not in the book`);
    return person;
  };
  const findByName = (identity: Identity) => {
    const key = foldName(identity.name);
    const ids = [...(byName.get(key) ?? [])];
    // Somebody renamed on the way is still listed under the name before.
    const namesakes = ids
      .map(get)
      .filter((person) => person.nameKey === key && maybeSame(person, identity));
    const [first, second] = pickNamesakes(namesakes);
    if (!second) return first;
    return refuse(
      'name_tied',
      `Several people are called “${identity.name}”. Add a column with their e-mail or id.`,
    );
  };
  return {
    get,
    put,
    change: (id, change) => put({ ...get(id), ...change }),
    isFree: (slackUserId, id) => (bySlackId.get(slackUserId) ?? id) === id,
    find: (identity) => {
      const { crmId, slackUserId, email } = identity;
      const id =
        (crmId && byCrmId.get(crmId)) ||
        (slackUserId && bySlackId.get(slackUserId)) ||
        (email && byEmail.get(email));
      return id ? get(id) : findByName(identity);
    },
  };
}

/** A namesake with another id or another e-mail is somebody else. */
function maybeSame(person: PersonRecord, { crmId, email }: Identity): boolean {
  const differs = (one: string | null, other: string | undefined) =>
    one !== null && other !== undefined && one.toLowerCase() !== other.toLowerCase();
  return !differs(person.crmId, crmId) && !differs(person.email, email);
}
