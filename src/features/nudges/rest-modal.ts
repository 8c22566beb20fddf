import { z } from 'zod';
import type { NudgeItemId } from '../../domain/ids.ts';
import { dealNudges, followUpNudges, type RestScope, stepNudges } from '../../domain/nudge.ts';
import { kindWords } from '../../domain/nudge-words.ts';
import { bold, input, leaf, type Modal, modal, option, paragraph } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { type RestForm, restHours, scopesOf } from './rest-item.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const restModalIds = {
  view: 'nudges_rest',
  scope: 'scope',
  length: 'length',
  until: 'until',
} as const;

const meta = z.object({
  itemId: z.string(),
  formId: z.string(),
  title: z.string(),
  kind: z.enum([...stepNudges, ...dealNudges, ...followUpNudges]),
  responseUrl: z.string().optional(),
  /** The settings it was opened from, which list what rests. */
  under: z.object({ id: z.string(), private_metadata: z.string() }).optional(),
});

/** What the form knows of the question it is about. */
export type RestAsk = z.infer<typeof meta>;

const usualLength = '8';
const hoursHint = 'Business hours run from 09:00 to 18:00 on your working days.';
const isHours = (length: string) => restHours.some((hours) => String(hours) === length);

/** What rests and for how long; a day is asked for only when it is to be a day. */
export function buildRestModal(given: RestAsk, length = usualLength): Modal {
  const { kind } = given;
  const scopes = scopesOf(kind).map((scope) => option(scopeWords[scope], scope));
  const lengths = [
    ...restHours.map((hours) => option(`${hours} business hours`, String(hours))),
    option('Until a day', 'day'),
    option('Until I say so', 'mute'),
  ];
  return modal({
    id: restModalIds.view,
    title: 'Snooze',
    submit: 'Snooze it',
    meta: given,
    blocks: [
      paragraph(bold(given.title), leaf(`: ${kindWords[kind]}`)),
      input({
        field: restModalIds.scope,
        label: 'What should rest?',
        element: { type: 'static_select', options: scopes, ...chosen(scopes, 'item') },
      }),
      input({
        field: restModalIds.length,
        label: 'For how long?',
        element: { type: 'static_select', options: lengths, ...chosen(lengths, length) },
        ...(isHours(length) ? { hint: hoursHint } : {}),
        dispatch: true,
      }),
      ...(length === 'day'
        ? [
            input({
              field: restModalIds.until,
              label: 'Ask me again on',
              element: { type: 'datepicker' },
            }),
          ]
        : []),
    ],
  });
}

const scopeWords: Readonly<Record<RestScope, string>> = {
  item: 'This question',
  deal: 'Everything about this deal',
  kind: 'Every question of this kind',
};

function chosen(options: ReturnType<typeof option>[], value: string) {
  const found = options.find((one) => one.value === value) ?? options[0];
  return found ? { initial_option: found } : {};
}

/** What was chosen so far, and the question it is about. */
export function readRestModal({ view, form }: { view: View; form: FormValues }): {
  itemId: NudgeItemId;
  formId: string;
  ask: RestAsk;
  form: RestForm;
} {
  const ask = readMeta(view, meta);
  return {
    itemId: ask.itemId as NudgeItemId,
    formId: ask.formId,
    ask,
    form: {
      scope: form.choice(restModalIds.scope),
      length: form.choice(restModalIds.length),
      until: form.date(restModalIds.until),
    },
  };
}
