/**
 * An expected "no", returned as a value: the sentence tells the person what to do next. With a
 * `field` it belongs under that input of the open modal, without one it is a reply of its own.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly field?: string;
  readonly message: string;
}

export function refuse(code: string, message: string, field?: string): Refusal {
  return { refused: true, code, message, ...(field ? { field } : {}) };
}

export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
  );
}

/** A bug or an outage, never a user's mistake. The message names value, place and expectation. */
export class AppError extends Error {
  readonly code: string;
  constructor(message: string, options: { code: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
  }
}

const outage = 'store_unavailable';

/**
 * The database could not do its work for reasons of its own, and the same may well succeed later.
 * @param what a sentence of what is wrong and what became of the change, without a full stop: it is
 * told to whoever was working.
 */
export function outageOf(what: string, cause: unknown): AppError {
  return new AppError(`${what}. Please try again in a minute.`, { code: outage, cause });
}

/** Whether an error passes by itself. */
export function isOutage(error: unknown): error is AppError {
  return error instanceof AppError && error.code === outage;
}
