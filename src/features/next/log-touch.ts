import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import { type ContactId, type DealId, newId, type TouchId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { TouchKind } from '../../domain/rally.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { findContact, saveDealContact } from '../../store/contacts.ts';
import { appendEvent } from '../../store/events.ts';
import { listHomework } from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { insertTouch } from '../../store/touches.ts';
import { type LookDeps, type Outlook, outlookOf } from './look-ahead.ts';

/** A turn as it was typed. */
export interface TouchForm {
  readonly side: 'buyer' | 'seller';
  readonly kind: string | undefined;
  readonly contactId: string | undefined;
  /** A step's id, or `nothingYet`. */
  readonly moved: string | undefined;
  /** What they said, of their own turns alone. */
  readonly words?: string | undefined;
  readonly expectsReply: boolean;
}

export const nothingYet = 'nothing_yet';

/** The most characters of what they said. */
export const touchWordsMax = 300;

const kinds: readonly TouchKind[] = ['email', 'call', 'meeting', 'message', 'document'];

/**
 * Logs that one side wrote or spoke to the other, and what that moved (METHOD §1.3, S2-3). Word from
 * a contact is a two-way contact. The same `formId` twice logs once.
 * @returns the deal as it stands afterwards.
 */
export async function logTouch(
  deps: LookDeps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly touch: TouchForm },
): Promise<Outlook | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const read = await readTouch(tx, deal, input.touch);
    if (isRefusal(read)) return read;
    if (await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now)) {
      await keepTouch(tx, actor, deal, { ...read, now });
    }
    return outlookOf(tx, deps, deal);
  });
}

interface ReadTouch {
  readonly side: TouchForm['side'];
  readonly kind: TouchKind;
  readonly contactId: ContactId | undefined;
  readonly step: Homework | undefined;
  readonly note: string | undefined;
  readonly expectsReply: boolean;
}

async function readTouch(tx: Tx, deal: OpenDeal, form: TouchForm): Promise<ReadTouch | Refusal> {
  const { side, expectsReply } = form;
  const kind = kinds.find((known) => known === form.kind);
  if (!kind) return refuse('no_kind', 'Pick how it went, by email or by call.', 'kind');
  const contact = form.contactId
    ? await findContact(tx, deal.workspaceId, form.contactId as ContactId)
    : undefined;
  if (form.contactId && contact?.accountId !== deal.accountId) {
    return refuse('no_contact', 'They are not on this deal. Pick somebody who is.', 'contact');
  }
  if (!form.moved) {
    return refuse('no_move', 'What did it move? Pick a step, or “Nothing yet”.', 'moved');
  }
  const steps = form.moved === nothingYet ? [] : await listHomework(tx, deal.id);
  const step = steps.find((candidate) => candidate.id === form.moved);
  if (form.moved !== nothingYet && !(step && isOpen(step))) {
    return refuse('step_gone', 'That step is no longer open. Pick another one.', 'moved');
  }
  const note = readNote(form.words);
  if (isRefusal(note)) return note;
  return { side, kind, contactId: contact?.id, step, note, expectsReply };
}

function readNote(words: string | undefined): string | undefined | Refusal {
  if (!words?.trim()) return undefined;
  return readLine(words, { field: 'words', what: 'What they said', max: touchWordsMax });
}

async function keepTouch(
  tx: Tx,
  actor: Person,
  deal: OpenDeal,
  { side, kind, contactId, step, note, expectsReply, now }: ReadTouch & { readonly now: Date },
): Promise<void> {
  const { workspaceId } = actor;
  const on = dayIn(now, deal.zone);
  const id = newId<TouchId>(now);
  const homeworkId = step?.id;
  await insertTouch(tx, workspaceId, {
    id,
    dealId: deal.id,
    at: now,
    on,
    side,
    kind,
    contactId,
    expectsReply,
    advance: step !== undefined,
    homeworkId,
    note,
    byId: actor.id,
  });
  if (contactId) {
    const twoWay = side === 'buyer' ? { engagedOn: on } : {};
    await saveDealContact(tx, workspaceId, { dealId: deal.id, contactId }, twoWay);
  }
  await appendEvent(tx, {
    workspaceId,
    dealId: deal.id,
    at: now,
    actorId: actor.id,
    side,
    kind: 'touch_logged',
    payload: { touchId: id, kind, contactId, homeworkId, expectsReply },
  });
}
