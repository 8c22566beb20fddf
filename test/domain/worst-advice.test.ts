import { describe, expect, it } from 'vitest';
import { isWorstAdvice } from '../../src/domain/worst-advice.ts';

describe('the two worst lessons', () => {
  it.each([
    'Cut the price',
    'we should lower our prices by a fifth',
    'Our pricing is too high',
    'Match their price next time',
    'Give a bigger discount earlier',
    'Copy the rival',
    'Build what the competitor has',
    'Offer the same features as Initech',
  ])('are known: %s', (text) => {
    expect(isWorstAdvice(text)).toBe(true);
  });

  it.each([
    'Put the impact in their numbers before the price comes up',
    'Ask what they compare us with in week one',
    'Show finance the page they will read',
    'Meet the person who signs before the offer goes out',
    'Learn their number for doing nothing',
    'Reduce the risk for them, not the price',
    'We didn’t lower the price early, and that was right',
    'I would not cut the price before they had seen the value',
    'We need to find out what the competitor has before the demo',
    'Do more to learn what the rival promised',
  ])('are not seen where there is none: %s', (text) => {
    expect(isWorstAdvice(text)).toBe(false);
  });
});
