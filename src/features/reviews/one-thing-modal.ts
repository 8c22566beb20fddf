import { z } from 'zod';
import type { ReviewId } from '../../domain/ids.ts';
import { saySkill, skills } from '../../domain/loss-reasons.ts';
import {
  bold,
  context,
  input,
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

const meta = z.object({ reviewId: z.string() });

const watches = [
  { code: 'observed_call', label: 'They watch a call of mine' },
  { code: 'shadow', label: 'I watch a call of theirs' },
] as const;

/** One behaviour, when and where, and who is beside it (METHOD S3-17…20). */
export function buildOneThingModal(given: {
  readonly reviewId: ReviewId;
  readonly question: string;
  /** What the reason of the loss points to. */
  readonly skill: string | undefined;
}): Modal {
  const options = skills.map((skill) => option(saySkill(skill), skill));
  const initial = options.find(({ value }) => value === given.skill);
  return modal({
    id: oneThingModalIds.view,
    title: 'One thing',
    submit: 'I work on this',
    meta: { reviewId: given.reviewId },
    blocks: [
      paragraph(bold(given.question)),
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
        },
      }),
      input({
        field: oneThingModalIds.occasion,
        label: 'When and where you try it, three times',
        element: { type: 'plain_text_input', max_length: 200 },
      }),
      input({
        field: oneThingModalIds.watch,
        label: 'With somebody?',
        element: {
          type: 'radio_buttons',
          options: watches.map(({ code, label }) => option(label, code)),
        },
        optional: true,
      }),
      input({
        field: oneThingModalIds.person,
        label: 'With whom?',
        element: { type: 'users_select', placeholder: plain('A colleague') },
        optional: true,
      }),
      context('One area at a time. If you work on something already, this one waits its turn.'),
    ],
  });
}

export function readOneThingModal({ view, form }: { view: View; form: FormValues }) {
  const { reviewId } = readMeta(view, meta);
  const watch = form.choice(oneThingModalIds.watch);
  return {
    reviewId: reviewId as ReviewId,
    skill: form.choice(oneThingModalIds.skill),
    behaviour: form.text(oneThingModalIds.behaviour),
    occasion: form.text(oneThingModalIds.occasion),
    watch: watches.find(({ code }) => code === watch)?.code,
    userId: form.user(oneThingModalIds.person),
  };
}
