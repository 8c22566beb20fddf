import { z } from 'zod';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { DealId, SlackUserId } from '../../domain/ids.ts';
import { count } from '../../domain/text.ts';
import { bold, input, leaf, type Modal, modal, paragraph, plain } from '../../slack/blocks.ts';
import type { Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { Reassigned } from './reassign-deal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const reassignModalIds = { view: 'lifecycle_reassign', newOwner: 'new_owner' } as const;

const meta = z.object({ dealId: z.string(), formId: z.string() });

/** `/deal reassign`: one question, whose it is from now on. */
export function buildReassignModal(deal: OpenDeal, ownerName: string, formId: string): Modal {
  return modal({
    id: reassignModalIds.view,
    title: 'Hand over this deal',
    submit: 'Hand over',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(` · ${ownerName} has it`)),
      input({
        field: reassignModalIds.newOwner,
        label: 'Who takes it over?',
        element: { type: 'users_select', placeholder: plain('A colleague') },
        hint: `They get the plan, our promises, the people and the open risks. Open steps of ${ownerName} become theirs.`,
      }),
    ],
  });
}

/** What was picked; the colleague comes as a Slack id that is still to be looked up. */
export function readReassignModal({ form, view }: Pick<Submission, 'form' | 'view'>): {
  dealId: DealId;
  formId: string;
  slackUserId: SlackUserId | undefined;
} {
  const { dealId, formId } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    formId,
    slackUserId: form.user(reassignModalIds.newOwner) as SlackUserId | undefined,
  };
}

/** After saving: what went along, and what only a person can do. */
export function buildReassignedModal({ deal, moved }: Reassigned, ownerName: string): Modal {
  const steps = moved > 0 ? ` ${count(moved, 'open step')} went along.` : '';
  return buildResultModal({
    title: 'Handed over',
    lines: [
      [bold(dealTitle(deal)), leaf(` is ${ownerName}’s now.${steps}`)],
      [leaf('They get the handover pack in a message from me.')],
      [leaf('Tell the buyer yourself who is there for them now.')],
    ],
  });
}
