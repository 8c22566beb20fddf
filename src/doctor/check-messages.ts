import type { WorkspaceId } from '../domain/ids.ts';
import { count } from '../domain/text.ts';
import { listWorkspaces } from '../store/health.ts';
import { listTrouble, type Trouble } from '../store/outbox.ts';
import type { Tx } from '../store/store.ts';
import { type Finding, notChecked } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

const shown = 10;

/** Messages that did not arrive, and those of which nobody knows. */
export async function checkMessages(patient: Patient): Promise<Finding> {
  const check = 'messages';
  const database = await ifKnown(patient.database);
  if (!database) return notChecked(check, 'the database comes first');
  if (database.migrations.pending.length > 0) return notChecked(check, 'the migrations come first');
  const installation = await ifKnown(patient.installation);
  const trouble = await database.store.read((tx) =>
    listAll(tx, installation?.workspaceId as WorkspaceId | undefined),
  );
  if (trouble.length === 0) return { level: 'ok', check, says: 'none failed' };
  const dead = trouble.filter(({ state }) => state === 'dead').length;
  const unknown = trouble.length - dead;
  return {
    level: 'warn',
    check,
    says: [
      dead > 0 && `${dead} failed for good: mend what is named, they are not sent again`,
      unknown > 0 &&
        `${count(unknown, 'message')} may or may not have arrived: look for them in Slack`,
    ]
      .filter(Boolean)
      .join('; '),
    details: trouble.slice(0, shown).map(describe),
  };
}

/** Without Slack's word for which workspace it is, those the database knows. */
async function listAll(tx: Tx, workspaceId: WorkspaceId | undefined): Promise<Trouble[]> {
  const trouble: Trouble[] = [];
  for (const id of workspaceId ? [workspaceId] : await listWorkspaces(tx)) {
    trouble.push(...(await listTrouble(tx, id)));
  }
  return trouble;
}

function describe({ at, kind, target, state, detail }: Trouble): string {
  return `${at.toISOString()} ${kind} to ${target}: ${state}${detail ? `, ${detail}` : ''}`;
}
