import type { ActionsBlock, KnownBlock } from '@slack/types';
import { sayDay } from '../../domain/calendar.ts';
import { saySkill } from '../../domain/loss-reasons.ts';
import { type Commitment, type Practice, selfRatings, triesTarget } from '../../domain/practice.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  leaf,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { PracticeView, ReportArea } from './practice-view.ts';

/** Ids of what can be done in `/deal practice` besides what stands in bundles, too. */
export const practiceIds = {
  /** The value is a practice that waits its turn. */
  switchTo: 'practice_switch',
  /** The value is a practice: the manager's yes to it. */
  allow: 'practice_allow',
  /** A select; its values are a practice and a place in `selfRatings`. */
  rate: 'practice_rate',
  /** The value is a practice. */
  edit: 'practice_edit',
  shadow: 'practice_shadow',
  /** The value is a promise. */
  close: 'practice_close',
  next: 'practice_next',
} as const;

/** What stands before the id in the block ids of the overview. */
export const overviewBlock = 'practice_own';

/** One thing at a time, with what was promised about it and what waits; for its reader alone. */
export function buildPracticeMessage(view: PracticeView): Message {
  const parts = [
    ...(view.finished && !view.active ? [finishedPart(view.finished)] : []),
    activePart(view),
    ...view.noted.map((call) => notedPart(call, view)),
    ...view.promises.map((promise) => promisePart(promise, view)),
    ...view.watching.map((call) => watchingPart(call, view)),
    ...view.queued.map((practice) => queuedPart(practice, view)),
    ...againPart(view.again),
    ...reportsPart(view.reports),
  ];
  return {
    text: escapeMrkdwn(parts.flatMap(({ lines }) => lines).join('\n')),
    blocks: parts.flatMap(({ blocks }) => blocks).slice(0, 50),
  };
}

interface Part {
  readonly lines: readonly string[];
  readonly blocks: readonly KnownBlock[];
}

function rowOf(id: string, ...elements: ActionsBlock['elements']): ActionsBlock {
  return actions(`${overviewBlock}.${id}`, ...elements);
}

function activePart(view: PracticeView): Part {
  const { active, today, nextCheckOn } = view;
  if (!active) {
    const line =
      'Nothing to practise just now. The next review of a deal of yours ends with one thing to try.';
    return { lines: [line], blocks: [paragraph(leaf(line))] };
  }
  const { behaviour, skill, occasion, link, tries } = active;
  const since = active.startedOn ? `since ${sayDay(active.startedOn, today)}` : '';
  const facts = [
    `${saySkill(skill)}, ${since}`,
    `${tries} of ${triesTarget} tries`,
    ...(nextCheckOn ? [`I ask again on ${sayDay(nextCheckOn, today)}`] : []),
  ].join(' · ');
  const more = [...(occasion ? [`When and where: ${occasion}`] : []), ...(link ? [link] : [])];
  return {
    lines: [`What you work on: ${behaviour}`, facts, ...more],
    blocks: [
      paragraph(bold('What you work on: '), leaf(behaviour)),
      context([facts, ...more].join('\n')),
      rowOf(active.id, ...tryButtons(active)),
      ratingRow(active),
    ],
  };
}

function tryButtons({ id, behaviour, tries }: Practice): ActionsBlock['elements'] {
  const on = { value: id, about: behaviour };
  return [
    button({
      id: followUpIds.practiceTried,
      text: '+1',
      style: 'primary',
      ...on,
      value: `${id} ${tries}`,
    }),
    button({ id: followUpIds.practiceWatched, text: 'Watched…', ...on }),
    button({ id: practiceIds.shadow, text: 'Watch somebody…', ...on }),
    button({ id: practiceIds.edit, text: 'Link, when and where…', ...on }),
  ];
}

/** For its owner and their manager alone (METHOD S4-19). */
function ratingRow({ id, selfRating }: Practice): ActionsBlock {
  const options = selfRatings.map((words, place) => option(words, `${id} ${place}`));
  const initial = selfRating === undefined ? undefined : options[selfRating];
  return rowOf(`rate_${id}`, {
    type: 'static_select',
    action_id: practiceIds.rate,
    placeholder: plain('How do you find it? You and your manager see this'),
    options,
    ...(initial ? { initial_option: initial } : {}),
  });
}

function finishedPart(practice: Practice): Part {
  const line = `Tried ${triesTarget} times: ${practice.behaviour}. Well kept.`;
  return { lines: [line], blocks: [paragraph(leaf(line)), ratingRow(practice)] };
}

function notedPart({ id, doneNote, observerId, what }: Commitment, view: PracticeView): Part {
  const who = (observerId && view.names.get(observerId)) ?? 'Your observer';
  const line = `${who} watched: ${doneNote ?? ''}`;
  const next = button({
    id: practiceIds.next,
    text: 'What I will try next',
    value: id,
    about: what,
  });
  return { lines: [line], blocks: [paragraph(leaf(line)), rowOf(id, next)] };
}

const promiseWords: Readonly<
  Record<Commitment['kind'], { readonly opening: string; readonly close?: string }>
> = {
  try: { opening: 'To try' },
  observed_call: { opening: 'To be watched' },
  shadow: { opening: 'To watch', close: 'A phrase I borrow…' },
  learn: { opening: 'To learn', close: 'Done' },
  system_change: { opening: 'Yours to change in how we are set up', close: 'It is changed…' },
};

function promisePart(promise: Commitment, { today, names }: PracticeView): Part {
  const { id, kind, what, dueOn, observerId } = promise;
  const { opening, close } = promiseWords[kind];
  const who = observerId ? ` (${names.get(observerId) ?? 'somebody who has left'})` : '';
  const line = `${opening}${who}: ${what}, by ${sayDay(dueOn, today)}`;
  const buttons = close
    ? [rowOf(id, button({ id: practiceIds.close, text: close, value: id, about: what }))]
    : [];
  return { lines: [line], blocks: [paragraph(leaf(line)), ...buttons] };
}

function watchingPart({ id, personId, what, dueOn }: Commitment, view: PracticeView): Part {
  const who = view.names.get(personId) ?? 'a colleague';
  const line = `You watch a call of ${who}’s by ${sayDay(dueOn, view.today)}: ${what}`;
  const text = 'Write what I saw…';
  const note = button({ id: followUpIds.commitmentNote, text, value: id, about: what });
  return { lines: [line], blocks: [paragraph(leaf(line)), rowOf(id, note)] };
}

function queuedPart({ id, behaviour, skill }: Practice, { active, settled }: PracticeView): Part {
  const line = `Waits its turn: ${behaviour} (${saySkill(skill)})`;
  const text = active && !settled ? 'Ask to switch' : 'Begin with this';
  const begin = button({ id: practiceIds.switchTo, text, value: id, about: behaviour });
  return { lines: [line], blocks: [paragraph(leaf(line)), rowOf(id, begin)] };
}

function againPart(skills: readonly string[]): Part[] {
  if (skills.length === 0) return [];
  const line = `Came up again in a later loss: ${skills.map(saySkill).join(', ')}. Only you and your manager see this.`;
  return [{ lines: [line], blocks: [context(line)] }];
}

function reportsPart(reports: readonly ReportArea[]): Part[] {
  if (reports.length === 0) return [];
  const opening = 'What your team works on, for you alone';
  const lines = reports.map(sayReport);
  return [
    {
      lines: [opening, ...lines],
      blocks: [paragraph(bold(opening)), richText(bullets(...lines.map((line) => [leaf(line)])))],
    },
  ];
}

function sayReport({ name, practice, again }: ReportArea): string {
  const what = practice ? practice.behaviour : 'nothing just now';
  const rating =
    practice?.selfRating === undefined ? '' : ` (“${selfRatings[practice.selfRating] ?? ''}”)`;
  const back = again.length > 0 ? `. Came up again: ${again.map(saySkill).join(', ')}` : '';
  return `${name}: ${what}${rating}${back}`;
}
