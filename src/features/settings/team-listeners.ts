import type { ListenerDeps } from '../../deps.ts';
import { loosened, numbersOf, type RuleScope, segmentCodes } from '../../domain/alarm-rates.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import { foldName } from '../../domain/names.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { proposeRules } from '../../domain/rule-proposals.ts';
import { segments } from '../../domain/segment.ts';
import { canManageTeam, usualRules, withNorms } from '../../domain/team-rules.ts';
import { count } from '../../domain/text.ts';
import { type Modal, option } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, onSuggest } from '../../slack/listen.ts';
import type { Call, Reply } from '../../slack/subcommand.ts';
import { listWonDeals } from '../../store/rule-history.ts';
import { findTeam, listTeams } from '../../store/teams.ts';
import { loadTeamFacts, openTeamForm } from './team-facts.ts';
import { readTeamInputs, type TeamPage, teamPages } from './team-fields.ts';
import { teamLineIds } from './team-lines.ts';
import {
  buildTeamModal,
  buildTeamSavedModal,
  readTeamModal,
  type TeamForm,
  teamModalIds,
} from './team-modal.ts';
import { managersOnly, saveTeam } from './team-save.ts';

const mostManagers = 100;

/** `/deal settings team`: a manager's own team; an admin says whose. */
export async function teamSettingsCommand(deps: ListenerDeps, call: Call): Promise<Reply> {
  const { actor, triggerId } = call;
  const own = await deps.store.read((tx) => findTeam(tx, actor.workspaceId, actor.id));
  const refused = refuseStranger(actor, own !== undefined);
  if (refused) return refused;
  const form = await openTeamForm(deps, actor, own && actor.id);
  const view = await modalFor(deps, actor, form);
  if (isRefusal(view)) return view;
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

/** The pages of the form, what fills in its numbers, and saving it. */
export function registerTeamSettings(deps: ListenerDeps): void {
  onClick(deps, teamModalIds.open, (click) => handleOpenClick(deps, click));
  onClick(deps, teamModalIds.manager, (click) => handleOpenClick(deps, click));
  onSuggest(deps, teamModalIds.manager, async ({ actor, typed }) => ({
    options: await managerOptions(deps, actor, typed),
  }));

  const changes: readonly (readonly [string | RegExp, Change])[] = [
    [teamModalIds.segment, toSegment],
    [new RegExp(`^${teamModalIds.page}_`), toPage],
    [teamModalIds.reset, backToUsual],
    [teamLineIds.loosen, loosen],
    [teamLineIds.use, (form, click) => useProposal(deps, form, click)],
  ];
  for (const [id, change] of changes) {
    onClick(deps, id, (click) => handleChange(deps, click, change));
  }

  onSubmit(deps, teamModalIds.view, async ({ actor, view, form: shown }) => {
    const form = readTeamModal(view);
    if (!form.managerId) return noTeam;
    const draft = readTeamInputs(shown, form);
    if (isRefusal(draft)) return draft;
    const saved = await saveTeam(deps, actor, { ...form, managerId: form.managerId, draft });
    if (isRefusal(saved)) return saved;
    return { do: 'show', modal: buildTeamSavedModal(saved.team, saved.version) };
  });
}

type Change = (form: TeamForm, click: Click) => TeamForm | Promise<TeamForm>;

const noTeam = refuse('no_team', 'Pick whose team it is first.');

function refuseStranger(actor: Person, leads: boolean): Refusal | undefined {
  if (!canManageTeam(actor, actor.id)) return managersOnly;
  if (leads || actor.role === 'admin') return undefined;
  return refuse(
    'no_team',
    'Nobody reports to you yet. An import of people says who leads whom: `homeroom import`.',
  );
}

async function handleOpenClick(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  return show(deps, click, await openTeamForm(deps, click.actor, click.value as PersonId));
}

/** What was typed on the page goes into the draft before anything else happens to it. */
async function handleChange(
  deps: ListenerDeps,
  click: Click,
  change: Change,
): Promise<Refusal | undefined> {
  const form = readTeamModal(click.view);
  const draft = readTeamInputs(click.form, form);
  if (isRefusal(draft)) return draft;
  return show(deps, click, await change({ ...form, draft }, click));
}

async function show(
  deps: ListenerDeps,
  { actor, view: shown }: Click,
  form: TeamForm,
): Promise<Refusal | undefined> {
  const view = await modalFor(deps, actor, form);
  if (isRefusal(view)) return view;
  if (shown) await deps.gateway.updateView({ viewId: shown.id, hash: shown.hash, view });
  return undefined;
}

async function modalFor(
  deps: ListenerDeps,
  actor: Person,
  form: TeamForm,
): Promise<Modal | Refusal> {
  const facts = await loadTeamFacts(deps, actor, form);
  if (isRefusal(facts)) return facts;
  const today = dayIn(deps.clock.now(), actor.zone);
  return buildTeamModal(form, facts, { isAdmin: actor.role === 'admin', today });
}

function toSegment(form: TeamForm, { value }: Click): TeamForm {
  const segment = segments.find((known) => known === value);
  const page: TeamPage = form.page === 'silence' ? 'silence' : 'pace';
  return segment ? { ...form, segment, page } : form;
}

function toPage(form: TeamForm, { value }: Click): TeamForm {
  return { ...form, page: teamPages.find((known) => known === value) ?? form.page };
}

function backToUsual(form: TeamForm): TeamForm {
  return { ...form, draft: usualRules, revision: form.revision + 1 };
}

function loosen(form: TeamForm, { value }: Click): TeamForm {
  const scope = { code: value as RuleScope['code'], segment: segmentFor(value, form) };
  const draft = numbersOf(scope, form.draft).length > 0 ? loosened(form.draft, scope) : undefined;
  return draft ? { ...form, draft, revision: form.revision + 1 } : form;
}

function segmentFor(code: string, { segment }: TeamForm): RuleScope['segment'] {
  return (segmentCodes as readonly string[]).includes(code) ? segment : undefined;
}

/** Worked out again: what a button says is a hint. */
async function useProposal(deps: ListenerDeps, form: TeamForm, click: Click): Promise<TeamForm> {
  const { managerId, segment } = form;
  const { actor, value } = click;
  if (!managerId || !segment || !canManageTeam(actor, managerId)) return form;
  const won = await deps.store.read((tx) =>
    listWonDeals(tx, actor.workspaceId, managerId, segment),
  );
  const proposal = proposeRules(won, segment, deps.calendars).find(({ about }) => about === value);
  if (!proposal?.norms) return form;
  const draft = withNorms(form.draft, segment, proposal.norms);
  return { ...form, draft, revision: form.revision + 1 };
}

async function managerOptions(deps: ListenerDeps, actor: Person, typed: string) {
  if (actor.role !== 'admin') return [];
  const teams = await deps.store.read((tx) => listTeams(tx, actor.workspaceId));
  const wanted = foldName(typed);
  return teams
    .filter(({ manager }) => foldName(manager).includes(wanted))
    .slice(0, mostManagers)
    .map(({ manager, people, managerId }) =>
      option(`${manager}, ${count(people, 'person', 'people')}`, managerId),
    );
}
