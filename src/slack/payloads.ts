import { z } from 'zod';

const element = z.looseObject({
  type: z.string().optional(),
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_options: z.array(z.looseObject({ value: z.string() })).nullish(),
});

const stateValues = z.record(z.string(), z.record(z.string(), element));

const view = z.looseObject({
  id: z.string(),
  hash: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string() })).default([]),
  state: z.looseObject({ values: stateValues }).optional(),
});

const someone = z.looseObject({ id: z.string(), team_id: z.string().optional() });
const team = z.looseObject({ id: z.string() }).nullish();

/** `block_actions`: a click, a choice, or a value in an element that dispatches. */
export const clickPayload = z.looseObject({
  user: someone,
  team,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.looseObject({ id: z.string(), name: z.string().optional() }).optional(),
  view: view.optional(),
  actions: z
    .tuple([element.extend({ action_id: z.string(), block_id: z.string() })])
    .rest(z.unknown()),
});

/** `view_submission`. */
export const submissionPayload = z.looseObject({ user: someone, team, view });

/** `block_suggestion`: what was typed into an external select. */
export const suggestionPayload = z.looseObject({
  user: someone,
  team,
  value: z.string().default(''),
  view: view.optional(),
});

/** A slash command. */
export const commandPayload = z.looseObject({
  team_id: z.string(),
  user_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().default(''),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});

export type View = z.infer<typeof view>;

/** The values of a modal by field: a field is the `block_id`, its element the only one in it. */
export class FormValues {
  readonly #values: z.infer<typeof stateValues>;

  constructor(from: View | undefined) {
    this.#values = from?.state?.values ?? {};
  }

  #element(field: string): z.infer<typeof element> | undefined {
    return Object.values(this.#values[field] ?? {})[0];
  }

  text(field: string): string | undefined {
    return this.#element(field)?.value ?? undefined;
  }

  choice(field: string): string | undefined {
    return this.#element(field)?.selected_option?.value;
  }

  date(field: string): string | undefined {
    return this.#element(field)?.selected_date ?? undefined;
  }

  /** `HH:MM`. */
  time(field: string): string | undefined {
    return this.#element(field)?.selected_time ?? undefined;
  }

  user(field: string): string | undefined {
    return this.#element(field)?.selected_user ?? undefined;
  }

  /** The values that are ticked. */
  choices(field: string): string[] {
    return (this.#element(field)?.selected_options ?? []).map(({ value }) => value);
  }

  ticked(field: string): boolean {
    return (this.#element(field)?.selected_options ?? []).length > 0;
  }
}

/** What a modal remembers between opening and submitting, checked on the way back in. */
export function readMeta<Shape>(
  from: Pick<View, 'private_metadata'> | undefined,
  shape: z.ZodType<Shape>,
): Shape {
  return shape.parse(JSON.parse(from?.private_metadata || '{}'));
}
