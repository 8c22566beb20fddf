import { z } from 'zod';
import { addDays, type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { longestPauseDays, pausedLine } from '../../domain/pause.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import {
  actions,
  bold,
  input,
  type Leaf,
  leaf,
  type Modal,
  modal,
  paragraph,
  plain,
} from '../../slack/blocks.ts';
import { sayDatedDay } from '../../slack/date-line.ts';
import type { Submission } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { runButton } from '../../slack/run-button.ts';
import { sentence } from '../../slack/words.ts';
import type { PauseForm } from './pause-deal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const pauseModalIds = {
  view: 'lifecycle_pause',
  until: 'until',
  reason: 'reason',
  restart: 'restart',
} as const;

/** An open deal with what stands beside its date. */
export interface DatedDeal {
  readonly deal: OpenDeal;
  readonly slips: SlipSummary | undefined;
  readonly today: Day;
}

const meta = z.object({ dealId: z.string(), formId: z.string() });

/** `/deal pause`: until when, why, and what makes it go on. */
export function buildPauseModal(dated: DatedDeal, formId: string): Modal {
  const { deal, today } = dated;
  const last = sayDay(addDays(today, longestPauseDays), today);
  return modal({
    id: pauseModalIds.view,
    title: 'Pause this deal',
    submit: 'Pause it',
    meta: { dealId: deal.id, formId },
    blocks: [
      paragraph(bold(dealTitle(deal)), ...dateLeaves(dated)),
      input({
        field: pauseModalIds.until,
        label: 'Until which day?',
        element: { type: 'datepicker' },
        hint: `Nobody is nudged before it. ${last} at the latest.`,
      }),
      input({
        field: pauseModalIds.reason,
        label: 'Why does it rest?',
        element: line('Their budget is frozen until the new year'),
      }),
      input({
        field: pauseModalIds.restart,
        label: 'What makes it go on?',
        element: line('The budget round on 11 January'),
      }),
    ],
  });
}

function line(placeholder: string) {
  return { type: 'plain_text_input' as const, max_length: 200, placeholder: plain(placeholder) };
}

function dateLeaves(dated: DatedDeal): Leaf[] {
  const { decisionOn } = dated.deal;
  if (!decisionOn) return [];
  return [leaf(`: the decision date, ${sayDatedDay(dated, decisionOn)}, stays where it is.`)];
}

export function readPauseModal({ form, view }: Pick<Submission, 'form' | 'view'>): {
  dealId: DealId;
  formId: string;
  form: PauseForm;
} {
  const { dealId, formId } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    formId,
    form: {
      until: form.date(pauseModalIds.until),
      reason: form.text(pauseModalIds.reason),
      restart: form.text(pauseModalIds.restart),
    },
  };
}

/** After saving: until when it rests, and what its date does meanwhile. */
export function buildPauseResultModal(deal: OpenDeal, today: Day): Modal {
  const passes =
    deal.decisionOn && deal.pausedUntil && deal.decisionOn < deal.pausedUntil
      ? 'Its decision date passes before that: when it goes on, it needs a new one.'
      : 'Its decision date stays where it is.';
  return buildResultModal({
    title: 'Paused',
    lines: [
      [bold(dealTitle(deal))],
      [leaf(`${pausedLine(deal, today) ?? 'It goes on already'}.`)],
      [leaf(`Nobody is nudged about it. ${passes} /deal resume ends the pause earlier.`)],
    ],
  });
}

/** `/deal resume`: it goes on; a date that passed meanwhile has to become a new one. */
export function buildResumedMessage(dated: DatedDeal): Message {
  const { deal, today } = dated;
  const title = dealTitle(deal);
  if (!deal.decisionOn || deal.decisionOn >= today) {
    return sentence(`${title} goes on. /deal plan shows where it stood.`);
  }
  const passed = sayDatedDay(dated, deal.decisionOn);
  const text = `${title} goes on. Its decision date, ${passed}, passed while it rested: choose the new one with them.`;
  return {
    text: escapeMrkdwn(`${text} /deal date does it.`),
    blocks: [
      paragraph(leaf(text)),
      actions(
        'lifecycle_resumed',
        runButton('date', 'Choose the new date', deal, { style: 'primary' }),
      ),
    ],
  };
}
