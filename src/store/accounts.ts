import { and, eq } from 'drizzle-orm';
import { type AccountId, newId, type WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { Tx } from './store.ts';

/** The account of that name in any spelling that folds to the same, made when there is none. */
export async function ensureAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  name: string,
  now: Date,
): Promise<{ id: AccountId; name: string }> {
  const { accounts } = tx.tables;
  const nameKey = foldName(name);
  await tx
    .insert(accounts)
    .values({ id: newId<AccountId>(now), workspaceId, name, nameKey })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.nameKey, nameKey)));
  if (!row) throw new RangeError(`Account '${name}' was neither found nor made`);
  return row;
}
