import type { KnownBlock, TableBlock } from '@slack/types';
import { lowerFirst, shorten } from '../domain/text.ts';
import { bold, bullets, leaf, paragraph, richText } from './blocks.ts';
import type { Message } from './message.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

/** Slack's limits for charts and tables (SLACK §1.3). */
const limits = { title: 50, label: 20, series: 6, points: 20, rows: 100, cells: 10_000, charts: 2 };

interface Point {
  readonly label: string;
  readonly value: number;
}

/** Named values of one kind, such as deals won, in the order of the categories. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** A block Slack draws; the published types do not know it yet. */
interface DataVisualizationBlock {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart:
    | { readonly type: 'pie'; readonly segments: readonly Point[] }
    | {
        readonly type: 'bar' | 'line';
        readonly series: readonly { readonly name: string; readonly data: readonly Point[] }[];
        readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
      };
}

/** Part of a message: as Slack draws it, as blocks every Slack has, and in words. */
export interface Figure {
  readonly blocks: KnownBlock[];
  readonly plain: KnownBlock[];
  /** A sentence or several, not escaped yet; empty for what the words of others say already. */
  readonly says: string;
}

/** Something that every Slack shows. */
export function plainPart(blocks: KnownBlock[], says: string): Figure {
  return { blocks, plain: blocks, says };
}

/** Bars over categories, one a series side by side. */
export function barFigure(chart: {
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
}): Figure {
  const categories = uniqueLabels(chart.categories.slice(0, limits.points));
  const series = chart.series.slice(0, limits.series);
  const block: DataVisualizationBlock = {
    type: 'data_visualization',
    title: shorten(chart.title, limits.title),
    chart: {
      type: 'bar',
      series: series.map(({ name, values }) => ({
        name: shorten(name, limits.label),
        data: categories.map((label, at) => ({ label, value: values[at] ?? 0 })),
      })),
      axis_config: { categories, y_label: shorten(chart.unit, limits.title) },
    },
  };
  const lines = chart.categories.slice(0, limits.points).map((category, at) => {
    const values = series.map(({ name, values: own }) => `${name} ${sayValue(own[at] ?? 0)}`);
    return `${category}: ${values.join(', ')}`;
  });
  return drawn(block, chart.title, lines);
}

/** A pie of what is more than nothing; the smallest share one slice from the sixth on. */
export function pieFigure(chart: {
  readonly title: string;
  readonly slices: readonly Point[];
}): Figure | undefined {
  const slices = chart.slices.filter(({ value }) => value > 0);
  if (slices.length === 0) return undefined;
  const kept = slices.length > limits.series ? slices.slice(0, limits.series - 1) : slices;
  const rest = slices.slice(kept.length).reduce((sum, { value }) => sum + value, 0);
  const all = rest > 0 ? [...kept, { label: 'All others', value: rest }] : kept;
  const labels = uniqueLabels(all.map(({ label }) => label));
  const block: DataVisualizationBlock = {
    type: 'data_visualization',
    title: shorten(chart.title, limits.title),
    chart: {
      type: 'pie',
      segments: all.map(({ value }, at) => ({ label: labels[at] ?? '', value })),
    },
  };
  return drawn(
    block,
    chart.title,
    all.map(({ label, value }) => `${label}: ${sayValue(value)}`),
  );
}

function drawn(block: DataVisualizationBlock, title: string, lines: readonly string[]): Figure {
  return {
    blocks: [block as unknown as KnownBlock],
    plain: [paragraph(bold(title)), richText(bullets(...lines.map((line) => [leaf(line)])))],
    says: `${title}: ${lines.join('; ')}.`,
  };
}

/** A table; its first row is the header. What is too much for one ends with how much was left out. */
export function tableFigure(
  title: string,
  rows: readonly (readonly string[])[],
  say: (row: readonly string[], head: readonly string[]) => string = sayRow,
): Figure {
  const [head = [], ...all] = rows;
  const body = fitting(all, charactersIn([head]));
  const left = all.length - body.length;
  const cut = left > 0 ? [`${left} more rows are left out.`] : [];
  const block: TableBlock = {
    type: 'table',
    rows: [head, ...body].map((row) =>
      row.map((text) => ({ type: 'raw_text' as const, text: text === '' ? '—' : text })),
    ),
    column_settings: head.map(() => ({ is_wrapped: true })),
  };
  const lines = [...body.map((row) => say(row, head)), ...cut];
  const said = richText(bullets(...lines.map((line) => [leaf(line)])));
  const note = cut.map((line) => paragraph(leaf(line)));
  return {
    blocks: [paragraph(bold(title)), block, ...note],
    plain: [paragraph(bold(title)), ...(lines.length > 0 ? [said] : [])],
    says: `${title}: ${lines.join('; ')}.`,
  };
}

/** `Dustin: losses 4, reviews finished 2`. */
function sayRow([name = '', ...cells]: readonly string[], head: readonly string[]): string {
  const said = cells.map((cell, at) => `${lowerFirst(head[at + 1] ?? '')} ${cell || '—'}`);
  return `${name}: ${said.join(', ')}`;
}

function fitting(rows: readonly (readonly string[])[], before: number) {
  let characters = before;
  const place = rows.findIndex((row) => {
    characters += charactersIn([row]);
    return characters > limits.cells;
  });
  return rows.slice(0, Math.min(place < 0 ? rows.length : place, limits.rows - 1));
}

function charactersIn(rows: readonly (readonly string[])[]): number {
  return rows.flat().reduce((sum, cell) => sum + Math.max(1, cell.length), 0);
}

const textMax = 12_000;

/** One message of its parts, with a form for a Slack that draws neither charts nor tables. */
export function messageOf(parts: readonly Figure[]): Message {
  let charts = 0;
  let tables = 0;
  const blocks = parts.flatMap((part) => {
    const types = part.blocks.map(({ type }) => type as string);
    charts += types.filter((type) => type === 'data_visualization').length;
    tables += types.filter((type) => type === 'table').length;
    return charts > limits.charts || tables > 1 ? part.plain : part.blocks;
  });
  const words = parts.map(({ says }) => says).filter(Boolean);
  return {
    text: escapeMrkdwn(shorten(words.join(' '), textMax)),
    blocks,
    fallback: parts.flatMap(({ plain }) => plain),
  };
}

/** Slack wants every label short and no two alike. */
function uniqueLabels(labels: readonly string[]): string[] {
  const used = new Set<string>();
  return labels.map((label) => {
    const whole = label.trim() === '' ? '—' : label;
    let short = shorten(whole, limits.label);
    for (let twin = 2; used.has(short); twin += 1) {
      const mark = ` ${twin}`;
      short = `${shorten(whole, limits.label - mark.length)}${mark}`;
    }
    used.add(short);
    return short;
  });
}

function sayValue(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1);
}
