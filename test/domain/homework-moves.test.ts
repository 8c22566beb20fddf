import { describe, expect, it } from 'vitest';
import type { HomeworkStatus } from '../../src/domain/homework.ts';
import {
  homeworkTransitions,
  mayBecome,
  type StepMove,
  statusAfter,
  stepPaths,
} from '../../src/domain/homework-moves.ts';

const states = Object.keys(homeworkTransitions) as HomeworkStatus[];

/** METHOD §3.2, line by line. */
const allowed = [
  'proposed → agreed',
  'agreed → in_progress',
  'in_progress → done',
  'done → accepted',
  ...['proposed', 'agreed', 'in_progress'].flatMap((from) =>
    ['declined', 'dropped', 'superseded', 'needs_rewrite'].map((to) => `${from} → ${to}`),
  ),
  'needs_rewrite → proposed',
  'done → in_progress',
];

describe('the states of a step', () => {
  it('are nine', () => {
    expect(states).toHaveLength(9);
  });

  const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));
  it.each(pairs)('%s → %s is allowed exactly when the method says so', (from, to) => {
    expect(mayBecome(from, to)).toBe(allowed.includes(`${from} → ${to}`));
  });
});

const ends: Record<StepMove, Partial<Record<HomeworkStatus, HomeworkStatus>>> = {
  agree: { proposed: 'agreed' },
  start: { agreed: 'in_progress' },
  finish: { proposed: 'done', agreed: 'done', in_progress: 'done', needs_rewrite: 'done' },
  accept: { done: 'accepted' },
  send_back: { done: 'in_progress' },
  decline: { proposed: 'declined', agreed: 'declined', in_progress: 'declined' },
  drop: {
    proposed: 'dropped',
    agreed: 'dropped',
    in_progress: 'dropped',
    needs_rewrite: 'dropped',
  },
  rewrite: { proposed: 'needs_rewrite', agreed: 'needs_rewrite', in_progress: 'needs_rewrite' },
  reword: {
    proposed: 'proposed',
    agreed: 'proposed',
    in_progress: 'proposed',
    needs_rewrite: 'proposed',
  },
};
const moves = Object.keys(ends) as StepMove[];

describe('a move', () => {
  const taken = moves.flatMap((move) => states.map((from) => [move, from] as const));
  it.each(taken)('%s from %s ends where it should, or nowhere', (move, from) => {
    expect(statusAfter(from, move)).toBe(ends[move][from]);
  });

  it.each(moves)('%s only takes ways the states allow', (move) => {
    for (const [from, path] of Object.entries(stepPaths[move])) {
      let at = from as HomeworkStatus;
      for (const to of path) {
        expect(mayBecome(at, to), `${move}: ${at} → ${to}`).toBe(true);
        at = to;
      }
    }
  });
});
