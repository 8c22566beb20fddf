import type { KnownBlock } from '@slack/types';
import { type Day, dayIn, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { HelpRequestId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { actions, bold, button, context, leaf, mention, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { runButton } from '../../slack/run-button.ts';
import { findHelpRequest } from '../../store/help-requests.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { type HelpAnswer, type KnownHelp, reachHelp } from './answer-help.ts';

/** Ids of what stands in the message to a colleague; the value is the request. */
export const helpIds = { take: 'help_take', decline: 'help_decline', done: 'help_done' } as const;

/** What a colleague is asked: by whom, for which deal, what and by when; answered in place. */
export function buildAskedMessage(known: KnownHelp, today: Day): Message {
  const { request, deal, asker } = known;
  const title = dealTitle(deal);
  const who = asker?.name ?? 'A colleague';
  const rest = ` asks for your help with ${title} by ${sayDay(request.dueOn, today)}.`;
  const answered = sayAnswered(known);
  return {
    text: escapeMrkdwn(`${who}${rest}\n${request.what}${answered ? `\n${answered}` : ''}`),
    blocks: [
      paragraph(asker ? mention(asker) : leaf(who), leaf(rest)),
      paragraph(bold(request.what)),
      ...(answered ? [context(answered)] : []),
      ...answerBlocks(known),
    ],
  };
}

function sayAnswered({ request, deal }: KnownHelp): string | undefined {
  if (request.state === 'done') return 'Done. Thank you.';
  if (request.state === 'declined') return 'You said no, and they know.';
  if (deal.status !== 'open') return 'The deal has ended, so nothing is left to do.';
  return request.state === 'taken' ? 'You took it, and they know.' : undefined;
}

function answerBlocks({ request, deal }: KnownHelp): KnownBlock[] {
  if (deal.status !== 'open') return [];
  const on = { value: request.id, about: request.what };
  const show = runButton('plan', 'Show the plan', deal);
  if (request.state === 'asked') {
    const take = button({ id: helpIds.take, text: 'I’ll take it', style: 'primary', ...on });
    const decline = button({ id: helpIds.decline, text: 'Not me', ...on });
    return [actions(`help_${request.id}`, take, decline, show)];
  }
  if (request.state !== 'taken') return [];
  const done = button({ id: helpIds.done, text: 'Done', style: 'primary', ...on });
  return [actions(`help_${request.id}`, done, show)];
}

/** What the one who asked hears. */
function buildAnsweredMessage({ request, deal, helper }: KnownHelp, today: Day): Message {
  const title = dealTitle(deal);
  const who = helper?.name ?? 'Your colleague';
  const rest = {
    asked: '',
    taken: ` takes it: ${request.what} (${title}), by ${sayDay(request.dueOn, today)}.`,
    done: ` is done with it: ${request.what} (${title}).`,
    declined: ` cannot take it: ${request.what} (${title}).`,
  }[request.state];
  const note = request.note ? `In their words: ${request.note}` : undefined;
  return {
    text: escapeMrkdwn([`${who}${rest}`, ...(note ? [note] : [])].join('\n')),
    blocks: [
      paragraph(helper ? mention(helper) : leaf(who), leaf(rest)),
      ...(note ? [paragraph(leaf(note))] : []),
      ...(request.state === 'declined' && deal.status === 'open'
        ? [actions(`help_answer_${request.id}`, runButton('ask', 'Ask somebody else', deal))]
        : []),
    ],
  };
}

/** A person asked a person: it is said even when nobody knows whether it was. */
export const helpAskedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const id = payload['helpId'] as HelpRequestId;
    const request = await findHelpRequest(tx, workspaceId, id);
    const helper = request && (await findPerson(tx, workspaceId, request.askedId));
    const known = helper && (await reachHelp(tx, helper, id));
    if (!known || isRefusal(known)) return { do: 'drop', reason: 'they are not on the deal' };
    if (known.deal.status !== 'open') return { do: 'drop', reason: 'the deal has ended' };
    if (known.request.state !== 'asked') return { do: 'drop', reason: 'answered already' };
    return { do: 'post', target, message: buildAskedMessage(known, dayIn(now, helper.zone)) };
  },
};

/** The answer, unless a later one is on its way. */
export const helpAnsweredRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const request = await findHelpRequest(tx, workspaceId, payload['helpId'] as HelpRequestId);
    const asker = request && (await findPerson(tx, workspaceId, request.askedById));
    if (!request || !asker) return { do: 'drop', reason: 'no such request' };
    const deal = await reachDeal(tx, asker, request.dealId);
    if (isRefusal(deal)) return { do: 'drop', reason: 'they are not on the deal' };
    if (request.state !== (payload['state'] as HelpAnswer)) {
      return { do: 'drop', reason: 'answered again since' };
    }
    const helper = await findPerson(tx, workspaceId, request.askedId);
    const known = { request, deal, asker, helper };
    return { do: 'post', target, message: buildAnsweredMessage(known, dayIn(now, asker.zone)) };
  },
};
