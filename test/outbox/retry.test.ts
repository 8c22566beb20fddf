import { describe, expect, test } from 'vitest';
import { backoffMs, judgeLookup, judgeSend, maxAttempts } from '../../src/outbox/retry.ts';

const half = () => 0.5;
const fresh = { attempts: 0, repeatable: false, whenUnknown: 'reconcile' } as const;
const busy = { class: 'retry_later', code: 'service_unavailable' } as const;
const limited = { class: 'retry_later', code: 'ratelimited', afterMs: 30_000 } as const;
const lost = { class: 'outcome_unknown', code: 'internal_error' } as const;

describe('backing off', () => {
  test('doubles from two seconds to five minutes', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 20].map((spent) => backoffMs(spent, () => 1));
    expect(longest).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ]);
  });

  test('leaves half of it to chance', () => {
    expect([0, 0.5, 1].map((chance) => backoffMs(3, () => chance))).toEqual([4_000, 6_000, 8_000]);
  });
});

describe('a failed send', () => {
  test('waits as long as Slack asks without spending an attempt, however often', () => {
    const verdict = judgeSend(limited, { ...fresh, attempts: maxAttempts - 1 }, half);
    expect(verdict).toMatchObject({ state: 'pending', afterMs: 30_000, attempts: maxAttempts - 1 });
  });

  test('is tried again later when nothing was done', () => {
    expect(judgeSend(busy, fresh, half)).toMatchObject({ state: 'pending', attempts: 1 });
  });

  test('is dead after the eighth attempt', () => {
    expect(judgeSend(busy, { ...fresh, attempts: 6 }, half).do).toBe('postpone');
    expect(judgeSend(busy, { ...fresh, attempts: 7 }, half)).toEqual({
      do: 'end',
      state: 'dead',
      detail: 'service_unavailable',
    });
  });

  test('is in doubt when it may have gone through, and looked for no sooner than in 10 seconds', () => {
    const verdict = judgeSend(lost, fresh, half);
    expect(verdict).toMatchObject({ do: 'postpone', state: 'unknown', attempts: 1 });
    expect(verdict).toHaveProperty('afterMs', 10_000);
  });

  test('stays in doubt on its last attempt: what went through must not count as dead', () => {
    const verdict = judgeSend(lost, { ...fresh, attempts: 7 }, half);
    expect(verdict).toMatchObject({ do: 'postpone', state: 'unknown', attempts: 8 });
  });

  test('is given up at once when it may be forgotten', () => {
    const verdict = judgeSend(lost, { ...fresh, whenUnknown: 'forget' }, half);
    expect(verdict).toEqual({ do: 'end', state: 'unknown', detail: 'internal_error' });
  });

  test('is simply repeated when twice does no harm', () => {
    const repeatable = { ...fresh, repeatable: true };
    expect(judgeSend(lost, repeatable, half)).toMatchObject({ state: 'pending', attempts: 1 });
    expect(judgeSend(lost, { ...repeatable, attempts: 7 }, half)).toMatchObject({ state: 'dead' });
  });

  test.each(['target_gone', 'install_broken', 'payload_bad'] as const)('%s is final', (fault) => {
    expect(judgeSend({ class: fault, code: 'x' }, fresh, half)).toEqual({
      do: 'end',
      state: 'dead',
      detail: 'x',
    });
  });
});

describe('a failed look', () => {
  test('is repeated, and spends an attempt unless Slack asked for the wait', () => {
    expect(judgeLookup(limited, 3, half)).toMatchObject({ state: 'unknown', attempts: 3 });
    expect(judgeLookup(busy, 3, half)).toMatchObject({ state: 'unknown', attempts: 4 });
    expect(judgeLookup(lost, 3, half)).toMatchObject({ state: 'unknown', attempts: 4 });
  });

  test('leaves the message unknown for good after the eighth or when no look will ever do', () => {
    expect(judgeLookup(busy, 7, half)).toMatchObject({ do: 'end', state: 'unknown' });
    const gone = { class: 'target_gone', code: 'channel_not_found' } as const;
    expect(judgeLookup(gone, 0, half)).toMatchObject({ do: 'end', state: 'unknown' });
  });
});
