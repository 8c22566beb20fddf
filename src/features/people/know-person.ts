import type { Deps } from '../../deps.ts';
import { weekdays } from '../../domain/calendar.ts';
import { newId, type PersonId, type SlackUserId, type WorkspaceId } from '../../domain/ids.ts';
import type { Person, Role, Standing } from '../../domain/person.ts';
import type { SlackUserFact } from '../../domain/slack-user.ts';
import { findPersonBySlackId, findUnlinkedPerson, savePerson } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';

const freshMs = 24 * 60 * 60_000;

/** How to ask Slack about somebody. */
export type AskSlack = (userId: SlackUserId) => Promise<SlackUserFact>;

/**
 * The person behind a Slack user: known ones from the store, new or long unseen ones as Slack
 * describes them now. A person the CRM named before is recognised by e-mail or name.
 */
export async function knowPerson(
  deps: Deps & { askSlack: AskSlack; defaultZone: string },
  workspaceId: WorkspaceId,
  slackUserId: SlackUserId,
): Promise<Person> {
  const now = deps.clock.now();
  const known = await deps.store.read((tx) => findPersonBySlackId(tx, workspaceId, slackUserId));
  if (known?.seenAt && now.getTime() - known.seenAt.getTime() < freshMs) return known;
  const fact = await deps.askSlack(slackUserId);
  return rememberPerson(deps, workspaceId, fact, now);
}

/**
 * Keeps what Slack said about somebody at `asOf`, in the row that is theirs already if there is
 * one. News that comes after newer news changes nothing.
 */
export async function rememberPerson(
  deps: Deps & { defaultZone: string },
  workspaceId: WorkspaceId,
  fact: SlackUserFact,
  asOf: Date,
): Promise<Person> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await findPersonBySlackId(tx, workspaceId, fact.id);
    if (known?.seenAt && known.seenAt > asOf && known.seenAt <= now) return known;
    const existing = known ?? (await findNamed(tx, workspaceId, fact));
    const person: Person = {
      id: existing?.id ?? newId<PersonId>(now),
      workspaceId,
      slackUserId: fact.id,
      name: fact.name,
      email: fact.email ?? existing?.email,
      role: roleOf(fact, existing?.role),
      standing: standingOf(fact),
      managerId: existing?.managerId,
      zone: fact.zone ?? existing?.zone ?? deps.defaultZone,
      workDays: existing?.workDays ?? weekdays.workDays,
      active: !fact.deleted,
    };
    await savePerson(tx, person, asOf);
    return person;
  });
}

/** Whom the CRM named; a guest or somebody of another company may be called like a colleague. */
async function findNamed(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, email, isGuest }: SlackUserFact,
): Promise<Person | undefined> {
  return isGuest ? undefined : findUnlinkedPerson(tx, workspaceId, { name, email });
}

function roleOf(fact: SlackUserFact, before: Role | undefined): Role {
  return fact.isAdmin ? 'admin' : (before ?? 'rep');
}

function standingOf(fact: SlackUserFact): Standing {
  if (fact.isBot) return 'bot';
  return fact.isGuest ? 'guest' : 'member';
}
