import type { HomeworkStatus } from './homework.ts';

/** From which state a step may come into which (METHOD §3.2). What is not here is refused. */
export const homeworkTransitions: Readonly<Record<HomeworkStatus, readonly HomeworkStatus[]>> = {
  proposed: ['agreed', 'declined', 'dropped', 'superseded', 'needs_rewrite'],
  agreed: ['in_progress', 'declined', 'dropped', 'superseded', 'needs_rewrite'],
  in_progress: ['done', 'declined', 'dropped', 'superseded', 'needs_rewrite'],
  needs_rewrite: ['proposed'],
  done: ['accepted', 'in_progress'],
  accepted: [],
  declined: [],
  dropped: [],
  superseded: [],
};

export function mayBecome(from: HomeworkStatus, to: HomeworkStatus): boolean {
  return homeworkTransitions[from].includes(to);
}

/** What somebody says of a step. */
export type StepMove =
  | 'agree'
  | 'start'
  | 'finish'
  | 'accept'
  | 'send_back'
  | 'decline'
  | 'drop'
  | 'rewrite'
  | 'reword';

const ends = (to: HomeworkStatus) => ({ proposed: [to], agreed: [to], in_progress: [to] });

/**
 * The way each move takes through the states. One tap may take several: a step that is done was
 * agreed and begun on the way, and a confusing one is dropped as the proposal it is again.
 */
export const stepPaths: Readonly<
  Record<StepMove, Partial<Record<HomeworkStatus, readonly HomeworkStatus[]>>>
> = {
  agree: { proposed: ['agreed'] },
  start: { agreed: ['in_progress'] },
  finish: {
    needs_rewrite: ['proposed', 'agreed', 'in_progress', 'done'],
    proposed: ['agreed', 'in_progress', 'done'],
    agreed: ['in_progress', 'done'],
    in_progress: ['done'],
  },
  accept: { done: ['accepted'] },
  send_back: { done: ['in_progress'] },
  decline: ends('declined'),
  drop: { ...ends('dropped'), needs_rewrite: ['proposed', 'dropped'] },
  rewrite: ends('needs_rewrite'),
  reword: {
    proposed: ['needs_rewrite', 'proposed'],
    agreed: ['needs_rewrite', 'proposed'],
    in_progress: ['needs_rewrite', 'proposed'],
    needs_rewrite: ['proposed'],
  },
};

/** The state a move ends in; undefined when a step in that state cannot take it. */
export function statusAfter(from: HomeworkStatus, move: StepMove): HomeworkStatus | undefined {
  return stepPaths[move][from]?.at(-1);
}
