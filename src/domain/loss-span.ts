import { addDays, type Day } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What losses can be told apart by. */
export const lossAspects = ['reason', 'competitor', 'phase', 'manager'] as const;
export type LossAspect = (typeof lossAspects)[number];

/** What `/deal losses` is asked for. */
export interface LossQuestion {
  readonly days: number;
  readonly by: LossAspect;
}

const usual: LossQuestion = { days: 90, by: 'reason' };
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const mostDays = 5 * 365;
const understood =
  'Try /deal losses 90d by reason. A span is 30d, 12w, 6m or 1y; after “by” stands reason, competitor, phase or manager.';

/** Reads `90d by reason`, either part alone or nothing; a month is 30 days. */
export function readLossQuestion(text: string): LossQuestion | Refusal {
  const words = text.toLowerCase().split(' ').filter(Boolean);
  const at = words.indexOf('by');
  const spanWords = at < 0 ? words : words.slice(0, at);
  const byWords = at < 0 ? [] : words.slice(at + 1);
  const days = spanWords.length === 0 ? usual.days : readDays(spanWords.join(''));
  if (days === undefined) return unclear(`“${spanWords.join(' ')}” is no span I know.`);
  if (days > mostDays) return unclear('That is longer than the five years I look back.');
  const by = at < 0 ? usual.by : lossAspects.find((aspect) => aspect === byWords.join(' '));
  if (!by) return unclear(`“by ${byWords.join(' ')}” is nothing I can sort by.`);
  return { days, by };
}

function readDays(text: string): number | undefined {
  const [, number = '', unit = 'd'] = /^(\d{1,4})([dwmy])?$/.exec(text) ?? [];
  const days = Number(number) * (unitDays[unit] ?? 1);
  return days > 0 ? days : undefined;
}

function unclear(what: string): Refusal {
  return refuse('losses_unclear', `${what} ${understood}`);
}

/** The day before the span begins: it ends with `today`. */
export function spanStart(today: Day, days: number): Day {
  return addDays(today, -days);
}
