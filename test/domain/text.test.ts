import { describe, expect, it } from 'vitest';
import { count } from '../../src/domain/text.ts';

describe('a count', () => {
  it.each([
    [0, '0 steps'],
    [1, '1 step'],
    [999, '999 steps'],
    [1723, '1,723 steps'],
  ])('%i is said as people write it', (n, said) => {
    expect(count(n, 'step')).toBe(said);
  });

  it('takes a plural of its own', () => {
    expect([count(1, 'loss', 'losses'), count(2450, 'loss', 'losses')]).toEqual([
      '1 loss',
      '2,450 losses',
    ]);
  });
});
