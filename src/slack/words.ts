import type { Person } from '../domain/person.ts';
import { isOutage, type Refusal, refuse } from '../domain/refusal.ts';
import { leaf, type Modal, paragraph } from './blocks.ts';
import type { Message } from './message.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { buildResultModal } from './result-modal.ts';

/** A message of one plain sentence. */
export function sentence(text: string): Message {
  return { text: escapeMrkdwn(text), blocks: [paragraph(leaf(text))] };
}

/** The same where there is no message to answer: in a modal. */
export function noticeModal(text: string): Modal {
  return buildResultModal({ title: 'Homeroom', lines: [[leaf(text)]] });
}

/** What somebody is told when the fault is ours; `reference` finds the log line. */
export function trouble(error: unknown, reference: string): string {
  const what = isOutage(error)
    ? error.message
    : 'Something broke on our side and nothing was changed. Please try again in a minute.';
  return `${what} (Reference ${reference})`;
}

/** Guests, people of other companies and people who left see nothing of a deal (DESIGN §5). */
export function refuseOutsider(person: Person): Refusal | undefined {
  if (person.active && person.standing === 'member') return undefined;
  return refuse(
    'outsider',
    'Homeroom is for full members of this workspace. Ask the person who invited you for the plan.',
  );
}
