import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { buyerName, type Deal, dealTitle } from '../../domain/deal.ts';
import { firstName, greeting } from '../../domain/feedback-note.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import {
  actions,
  bold,
  button,
  context,
  input,
  leaf,
  type Modal,
  modal,
  paragraph,
} from '../../slack/blocks.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { maySend, type Withdrawal, type WrittenNote } from './withdrawal.ts';

/** Ids of the modal from which a person copies the note and says that it is sent. */
export const noteSentModalIds = { view: 'feedback_note_sent', text: 'note' } as const;

/** The value is a deal: opens the note again, or begins a new one. */
export const withdrawalIds = {
  open: 'feedback_withdrawal_open',
  again: 'feedback_withdrawal_again',
};

const meta = z.object({ dealId: z.string(), noteId: z.string() });

/** The note as it stands: to be sent, or waiting to be read. */
export function buildNoteModal(withdrawal: Withdrawal, viewer: Pick<Person, 'id'>): Modal {
  const { deal, note } = withdrawal;
  const heading = paragraph(bold(dealTitle(deal)), leaf(`\n${standing(withdrawal, viewer)}`));
  const again = actions(
    'feedback_again',
    button({ id: withdrawalIds.again, text: 'Write it anew', value: deal.id }),
  );
  if (!note || !maySend(withdrawal)) {
    const text: KnownBlock[] = note ? [paragraph(leaf(note.text))] : [];
    return modal({
      id: 'feedback_note_waiting',
      title: 'Stepping away',
      close: 'Close',
      blocks: [heading, ...text, again],
    });
  }
  return modal({
    id: noteSentModalIds.view,
    title: 'Stepping away',
    submit: 'I sent it',
    close: 'Not now',
    meta: { dealId: deal.id, noteId: note.noteId },
    blocks: [
      heading,
      input({
        field: noteSentModalIds.text,
        label: 'Copy it',
        element: { type: 'plain_text_input', multiline: true, initial_value: note.text },
      }),
      context(
        '“I sent it” closes the deal: we stepped away, and nobody writes to them for 60 days unless they do.',
      ),
      again,
    ],
  });
}

function standing({ note, verdict, manager }: Withdrawal, viewer: Pick<Person, 'id'>): string {
  if (!note) return 'There is no note yet.';
  if (note.managerId === viewer.id) return standingForReader(note.way, verdict);
  const reader = manager ? firstName(manager.name) : 'Your manager';
  if (verdict === 'talk') return `${reader} would like to talk about it first.`;
  if (verdict === 'fine') {
    return note.way === 'higher'
      ? `${reader} says yes: go to them.`
      : `${reader} has read it: fine to send.`;
  }
  return note.managerId ? `${reader} has it to read.` : 'Nobody is above you to read it first.';
}

/** To the manager who reads it first. */
function standingForReader(way: WrittenNote['way'], verdict: Withdrawal['verdict']): string {
  if (verdict === 'talk') return 'You would like to talk about it first.';
  if (verdict === 'fine')
    return way === 'higher' ? 'You said yes to it.' : 'You found it fine to send.';
  return 'It waits for you to read it: the buttons are in your messages from me.';
}

export function readNoteSentModal(view: View): { dealId: DealId; noteId: string } {
  const { dealId, noteId } = readMeta(view, meta);
  return { dealId: dealId as DealId, noteId };
}

/** For who decided for good reasons: thanks, and that is all (METHOD S4-34). */
export function buildThanksModal(
  { deal, owner }: Withdrawal,
  contactName: string | undefined,
): Modal {
  const text = [
    greeting({ contactName }),
    'Thank you for telling us plainly. It sounds like the right call for you now, and we leave it there.',
    `All we made together is yours to keep. Thank you for the time you gave us,\n${owner?.name ?? ''}`.trim(),
  ].join('\n\n');
  return modal({
    id: 'feedback_thanks',
    title: 'Thank them',
    close: 'Close',
    blocks: [
      paragraph(
        bold(dealTitle(deal)),
        leaf('\nTheir no is a good one: other things come first. Thank them, and close it.'),
      ),
      paragraph(leaf(text)),
      context(`You send it. Then /deal lost ${deal.account} keeps how it ended.`),
    ],
  });
}

export function buildLeaveModal({ deal }: Withdrawal): Modal {
  return buildResultModal({
    title: 'Leaving it',
    lines: [
      [
        bold(dealTitle(deal)),
        leaf(
          `: leaving without a word is allowed, and helps nobody at ${buyerName(deal)}. /deal lost keeps how it ended; /deal note is here if you think again.`,
        ),
      ],
    ],
  });
}

export function buildHigherModal({ deal, manager }: Withdrawal): Modal {
  const line = `: ${manager?.name ?? 'Your manager'} is asked. Nothing goes to anybody higher up before their yes.`;
  return buildResultModal({ title: 'Asked', lines: [[bold(dealTitle(deal)), leaf(line)]] });
}

export function buildNoteClosedModal(deal: Deal, quietUntil: Day, today: Day): Modal {
  return buildResultModal({
    title: 'We stepped away',
    lines: [
      [
        bold(dealTitle(deal)),
        leaf(
          ` is closed. Nobody writes to them before ${sayDay(quietUntil, today)} unless they write first.`,
        ),
      ],
    ],
  });
}
