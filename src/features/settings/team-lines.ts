import type { KnownBlock } from '@slack/types';
import {
  type AlarmRate,
  alarmDays,
  fewestAsked,
  fewestPeople,
  loosened,
  numbersOf,
} from '../../domain/alarm-rates.ts';
import { fewestWon, type ProposalKind, type RuleProposal } from '../../domain/rule-proposals.ts';
import { phases, type Segment, type SegmentNorms, segmentNames } from '../../domain/segment.ts';
import { stallWords } from '../../domain/stall-words.ts';
import {
  isSame,
  segmentNormsOf,
  type TeamRules,
  usualRules,
  withNorms,
} from '../../domain/team-rules.ts';
import { actions, button, context, leaf, paragraph } from '../../slack/blocks.ts';

/** Ids of the buttons that fill something in. */
export const teamLineIds = { use: 'settings_team_use', loosen: 'settings_team_loosen' } as const;

/** The proposals that belong on a page. */
export const proposalsOn: Readonly<Record<'pace' | 'silence', readonly ProposalKind[]>> = {
  pace: ['phase_age', 'typical_reply'],
  silence: ['silence'],
};

const proposalWords: Readonly<Record<ProposalKind, string>> = {
  phase_age: 'longest time in one phase',
  typical_reply: 'they usually answer within',
  silence: `silence that stalls (${phases.join('/')})`,
};

/** What they can be worked out from, besides being won. */
const proposalNeeds: Readonly<Record<ProposalKind, string>> = {
  phase_age: 'with their phases kept',
  typical_reply: 'with an answer logged',
  silence: 'with an answer logged',
};

/** What the team's own wins say about a number, with the button that fills it in. */
export function proposalBlocks(
  { about, n, norms }: RuleProposal,
  segment: Segment,
  draft: TeamRules,
): KnownBlock[] {
  const won = `won ${segmentNames[segment].toLowerCase()} deals`;
  const what = proposalWords[about];
  if (!norms) {
    const needs = proposalNeeds[about];
    const text = `Your own ${won} on “${what}”: not enough yet (${n} of ${fewestWon}, ${needs}).`;
    return [context(text)];
  }
  const now = sayNorm(about, segmentNormsOf(segment, draft));
  const proposed = sayNorm(about, segmentNormsOf(segment, withNorms(draft, segment, norms)));
  if (now === proposed) return [context(`Your ${n} ${won} fit: ${what} ${now} business days.`)];
  return [
    paragraph(leaf(`Your ${n} ${won}: ${what} ${now} → ${proposed} business days.`)),
    actions(
      `${teamLineIds.use}_${about}`,
      button({ id: teamLineIds.use, text: 'Use it', value: about, about: what }),
    ),
  ];
}

function sayNorm(about: ProposalKind, norms: SegmentNorms): string {
  if (about === 'phase_age') return String(norms.phaseAgeBd);
  if (about === 'typical_reply') return String(norms.typicalReplyBd);
  return phases.map((phase) => norms.silenceLimitBd[phase]).join('/');
}

/** How often a rule was called not a problem, with the button that loosens it if it mostly was. */
export function alarmBlocks(rate: AlarmRate, saved: TeamRules, draft: TeamRules): KnownBlock[] {
  const what = stallWords[rate.code];
  const { k, n } = rate.tally;
  if (rate.standing === 'few') {
    return [context(`${what}: not enough yet (${n} of ${fewestAsked} questions).`)];
  }
  if (rate.standing === 'few_people') {
    return [context(`${what}: asked of fewer than ${fewestPeople} people, so it is not shown.`)];
  }
  const heard = `${what}: ${k} of ${n} called not a problem.`;
  if (rate.standing === 'heard') return [context(heard)];
  const now = numbersOf(rate, draft);
  if (!isSame(now, numbersOf(rate, saved))) {
    return [context(`${heard} Changed here to ${sayNumbers(rate, draft)}.`)];
  }
  const next = loosened(draft, rate);
  if (!next) return [context(heard)];
  const change = `Loosen ${sayNumbers(rate, draft)} → ${sayNumbers(rate, next)}?`;
  return [
    paragraph(leaf(`${heard} ${change}`)),
    actions(
      `${teamLineIds.loosen}_${rate.code}`,
      button({ id: teamLineIds.loosen, text: 'Loosen it', value: rate.code, about: what }),
    ),
  ];
}

function sayNumbers(rate: AlarmRate, rules: TeamRules): string {
  const numbers = numbersOf(rate, rules);
  if (rate.code !== 'buyer_silence') return numbers.join('/');
  return `${numbers.slice(0, phases.length).join('/')}, usual answer ${numbers.at(-1)}`;
}

/** What stands over the counts and under them: they are never of one person. */
export const alarmHeading = 'How often people said “not a problem”';
export const alarmFootnote = `Counted over the last ${alarmDays} days, or since the number was changed, over the whole team together. What one person answered is not shown.`;

/** Whether a draft leaves nothing of a team's own. */
export function isUsual(draft: TeamRules): boolean {
  return isSame(draft, usualRules);
}
