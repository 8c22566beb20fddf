import { type Day, sayDay } from '../../domain/calendar.ts';
import { metricsVersion } from '../../domain/loss-metrics.ts';
import { saySkill } from '../../domain/loss-reasons.ts';
import { sayLift } from '../../domain/pattern-metrics.ts';
import { sayRate, sayTally, sayTooFew } from '../../domain/rate.ts';
import { fewestReviews } from '../../domain/ritual-metrics.ts';
import { stallWords } from '../../domain/stall-words.ts';
import { bold, bullets, context, header, leaf, paragraph, richText } from '../../slack/blocks.ts';
import { barFigure, type Figure, messageOf, plainPart } from '../../slack/figures.ts';
import type { Message } from '../../slack/message.ts';
import { type Patterns, type PlaybookTrial, patternDays, recentDays } from './pattern-figures.ts';
import { usualPurpose, type WeekOpening } from './week-message.ts';

const fewestEnded = 10;

/** The month's card: what comes back, what losses have more of, and one change to try. */
export function buildPatternCard(patterns: Patterns, opening: WeekOpening, on: Day): Message {
  const why = opening.purpose ?? usualPurpose;
  const title = `What comes back, the months to ${sayDay(on, opening.today)}`;
  const late = opening.late ? ` This comes late: it was due ${sayDay(on, opening.today)}.` : '';
  return messageOf([
    plainPart(
      [paragraph(bold(why)), header(title), ...(late ? [paragraph(leaf(late.trim()))] : [])],
      `${why} ${title}.${late}`,
    ),
    skillsPart(patterns),
    blockersPart(patterns),
    ratesPart(patterns),
    trialPart(patterns.trial, opening.today),
    plainPart(
      [
        context(
          `What ended looks back ${patternDays} days, reviews and answers ${recentDays}. Figures of the team, version ${metricsVersion}.`,
        ),
      ],
      '',
    ),
  ]);
}

function listPart(title: string, lines: readonly string[]): Figure {
  return plainPart(
    [paragraph(bold(title)), richText(bullets(...lines.map((line) => [leaf(line)])))],
    `${title}: ${lines.join('; ').replace(/\.$/, '')}.`,
  );
}

function skillsPart({ skills, finishedReviews, ownership }: Patterns): Figure {
  if (skills.length === 0) {
    return listPart('Skills that finished reviews point to', [
      sayTooFew(finishedReviews, fewestReviews),
    ]);
  }
  const lines = skills.map(
    ({ skill, reviews, recurs }) =>
      `${saySkill(skill)}: ${sayTally(reviews)} reviews${recurs ? ', comes back' : ''}`,
  );
  const ours = ownership
    ? [`Reasons that were ours or shared: ${sayRate(ownership, fewestReviews)}`]
    : [];
  return listPart('Skills that finished reviews point to', [...lines, ...ours]);
}

function blockersPart({ blockers, ended }: Patterns): Figure {
  const title = 'What lost deals had more often than won ones';
  if (blockers.length === 0) {
    const { lost, won } = ended;
    const few = lost < fewestEnded || won < fewestEnded;
    return listPart(title, [
      few
        ? `${sayTooFew(Math.min(lost, won), fewestEnded)} on the smaller side: ${lost} lost, ${won} won since we watch`
        : 'Nothing stands out.',
    ]);
  }
  const lines = blockers.map(
    ({ blocker: { code, lost, won }, lift }) =>
      `${stallWords[code]}: ${sayTally(lost)} lost, ${sayTally(won)} won, ${sayLift(lift)}`,
  );
  const chart = barFigure({
    title: 'Share of deals that had it, in %',
    categories: blockers.map(({ blocker }) => blocker.code.replaceAll('_', ' ')),
    series: (['lost', 'won'] as const).map((side) => ({
      name: side === 'lost' ? 'Lost' : 'Won',
      values: blockers.map(({ blocker }) =>
        Math.round((blocker[side].k / Math.max(1, blocker[side].n)) * 100),
      ),
    })),
    unit: '% of deals',
  });
  const list = listPart(title, lines);
  return {
    blocks: [...list.blocks, ...chart.blocks],
    plain: list.plain,
    says: list.says,
  };
}

function ratesPart({ coverage, replies, promises }: Patterns): Figure {
  return listPart('Rates with what they rest on', [
    `No decision where the plan covered 4 of 5 gates: ${sayRate(coverage.covered)}`,
    `No decision where it covered fewer: ${sayRate(coverage.below)}; deals without gates are in neither`,
    `Buyers who told us what to do better: ${sayRate(replies)}`,
    `Promises kept by their day: ${sayRate(promises)}`,
  ]);
}

function trialPart(trial: PlaybookTrial | undefined, today: Day): Figure {
  if (!trial) return listPart('One change to try', ['None this month: the figures call for none.']);
  const span = `Try it from ${sayDay(trial.from, today)} to ${sayDay(trial.until, today)}, then look at it together.`;
  const { change, playbook } = trial;
  const what =
    change.do === 'reword'
      ? `Reword “${change.step}” in ${playbook}: ${sayTally(change.pointless)} called it pointless.`
      : `“${stallWords[change.code]}”: look for it one week earlier in every open plan.`;
  return listPart('One change to try', [`${what} ${span}`]);
}
