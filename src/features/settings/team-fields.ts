import type { InputBlock } from '@slack/types';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { type Phase, phases, type Segment, type SegmentNorms } from '../../domain/segment.ts';
import { stallWords } from '../../domain/stall-words.ts';
import {
  fewest,
  fewestOf,
  most,
  segmentNormsOf,
  type TeamRules,
  type Threshold,
  type ThresholdCode,
  thresholdOf,
  withNorms,
  withThreshold,
} from '../../domain/team-rules.ts';
import { input } from '../../slack/blocks.ts';
import type { FormValues } from '../../slack/payloads.ts';

/** The pages of the form; the first only asks what it is about. */
export const teamPages = ['start', 'pace', 'silence', 'late', 'dates', 'rest'] as const;
export type TeamPage = (typeof teamPages)[number];

/** The rules whose two numbers each page has. */
export const codesOnPage: Readonly<Partial<Record<TeamPage, readonly ThresholdCode[]>>> = {
  late: ['no_next_step', 'buyer_item_late', 'ball_with_us'],
  dates: ['date_slipped', 'ping_pong', 'unmutual'],
  rest: ['does_not_fit'],
};

/** Where somebody is in the form, and the numbers as they stand in it. */
export interface FormPlace {
  readonly page: TeamPage;
  readonly segment: Segment | undefined;
  readonly draft: TeamRules;
  /** Counts what was filled in for them: an input Slack shall fill anew needs another id. */
  readonly revision: number;
}

interface NumberField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly least: number;
  get(rules: TeamRules): number;
  set(rules: TeamRules, value: number): TeamRules;
  /** The field whose number this one must not be above. */
  readonly upTo?: string;
}

/** The id of an input as the form stands now. */
function fieldId(id: string, { segment, page, revision }: Omit<FormPlace, 'draft'>): string {
  return [id, ...(segment && !codesOnPage[page] ? [segment] : []), revision].join('_');
}

/** The inputs of a page, filled in with what counts. */
export function teamInputs(place: FormPlace): InputBlock[] {
  return fieldsOf(place).map(({ id, label, hint, least, get }) =>
    input({
      field: fieldId(id, place),
      label,
      element: {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: String(least),
        max_value: String(most),
        initial_value: String(get(place.draft)),
      },
      ...(hint ? { hint } : {}),
    }),
  );
}

/** The rules with what a page says, or the first number that cannot be. */
export function readTeamInputs(form: FormValues, place: FormPlace): TeamRules | Refusal {
  let rules = place.draft;
  const fields = fieldsOf(place);
  for (const field of fields) {
    const value = readNumber(form.text(fieldId(field.id, place)), field, place);
    if (isRefusal(value)) return value;
    rules = field.set(rules, value);
  }
  for (const field of fields) {
    const limit = fields.find(({ id }) => id === field.upTo);
    if (!limit || field.get(rules) <= limit.get(rules)) continue;
    return refuse(
      'wrong_order',
      `“${field.label}” is ${field.get(rules)} and “${limit.label}” is ${limit.get(rules)}. Watching comes before a stall: it must be ${limit.get(rules)} at most.`,
      fieldId(field.id, place),
    );
  }
  return rules;
}

function readNumber(
  text: string | undefined,
  { id, label, least }: NumberField,
  place: FormPlace,
): number | Refusal {
  const typed = text?.trim() ?? '';
  const value = Number(typed);
  if (/^\d{1,4}$/.test(typed) && value >= least && value <= most) return value;
  const what = typed === '' ? `“${label}” is empty` : `“${typed}” does not fit “${label}”`;
  return refuse(
    'bad_number',
    `${what}. Please give a whole number from ${least} to ${most}.`,
    fieldId(id, place),
  );
}

/** The numbers of a page; none of a segment's page without a segment. */
export function fieldsOf({ page, segment }: Pick<FormPlace, 'page' | 'segment'>): NumberField[] {
  if (segment && page === 'pace') return paceFields(segment);
  if (segment && page === 'silence') return silenceFields(segment);
  return (codesOnPage[page] ?? []).flatMap(thresholdFields);
}

type Norm = Pick<NumberField, 'id' | 'label' | 'hint' | 'upTo'> & {
  readonly of: (norms: SegmentNorms) => number;
  readonly to: (value: number, norms: SegmentNorms) => Partial<SegmentNorms>;
};

function normField(segment: Segment, { of, to, ...field }: Norm): NumberField {
  return {
    ...field,
    least: fewest,
    get: (rules) => of(segmentNormsOf(segment, rules)),
    set: (rules, value) => withNorms(rules, segment, to(value, segmentNormsOf(segment, rules))),
  };
}

function paceFields(segment: Segment): NumberField[] {
  const norms: Norm[] = [
    {
      id: 'typical_reply',
      label: 'They usually answer within, in business days',
      hint: 'It counts until they have answered three times.',
      of: (norms) => norms.typicalReplyBd,
      to: (typicalReplyBd) => ({ typicalReplyBd }),
    },
    {
      id: 'next_step_horizon',
      label: 'A next step is due within, in business days',
      of: (norms) => norms.nextStepHorizonBd,
      to: (nextStepHorizonBd) => ({ nextStepHorizonBd }),
    },
    {
      id: 'quiet_gap',
      label: 'Longest stretch without a step of theirs, in business days',
      hint: 'Renewals have 10 at least.',
      of: (norms) => norms.quietGapBd,
      to: (quietGapBd) => ({ quietGapBd }),
    },
    {
      id: 'phase_age',
      label: 'Longest time in one phase, in business days',
      of: (norms) => norms.phaseAgeBd,
      to: (phaseAgeBd) => ({ phaseAgeBd }),
    },
    {
      id: 'contacts',
      label: 'People at the buyer who are in touch with us',
      of: (norms) => norms.contacts,
      to: (contacts) => ({ contacts }),
    },
  ];
  return norms.map((norm) => normField(segment, norm));
}

function silenceFields(segment: Segment): NumberField[] {
  const silence = (phase: Phase): Norm => ({
    id: `silence_${phase}`,
    label: `Silence that stalls a deal in ${phase}, in business days`,
    of: (norms) => norms.silenceLimitBd[phase],
    to: (value, norms) => ({ silenceLimitBd: { ...norms.silenceLimitBd, [phase]: value } }),
  });
  const decider = (level: keyof Threshold): Norm => ({
    id: `decider_${level}`,
    label: `Decider not in touch: ${level} this many business days before the decision`,
    of: (norms) => norms.deciderMetBd[level],
    to: (value, norms) => ({ deciderMetBd: { ...norms.deciderMetBd, [level]: value } }),
    // Nearer to the decision is later, so here the stall is the smaller number.
    ...(level === 'stall' ? { upTo: 'decider_watch' } : {}),
  });
  return [...phases.map(silence), decider('watch'), decider('stall')].map((norm) =>
    normField(segment, norm),
  );
}

function thresholdFields(code: ThresholdCode): NumberField[] {
  return (['watch', 'stall'] as const).map((level) => ({
    id: `${code}_${level}`,
    label: `${stallWords[code]}: ${level} ${unitOf(code)}`,
    least: fewestOf(code),
    get: (rules) => thresholdOf(code, rules)[level],
    set: (rules, value) =>
      withThreshold(rules, code, { ...thresholdOf(code, rules), [level]: value }),
    ...(level === 'watch' ? { upTo: `${code}_stall` } : {}),
  }));
}

function unitOf(code: ThresholdCode): string {
  if (code === 'date_slipped') return 'from this many slips on';
  return code === 'does_not_fit'
    ? 'when short by more than this many business days'
    : 'from this many business days on';
}
