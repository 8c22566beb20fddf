import type { SlackFault } from '../slack/errors.ts';
import type { Postponement } from '../store/outbox-claims.ts';

/** After so many attempts whose failure is our or Slack's doing, a message is given up. */
export const maxAttempts = 8;

const firstBackoffMs = 2_000;
const longestBackoffMs = 5 * 60_000;
/** A call that timed out may still be carried out; looking sooner would miss it. */
const settleMs = 10_000;

/**
 * How long to wait after the given number of spent attempts: doubling from 2 s to 5 min, the upper
 * half of it by chance, so that what failed together does not come back together.
 */
export function backoffMs(spent: number, random: () => number): number {
  const whole = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.max(0, spent - 1));
  return Math.round(whole / 2 + (random() * whole) / 2);
}

/** What a failed call means for its row. */
export type Verdict =
  | ({ readonly do: 'postpone'; readonly afterMs: number } & Omit<Postponement, 'until'>)
  | { readonly do: 'end'; readonly state: 'dead' | 'unknown'; readonly detail: string };

/** What failed: `repeatable` when doing it twice does no harm, so its outcome need not be known. */
interface Failed {
  readonly attempts: number;
  readonly repeatable: boolean;
  readonly whenUnknown: 'reconcile' | 'forget';
}

/** A pause Slack asked for spends no attempt; everything else that may be tried again does. */
export function judgeSend(fault: SlackFault, failed: Failed, random: () => number): Verdict {
  const detail = fault.code;
  if (fault.class === 'retry_later' && fault.afterMs !== undefined) {
    const { attempts } = failed;
    return { do: 'postpone', state: 'pending', afterMs: fault.afterMs, attempts, detail };
  }
  const unknown = fault.class === 'outcome_unknown';
  if (!unknown && fault.class !== 'retry_later') return { do: 'end', state: 'dead', detail };
  const attempts = failed.attempts + 1;
  const afterMs = backoffMs(attempts, random);
  if (unknown && !failed.repeatable) {
    return failed.whenUnknown === 'forget'
      ? { do: 'end', state: 'unknown', detail }
      : {
          do: 'postpone',
          state: 'unknown',
          afterMs: Math.max(settleMs, afterMs),
          attempts,
          detail,
        };
  }
  if (attempts >= maxAttempts) return { do: 'end', state: 'dead', detail };
  return { do: 'postpone', state: 'pending', afterMs, attempts, detail };
}

/** A look at the channel failed: the message stays in doubt, and for good after enough looks. */
export function judgeLookup(fault: SlackFault, spent: number, random: () => number): Verdict {
  const detail = fault.code;
  if (fault.class === 'retry_later' && fault.afterMs !== undefined) {
    return { do: 'postpone', state: 'unknown', afterMs: fault.afterMs, attempts: spent, detail };
  }
  const attempts = spent + 1;
  const passing = fault.class === 'retry_later' || fault.class === 'outcome_unknown';
  if (!passing || attempts >= maxAttempts) return { do: 'end', state: 'unknown', detail };
  const afterMs = backoffMs(attempts, random);
  return { do: 'postpone', state: 'unknown', afterMs, attempts, detail };
}
