import { AppError, outageOf } from '../domain/refusal.ts';
import { driverCode } from './driver-code.ts';

/** Serialization failure and deadlock: neither transaction is at fault. */
const conflicts = ['40001', '40P01'];

/** Whether a transaction failed because another one got in its way, and is worth another try. */
export function isConflict(error: unknown): boolean {
  return conflicts.includes(driverCode(error) ?? '');
}

const outages: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, 'The disk of the database is full'],
  [/^5[34]/, 'The database has more to do than it can take'],
  [/^25006$/, 'The database takes no changes now'],
  [/^(57014|55P03)$/, 'The database took too long'],
  [/^(08|57|58|E[A-Z]+$)/, 'The database cannot be reached'],
];

/** An outage in the words of one; anything else as it is. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = driverCode(error) ?? '';
  const known = outages.find(([pattern]) => pattern.test(code))?.[1];
  const what = known ?? (isBroken(error) ? 'The connection to the database broke' : undefined);
  return what ? outageOf(`${what}, so nothing was changed`, error) : error;
}

/** Whether the connection is gone: then nobody knows how far the server came. */
export function isBroken(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/^(Connection terminated|Query read timeout|Client has encountered)/.test(at.message)) {
      return true;
    }
  }
  return /^(08|57P|E[A-Z]+$)/.test(driverCode(error) ?? '');
}
