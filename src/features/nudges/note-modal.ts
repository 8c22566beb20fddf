import { z } from 'zod';
import type { ListenerDeps } from '../../deps.ts';
import {
  type ContactId,
  type DealId,
  type HomeworkId,
  type NudgeItemId,
  newId,
} from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import {
  bold,
  context,
  input,
  leaf,
  type Modal,
  modal,
  option,
  paragraph,
} from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import { answerNudge, reachItem } from './answer-nudge.ts';
import { draftNote, type NoteDraft } from './note-draft.ts';
import { nudgeIds } from './nudge-buttons.ts';
import type { ShowBundleAgain } from './rest-listeners.ts';

/** What a note that was sent borrows from the features that keep turns and steps. */
export interface NoteHands {
  /** A turn of ours that waits for their answer; the same `formId` twice logs it once. */
  readonly logTurn: (
    actor: Person,
    turn: {
      readonly dealId: DealId;
      readonly formId: string;
      readonly kind: string | undefined;
      readonly contactId: ContactId | undefined;
    },
  ) => Promise<unknown | Refusal>;
  /** The step was put to them. */
  readonly askStep: (actor: Person, id: HomeworkId) => Promise<unknown | Refusal>;
}

/** Ids of the modal; an input's id is the field a refusal may name. */
export const noteModalIds = { view: 'nudges_note', text: 'note', kind: 'kind' } as const;

const meta = z.object({
  itemId: z.string(),
  formId: z.string(),
  contactId: z.string().optional(),
  responseUrl: z.string().optional(),
});

type Meta = z.infer<typeof meta>;

/** Words for the buyer: a person makes them theirs, sends them from elsewhere, and says so. */
export function registerNotes(
  deps: ListenerDeps,
  hands: NoteHands,
  showBundleAgain: ShowBundleAgain,
): void {
  onClick(deps, nudgeIds.note, (click) => openNote(deps, click));
  onSubmit(deps, noteModalIds.view, async (sent) => {
    const item = await keepSent(deps, hands, sent);
    if (isRefusal(item)) return item;
    const { responseUrl } = readMeta(sent.view, meta);
    if (await showBundleAgain(sent.actor, item.nudgeId, responseUrl)) return { do: 'close' };
    const line = leaf('It is logged as a turn of yours. They have the ball.');
    return { do: 'show', modal: buildResultModal({ title: 'Noted', lines: [[line]] }) };
  });
}

/** Opens the words for the buyer that a question calls for. */
export async function openNote(
  deps: ListenerDeps,
  {
    actor,
    value,
    triggerId,
    responseUrl,
  }: Pick<Click, 'actor' | 'value' | 'triggerId' | 'responseUrl'>,
): Promise<Refusal | undefined> {
  const now = deps.clock.now();
  const { calendars } = deps;
  const draft = await deps.store.read((tx) =>
    draftNote(tx, actor, value as NudgeItemId, { now, calendars }),
  );
  if (isRefusal(draft)) return draft;
  const given = {
    itemId: draft.item.id,
    formId: newId(now),
    contactId: draft.contact?.id,
    responseUrl,
  };
  await deps.gateway.openView({ triggerId, view: buildNoteModal(draft, given) });
  return undefined;
}

const ways = [
  ['Email', 'email'],
  ['Message', 'message'],
  ['Call', 'call'],
  ['Meeting', 'meeting'],
] as const;

function buildNoteModal({ title, text, contact }: NoteDraft, given: Meta): Modal {
  const options = ways.map(([name, value]) => option(name, value));
  const to = contact ? `\nFor ${contact.name}` : '';
  return modal({
    id: noteModalIds.view,
    title: 'A note to them',
    submit: 'I sent it',
    close: 'Not now',
    meta: given,
    blocks: [
      paragraph(bold(title), leaf(to)),
      input({
        field: noteModalIds.text,
        label: 'Copy it and make it yours',
        element: { type: 'plain_text_input', multiline: true, initial_value: text },
      }),
      input({
        field: noteModalIds.kind,
        label: 'How do you send it?',
        element: { type: 'static_select', options, initial_option: option(...ways[0]) },
      }),
      context('You send it, from wherever you write to them. Nothing leaves this app.'),
    ],
  });
}

/**
 * Each part is kept once however often it comes, and the answer last: a submission that broke off
 * between two parts is finished by its redelivery.
 */
async function keepSent(
  deps: ListenerDeps,
  hands: NoteHands,
  { actor, view, form }: Submission,
): Promise<NudgeItem | Refusal> {
  const { itemId, formId, contactId } = readMeta(view, meta);
  const id = itemId as NudgeItemId;
  const item = await deps.store.read((tx) => reachItem(tx, actor, id));
  if (isRefusal(item)) return item;
  const turn = {
    dealId: item.dealId,
    formId,
    kind: form.choice(noteModalIds.kind),
    contactId: contactId as ContactId | undefined,
  };
  const logged = await hands.logTurn(actor, turn);
  if (isRefusal(logged)) return logged;
  if (item.kind === 'ask_them' && item.homeworkId) {
    const asked = await hands.askStep(actor, item.homeworkId);
    if (isRefusal(asked)) return asked;
  }
  return answerNudge(deps, actor, id, 'note_sent');
}
