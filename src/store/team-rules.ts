import { and, desc, eq } from 'drizzle-orm';
import type { PersonId, WorkspaceId } from '../domain/ids.ts';
import type { TeamRules } from '../domain/team-rules.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** The newest rules of every team that has its own, by the manager who leads it; in one query. */
async function loadTeamRules(tx: Tx, workspaceId: WorkspaceId): Promise<Map<PersonId, TeamRules>> {
  const { teamRules } = tx.tables;
  const rows = await tx
    .select({ managerId: teamRules.managerId, rules: teamRules.rules })
    .from(teamRules)
    .where(eq(teamRules.workspaceId, workspaceId))
    .orderBy(teamRules.managerId, teamRules.version);
  // Whoever comes later replaces who came before.
  return new Map(rows.map(({ managerId, rules }) => [managerId, rules]));
}

/** The rules by which the deals of each owner are judged; whoever is not in it has the usual ones. */
export async function loadRulesOfOwners(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<Map<PersonId, TeamRules>> {
  const teams = await loadTeamRules(tx, workspaceId);
  if (teams.size === 0) return new Map();
  const { people } = tx.tables;
  const rows = await tx
    .select({ id: people.id, managerId: people.managerId })
    .from(people)
    .where(
      and(eq(people.workspaceId, workspaceId), inMany(tx, people.managerId, [...teams.keys()])),
    );
  return new Map(
    rows.flatMap(({ id, managerId }) => {
      const rules = managerId ? teams.get(managerId) : undefined;
      return rules ? [[id, rules] as const] : [];
    }),
  );
}

/** One version of what a team made of the rules, and whose change it was. */
export interface TeamRulesVersion {
  readonly version: number;
  readonly rules: TeamRules;
  readonly changedBy: { readonly id: PersonId; readonly name: string };
  readonly changedAt: Date;
}

/** The versions of one team's rules, the one that counts first; none when nothing was changed. */
export async function listTeamRulesVersions(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId,
): Promise<TeamRulesVersion[]> {
  const { people, teamRules } = tx.tables;
  const rows = await tx
    .select({ kept: teamRules, name: people.name })
    .from(teamRules)
    .leftJoin(people, eq(people.id, teamRules.changedById))
    .where(and(eq(teamRules.workspaceId, workspaceId), eq(teamRules.managerId, managerId)))
    .orderBy(desc(teamRules.version));
  return rows.map(({ kept: { version, rules, changedById, changedAt }, name }) => ({
    ...{ version, rules, changedAt },
    changedBy: { id: changedById, name: name ?? 'somebody' },
  }));
}

/** The version that counts; undefined when the team changed nothing yet. */
export async function findTeamRules(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId,
): Promise<TeamRulesVersion | undefined> {
  return (await listTeamRulesVersions(tx, workspaceId, managerId))[0];
}

/** Keeps the version after `version`; false when somebody made that one meanwhile. */
export async function saveTeamRules(
  tx: Tx,
  workspaceId: WorkspaceId,
  team: { readonly managerId: PersonId; readonly version: number; readonly rules: TeamRules },
  by: { readonly personId: PersonId; readonly now: Date },
): Promise<boolean> {
  const { teamRules } = tx.tables;
  const rows = await tx
    .insert(teamRules)
    .values({
      workspaceId,
      managerId: team.managerId,
      version: team.version + 1,
      rules: team.rules,
      changedById: by.personId,
      changedAt: by.now,
    })
    .onConflictDoNothing()
    .returning({ version: teamRules.version });
  return rows.length === 1;
}
