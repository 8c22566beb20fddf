/** `fail` keeps the app from its work, `warn` is worth a look; both say what to do. */
export type Level = 'ok' | 'warn' | 'fail';

/** What one check found: a line, and what it is about one by one. */
export interface Finding {
  readonly level: Level;
  /** Two words at most: what was looked at. */
  readonly check: string;
  readonly says: string;
  readonly details?: readonly string[];
}

/** A check that has to wait for another one to be mended; that one has failed already. */
export function notChecked(check: string, because: string): Finding {
  return { level: 'warn', check, says: `not checked: ${because}` };
}

/** The words of an error; a refused connection to several addresses has none of its own. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
