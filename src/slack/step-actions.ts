import type { ActionsBlock } from '@slack/types';
import type { Homework } from '../domain/homework.ts';
import { actions, button } from './blocks.ts';

/** Ids of what can be done with a step and with a plan, wherever they are shown. */
export const stepIds = {
  done: 'plan_done',
  move: 'plan_move',
  drop: 'plan_drop',
  /** The value is a step: opens everything about it, with what can be done in its state. */
  open: 'plan_step',
  /** What they or we say of a step; the value is the step. */
  asked: 'plan_step_asked',
  yes: 'plan_step_yes',
  notYet: 'plan_step_not_yet',
  wont: 'plan_step_wont',
  confusing: 'plan_step_confusing',
  pointless: 'plan_step_pointless',
  reword: 'plan_step_reword',
  started: 'plan_step_started',
  accepted: 'plan_step_accepted',
  sentBack: 'plan_step_sent_back',
  handOver: 'plan_step_hand_over',
  /** How they took it: one button for each, `plan_step_took_keen` and so on. */
  took: 'plan_step_took',
  /** The value is a deal: opens the form for a new step. */
  add: 'plan_add',
  /** The value is a deal: shows its plan. */
  show: 'plan_show',
} as const;

/** The message a step is shown in, so that it can be shown again after a change. */
export interface StepPlace {
  readonly kind: 'plan' | 'nudge';
  /** A deal's id for a plan, a nudge's id for a nudge. */
  readonly id: string;
}

/** Done, Another date and, in a plan, Drop and all the rest behind More. The block id says where the step stands. */
export function stepActions(step: Pick<Homework, 'id' | 'title'>, place: StepPlace): ActionsBlock {
  const about = step.title;
  return actions(
    `${place.kind}.${place.id}.${step.id}`,
    button({ id: stepIds.done, text: 'Done', value: step.id, about }),
    button({ id: stepIds.move, text: 'Another date', value: step.id, about }),
    ...(place.kind === 'plan'
      ? [
          button({ id: stepIds.drop, text: 'Drop', value: step.id, about }),
          button({ id: stepIds.open, text: 'More', value: step.id, about }),
        ]
      : []),
  );
}

/** Where a clicked step stands; undefined for an id that is not of `stepActions`. */
export function readStepPlace(blockId: string): StepPlace | undefined {
  const [kind, id] = blockId.split('.');
  return (kind === 'plan' || kind === 'nudge') && id ? { kind, id } : undefined;
}
