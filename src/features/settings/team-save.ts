import type { Deps } from '../../deps.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { canManageTeam, sameRules, type TeamRules, usualRules } from '../../domain/team-rules.ts';
import type { Tx } from '../../store/store.ts';
import { findTeamRules, saveTeamRules } from '../../store/team-rules.ts';
import { findTeam, type Team } from '../../store/teams.ts';

/** For everybody else; what is theirs alone they set elsewhere. */
export const managersOnly = refuse(
  'managers_only',
  'The manager of a team sets its numbers, or an admin. Ask one of them; /deal settings me has yours.',
);

/** The team of a manager, if `actor` may set its numbers. */
export async function reachTeam(
  tx: Tx,
  actor: Person,
  managerId: PersonId,
): Promise<Team | Refusal> {
  if (!canManageTeam(actor, managerId)) return managersOnly;
  const team = await findTeam(tx, actor.workspaceId, managerId);
  return (
    team ??
    refuse('no_team', 'Nobody reports to them yet. An import of people says who leads whom.')
  );
}

/**
 * Keeps what a form says as the next version of a team's rules; earlier ones stay. A version that
 * somebody made meanwhile is never overwritten, and the same form twice makes one.
 */
export async function saveTeam(
  deps: Deps,
  actor: Person,
  form: { readonly managerId: PersonId; readonly version: number; readonly draft: TeamRules },
): Promise<{ readonly team: Team; readonly version: number } | Refusal> {
  const { managerId, version, draft: rules } = form;
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const team = await reachTeam(tx, actor, managerId);
    if (isRefusal(team)) return team;
    const current = await findTeamRules(tx, actor.workspaceId, managerId);
    const isSame = sameRules(current?.rules ?? usualRules, rules);
    if (isSame && current?.version === version + 1) return { team, version: version + 1 };
    if ((current?.version ?? 0) !== version) {
      return refuse(
        'rules_changed',
        `${current?.changedBy.name ?? 'Somebody'} saved version ${current?.version ?? 0} meanwhile. Open it with /deal settings team and change that one.`,
      );
    }
    if (isSame) {
      return refuse('unchanged', 'Nothing is changed yet, so there is nothing to save.');
    }
    const by = { personId: actor.id, now };
    const kept = await saveTeamRules(tx, actor.workspaceId, { managerId, version, rules }, by);
    if (!kept)
      return refuse('rules_changed', 'Somebody saved at the same time. Please look again.');
    return { team, version: version + 1 };
  });
}
