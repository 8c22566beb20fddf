import type { ListenerDeps } from '../../deps.ts';
import { findPersonBySlackId } from '../../store/people.ts';
import { rememberPerson } from './know-person.ts';

/** Follows changes of people we know: a new zone, a new name, somebody who left. */
export function registerPeople(deps: ListenerDeps): void {
  deps.bolt.event('user_change', async ({ event }) => {
    const fact = await deps.gateway.readUser(event.user);
    const known = await deps.store.read((tx) => findPersonBySlackId(tx, deps.workspaceId, fact.id));
    if (!known) return;
    const changedAt = new Date(Number(event.event_ts) * 1000);
    const around = { ...deps, defaultZone: deps.team.zone };
    await rememberPerson(around, deps.workspaceId, fact, changedAt);
  });
}
