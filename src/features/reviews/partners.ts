import type { PersonId, WorkspaceId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { findPerson, listManagerChain, listPeople } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';

/** Whether somebody can be asked anything: a full member who has not left. */
export function isHere(person: Person | undefined): boolean {
  return person?.active === true && person.standing === 'member';
}

/**
 * Whose review it is and who talks it over with them: the owner, or the first one above who is still
 * here, and the next one above (METHOD part 5, manager is the owner, rep left).
 */
export async function findPartners(
  tx: Tx,
  workspaceId: WorkspaceId,
  ownerId: PersonId,
): Promise<{ owner: Person | undefined; manager: Person | undefined }> {
  const owner = await findPerson(tx, workspaceId, ownerId);
  const chain = await listManagerChain(tx, workspaceId, ownerId);
  const known = await listPeople(tx, chain);
  const above = chain.flatMap((id) => known.find((one) => one.id === id && isHere(one)) ?? []);
  if (isHere(owner)) return { owner, manager: above[0] };
  return { owner: above[0] ?? owner, manager: above[1] };
}
