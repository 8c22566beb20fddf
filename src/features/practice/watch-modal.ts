import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { PracticeId } from '../../domain/ids.ts';
import { input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { type PracticePlace, placeMeta } from './practice-place.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const watchModalIds = { view: 'practice_watch', person: 'person', dueOn: 'due_on' } as const;

const meta = z.object({
  practiceId: z.string(),
  formId: z.string(),
  way: z.enum(['watched', 'shadow']),
  place: placeMeta,
});

/** Somebody watches a call of theirs, or they watch somebody who does it well (S3-18, S3-20). */
export function buildWatchModal(
  behaviour: string,
  dueOn: Day,
  given: {
    readonly practiceId: PracticeId;
    readonly formId: string;
    readonly way: 'watched' | 'shadow';
    readonly place: PracticePlace;
  },
): Modal {
  const isWatched = given.way === 'watched';
  return modal({
    id: watchModalIds.view,
    title: isWatched ? 'Who watches?' : 'Whom do you watch?',
    submit: isWatched ? 'Ask them' : 'Keep it',
    meta: given,
    blocks: [
      paragraph(leaf(behaviour)),
      input({
        field: watchModalIds.person,
        label: isWatched ? 'Who watched, or will' : 'Who does this well',
        element: { type: 'users_select', placeholder: plain('A colleague') },
        hint: isWatched
          ? 'I ask them what they saw. Their note counts as a try of yours.'
          : 'Join a call of theirs, and bring back one phrase.',
      }),
      input({
        field: watchModalIds.dueOn,
        label: 'On which day, or by when?',
        element: { type: 'datepicker', initial_date: dueOn },
      }),
    ],
  });
}

export function readWatchModal({ view, form }: { view: View; form: FormValues }) {
  const { practiceId, formId, way, place } = readMeta(view, meta);
  return {
    ...{ formId, way, place },
    practiceId: practiceId as PracticeId,
    userId: form.user(watchModalIds.person),
    dueOn: form.date(watchModalIds.dueOn),
  };
}
