import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { type Day, sayWeekday } from '../../domain/calendar.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { usualBudget } from '../../domain/nudge-budget.ts';
import { actions, button, context, input, type Modal, modal, option } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import type { NudgeWishes } from '../../store/nudge-wishes.ts';
import type { Resting } from './resting.ts';
import { restingBlocks } from './resting-blocks.ts';
import { type MorningForm, morningTimes, weeklyBudgets } from './save-mornings.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const morningModalIds = {
  view: 'settings_mornings',
  morningAt: 'morning_at',
  workDays: 'work_days',
  awayUntil: 'away_until',
  standIn: 'stand_in',
  weeklyBudget: 'weekly_budget',
  quietFrom: 'quiet_from',
  quietUntil: 'quiet_until',
  more: 'settings_more',
} as const;

const meta = z.object({ formId: z.string(), more: z.boolean() });

export interface MorningView {
  readonly formId: string;
  /** Also asks for quiet hours. */
  readonly more: boolean;
  readonly wishes: NudgeWishes;
  readonly standIn: SlackUserId | undefined;
  readonly zone: string;
  readonly today: Day;
  readonly resting: Resting;
}

/** `/deal settings`: when the bundle comes, how much is asked, and what rests. */
export function buildMorningModal(view: MorningView): Modal {
  const { wishes, more, formId, zone, resting } = view;
  return modal({
    id: morningModalIds.view,
    title: 'Your mornings',
    submit: 'Save',
    meta: { formId, more },
    blocks: [
      context(`Your zone is ${zone}, as Slack has it.`),
      input({
        field: morningModalIds.morningAt,
        label: 'When does your message come?',
        element: select(
          morningTimes.map((time) => option(time, time)),
          wishes.morningAt,
        ),
      }),
      workDaysInput(wishes.workDays),
      input({
        field: morningModalIds.weeklyBudget,
        label: 'Questions a week, at most',
        element: select(budgetOptions, String(wishes.weeklyBudget ?? usualBudget)),
        hint: 'What matters most comes first; the rest is listed in one line.',
      }),
      ...awayInputs(view),
      ...(more ? quietInputs(wishes) : [moreButton()]),
      ...restingBlocks(resting),
    ],
  });
}

const budgetOptions = weeklyBudgets.map((many) =>
  option(many === usualBudget ? `${many} (usual)` : String(many), String(many)),
);

function select(options: PlainTextOption[], value: string) {
  const chosen = options.find((one) => one.value === value);
  return {
    type: 'static_select' as const,
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  };
}

const mondayFirst = [1, 2, 3, 4, 5, 6, 0];

function workDaysInput(workDays: readonly number[]): InputBlock {
  const options = mondayFirst.map((weekday) => option(sayWeekday(weekday), String(weekday)));
  const ticked = options.filter(({ value }) => workDays.includes(Number(value)));
  return input({
    field: morningModalIds.workDays,
    label: 'Your working days',
    element: {
      type: 'checkboxes',
      options,
      ...(ticked.length > 0 ? { initial_options: ticked } : {}),
    },
  });
}

function awayInputs({ wishes, standIn, today }: MorningView): InputBlock[] {
  const { awayUntil } = wishes;
  return [
    input({
      field: morningModalIds.awayUntil,
      label: 'Away: first day back',
      element: {
        type: 'datepicker',
        ...(awayUntil && awayUntil > today ? { initial_date: awayUntil } : {}),
      },
      hint: 'Nothing comes before that day. Pick today if you are back already.',
      optional: true,
    }),
    input({
      field: morningModalIds.standIn,
      label: 'Who is asked while you are away?',
      element: { type: 'users_select', ...(standIn ? { initial_user: standIn } : {}) },
      hint: 'Without anybody your questions wait until you are back.',
      optional: true,
    }),
  ];
}

function moreButton(): KnownBlock {
  return actions(morningModalIds.more, button({ id: morningModalIds.more, text: 'Quiet hours' }));
}

function quietInputs({ quiet }: NudgeWishes): InputBlock[] {
  const time = (at: string | undefined) => ({
    type: 'timepicker' as const,
    ...(at ? { initial_time: at } : {}),
  });
  return [
    input({
      field: morningModalIds.quietFrom,
      label: 'Quiet from',
      element: time(quiet?.from),
      hint: 'Slack’s do-not-disturb counts anyway.',
      optional: true,
    }),
    input({
      field: morningModalIds.quietUntil,
      label: 'Quiet until',
      element: time(quiet?.until),
      hint: 'The same time twice means no quiet hours.',
      optional: true,
    }),
  ];
}

/** Which form it is, and whether it shows everything. */
export function readMorningMeta(view: Pick<View, 'private_metadata'> | undefined) {
  return readMeta(view, meta);
}

/** What was chosen; the stand-in comes as a Slack id that is still to be looked up. */
export function readMorningModal({ view, form }: { view: View | undefined; form: FormValues }): {
  formId: string;
  more: boolean;
  standIn: SlackUserId | undefined;
  form: Omit<MorningForm, 'standIn'>;
} {
  const { formId, more } = readMorningMeta(view);
  return {
    formId,
    more,
    standIn: form.user(morningModalIds.standIn) as SlackUserId | undefined,
    form: {
      morningAt: form.choice(morningModalIds.morningAt),
      quiet: more
        ? {
            from: form.time(morningModalIds.quietFrom),
            until: form.time(morningModalIds.quietUntil),
          }
        : undefined,
      workDays: form.choices(morningModalIds.workDays),
      awayUntil: form.date(morningModalIds.awayUntil),
      weeklyBudget: form.choice(morningModalIds.weeklyBudget),
    },
  };
}
