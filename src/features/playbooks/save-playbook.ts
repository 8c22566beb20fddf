import type { Deps } from '../../deps.ts';
import type { Person } from '../../domain/person.ts';
import type { Playbook } from '../../domain/playbook.ts';
import {
  mostSteps,
  nextVersion,
  type PlaybookDraft,
  sameSteps,
} from '../../domain/playbook-draft.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { findPlaybook, insertPlaybook } from '../../store/playbooks.ts';

/** Managers and admins answer for how the team sells. */
export function canEditPlaybooks({ role }: Pick<Person, 'role'>): boolean {
  return role === 'manager' || role === 'admin';
}

/**
 * Keeps a changed playbook as its next version; plans that run keep theirs. A version somebody else
 * made meanwhile is never overwritten. The same draft twice makes one version.
 */
export async function savePlaybook(
  deps: Deps,
  actor: Person,
  draft: PlaybookDraft,
): Promise<Playbook | Refusal> {
  if (!canEditPlaybooks(actor)) {
    return refuse('managers_only', 'A manager or an admin changes a playbook. Ask one of them.');
  }
  const now = deps.clock.now();
  const { key, version } = draft;
  return deps.store.transaction(async (tx) => {
    const base = await findPlaybook(tx, actor.workspaceId, { key, version });
    const current = await findPlaybook(tx, actor.workspaceId, { key });
    if (!base || !current) return refuse('no_playbook', 'That playbook is not here any more.');
    const next = nextVersion(base, draft);
    if (!next) return refuse('unchanged', 'Nothing is changed yet, so there is nothing to save.');
    const refused = refuseSteps(next);
    if (refused) return refused;
    if (current.version === next.version && sameSteps(current.steps, next.steps)) return current;
    if (current.version !== version) return changedMeanwhile(current);
    const saved = await insertPlaybook(tx, actor.workspaceId, next, { personId: actor.id, now });
    return saved ? next : changedMeanwhile(next);
  });
}

function refuseSteps({ steps }: Playbook): Refusal | undefined {
  if (steps.length === 0) {
    return refuse('no_steps', 'A playbook needs a step. For none there is the blank plan.');
  }
  if (steps.length > mostSteps) {
    return refuse('many_steps', `A playbook holds ${mostSteps} steps. Remove one first.`);
  }
  const unworded = steps.find(({ title, doneWhen, why }) => !(title && doneWhen && why));
  return unworded && refuse('unworded', 'A new step says nothing yet. Word it, or remove it.');
}

function changedMeanwhile({ version }: Pick<Playbook, 'version'>): Refusal {
  return refuse(
    'playbook_changed',
    `Somebody saved version ${version} meanwhile. Open it with /deal playbook and change that one.`,
  );
}
