import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Whether a column contains a text as it stands: `%` and `_` are themselves, not wildcards. */
export function contains(column: SQLWrapper, text: string): SQL {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  return sql`${column} like ${`%${literal}%`} escape '\\'`;
}
