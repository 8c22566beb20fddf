import { z } from 'zod';
import { dealTitle } from '../../domain/deal.ts';
import { firstName } from '../../domain/feedback-note.ts';
import type { DealId, PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { actions, bold, button, context, leaf, mention, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { sentence } from '../../slack/words.ts';
import { findPerson } from '../../store/people.ts';
import { reachWithdrawal, type Withdrawal } from './withdrawal.ts';
import { withdrawalIds } from './withdrawal-results.ts';

/** What a manager may say; the value is the deal and the note. */
export const readIds = { fine: 'feedback_note_fine', talk: 'feedback_note_talk' } as const;

const place = z.templateLiteral([z.string().min(1), ' ', z.string().min(1)]);

/** The deal and the note a button stands for; undefined for a value no button of ours has. */
export function readNoteValue(value: string): { dealId: DealId; noteId: string } | undefined {
  if (!place.safeParse(value).success) return undefined;
  const [dealId = '', noteId = ''] = value.split(' ');
  return { dealId: dealId as DealId, noteId };
}

/** What the manager reads before a person sends it; answered in place. */
export function buildAskedMessage(withdrawal: Withdrawal, writer: Person | undefined): Message {
  const { deal, note, verdict } = withdrawal;
  const title = dealTitle(deal);
  const who = writer?.name ?? 'A colleague';
  const wish =
    note?.way === 'higher'
      ? ` would like to go to somebody higher up on ${title}. They do it with your yes alone.`
      : ` would like to step away from ${title} with this note. You read it, they send it.`;
  const said =
    verdict && { fine: 'You said: fine to send.', talk: 'You said: let us talk.' }[verdict];
  const value = `${deal.id} ${note?.noteId ?? ''}`;
  const fine = note?.way === 'higher' ? 'Yes, go ahead' : 'Fine to send';
  return {
    text: escapeMrkdwn([`${who}${wish}`, note?.text ?? '', ...(said ? [said] : [])].join('\n')),
    blocks: [
      paragraph(writer ? mention(writer) : leaf(who), leaf(wish)),
      paragraph(leaf(note?.text ?? '—')),
      ...(said ? [context(said)] : []),
      ...(verdict === 'fine'
        ? []
        : [
            actions(
              'feedback_read',
              button({ id: readIds.fine, text: fine, value, about: title, style: 'primary' }),
              button({ id: readIds.talk, text: 'Let us talk', value, about: title }),
            ),
          ]),
    ],
  };
}

/** To the manager, while the note is the newest and the deal open. */
export const withdrawalAskedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const manager = await findPerson(tx, workspaceId, payload['managerId'] as PersonId);
    const known = manager && (await reachWithdrawal(tx, manager, payload['dealId'] as DealId));
    if (!known || isRefusal(known)) return { do: 'drop', reason: 'the deal has ended' };
    if (known.note?.noteId !== payload['noteId']) return { do: 'drop', reason: 'rewritten since' };
    const writer = await findPerson(tx, workspaceId, known.note?.byId as PersonId);
    return { do: 'post', target, message: buildAskedMessage(known, writer) };
  },
};

/** To whoever wrote it: what the manager says, and the note to send. */
export const withdrawalAnsweredRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const writer = await findPerson(tx, workspaceId, payload['writerId'] as PersonId);
    const known = writer && (await reachWithdrawal(tx, writer, payload['dealId'] as DealId));
    if (!known || isRefusal(known)) return { do: 'drop', reason: 'the deal has ended' };
    if (known.note?.noteId !== payload['noteId'] || known.verdict !== payload['verdict']) {
      return { do: 'drop', reason: 'said anew since' };
    }
    const manager = await findPerson(tx, workspaceId, payload['managerId'] as PersonId);
    return { do: 'post', target, message: buildAnsweredMessage(known, manager) };
  },
};

function buildAnsweredMessage(
  { deal, note, verdict }: Withdrawal,
  manager: Person | undefined,
): Message {
  const who = manager ? firstName(manager.name) : 'Your manager';
  const title = dealTitle(deal);
  if (verdict === 'talk') {
    return sentence(`${who} has read what you wrote on ${title} and would like to talk first.`);
  }
  if (note?.way === 'higher') return sentence(`${who} says yes on ${title}: go to them.`);
  const text = `${who} has read your note on ${title}: fine to send.`;
  return {
    text: escapeMrkdwn(text),
    blocks: [
      paragraph(leaf(`${who} has read your note on `), bold(title), leaf(': fine to send.')),
      actions(
        'feedback_open',
        button({
          id: withdrawalIds.open,
          text: 'Show the note',
          value: deal.id,
          about: title,
          style: 'primary',
        }),
      ),
    ],
  };
}
