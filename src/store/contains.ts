import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Whether a column contains a text as it stands: `%` and `_` are themselves, not wildcards. */
export function contains(column: SQLWrapper, text: string): SQL {
  return matches(column, patternOf(text));
}

/** The pattern of what contains a text, for `matches`. */
export function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether a column matches a pattern of `patternOf`, given now or when the query is run. */
export function matches(column: SQLWrapper, pattern: string | Placeholder): SQL {
  return sql`${column} like ${pattern} escape '\\'`;
}
