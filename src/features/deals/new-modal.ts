import { z } from 'zod';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { ChannelId, DealId } from '../../domain/ids.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  bold,
  button,
  input,
  type Leaf,
  leaf,
  type Modal,
  modal,
  option,
  plain,
} from '../../slack/blocks.ts';
import { lessonsId } from '../../slack/lesson-actions.ts';
import type { Submission } from '../../slack/listen.ts';
import { readMeta } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { NewDealForm } from './new-form.ts';
import type { StartedDeal } from './open-deal.ts';

/** Ids of the modal; an input's id is the field a refusal may name. */
export const newModalIds = {
  view: 'deals_new',
  account: 'account',
  name: 'name',
  amount: 'amount',
  decisionOn: 'decision_on',
  dateDriver: 'date_driver',
  channel: 'channel',
} as const;

const meta = z.object({ dealId: z.string(), channelId: z.string().optional() });

/** `/deal new`: account, name and date are asked; the rest may stay empty. */
export function buildNewModal(given: {
  dealId: DealId;
  account: string;
  currency: string;
  channel: { id: ChannelId; name: string } | undefined;
}): Modal {
  return modal({
    id: newModalIds.view,
    title: 'New deal',
    submit: 'Next',
    meta: { dealId: given.dealId, channelId: given.channel?.id },
    blocks: [
      input({
        field: newModalIds.account,
        label: 'Account',
        element: textElement('Acme', 100, given.account),
      }),
      input({
        field: newModalIds.name,
        label: 'What are they deciding on?',
        element: textElement('Core platform', 100),
      }),
      input({
        field: newModalIds.amount,
        label: `Amount (${given.currency} unless you say otherwise)`,
        element: textElement('12k, €12,500 or 12500 EUR', 40),
        optional: true,
      }),
      input({
        field: newModalIds.decisionOn,
        label: 'Which day do they decide?',
        element: { type: 'datepicker' },
        hint: 'The plan counts back from this day, and it stays visible for good.',
      }),
      input({
        field: newModalIds.dateDriver,
        label: 'Why does that day matter to them?',
        element: textElement('Their old contract ends on the 31st', 300),
        hint: 'Empty means it is our date, not theirs.',
        optional: true,
      }),
      ...(given.channel ? [channelInput(given.channel.name)] : []),
    ],
  });
}

function textElement(placeholder: string, max: number, initial = '') {
  return {
    type: 'plain_text_input' as const,
    placeholder: plain(placeholder),
    max_length: max,
    ...(initial ? { initial_value: shorten(initial, max) } : {}),
  };
}

function channelInput(name: string) {
  return input({
    field: newModalIds.channel,
    label: 'Channel',
    element: {
      type: 'checkboxes',
      options: [
        option(name ? `#${name} is this deal’s channel` : 'This is the deal’s channel', 'here'),
      ],
    },
    optional: true,
  });
}

export function readNewModal({ form, view }: Pick<Submission, 'form' | 'view'>): NewDealForm {
  const { dealId, channelId } = readMeta(view, meta);
  return {
    dealId: dealId as DealId,
    account: form.text(newModalIds.account),
    name: form.text(newModalIds.name),
    amount: form.text(newModalIds.amount),
    decisionOn: form.date(newModalIds.decisionOn),
    dateDriver: form.text(newModalIds.dateDriver),
    channelId: form.ticked(newModalIds.channel) ? (channelId as ChannelId) : undefined,
  };
}

/** After saving: what stands, and the one thing to do next. */
export function buildNewResultModal(
  { deal, steps }: StartedDeal,
  today: Day,
  learnt: readonly Leaf[][] = [],
): Modal {
  const decides = deal.decisionOn ? sayDay(deal.decisionOn, today) : '—';
  return buildResultModal({
    title: 'The plan has begun',
    lines: [
      [leaf(`${dealTitle(deal)} decides on `), leaf(decides, { bold: true }), leaf('.')],
      firstMove(steps, today),
      ...learnt,
    ],
    next: [
      button({
        id: stepIds.add,
        text: 'Add a step',
        value: deal.id,
        ...(steps.length === 0 ? { style: 'primary' } : {}),
      }),
      ...(learnt.length > 0
        ? [button({ id: lessonsId, text: 'What we learnt', value: deal.id })]
        : []),
    ],
  });
}

function firstMove(steps: StartedDeal['steps'], today: Day): Leaf[] {
  const [first] = steps;
  if (!first) return [leaf('First move: give both sides a step.')];
  return [
    leaf(`${count(steps.length, 'step')} to get there. First: `),
    bold(first.title),
    leaf(`, due ${sayDay(first.dueOn, today)}.`),
  ];
}
