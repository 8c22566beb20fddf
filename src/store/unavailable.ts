import { AppError } from '../domain/refusal.ts';

/** The code a driver gave, wherever in the chain of causes it stands. */
export function driverCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

/**
 * The database could not do its work for reasons of its own, and the same may well succeed later.
 * @param what a sentence of what is wrong, without a full stop.
 */
export function unavailable(what: string, cause: unknown): AppError {
  const code = driverCode(cause);
  return new AppError(`${what}${code ? ` (${code})` : ''}. Please try again in a minute.`, {
    code: 'store_unavailable',
    cause,
  });
}
