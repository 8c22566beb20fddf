import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import type { Homework } from '../../domain/homework.ts';
import type { DealId, HomeworkId } from '../../domain/ids.ts';
import { bold, input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import type { StepPlace } from '../../slack/step-actions.ts';

/** Ids of the two small modals; an input's id is the field a refusal may name. */
export const moveModalIds = { view: 'plan_move', dueOn: 'due_on' } as const;
export const dropModalIds = { view: 'plan_drop', reason: 'reason' } as const;

const meta = z.object({
  homeworkId: z.string().default(''),
  formId: z.string().default(''),
  dealId: z.string().optional(),
  place: z.object({ kind: z.enum(['plan', 'nudge']), id: z.string() }).optional(),
  responseUrl: z.string().optional(),
  hub: z.boolean().optional(),
  seen: z.number().optional(),
});

/** Which step is changed, and what to show again afterwards. */
export interface ChangeMeta {
  readonly homeworkId: HomeworkId;
  readonly place: StepPlace | undefined;
  readonly responseUrl: string | undefined;
  /** It was asked in the modal that shows the whole step. */
  readonly hub?: boolean | undefined;
}

/** The same in a form, with a name for this opening of it, so that it is saved once. */
export interface ChangeFormMeta extends ChangeMeta {
  readonly formId: string;
  /** Where the form asks for somebody at the buyer. */
  readonly dealId?: DealId;
}

/** Another date: one picker, prefilled with a day that is still to come. */
export function buildMoveModal(
  step: Homework,
  suggested: Day,
  today: Day,
  asked: ChangeFormMeta,
): Modal {
  return modal({
    id: moveModalIds.view,
    title: 'Another date',
    submit: 'Move it',
    meta: asked,
    blocks: [
      paragraph(bold(step.title), leaf(`\n${step.doer.name} · due ${sayDay(step.dueOn, today)}`)),
      input({
        field: moveModalIds.dueOn,
        label: 'Which day will it be done?',
        element: { type: 'datepicker', initial_date: suggested },
        hint: `The first date, ${sayDay(step.originalDueOn, today)}, stays visible.`,
      }),
    ],
  });
}

/** Drop: asks why, because a step nobody needs teaches the next plan. */
export function buildDropModal(step: Homework, asked: ChangeFormMeta): Modal {
  return modal({
    id: dropModalIds.view,
    title: 'Drop this step?',
    submit: 'Drop it',
    close: 'Keep it',
    meta: asked,
    blocks: [
      paragraph(bold(step.title), leaf(`\n${step.doer.name}`)),
      input({
        field: dropModalIds.reason,
        label: 'Why is it not needed?',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Their legal team does this later'),
        },
      }),
    ],
  });
}

export function readChangeMeta(
  view: View,
): ChangeFormMeta & { readonly seen?: number | undefined } {
  const { homeworkId, formId, place, responseUrl, hub, seen } = readMeta(view, meta);
  return { homeworkId: homeworkId as HomeworkId, formId, place, responseUrl, hub, seen };
}
