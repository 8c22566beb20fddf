import { type Day, sayDay } from '../../domain/calendar.ts';
import { coachingQuestion } from '../../domain/coaching.ts';
import { metricsVersion } from '../../domain/loss-metrics.ts';
import { sayRate } from '../../domain/rate.ts';
import { count } from '../../domain/text.ts';
import { bold, bullets, context, header, leaf, paragraph, richText } from '../../slack/blocks.ts';
import { type Figure, messageOf, plainPart, tableFigure } from '../../slack/figures.ts';
import type { Message } from '../../slack/message.ts';
import type { HeadsFigures, TeamWeek } from './heads-figures.ts';
import { viewDays } from './week-figures.ts';
import { usualPurpose, type WeekOpening } from './week-message.ts';

const note = `Two boxes and “could have been won” look at ${viewDays} days. Names of sellers are left out on purpose; ask their managers how, not who.`;
/** Slack takes a hundred rows and fifty blocks; more managers than that read their own digests. */
const shownTeams = 40;

/**
 * What a head of sales gets: a manager a line and one question to put to each (METHOD §4.8, S1-14).
 * Teams where nothing happened are counted and not listed.
 */
export function buildHeadsDigest(
  { teams, privateLosses }: HeadsFigures,
  { purpose, today, late }: WeekOpening,
  dueOn: Day,
): Message {
  const busy = teams.filter(isBusy).slice(0, shownTeams);
  const calm = teams.length - busy.length;
  const title = `Losses by manager, the week to ${sayDay(dueOn, today)}`;
  const losses = teams.reduce((sum, team) => sum + team.losses, 0);
  const facts = [
    `${count(losses, 'loss', 'losses')} in ${count(teams.length, 'team')}.`,
    ...(calm > 0 ? [`${count(calm, 'team')} had nothing to look at.`] : []),
    ...(privateLosses > 0
      ? [`${count(privateLosses, 'private loss is', 'private losses are')} counted apart, unnamed.`]
      : []),
    ...(late ? [`This comes late: it was due ${sayDay(dueOn, today)}.`] : []),
  ].join(' ');
  const why = purpose ?? usualPurpose;
  return messageOf([
    plainPart(
      [paragraph(bold(why)), header(title), paragraph(leaf(facts))],
      `${why} ${title}: ${facts}`,
    ),
    ...(busy.length > 0 ? [teamsTable(busy), questions(busy)] : []),
    plainPart([context(`${note} Figures version ${metricsVersion}.`)], note),
  ]);
}

function isBusy({ losses, finished, unread, boxes }: TeamWeek): boolean {
  return losses + finished + unread + boxes.outsold + boxes.notThere > 0;
}

function teamsTable(teams: readonly TeamWeek[]): Figure {
  const head = [
    'Manager',
    'Losses',
    'Reviews finished',
    'Wait for their word',
    'Outsold / not our place',
    'Could have been won',
  ];
  const rows = teams.map(({ manager, losses, finished, unread, boxes, winnable }) => [
    manager,
    String(losses),
    String(finished),
    String(unread),
    `${boxes.outsold} / ${boxes.notThere}${boxes.untold > 0 ? `, ${boxes.untold} in neither yet` : ''}`,
    sayRate(winnable),
  ]);
  return tableFigure('By manager', [head, ...rows]);
}

function questions(teams: readonly TeamWeek[]): Figure {
  const asked = teams.map((team) => ({ manager: team.manager, asks: coachingQuestion(team) }));
  return plainPart(
    [
      paragraph(bold('One question for each')),
      richText(bullets(...asked.map(({ manager, asks }) => [bold(`${manager}: `), leaf(asks)]))),
    ],
    asked.map(({ manager, asks }) => `For ${manager}: ${asks}`).join(' '),
  );
}
