/** Slack shows its times in English; so does the stand-in, wherever the browser is. */
const LOCALE = 'en-US';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs more than using it, and a long channel needs a thousand. */
export function formatIn(zone: string, options: Intl.DateTimeFormatOptions, at: Date): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
  formats.set(key, known);
  return known.format(at);
}

/** A message's `ts` is its instant in seconds. */
export function instantOf(ts: string): Date {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** The calendar day as `YYYY-MM-DD`, where the reader is. */
export function dayIn(zone: string, at: Date): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const [month, day, year] = formatIn(zone, parts, at).split('/');
  return `${year?.padStart(4, '0')}-${month}-${day}`;
}

export function timeIn(zone: string, at: Date): string {
  return formatIn(zone, { hour: 'numeric', minute: '2-digit' }, at);
}

/** `Mon, Nov 24, 4:05 PM`. */
export function clockLabel(zone: string, at: Date): string {
  const day = formatIn(zone, { weekday: 'short', month: 'short', day: 'numeric' }, at);
  return `${day}, ${timeIn(zone, at)}`;
}

/** What the divider between two days says, seen from the sandbox's own today. */
export function dayLabel(zone: string, at: Date, now: Date): string {
  const near = nearDay(zone, at, now);
  if (near !== null) return near;
  const sameYear = dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4);
  const long = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  return formatIn(zone, sameYear ? long : { ...long, year: 'numeric' }, at);
}

/** `Today`, `Yesterday`, `Tomorrow` or null. */
export function nearDay(zone: string, at: Date, now: Date): string | null {
  const days = (Date.parse(dayIn(zone, at)) - Date.parse(dayIn(zone, now))) / 86_400_000;
  if (days === 0) return 'Today';
  if (days === -1) return 'Yesterday';
  return days === 1 ? 'Tomorrow' : null;
}
