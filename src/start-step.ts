import { AppError, isOutage } from './domain/refusal.ts';
import { classifySlackError } from './slack/errors.ts';
import { driverCode } from './store/driver-code.ts';

/**
 * One step of the start. Its failure is mostly a setting that is wrong, so it is told in words an
 * operator can act on.
 * @throws AppError `start_failed`: what could not be done, and why.
 */
export async function startStep<Result>(
  failing: string,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw new AppError(`${failing}: ${reasonOf(error)}`, { code: 'start_failed', cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fromSlack = 'code' in error && String(error.code).startsWith('slack_');
  if (fromSlack) return classifySlackError(error).code;
  const code = isOutage(error) ? driverCode(error.cause) : undefined;
  return `${error.message}${code ? ` (${code})` : ''}`;
}
