import type { PersonId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { PersonRecord } from '../store/import.ts';
import type { OwnerRef } from './deal-source.ts';

/** Finds the person a CRM means. */
export interface OwnerIndex {
  /** Undefined when nobody matches; a refusal when several people match equally well. */
  find(ref: OwnerRef): PersonId | undefined | Refusal;
  add(person: PersonRecord): void;
}

/** Matches by e-mail, then by the CRM's id, then by name. */
export function createOwnerIndex(people: readonly PersonRecord[]): OwnerIndex {
  const byEmail = new Map<string, PersonId>();
  const byCrmId = new Map<string, PersonId>();
  const byName = new Map<string, PersonRecord[]>();
  const add = (person: PersonRecord) => {
    if (person.email) byEmail.set(person.email.toLowerCase(), person.id);
    if (person.crmId) byCrmId.set(person.crmId, person.id);
    byName.set(person.nameKey, [...(byName.get(person.nameKey) ?? []), person]);
  };
  for (const person of people) add(person);
  const findByName = (name: string) => {
    const [first, second] = pickNamesakes(byName.get(foldName(name)) ?? []);
    return second
      ? refuse(
          'owner_tied',
          `Several people are called “${name}”. Add a column with the owner’s e-mail.`,
        )
      : first?.id;
  };
  return {
    add,
    find: ({ email, crmId, name }) =>
      (email && byEmail.get(email)) ||
      (crmId && byCrmId.get(crmId)) ||
      (name ? findByName(name) : undefined),
  };
}

/**
 * Whom a name most likely means: somebody active with a Slack account rather than somebody who left
 * or was only ever a name. More than one means nobody can tell.
 */
export function pickNamesakes(namesakes: readonly PersonRecord[]): PersonRecord[] {
  const rank = (person: PersonRecord) => (person.active ? 2 : 0) + (person.slackUserId ? 1 : 0);
  const best = Math.max(...namesakes.map(rank));
  return namesakes.filter((person) => rank(person) === best);
}
