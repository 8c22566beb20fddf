import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type Focus, findFocus } from '../../domain/digest-focus.ts';
import { sayOutcome } from '../../domain/loss.ts';
import {
  boxesOf,
  type Count,
  countDeals,
  type EndedGroup,
  isLost,
  lossesByFamily,
  lossesByPhase,
  lostAloneRate,
  metricsVersion,
  noOutcome,
  noPhase,
  noReason,
  tallied,
} from '../../domain/loss-metrics.ts';
import { sayRate, sayTally } from '../../domain/rate.ts';
import { followThrough } from '../../domain/ritual-metrics.ts';
import { count } from '../../domain/text.ts';
import { bold, bullets, context, header, leaf, paragraph, richText } from '../../slack/blocks.ts';
import { barFigure, type Figure, messageOf, plainPart, tableFigure } from '../../slack/figures.ts';
import type { Message } from '../../slack/message.ts';
import { viewDays, type WeekFigures, watchedCodes } from './week-figures.ts';
import { lagRows, leadRows } from './week-rows.ts';

/** How a digest begins and when it comes. */
export interface WeekOpening {
  readonly purpose: string | undefined;
  readonly today: Day;
  readonly late: boolean;
}

export const usualPurpose =
  'Why we look: so that the next deal gets an easier start than the last.';

/**
 * The week's digest: why, what managers promised, one thing to look at, figures that can still be
 * changed above those that cannot, then the losses of the week (METHOD §3.5, §4.8, S4-2, S4-25).
 */
export function buildWeekDigest(week: WeekFigures, opening: WeekOpening): Message {
  const [lead, lag] = [leadRows(week), lagRows(week)];
  const rows = [...lead, ...lag].filter(saysSomething);
  const head = ['Figure', 'This week', 'Four weeks before'];
  return messageOf([
    openingPart(week, opening),
    promisesPart(week),
    focusPart(focusOf(week)),
    tableFigure('What can still change, then what has been', [head, ...rows], sayRow),
    ...emptyPart(lead.length + lag.length - rows.length),
    ...eyesPart(week),
    endingsChart(week),
    lossesPart(week),
    ...reasonsChart(week),
    plainPart(
      [
        context(
          `Figures of the team, version ${metricsVersion}; of nobody alone. A share under 30 stands with the range it most likely lies in.`,
        ),
      ],
      '',
    ),
  ]);
}

/** `Losses: 3 (before: 4.5 a week)` */
function sayRow([what = '', now = '', before = '']: readonly string[]): string {
  return `${what}: ${now} (before: ${before})`;
}

function saysSomething([, now, before]: readonly string[]): boolean {
  const isEmpty = (cell = '') => cell === '—' || cell.startsWith('not enough yet (0 ');
  return !(isEmpty(now) && isEmpty(before));
}

function emptyPart(rows: number): Figure[] {
  if (rows === 0) return [];
  const note = `${count(rows, 'figure has', 'figures have')} nothing to count yet and stay out.`;
  return [plainPart([context(note)], note)];
}

function openingPart(
  { span, weeks, rhythm }: WeekFigures,
  { purpose, today, late }: WeekOpening,
): Figure {
  const why = purpose ?? usualPurpose;
  const week = weeks.at(-1);
  const losses = countDeals(week?.groups ?? [], isLost);
  const won = countDeals(week?.groups ?? [], ({ status }) => status === 'won');
  const secret = week?.privateLosses ?? 0;
  const sums = `${count(won, 'deal')} won and ${losses} lost this week.`;
  const more = [
    ...(rhythm.skipped > 0
      ? [
          `The weekly talk was skipped in ${rhythm.skipped} of the last ${count(rhythm.before.due + 1, 'week')}.`,
        ]
      : []),
    ...(secret > 0
      ? [
          `${count(secret, 'private loss is', 'private losses are')} counted here and in no figure below.`,
        ]
      : []),
    ...(late ? [`This comes late: it was due ${sayDay(span.dueOn, today)}.`] : []),
  ];
  const title = `The week to ${sayDay(span.dueOn, today)}`;
  return plainPart(
    [paragraph(bold(why)), header(title), paragraph(leaf([sums, ...more].join(' ')))],
    [why, `${title}:`, sums, ...more].join(' '),
  );
}

const shownPromises = 3;

/** Managers’ own promises come first (METHOD S4-28); what changes is named, not who. */
function promisesPart({ promises, zone, span }: WeekFigures): Figure {
  const system = promises.now.filter(({ kind }) => kind === 'system_change');
  const all = followThrough(promises.now, zone);
  const own = followThrough(system, zone);
  const opening =
    own.n === 0
      ? 'No change to how we are set up was due this week.'
      : `Changes to how we are set up: ${sayTally(own)} made by their day.`;
  const lines = system
    .slice(0, shownPromises)
    .map(({ what, state, dueOn }) =>
      state === 'done' ? `${what}: done` : `${what}: due ${sayDay(dueOn, span.dueOn)}, still open`,
    );
  const rest =
    all.n > 0 ? `Of all promises due this week, ${sayTally(all)} were kept by their day.` : '';
  return plainPart(
    [
      paragraph(leaf([opening, rest].filter(Boolean).join(' '))),
      ...(lines.length > 0 ? [richText(bullets(...lines.map((line) => [leaf(line)])))] : []),
    ],
    [opening, ...lines.map((line) => `${line}.`), rest].filter(Boolean).join(' '),
  );
}

/** The rule behind it is pure: see `findFocus`. */
function focusOf(week: WeekFigures): Focus | undefined {
  const five = week.weeks.flatMap(({ groups }) => groups);
  return findFocus({
    stalls: watchedCodes.map((code) => {
      const days = week.stalls.get(code) ?? [];
      return { code, now: days.at(-1) ?? 0, before: days.slice(0, -1) };
    }),
    onTime: {
      buyer: { now: week.onTime.now.buyer, before: week.onTime.before.buyer },
      seller: { now: week.onTime.now.seller, before: week.onTime.before.seller },
    },
    families: lossesByFamily(five),
    ritual: week.ritual.now.rate,
    followThrough: followThrough(week.promises.now, week.zone),
    lostAlone: lostAloneRate(five),
  });
}

function focusPart(focus: Focus | undefined): Figure {
  if (!focus) {
    const calm = 'One thing to look at: nothing is further from usual than chance would have it.';
    return plainPart([paragraph(leaf(calm))], calm);
  }
  const { because, move } = focus;
  return plainPart(
    [paragraph(bold('One thing to look at: '), leaf(`${because} ${move}`))],
    `One thing to look at: ${because} ${move}`,
  );
}

/** By name, for whoever has half an hour; what holds them up their own people are told. */
function eyesPart({ atRisk, largestAtRisk }: WeekFigures): Figure[] {
  if (largestAtRisk.length === 0) return [];
  const all = atRisk.at(-1)?.deals ?? largestAtRisk.length;
  const names = largestAtRisk.map(dealTitle).join(', ');
  const what = `A second pair of eyes would help, the largest of ${count(all, 'deal')} held up:`;
  return [plainPart([paragraph(bold(`${what} `), leaf(names))], `${what} ${names}.`)];
}

function endingsChart({ weeks, span }: WeekFigures): Figure {
  const sums = (status: EndedGroup['status']) =>
    weeks.map(({ groups }) => countDeals(groups, (group) => group.status === status));
  return barFigure({
    title: 'Won and lost, five weeks',
    categories: span.days.map((on) => `to ${sayDay(on, span.dueOn).slice(4)}`),
    series: [
      { name: 'Won', values: sums('won') },
      { name: 'Lost', values: sums('lost') },
    ],
    unit: 'deals',
  });
}

function lossesPart(week: WeekFigures): Figure {
  const groups = week.weeks.at(-1)?.groups ?? [];
  const losses = countDeals(groups, isLost);
  if (losses === 0) {
    const none = 'No losses were logged this week; zero may also mean nobody got round to it.';
    const views = week.winnable.n > 0 ? ` Could have been won: ${sayWinnable(week)}.` : '';
    return plainPart([paragraph(leaf(`${none}${views}`))], `${none}${views}`);
  }
  const lines: [string, string][] = [
    ...toldLines(groups, losses),
    ['Could have been won', sayWinnable(week)],
    ['Nobody beside the owner', sayRate(lostAloneRate(groups))],
  ];
  return plainPart(
    [
      paragraph(bold(`The ${count(losses, 'loss', 'losses')} of the week`)),
      richText(bullets(...lines.map(([what, said]) => [bold(`${what}: `), leaf(said)]))),
    ],
    lines.map(([what, said]) => `${what}: ${said}.`).join(' '),
  );
}

/** What was told of the losses; what nobody told of any of them stands together at the end. */
function toldLines(groups: readonly EndedGroup[], losses: number): [string, string][] {
  const { outsold, notThere, untold } = boxesOf(groups);
  const boxes = `${outsold} outsold, ${notThere} where we were not meant to be${untold > 0 ? `, ${untold} in neither yet` : ''}`;
  const endings = tallied(groups, ({ outcome }) => outcome && sayOutcome(outcome), noOutcome);
  const figures = [
    { what: 'Two boxes', said: boxes, isTold: untold < losses },
    { what: 'How they ended', ...told(endings, losses) },
    { what: 'First reasons', ...told(lossesByFamily(groups), losses) },
    { what: 'Phase at the end', ...told(lossesByPhase(groups), losses) },
  ];
  const missing = figures.filter(({ isTold }) => !isTold).map(({ what }) => what.toLowerCase());
  return [
    ...figures
      .filter(({ isTold }) => isTold)
      .map(({ what, said }): [string, string] => [what, said]),
    ...(missing.length > 0
      ? [
          [`Told of none of the ${losses.toLocaleString('en')}`, missing.join(', ')] as [
            string,
            string,
          ],
        ]
      : []),
  ];
}

const untoldLabels: readonly string[] = [noOutcome, noReason, noPhase];

function told(counts: readonly Count[], losses: number) {
  const isTold = counts.some(({ label }) => !untoldLabels.includes(label));
  return { said: sayCounts(counts, losses), isTold };
}

function sayWinnable({ winnable, farApart }: WeekFigures): string {
  const share = `${sayRate(winnable)} in ${viewDays} days, by two views or more`;
  if (farApart === 0) return share;
  return farApart === 1
    ? `${share}; on one of them views are far apart: talk about it`
    : `${share}; on ${farApart} of them views are far apart: talk about those`;
}

/** `Product 3, People 1 (of 4)`: the denominator stays in sight. */
function sayCounts(counts: readonly Count[], of: number): string {
  return `${counts.map(({ label, losses }) => `${label} ${losses.toLocaleString('en')}`).join(', ')} (of ${of.toLocaleString('en')})`;
}

/** Fewer reasons are a list, not a chart; a week without losses has none to compare. */
const fewestCharted = 3;
const shownFamilies = 8;

function reasonsChart({ weeks }: WeekFigures): Figure[] {
  const now = lossesByFamily(weeks.at(-1)?.groups ?? []);
  const before = lossesByFamily(weeks.slice(0, -1).flatMap(({ groups }) => groups));
  const all = lossesByFamily(weeks.flatMap(({ groups }) => groups)).slice(0, shownFamilies);
  const told = all.reduce((sum, { losses }) => sum + losses, 0);
  if (now.length === 0 || told < fewestCharted || all.length < 2) return [];
  const of = (counts: readonly Count[], label: string) =>
    counts.find((one) => one.label === label)?.losses ?? 0;
  return [
    barFigure({
      title: `First reasons of ${told.toLocaleString('en')} losses, five weeks`,
      categories: all.map(({ label }) => label),
      series: [
        { name: 'This week', values: all.map(({ label }) => of(now, label)) },
        {
          name: 'Mean of 4 before',
          values: all.map(({ label }) => of(before, label) / (weeks.length - 1)),
        },
      ],
      unit: 'losses',
    }),
  ];
}
