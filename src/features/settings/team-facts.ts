import type { ListenerDeps } from '../../deps.ts';
import {
  alarmDays,
  alarmRateOf,
  fixedCodes,
  lastChangedOn,
  type RuleScope,
} from '../../domain/alarm-rates.ts';
import { addDays, type Day, dayIn } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import { kindOfStall } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { proposeRules, type RuleProposal } from '../../domain/rule-proposals.ts';
import { usualRules } from '../../domain/team-rules.ts';
import { listAlarmAnswers } from '../../store/alarm-rates.ts';
import { listWonDeals } from '../../store/rule-history.ts';
import type { Tx } from '../../store/store.ts';
import { listTeamRulesVersions, type TeamRulesVersion } from '../../store/team-rules.ts';
import { sayChanges } from './team-changes.ts';
import { codesOnPage, type FormPlace } from './team-fields.ts';
import { proposalsOn } from './team-lines.ts';
import type { TeamFacts, TeamForm } from './team-modal.ts';
import { reachTeam } from './team-save.ts';

/** A form that was just opened, with the numbers that count; on a team's first page. */
export async function openTeamForm(
  deps: ListenerDeps,
  actor: Person,
  managerId: PersonId | undefined,
): Promise<TeamForm> {
  const [current] = managerId
    ? await deps.store.read((tx) => listTeamRulesVersions(tx, actor.workspaceId, managerId))
    : [];
  return {
    managerId,
    version: current?.version ?? 0,
    page: 'start',
    segment: undefined,
    revision: 0,
    draft: current?.rules ?? usualRules,
  };
}

/** What stands around the inputs of a page, as `actor` may see it. */
export async function loadTeamFacts(
  deps: ListenerDeps,
  actor: Person,
  form: TeamForm,
): Promise<TeamFacts | Refusal> {
  const { managerId } = form;
  if (!managerId) {
    return { team: undefined, saved: usualRules, changed: undefined, proposals: [], rates: [] };
  }
  const today = dayIn(deps.clock.now(), actor.zone);
  return deps.store.read(async (tx) => {
    const team = await reachTeam(tx, actor, managerId);
    if (isRefusal(team)) return team;
    const versions = await listTeamRulesVersions(tx, actor.workspaceId, managerId);
    const [current, before] = versions;
    const changed = current && {
      by: current.changedBy.name,
      on: dayIn(current.changedAt, actor.zone),
      version: current.version,
      what: sayChanges(before?.rules ?? usualRules, current.rules),
    };
    const about = { actor, managerId, today };
    return {
      team,
      saved: current?.rules ?? usualRules,
      changed,
      proposals: await loadProposals(tx, deps, about, form),
      rates: await loadRates(tx, about, form, versions),
    };
  });
}

interface About {
  readonly actor: Person;
  readonly managerId: PersonId;
  readonly today: Day;
}

async function loadProposals(
  tx: Tx,
  { calendars }: ListenerDeps,
  { actor, managerId }: About,
  { page, segment }: FormPlace,
): Promise<RuleProposal[]> {
  if (!segment || (page !== 'pace' && page !== 'silence')) return [];
  const won = await listWonDeals(tx, actor.workspaceId, managerId, segment);
  return proposeRules(won, segment, calendars).filter(({ about }) =>
    proposalsOn[page].includes(about),
  );
}

async function loadRates(
  tx: Tx,
  { actor, managerId, today }: About,
  form: FormPlace,
  versions: readonly TeamRulesVersion[],
) {
  const scopes = scopesOn(form).filter(({ code }) => kindOfStall[code]);
  if (scopes.length === 0) return [];
  const since = addDays(today, -alarmDays);
  const answers = await listAlarmAnswers(tx, actor.workspaceId, managerId, since);
  const history = versions.map(({ rules, changedAt }) => ({
    rules,
    on: dayIn(changedAt, actor.zone),
  }));
  return scopes.map((scope) => alarmRateOf(answers, scope, lastChangedOn(history, scope)));
}

/** The rules whose alarms belong beside the numbers of a page. */
function scopesOn({ page, segment }: FormPlace): RuleScope[] {
  if (page === 'pace') return scopes(['phase_age', 'quiet_gap'], segment);
  if (page === 'silence') return scopes(['buyer_silence', 'no_power'], segment);
  return scopes([...(codesOnPage[page] ?? []), ...(page === 'rest' ? fixedCodes : [])], undefined);
}

function scopes(codes: readonly RuleScope['code'][], segment: RuleScope['segment']): RuleScope[] {
  return codes.map((code) => ({ code, segment }));
}
