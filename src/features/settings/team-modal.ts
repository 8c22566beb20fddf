import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { AlarmRate } from '../../domain/alarm-rates.ts';
import { type Day, sayDay } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { RuleProposal } from '../../domain/rule-proposals.ts';
import { type Segment, segmentNames, segments } from '../../domain/segment.ts';
import { most, sameRules, type TeamRules, thresholdCodes } from '../../domain/team-rules.ts';
import { count } from '../../domain/text.ts';
import {
  actions,
  bold,
  button,
  context,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { Team } from '../../store/teams.ts';
import { type FormPlace, type TeamPage, teamInputs, teamPages } from './team-fields.ts';
import { alarmBlocks, alarmFootnote, alarmHeading, isUsual, proposalBlocks } from './team-lines.ts';

export const teamModalIds = {
  view: 'settings_team',
  open: 'settings_team_open',
  manager: 'settings_team_manager',
  segment: 'settings_team_segment',
  page: 'settings_team_page',
  reset: 'settings_team_reset',
} as const;

const number = z.number().int().min(0).max(most);
const threshold = z.object({ watch: number, stall: number });
const norms = z
  .object({
    typicalReplyBd: number,
    quietGapBd: number,
    nextStepHorizonBd: number,
    contacts: number,
    silenceLimitBd: z.object({
      awareness: number,
      interest: number,
      preference: number,
      decision: number,
    }),
    phaseAgeBd: number,
    deciderMetBd: threshold,
    afterDecisionBd: number,
  })
  .partial();

const meta = z.object({
  managerId: z.string().optional(),
  version: z.number(),
  page: z.enum(teamPages),
  segment: z.enum(segments).optional(),
  revision: z.number(),
  draft: z.object({
    norms: z.partialRecord(z.enum(segments), norms),
    thresholds: z.partialRecord(z.enum(thresholdCodes), threshold),
  }),
});

/** The form of a team's numbers as it travels with the modal. */
export interface TeamForm extends FormPlace {
  /** Undefined while an admin has not said whose team it is. */
  readonly managerId: PersonId | undefined;
  /** The version it began from. */
  readonly version: number;
}

/** What counts for the team now, whose change it was, and what history says on this page. */
export interface TeamFacts {
  readonly team: Team | undefined;
  readonly saved: TeamRules;
  readonly changed:
    | {
        readonly by: string;
        readonly on: Day;
        readonly version: number;
        readonly what: string;
      }
    | undefined;
  readonly proposals: readonly RuleProposal[];
  readonly rates: readonly AlarmRate[];
}

const pageNames: Readonly<Record<Exclude<TeamPage, 'start'>, string>> = {
  pace: 'Pace and people',
  silence: 'Silence and decider',
  late: 'What is late',
  dates: 'Dates and replies',
  rest: 'Everything else',
};

/** One page of a team's numbers: what counts, and what the team's own history says about it. */
export function buildTeamModal(
  form: TeamForm,
  facts: TeamFacts,
  viewer: { readonly isAdmin: boolean; readonly today: Day },
): Modal {
  const { team, saved } = facts;
  const inputs = teamInputs(form);
  const isChanged = !sameRules(form.draft, saved);
  return modal({
    id: teamModalIds.view,
    title: 'The numbers of a team',
    ...(inputs.length > 0 || isChanged ? { submit: 'Save' } : { close: 'Close' }),
    meta: form,
    blocks: [
      ...(viewer.isAdmin && form.page === 'start' ? [managerPicker()] : []),
      ...(team ? [...head(team, facts, isChanged, viewer.today), ...navigation(form)] : []),
      ...inputs,
      ...historyBlocks(form, facts),
    ],
  });
}

function managerPicker(): ActionsBlock {
  return actions('settings_team_whose', {
    type: 'external_select',
    action_id: teamModalIds.manager,
    placeholder: plain('Whose team?'),
    min_query_length: 0,
  });
}

function head(
  { manager, people }: Team,
  { changed }: TeamFacts,
  isChanged: boolean,
  today: Day,
): KnownBlock[] {
  const since = changed
    ? `Changed by ${changed.by} on ${sayDay(changed.on, today)}, version ${changed.version}. ${changed.what}`
    : 'Nothing is changed: these are the numbers every team begins with.';
  return [
    paragraph(bold(`The team of ${manager}`), leaf(` · ${count(people, 'person', 'people')}`)),
    context(isChanged ? `${since} What is changed here is not saved yet.` : since),
  ];
}

/** Which kind of deals, which page. A page of numbers of a segment waits for the segment. */
function navigation({ page, segment, draft }: TeamForm): KnownBlock[] {
  const options = segments.map((known) => option(segmentNames[known], known));
  const initial = options.find(({ value }) => value === segment);
  const pages = (Object.keys(pageNames) as (keyof typeof pageNames)[])
    .filter((known) => known !== page && (segment || !(known in ofSegment)))
    .map((known) => pageButton(known));
  const reset = button({ id: teamModalIds.reset, text: 'Back to the usual' });
  return [
    actions(
      'settings_team_where',
      {
        type: 'static_select',
        action_id: teamModalIds.segment,
        placeholder: plain('Which kind of deals?'),
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
      ...pages,
      ...(isUsual(draft) ? [] : [reset]),
    ),
    ...(page === 'start' ? [] : [paragraph(bold(pageTitle(page, segment)))]),
  ];
}

const ofSegment = { pace: true, silence: true };

function pageButton(page: keyof typeof pageNames): Button {
  return button({ id: `${teamModalIds.page}_${page}`, text: pageNames[page], value: page });
}

function pageTitle(page: keyof typeof pageNames, segment: Segment | undefined): string {
  return segment && page in ofSegment
    ? `${segmentNames[segment]}: ${pageNames[page].toLowerCase()}`
    : `All deals: ${pageNames[page].toLowerCase()}`;
}

function historyBlocks(form: TeamForm, { proposals, rates, saved }: TeamFacts): KnownBlock[] {
  const { segment, draft } = form;
  return [
    ...(segment ? proposals.flatMap((one) => proposalBlocks(one, segment, draft)) : []),
    ...(rates.length > 0 ? [paragraph(bold(alarmHeading))] : []),
    ...rates.flatMap((rate) => alarmBlocks(rate, saved, draft)),
    ...(rates.length > 0 ? [context(alarmFootnote)] : []),
  ];
}

export function readTeamModal(view: View | undefined): TeamForm {
  return readMeta(view, meta) as TeamForm;
}

/** After saving: which version counts, and for whom. */
export function buildTeamSavedModal({ manager, managerId }: Team, version: number): Modal {
  return buildResultModal({
    title: 'Saved',
    lines: [
      [bold(`Version ${version}`), leaf(` counts for the team of ${manager} from now on.`)],
      [leaf('Their deals are looked at by it the next time. Earlier versions are kept.')],
    ],
    next: [button({ id: teamModalIds.open, text: 'Change more', value: managerId })],
  });
}
