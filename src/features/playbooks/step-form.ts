import type { InputBlock } from '@slack/types';
import type { Side } from '../../domain/homework.ts';
import type { TemplateStep } from '../../domain/playbook.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { input, option, plain } from '../../slack/blocks.ts';
import type { FormValues } from '../../slack/payloads.ts';

const sides = [
  option('Both sides', 'both'),
  option('Their step', 'buyer'),
  option('Our step', 'seller'),
  option('The partner’s step', 'partner'),
];

const longestLeadBd = 400;
const longestAfterBd = 120;
const longestWorkBd = 60;

/** An input's id holds the step as well: of another step Slack shows what that one says. */
function stepField(name: keyof TemplateStep, key: string): string {
  return `${name}_${key}`;
}

/** The questions about one step of a playbook. */
export function stepInputs(step: TemplateStep): InputBlock[] {
  const field = (name: keyof TemplateStep) => stepField(name, step.key);
  const gate = option('Without it there is no decision: it stays however short the time', 'gate');
  return [
    input({
      field: field('title'),
      label: 'What is done?',
      element: textElement('List who signs, and in which order', 150, step.title),
    }),
    input({
      field: field('side'),
      label: 'Whose step is it?',
      element: {
        type: 'static_select',
        options: sides,
        initial_option: sides.find(({ value }) => value === step.side) ?? option('Both', 'both'),
      },
    }),
    input({
      field: field('leadBd'),
      label: 'Business days before the decision',
      element: numberElement(-longestAfterBd, longestLeadBd, step.leadBd),
      hint: 'Below zero is after it.',
    }),
    input({
      field: field('durationBd'),
      label: 'Business days of work',
      element: numberElement(1, longestWorkBd, step.durationBd),
    }),
    input({
      field: field('gate'),
      label: 'Gate',
      element: {
        type: 'checkboxes',
        options: [gate],
        ...(step.gate ? { initial_options: [gate] } : {}),
      },
      optional: true,
    }),
    input({
      field: field('doneWhen'),
      label: 'Done when',
      element: textElement('Names and order are in the shared document', 300, step.doneWhen),
    }),
    input({
      field: field('why'),
      label: 'Why is it worth their time?',
      element: textElement('The last-week surprise is nearly always a form', 300, step.why),
    }),
  ];
}

function textElement(placeholder: string, max: number, initial: string) {
  return {
    type: 'plain_text_input' as const,
    placeholder: plain(placeholder),
    max_length: max,
    ...(initial ? { initial_value: initial } : {}),
  };
}

function numberElement(least: number, most: number, initial: number) {
  return {
    type: 'number_input' as const,
    is_decimal_allowed: false,
    min_value: String(least),
    max_value: String(most),
    initial_value: String(initial),
  };
}

/** The step of that key as it is typed now. */
export function readStepForm(form: FormValues, key: string): TemplateStep | Refusal {
  const field = (name: keyof TemplateStep) => stepField(name, key);
  const line = (name: keyof TemplateStep, what: string, max: number) =>
    readLine(form.text(field(name)), { field: field(name), what, max });
  const title = line('title', 'What is done', 150);
  if (isRefusal(title)) return title;
  const leadBd = readCount(form, field('leadBd'), [-longestAfterBd, longestLeadBd]);
  if (isRefusal(leadBd)) return leadBd;
  const durationBd = readCount(form, field('durationBd'), [1, longestWorkBd]);
  if (isRefusal(durationBd)) return durationBd;
  const doneWhen = line('doneWhen', '“Done when”', 300);
  if (isRefusal(doneWhen)) return doneWhen;
  const why = line('why', 'Why it is worth their time', 300);
  if (isRefusal(why)) return why;
  const gate = form.ticked(field('gate'));
  const side = readSide(form.choice(field('side')));
  return { key, title, side, leadBd, durationBd, gate, why, doneWhen };
}

function readSide(value: string | undefined): Side {
  return value === 'buyer' || value === 'seller' || value === 'partner' ? value : 'both';
}

function readCount(
  form: FormValues,
  field: string,
  [least, most]: readonly [number, number],
): number | Refusal {
  const typed = form.text(field) ?? '';
  const value = Number(typed);
  return typed.trim() !== '' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse('no_count', `Give a whole number from ${least} to ${most}.`, field);
}
