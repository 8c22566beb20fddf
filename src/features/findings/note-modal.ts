import { z } from 'zod';
import type { FindingId } from '../../domain/ids.ts';
import { input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import { type FormValues, readMeta, type View } from '../../slack/payloads.ts';

/** Ids of the two modals; an input's id is the field a refusal may name. */
export const findingNoteIds = {
  decline: 'finding_declined',
  ship: 'finding_shipped',
  note: 'note',
} as const;

const meta = z.object({ findingId: z.string(), responseUrl: z.string().optional() });

type Given = { readonly findingId: FindingId; readonly responseUrl: string | undefined };

/** A no needs a word why, so that the team knows it was read. */
export function buildDeclineFindingModal(text: string, given: Given): Modal {
  return noteModal(given, {
    id: findingNoteIds.decline,
    title: 'Decline it',
    submit: 'Decline',
    about: text,
    label: 'A word why',
    placeholder: 'It is planned for next year; single sign-on comes first',
  });
}

/** What the team will read in the thread it came from. */
export function buildShipFindingModal(text: string, given: Given): Modal {
  return noteModal(given, {
    id: findingNoteIds.ship,
    title: 'It shipped',
    submit: 'Tell the team',
    about: text,
    label: 'What shipped?',
    placeholder: 'Single sign-on for all plans',
  });
}

function noteModal(
  given: Given,
  spec: {
    readonly id: string;
    readonly title: string;
    readonly submit: string;
    readonly about: string;
    readonly label: string;
    readonly placeholder: string;
  },
): Modal {
  const { id, title, submit, about, label, placeholder } = spec;
  return modal({
    ...{ id, title, submit, meta: given },
    blocks: [
      paragraph(leaf(about)),
      input({
        field: findingNoteIds.note,
        label,
        element: { type: 'plain_text_input', max_length: 200, placeholder: plain(placeholder) },
      }),
    ],
  });
}

export function readFindingNote({ view, form }: { view: View; form: FormValues }): {
  findingId: FindingId;
  responseUrl: string | undefined;
  note: string | undefined;
} {
  const { findingId, responseUrl } = readMeta(view, meta);
  return {
    findingId: findingId as FindingId,
    responseUrl,
    note: form.text(findingNoteIds.note),
  };
}
