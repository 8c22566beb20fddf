import type { KnownBlock } from '@slack/types';
import { sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { count } from '../../domain/text.ts';
import {
  bold,
  bullets,
  context,
  header,
  type Leaf,
  leaf,
  paragraph,
  richText,
} from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { openStepSelect, planButtons, whyButton } from './plan-buttons.ts';
import { groupSteps } from './plan-groups.ts';
import { reasonsOf } from './plan-health.ts';
import { type Section, sectionBlocks, sectionsOf, sectionText } from './plan-sections.ts';
import { type Figure, factLine, figuresOf } from './plan-status.ts';
import { type JudgedPlan, type PlanView, sayLeaves } from './plan-view.ts';
import { warningsOf } from './plan-warnings.ts';

/** Two blocks each; whatever else is now stands in a list below them. */
const buttonLimit = 6;
/** The plan card: the date, whose plan it is, how well it is kept, and every step by when it is due. */
export function buildPlanMessage(view: PlanView): Message {
  const { deal, judged } = view;
  const groups = groupSteps(view.steps, view.today, view.calendar);
  const isOpen = deal.status === 'open';
  const buttons = view.mayChange && isOpen;
  const pressable = buttons ? groups.now.slice(0, buttonLimit) : [];
  const open = [...groups.now, ...groups.next, ...groups.later];
  const shown = sectionsOf(groups, view, pressable);
  const blocks: KnownBlock[] = [
    header(dealTitle(deal)),
    paragraph(...dateLeaves(view)),
    ...(view.lastTime ? [paragraph(leaf(view.lastTime))] : []),
    ...(view.lesson && isOpen ? [context(view.lesson)] : []),
    ...(judged ? judgedBlocks(judged, buttons) : []),
    context(factLine(view)),
    { type: 'divider' },
    ...shown.flatMap((section) => sectionBlocks(section, view)),
    ...(shown.length === 0 ? [paragraph(leaf(noSteps))] : []),
    ...(buttons ? openStepSelect(deal, open.slice(pressable.length), view.today) : []),
    ...(buttons ? [planButtons(deal, view.lesson !== undefined)] : []),
  ];
  const learnt = [view.lastTime, isOpen ? view.lesson : undefined].filter(Boolean);
  const lesson = learnt.map((line) => `\n${line}`).join('');
  return { text: escapeMrkdwn(planText(view, shown, groups.done.length) + lesson), blocks };
}

const noSteps = 'No steps yet. Give both sides one.';

function dateLeaves({ deal, slips, today, calendar }: PlanView): Leaf[] {
  if (deal.status === 'open') return dateLine({ deal, slips, today, calendar }).leaves;
  const ended = { won: 'Won', lost: 'Closed', invalid: 'Closed as invalid' }[deal.status];
  return [bold(`${ended} on ${sayDay(deal.closedOn, today)}`)];
}

function judgedBlocks(judged: JudgedPlan, buttons: boolean): KnownBlock[] {
  const lines = [...reasonsOf(judged), ...warningsOf(judged)];
  return [
    {
      type: 'section',
      fields: figuresOf(judged).map((figure) => ({ type: 'mrkdwn', text: fieldText(figure) })),
      ...(buttons ? { accessory: whyButton(judged.rows.deal, judged.state.health) } : {}),
    },
    ...(lines.length > 0 ? [richText(bullets(...lines))] : []),
  ];
}

/** Nothing in it was typed by anybody. */
function fieldText({ what, meaning, bar }: Figure): string {
  return `*${what}*\n${bar === undefined ? '' : `${barOf(bar)}  `}${meaning}`;
}

const barLength = 8;

function barOf(part: number): string {
  const full = Math.round(part * barLength);
  return '▰'.repeat(full) + '▱'.repeat(barLength - full);
}

/** The same in lines, for notifications and for who reads without seeing. */
function planText(view: PlanView, shown: readonly Section[], done: number): string {
  const { deal, judged } = view;
  const stands = deal.status === 'open' ? dateLine(view).text : sayLeaves(dateLeaves(view));
  const figures = judged ? figuresOf(judged).map(({ what, meaning }) => `${what}: ${meaning}`) : [];
  const notes = judged ? [...reasonsOf(judged), ...warningsOf(judged)].map(sayLeaves) : [];
  const sections = shown.flatMap((section) => sectionText(section, view));
  return [
    `${dealTitle(deal)}: ${stands}. ${count(done, 'step')} done.`,
    ...figures,
    ...notes,
    factLine(view),
    ...(sections.length > 0 ? sections : [noSteps]),
  ].join('\n');
}
