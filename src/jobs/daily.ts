import type { WorkspaceId } from '../domain/ids.ts';
import { findWorkspace } from '../store/people.ts';
import type { Tx } from '../store/store.ts';

/** Which days are business days is a calendar's matter: somebody may work on Sundays. */
export const everyDay = [0, 1, 2, 3, 4, 5, 6];

/** When deals are judged where they are: before anybody's morning (METHOD §3.6). */
export const judgedAt = '07:00';

/** Nobody expects what was due before the app was there. */
export async function sinceInstall(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<{ installedAt?: Date }> {
  const workspace = await findWorkspace(tx, workspaceId);
  return workspace ? { installedAt: workspace.createdAt } : {};
}
