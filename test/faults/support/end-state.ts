import type { Tables } from '../../../src/store/schema.ts';
import type { Store } from '../../../src/store/store.ts';
import type { World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

type Row = Record<string, unknown>;

/** What pacing is left with says when something was sent, not what. */
const passing: readonly (keyof Tables)[] = ['paces'];

/**
 * Everything the app keeps, table by table, comparable between two runs: an id is the name of what
 * it stands for, an instant only tells that there is one, and rows are in no order of arrival.
 */
export async function keptBy(store: Store): Promise<Record<string, string[]>> {
  const names = await store.read(async ({ tables }) => Object.keys(tables) as (keyof Tables)[]);
  const tables = new Map<string, Row[]>();
  for (const name of names) {
    if (!passing.includes(name)) tables.set(name, (await rowsOf(store, name)) as Row[]);
  }
  const known = new Map<string, string>();
  for (const [table, rows] of tables) {
    for (const { id, title, name } of rows) {
      known.set(String(id), `${table} ${String(name ?? title ?? '')}`);
    }
  }
  const sayRow = (row: Row) => blurred(JSON.stringify(withoutInstants(row)), known);
  return Object.fromEntries([...tables].map(([name, rows]) => [name, rows.map(sayRow).sort()]));
}

function withoutInstants(row: Row): Row {
  const blank = (value: unknown) => (value instanceof Date ? 'at some time' : value);
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, blank(value)]));
}

function blurred(text: string, known: ReadonlyMap<string, string>): string {
  return text
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, (id) => known.get(id) ?? 'an id')
    .replace(/\b\d{10}\.\d{6}\b/g, 'a ts')
    .replace(/\bEv[0-9A-Z]{8}\b/g, 'an event');
}

/** Everything that stands in a channel or a DM for as long as it is not deleted. */
export function shownIn({ anna, ben, mia }: World, channels: readonly string[]): string[] {
  const posted = channels.flatMap((channel) => [...anna.messages(channel)]);
  return [...posted, ...anna.dm(), ...ben.dm(), ...mia.dm()].map(
    (message) => `${message.user}: ${message.text} / ${wordsOn(message)}`,
  );
}
