import { closestWord, foldName } from '../domain/names.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';

/** Field → names its column goes by in exports, best first. */
export type FieldAliases<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Field → index of its column. */
export type Columns<Field extends string> = Readonly<Partial<Record<Field, number>>>;

/** Column names compare without case, spaces, accents and punctuation. */
function squeeze(name: string): string {
  return foldName(name).replaceAll(' ', '');
}

/**
 * Finds the column of every field: those named in `map` first, others by the names exports give
 * them. Columns nobody knows are left alone.
 */
export function matchColumns<Field extends string>(
  header: readonly string[],
  map: Readonly<Record<string, string>>,
  aliases: FieldAliases<Field>,
): Columns<Field> | Refusal {
  const names = header.map(squeeze);
  const found = readMap(header, names, map, aliases);
  if (isRefusal(found)) return found;
  const columns: Partial<Record<Field, number>> = { ...found };
  const taken = new Set<unknown>(Object.values(columns));
  for (const [field, candidates] of fieldsOf(aliases)) {
    if (columns[field] !== undefined) continue;
    const name = candidates.map(squeeze).find((alias) => {
      const index = names.indexOf(alias);
      return index >= 0 && !taken.has(index);
    });
    if (name === undefined) continue;
    const index = names.indexOf(name);
    if (names.includes(name, index + 1)) return refuseTwins(header[index] ?? '');
    columns[field] = index;
    taken.add(index);
  }
  return columns;
}

function readMap<Field extends string>(
  header: readonly string[],
  names: readonly string[],
  map: Readonly<Record<string, string>>,
  aliases: FieldAliases<Field>,
): Partial<Record<Field, number>> | Refusal {
  const columns: Partial<Record<Field, number>> = {};
  const givenBy = new Map<Field, string>();
  for (const [column, wanted] of Object.entries(map)) {
    const field = fieldsOf(aliases).find(([name]) => name === wanted.trim())?.[0];
    if (!field) return refuseField(wanted, Object.keys(aliases));
    const exact = header.indexOf(column);
    const index = exact >= 0 ? exact : names.indexOf(squeeze(column));
    if (index < 0) return refuseColumn(column, header);
    if (exact < 0 && names.includes(squeeze(column), index + 1)) return refuseTwins(column);
    const other = givenBy.get(field);
    if (other !== undefined) {
      return refuse(
        'map_twice',
        `“${other}” and “${column}” are both mapped to ${field}. Keep one --map for it.`,
      );
    }
    columns[field] = index;
    givenBy.set(field, column);
  }
  return columns;
}

function fieldsOf<Field extends string>(
  aliases: FieldAliases<Field>,
): [Field, readonly string[]][] {
  return Object.entries(aliases) as [Field, readonly string[]][];
}

/** The columns of a file as a sentence shows them. */
export function sayColumns(header: readonly string[]): string {
  const shown = header.slice(0, 12).map((name) => `“${name.slice(0, 40)}”`);
  const more = header.length - shown.length;
  return `The columns are ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function refuseField(wanted: string, fields: readonly string[]): Refusal {
  const close = closestWord(wanted, fields);
  return refuse(
    'map_field',
    `“${wanted}” is not a field${close ? `, did you mean ${close}?` : '.'} Fields are ${fields.join(', ')}.`,
  );
}

function refuseColumn(column: string, header: readonly string[]): Refusal {
  return refuse('map_column', `There is no column “${column}”. ${sayColumns(header)}`);
}

function refuseTwins(column: string): Refusal {
  return refuse(
    'column_twice',
    `Two columns are called “${column}”. Rename or remove one and run it again.`,
  );
}
