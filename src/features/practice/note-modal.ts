import { z } from 'zod';
import type { CommitmentId } from '../../domain/ids.ts';
import { input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';
import { type PracticePlace, placeMeta } from './practice-place.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const practiceNoteIds = { view: 'practice_words', note: 'note' } as const;

/** Which words: the observer's, what comes next, a borrowed phrase, or what changed. */
export type NoteKind = 'saw' | 'next' | 'phrase' | 'change';

const meta = z.object({
  commitmentId: z.string(),
  kind: z.enum(['saw', 'next', 'phrase', 'change']),
  place: placeMeta,
});

const words: Readonly<
  Record<
    NoteKind,
    {
      readonly title: string;
      readonly label: string;
      readonly placeholder: string;
      readonly hint?: string;
    }
  >
> = {
  saw: {
    title: 'What you saw',
    label: 'What did you see and hear?',
    placeholder: 'You asked who signs, then filled the silence yourself after two seconds',
    hint: 'What happened, not what somebody is like. They read it and say what they try next.',
  },
  next: {
    title: 'What comes next',
    label: 'What I will try next',
    placeholder: 'Ask, then count to five before I speak',
  },
  phrase: {
    title: 'What you borrow',
    label: 'One phrase I am borrowing',
    placeholder: '“What would have to be true for you to sign in May?”',
  },
  change: {
    title: 'What changed',
    label: 'What is different now?',
    placeholder: 'A security answer goes out within a day; Mia answers for it',
  },
};

export function buildNoteModal(
  about: string,
  given: {
    readonly commitmentId: CommitmentId;
    readonly kind: NoteKind;
    readonly place: PracticePlace;
  },
): Modal {
  const { title, label, placeholder, hint } = words[given.kind];
  return modal({
    id: practiceNoteIds.view,
    title,
    submit: 'Keep it',
    meta: given,
    blocks: [
      paragraph(leaf(about)),
      input({
        field: practiceNoteIds.note,
        label,
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: 500,
          placeholder: plain(placeholder),
        },
        ...(hint ? { hint } : {}),
      }),
    ],
  });
}

export function readNoteModal({ view, form }: { view: View; form: FormValues }) {
  const { commitmentId, kind, place } = readMeta(view, meta);
  return {
    commitmentId: commitmentId as CommitmentId,
    kind,
    place,
    text: form.text(practiceNoteIds.note),
  };
}
