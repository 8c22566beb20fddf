import type { Deps } from '../../deps.ts';
import type { DealId } from '../../domain/ids.ts';
import { newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, shorten, stripUnseen } from '../../domain/text.ts';
import {
  lintWithdrawal,
  type WithdrawalFault,
  type WithdrawalParts,
  writeWithdrawal,
} from '../../domain/withdrawal-note.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { reachWithdrawal, type Withdrawal, type WrittenNote } from './withdrawal.ts';

/** What the form of the note gives back; every text as it was typed. */
export interface WithdrawalForm {
  readonly dealId: DealId;
  readonly formId: string;
  readonly contactName: string | undefined;
  /** Their figures in their words. */
  readonly figures: string | undefined;
  readonly parts: WithdrawalParts;
}

/** Faults of several parts at once: each stands under its own input. */
export interface WithdrawalFaults {
  readonly faults: readonly WithdrawalFault[];
}

const notOpened = refuse(
  'not_opened',
  'The note opens with four ticks. Type /deal note with the deal’s name to go through them.',
);

/**
 * Keeps a note that has no fault, and shows it to the manager; without one the owner goes on himself.
 * The app sends it to nobody else (METHOD §4.7).
 */
export async function writeNote(
  deps: Deps,
  actor: Person,
  form: WithdrawalForm,
): Promise<Withdrawal | WithdrawalFaults | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const withdrawal = await reachWithdrawal(tx, actor, form.dealId);
    if (isRefusal(withdrawal)) return withdrawal;
    if (!withdrawal.reasonCode) return notOpened;
    const parts = clean(form.parts);
    const { problem, costOfMissing } = withdrawal.deal;
    const figures = cleanLine(form.figures ?? '') || undefined;
    const theirs = [problem, costOfMissing, figures].filter((text) => text !== undefined);
    const faults = lintWithdrawal(parts, theirs);
    if (faults.length > 0) return { faults };
    if (!(await firstSeen(tx, actor.workspaceId, `form:${form.formId}`, now))) return withdrawal;
    if (figures && !costOfMissing)
      await changeDeal(tx, withdrawal.deal, { costOfMissing: shorten(figures, 300) });
    const contactName = cleanLine(form.contactName ?? '') || undefined;
    const text = writeWithdrawal(parts, { contactName, senderName: actor.name });
    return keepNote(
      tx,
      actor,
      withdrawal,
      { way: 'note', text, ours: parts.ours, contactName },
      now,
    );
  });
}

function clean(parts: WithdrawalParts): WithdrawalParts {
  const tidy = (text: string) => stripUnseen(text).trim();
  return { ours: tidy(parts.ours), theirs: tidy(parts.theirs), away: tidy(parts.away) };
}

/** Keeps what the manager is to read, and puts it before them. */
export async function keepNote(
  tx: Tx,
  actor: Person,
  withdrawal: Withdrawal,
  said: Pick<WrittenNote, 'way' | 'text' | 'ours' | 'contactName'>,
  now: Date,
): Promise<Withdrawal> {
  const { deal, manager } = withdrawal;
  const { workspaceId } = actor;
  const managerId = manager?.id;
  const note: WrittenNote = { ...said, noteId: newId(now), byId: actor.id, managerId };
  await appendEvent(tx, {
    workspaceId,
    dealId: deal.id,
    at: now,
    actorId: actor.id,
    kind: 'withdrawal_written',
    payload: { ...note },
  });
  if (manager?.slackUserId) {
    const payload = { dealId: deal.id, noteId: note.noteId, managerId: manager.id };
    const key = `withdrawal:${note.noteId}`;
    const target = manager.slackUserId;
    await enqueue(tx, workspaceId, now, [{ kind: 'withdrawal_asked', key, target, payload }]);
  }
  return { ...withdrawal, note, verdict: undefined };
}
