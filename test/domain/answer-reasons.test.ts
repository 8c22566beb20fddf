import { expect, it } from 'vitest';
import { answerReasons, tellingAnswers } from '../../src/domain/answer-reasons.ts';
import { findReason } from '../../src/domain/loss-reasons.ts';
import { nextCheckBd } from '../../src/domain/nudge.ts';

it.each(tellingAnswers)('the answer %s points to a reason of the list', (answer) => {
  expect(findReason(answerReasons[answer]?.reason ?? '')).toBeDefined();
  expect(answerReasons[answer]?.said).toMatch(/^[a-z].*[a-z]$/);
});

it('every answer about what holds a deal up points to one, and no two to the same', () => {
  const holds = Object.keys(nextCheckBd).filter((answer) => answer.startsWith('holds_'));
  expect(tellingAnswers).toEqual(expect.arrayContaining(holds));
  const reasons = Object.values(answerReasons).map(({ reason }) => reason);
  expect(new Set(reasons).size).toBe(reasons.length);
});

it('an answer that explains no ending points to none', () => {
  expect(tellingAnswers).not.toContain('on_track');
  expect(tellingAnswers).not.toContain('nobody_yet');
  expect(tellingAnswers).not.toContain('changed');
});
