import { type Day, sayDay } from './calendar.ts';
import type { ContactRole } from './contact.ts';
import type { FactStory, FactTrail } from './loss.ts';
import type { Tally } from './plan-metrics.ts';
import type { Phase } from './segment.ts';
import type { RevisionSide } from './slips.ts';
import { count } from './text.ts';

/**
 * The facts of a deal that ended, one short line each, without a judgement (METHOD §4.3, fact
 * trail). What nobody knows is a dash; what never happened has no line.
 */
export function sayFactLines(facts: FactTrail, today: Day): string[] {
  const { story } = facts;
  if (story) return sayStory(facts, story, today);
  if (!facts.steps) return [sayOpen(facts), 'Plan history — (imported deal)'];
  const { buyer, seller, datesMissed } = facts.steps;
  return [
    sayOpen(facts),
    `Their steps: ${finished(buyer)}`,
    `Our steps: ${finished(seller)}`,
    `Steps past their first date: ${datesMissed}`,
  ];
}

function sayStory(facts: FactTrail, story: FactStory, today: Day): string[] {
  return [
    `${sayOpen(facts)} · ${sayPhases(story.entryPhase, story.endPhase)}`,
    sayDates(story.dates, today),
    saySteps('Their', facts.steps?.buyer, story.onTime.buyer, story.buyerAgreed),
    saySteps('Our', facts.steps?.seller, story.onTime.seller, undefined),
    `Their share of the work: ${percent(story.buyerShare)}`,
    `Longest silence: theirs ${days(story.silenceBd.buyer)}, ours ${days(story.silenceBd.seller)}`,
    `Longest time with nothing for them to do: ${days(story.quietGapBd)}`,
    sayTurns(story.turns),
    `Met: ${sayPeople(story.people)}`,
    `Helped: ${story.helpers.join(', ') || '—'}`,
    ...sayFirstMissed(story.firstMissed, today),
    ...(story.unansweredNudges > 0
      ? [`${count(story.unansweredNudges, 'question')} of mine without an answer`]
      : []),
  ];
}

function sayOpen({ daysOpen }: FactTrail): string {
  return `Open ${count(daysOpen, 'day')}`;
}

function sayPhases(entry: Phase | undefined, end: Phase): string {
  return `came in at ${entry ?? '—'}, ended at ${end}`;
}

const sideWords: Readonly<Record<RevisionSide, string>> = {
  us: 'ours',
  buyer: 'theirs',
  both: 'both sides’',
  outside: 'nobody’s',
};

/** The first date and every move with whose it was; a correction is no move. */
function sayDates({ firstOn, moves, slips, netDays }: FactStory['dates'], today: Day): string {
  if (!firstOn) return 'Decision date: —';
  const told = moves.filter(({ kind }) => kind !== 'correction');
  const parts = told.map(({ fromOn, toOn, kind, side }) =>
    kind === 'missed' && toOn === fromOn
      ? `${sayDay(fromOn, today)} went by`
      : `moved to ${sayDay(toOn, today)} (${sideWords[side]})`,
  );
  const sum =
    told.length === 0
      ? ['never moved']
      : [`${count(slips, 'slip')}, ${signed(netDays)} ${Math.abs(netDays) === 1 ? 'day' : 'days'}`];
  return `Decision date: first ${[sayDay(firstOn, today), ...parts, ...sum].join(' · ')}`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0';
}

function finished({ done, asked }: { readonly done: number; readonly asked: number }): string {
  return `${done} of ${asked} finished`;
}

function saySteps(
  whose: 'Their' | 'Our',
  steps: { readonly done: number; readonly asked: number } | undefined,
  onTime: Tally,
  agreed: number | undefined,
): string {
  if (!steps) return `${whose} steps: —`;
  return [
    `${whose} steps: ${finished(steps)}`,
    ...(agreed === undefined ? [] : [`yes said to ${agreed}`]),
    onTime.n === 0 ? 'on time —' : `${onTime.k} of ${onTime.n} on time`,
  ].join(' · ');
}

function percent(share: number | undefined): string {
  return share === undefined ? '—' : `${Math.round(share * 100)}%`;
}

function days(bd: number | undefined): string {
  return bd === undefined ? '—' : count(bd, 'business day');
}

function sayTurns({ all, idle }: FactStory['turns']): string {
  if (all === 0) return 'Turns of the talk: —';
  return `Turns of the talk: ${all}, of which ${idle} moved nothing`;
}

const peopleWords: readonly (readonly [ContactRole | 'none', string, string])[] = [
  ['champion', 'champion', 'champions'],
  ['decider', 'decider', 'deciders'],
  ['signer', 'signer', 'signers'],
  ['finance', 'from finance', 'from finance'],
  ['security', 'from security', 'from security'],
  ['legal', 'from legal', 'from legal'],
  ['procurement', 'from procurement', 'from procurement'],
  ['user', 'user', 'users'],
  ['blocker', 'with doubts', 'with doubts'],
  ['none', 'without a part', 'without a part'],
];

function sayPeople(people: FactStory['people']): string {
  const parts = peopleWords.flatMap(([role, one, many]) => {
    const n = people[role] ?? 0;
    return n === 0 ? [] : [count(n, one, many)];
  });
  return parts.join(', ') || '—';
}

function sayFirstMissed(missed: FactStory['firstMissed'], today: Day): string[] {
  if (!missed) return [];
  const { title, dueOn } = missed;
  return [`First step of theirs past its day: “${title}”, due ${sayDay(dueOn, today)}`];
}
