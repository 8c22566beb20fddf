import type { KnownBlock } from '@slack/types';
import type { Playbook } from '../../domain/playbook.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, button, leaf, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';

export const playbookListIds = {
  /** Opens the playbook of that key. */
  open: 'playbooks_open',
} as const;

/** `/deal playbook`: every playbook with the version a new deal gets. */
export function buildPlaybooksMessage(playbooks: readonly Playbook[], canEdit: boolean): Message {
  const opening = 'A new deal starts from one of these. Plans that run keep the version they have.';
  const lines = playbooks.map((one) => `${one.name}: ${summaryOf(one)}.`);
  const blocks = playbooks.flatMap((one): KnownBlock[] => [
    paragraph(bold(one.name), leaf(` · ${summaryOf(one)}`)),
    actions(
      `playbooks_${one.key}`,
      button({
        id: playbookListIds.open,
        text: canEdit ? 'Edit' : 'Look',
        value: one.key,
        about: one.name,
      }),
    ),
  ]);
  return {
    text: escapeMrkdwn([opening, ...lines].join('\n')),
    blocks: [paragraph(leaf(opening)), ...blocks],
  };
}

/** `version 1, 18 steps over 45 business days`. */
export function summaryOf({ version, steps, spanBd }: Playbook): string {
  return `version ${version}, ${count(steps.length, 'step')} over ${count(spanBd, 'business day')}`;
}
