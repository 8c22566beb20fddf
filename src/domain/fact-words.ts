import { type Day, sayDay } from './calendar.ts';
import type { ContactRole } from './contact.ts';
import type { FactStory, FactTrail } from './loss.ts';
import type { Tally } from './plan-metrics.ts';
import type { Phase } from './segment.ts';
import type { RevisionSide } from './slips.ts';
import { count } from './text.ts';

/**
 * The facts of a deal that ended, one short line each, without a judgement (METHOD §4.3, fact
 * trail). What never happened has no line; what nobody noted stands together in the last one.
 */
export function sayFactLines(facts: FactTrail, today: Day): string[] {
  const { story } = facts;
  if (story) return sayStory(facts, story, today);
  if (!facts.steps) return [sayOpen(facts), unplanned];
  const { buyer, seller, datesMissed } = facts.steps;
  return [
    sayOpen(facts),
    `Their steps: ${finished(buyer)}`,
    `Our steps: ${finished(seller)}`,
    `Steps past their first date: ${datesMissed}`,
  ];
}

const unplanned = 'No plan history: an imported deal';

function sayStory(facts: FactTrail, story: FactStory, today: Day): string[] {
  return [
    `${sayOpen(facts)} · ${sayPhases(story.entryPhase, story.endPhase)}`,
    sayDates(story.dates, today),
    ...sayWork(facts, story),
    ...saySilence(story.silenceBd),
    `Longest time with nothing for them to do: ${days(story.quietGapBd)}`,
    ...sayTurns(story.turns),
    ...sayNames('Met', sayPeople(story.people)),
    ...sayNames('Helped', story.helpers),
    ...sayFirstMissed(story.firstMissed, today),
    ...(story.unansweredNudges > 0
      ? [`${count(story.unansweredNudges, 'question')} of mine without an answer`]
      : []),
    ...sayUnnoted(story),
  ];
}

/** What there would be a line for, had somebody logged it. */
function sayUnnoted({ turns, people, helpers }: FactStory): string[] {
  const missing = [
    ...(turns.all === 0 ? ['who wrote when'] : []),
    ...(sayPeople(people).length === 0 ? ['who was met'] : []),
    ...(helpers.length === 0 ? ['who helped'] : []),
  ];
  return missing.length === 0 ? [] : [`Nobody noted: ${missing.join(', ')}`];
}

function sayOpen({ daysOpen }: FactTrail): string {
  return `Open ${count(daysOpen, 'day')}`;
}

function sayPhases(entry: Phase | undefined, end: Phase): string {
  return entry ? `came in at ${entry}, ended at ${end}` : `ended at ${end}`;
}

const sideWords: Readonly<Record<RevisionSide, string>> = {
  us: 'ours',
  buyer: 'theirs',
  both: 'both sides’',
  outside: 'nobody’s',
};

/** The first date and every move with whose it was; a correction is no move. */
function sayDates({ firstOn, moves, slips, netDays }: FactStory['dates'], today: Day): string {
  if (!firstOn) return 'Decision date: none was set';
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

function sayWork({ steps }: FactTrail, { onTime, buyerAgreed, buyerShare }: FactStory): string[] {
  if (!steps) return [unplanned];
  if (steps.buyer.asked + steps.seller.asked === 0) return ['No steps on either side'];
  return [
    saySteps('Their', steps.buyer, onTime.buyer, buyerAgreed),
    saySteps('Our', steps.seller, onTime.seller, undefined),
    ...(buyerShare === undefined
      ? []
      : [`Their share of the work: ${Math.round(buyerShare * 100)}%`]),
  ];
}

function saySteps(
  whose: 'Their' | 'Our',
  steps: { readonly done: number; readonly asked: number },
  onTime: Tally,
  agreed: number | undefined,
): string {
  if (steps.asked === 0) return `${whose} steps: none`;
  return [
    `${whose} steps: ${finished(steps)}`,
    ...(agreed === undefined ? [] : [`yes said to ${agreed}`]),
    onTime.n === 0 ? 'none was due yet' : `${onTime.k} of ${onTime.n} on time`,
  ].join(' · ');
}

function saySilence({ buyer, seller }: FactStory['silenceBd']): string[] {
  const parts = [
    ...(buyer === undefined ? [] : [`theirs ${days(buyer)}`]),
    ...(seller === undefined ? [] : [`ours ${days(seller)}`]),
  ];
  return parts.length === 0 ? [] : [`Longest silence: ${parts.join(', ')}`];
}

function days(bd: number): string {
  return count(bd, 'business day');
}

function sayTurns({ all, idle }: FactStory['turns']): string[] {
  return all === 0 ? [] : [`Turns of the talk: ${all}, of which ${idle} moved nothing`];
}

function sayNames(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
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

function sayPeople(people: FactStory['people']): string[] {
  return peopleWords.flatMap(([role, one, many]) => {
    const n = people[role] ?? 0;
    return n === 0 ? [] : [count(n, one, many)];
  });
}

function sayFirstMissed(missed: FactStory['firstMissed'], today: Day): string[] {
  if (!missed) return [];
  const { title, dueOn } = missed;
  return [`First step of theirs past its day: “${title}”, due ${sayDay(dueOn, today)}`];
}
