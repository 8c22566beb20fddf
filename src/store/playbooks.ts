import { and, desc, eq } from 'drizzle-orm';
import { defaultPlaybooks } from '../domain/default-playbooks.ts';
import { newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { Tx } from './store.ts';

/** The newest version of every playbook: the team's own, else the one it began with. */
export async function listPlaybooks(tx: Tx, workspaceId: WorkspaceId): Promise<Playbook[]> {
  const { playbooks } = tx.tables;
  const rows = await tx
    .select()
    .from(playbooks)
    .where(eq(playbooks.workspaceId, workspaceId))
    .orderBy(desc(playbooks.version));
  return defaultPlaybooks.map((standard) => {
    const own = rows.find(({ key }) => key === standard.key);
    return own ? toPlaybook(own) : standard;
  });
}

/** One version of a playbook; a running plan asks for the one it began with. */
export async function findPlaybook(
  tx: Tx,
  workspaceId: WorkspaceId,
  which: { readonly key: string; readonly version?: number },
): Promise<Playbook | undefined> {
  const { key, version } = which;
  if (version === undefined) {
    return (await listPlaybooks(tx, workspaceId)).find((one) => one.key === key);
  }
  const { playbooks } = tx.tables;
  const [own] = await tx
    .select()
    .from(playbooks)
    .where(
      and(
        eq(playbooks.workspaceId, workspaceId),
        eq(playbooks.key, key),
        eq(playbooks.version, version),
      ),
    );
  if (own) return toPlaybook(own);
  return defaultPlaybooks.find((one) => one.key === key && one.version === version);
}

/** Keeps a new version; false when somebody made that version meanwhile. */
export async function insertPlaybook(
  tx: Tx,
  workspaceId: WorkspaceId,
  playbook: Playbook,
  by: { readonly personId: PersonId; readonly now: Date },
): Promise<boolean> {
  const { playbooks } = tx.tables;
  const rows = await tx
    .insert(playbooks)
    .values({
      ...playbook,
      steps: [...playbook.steps],
      id: newId(by.now),
      workspaceId,
      createdAt: by.now,
      createdById: by.personId,
    })
    .onConflictDoNothing()
    .returning({ id: playbooks.id });
  return rows.length === 1;
}

function toPlaybook({ key, version, name, spanBd, steps }: Playbook): Playbook {
  return { key, version, name, spanBd, steps };
}
