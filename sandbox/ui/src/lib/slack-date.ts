import { dayIn, formatIn, nearDay, timeIn } from './zoned-time.ts';

interface Moment {
  readonly zone: string;
  readonly at: Date;
  readonly now: Date;
}

const tokens: Record<string, (moment: Moment) => string> = {
  date_num: ({ zone, at }) => dayIn(zone, at),
  date_slash: ({ zone, at }) =>
    formatIn(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }, at),
  date: (moment) =>
    formatIn(moment.zone, { month: 'long', day: 'numeric', year: 'numeric' }, moment.at),
  date_short: (moment) =>
    formatIn(moment.zone, { month: 'short', day: 'numeric', year: 'numeric' }, moment.at),
  date_long: (moment) => longDate(moment),
  date_long_full: (moment) => longDate(moment),
  date_pretty: (moment) => pretty(moment, 'date'),
  date_short_pretty: (moment) => pretty(moment, 'date_short'),
  date_long_pretty: (moment) => pretty(moment, 'date_long'),
  day_divider_pretty: (moment) => pretty(moment, 'date_long'),
  time: ({ zone, at }) => timeIn(zone, at),
  time_secs: ({ zone, at }) =>
    formatIn(zone, { hour: 'numeric', minute: '2-digit', second: '2-digit' }, at),
  ago: (moment) => ago(moment),
};

/**
 * Fills a `<!date^…>` format for the reader's zone. A token nobody knows gives the fallback, as an
 * instant nobody can read does.
 */
export function formatSlackDate(
  timestamp: number,
  format: string,
  fallback: string,
  zone: string,
  now: Date,
): string {
  const at = new Date(timestamp * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  let unknown = false;
  const filled = format.replace(/\{(\w+)\}/g, (_, name: string) => {
    const token = tokens[name];
    if (token === undefined) unknown = true;
    return token?.({ zone, at, now }) ?? '';
  });
  return unknown ? fallback : filled;
}

function longDate({ zone, at }: Moment): string {
  return formatIn(zone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }, at);
}

function pretty(moment: Moment, otherwise: string): string {
  const near = nearDay(moment.zone, moment.at, moment.now);
  return near?.toLowerCase() ?? tokens[otherwise]?.(moment) ?? '';
}

function ago({ at, now }: Moment): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / (60 * 24)), 'day');
}
