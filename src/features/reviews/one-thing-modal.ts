import { z } from 'zod';
import type { ReviewId } from '../../domain/ids.ts';
import { saySkill, skills } from '../../domain/loss-reasons.ts';
import { worthPayingQuestion } from '../../domain/worst-advice.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const oneThingModalIds = {
  view: 'review_one_thing',
  skill: 'skill',
  behaviour: 'behaviour',
  occasion: 'occasion',
  watch: 'watch',
  person: 'person',
} as const;

const meta = z.object({
  reviewId: z.string(),
  /** The one question about cheap advice was put to them: what they send now is their answer. */
  asked: z.boolean(),
});

const watches = [
  { code: 'observed_call', label: 'They watch a call of mine' },
  { code: 'shadow', label: 'I watch a call of theirs' },
] as const;

/** What somebody put in already. */
export interface TypedThing {
  readonly skill?: string | undefined;
  readonly behaviour?: string | undefined;
  readonly occasion?: string | undefined;
  readonly watch?: string | undefined;
  readonly userId?: string | undefined;
}

/**
 * One behaviour, when and where, and who is beside it (METHOD S3-17…20). A behaviour that is one of
 * the two worst lessons comes back once, with a question and all that was typed (METHOD S4-14).
 */
export function buildOneThingModal(
  given: {
    readonly reviewId: ReviewId;
    readonly question: string;
    readonly asked?: boolean;
  },
  /** Before anything was, the skill that the reason of the loss points to. */
  typed: TypedThing,
): Modal {
  const { reviewId, question, asked = false } = given;
  const options = skills.map((skill) => option(saySkill(skill), skill));
  const initial = options.find(({ value }) => value === typed.skill);
  const watchOptions = watches.map(({ code, label }) => option(label, code));
  const watch = watchOptions.find(({ value }) => value === typed.watch);
  return modal({
    id: oneThingModalIds.view,
    title: 'One thing',
    submit: 'I work on this',
    meta: { reviewId, asked },
    blocks: [
      paragraph(bold(question)),
      ...(asked
        ? [paragraph(leaf(`Only you see this: ${worthPayingQuestion} That may be the behaviour.`))]
        : []),
      input({
        field: oneThingModalIds.skill,
        label: 'The skill',
        element: {
          type: 'static_select',
          options,
          ...(initial ? { initial_option: initial } : {}),
        },
      }),
      input({
        field: oneThingModalIds.behaviour,
        label: 'The behaviour',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('Ask for the second person before the offer'),
          ...(typed.behaviour ? { initial_value: typed.behaviour } : {}),
        },
      }),
      input({
        field: oneThingModalIds.occasion,
        label: 'When and where you try it, three times',
        element: {
          type: 'plain_text_input',
          max_length: 200,
          ...(typed.occasion ? { initial_value: typed.occasion } : {}),
        },
      }),
      input({
        field: oneThingModalIds.watch,
        label: 'With somebody?',
        element: {
          type: 'radio_buttons',
          options: watchOptions,
          ...(watch ? { initial_option: watch } : {}),
        },
        optional: true,
      }),
      input({
        field: oneThingModalIds.person,
        label: 'With whom?',
        element: {
          type: 'users_select',
          placeholder: plain('A colleague'),
          ...(typed.userId ? { initial_user: typed.userId } : {}),
        },
        optional: true,
      }),
      context('One area at a time. If you work on something already, this one waits its turn.'),
    ],
  });
}

export function readOneThingModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId, asked } = readMeta(view, meta);
  const watch = form.choice(oneThingModalIds.watch);
  return {
    reviewId: reviewId as ReviewId,
    asked,
    skill: form.choice(oneThingModalIds.skill),
    behaviour: form.text(oneThingModalIds.behaviour),
    occasion: form.text(oneThingModalIds.occasion),
    watch: watches.find(({ code }) => code === watch)?.code,
    userId: form.user(oneThingModalIds.person),
  };
}
