import type { Deps } from '../../deps.ts';
import { isChannelId, type WorkspaceId } from '../../domain/ids.ts';
import type { OutboxKind } from '../../domain/outbox.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { channelLeaf, type Leaf, leaf, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { sentence } from '../../slack/words.ts';
import { listNoticedTargets, listPlaceNames } from '../../store/outbox.ts';
import { findOperator } from '../../store/people.ts';
import { sayRemedy } from './remedy.ts';

/** A ritual has one reply a loss, a nudge comes every day: one word a week about a place will do. */
const quietMs = 6 * 24 * 60 * 60_000;
const personal = /^[UW][A-Z0-9]{4,}$/;

/**
 * Who is told when a message can never arrive: an admin, else a manager (METHOD part 5); nobody
 * when they were told about the same place within the week, under whichever of its names.
 */
export async function findNoticeTarget(
  { store, clock }: Deps,
  workspaceId: WorkspaceId,
  unsent: { readonly target: string },
): Promise<string | undefined> {
  const since = new Date(clock.now().getTime() - quietMs);
  return store.read(async (tx) => {
    const noticed = await listNoticedTargets(tx, workspaceId, since);
    if (noticed.has(unsent.target)) return undefined;
    if (noticed.size > 0 && !personal.test(unsent.target)) {
      const names = await listPlaceNames(tx, workspaceId, unsent.target);
      if ([...noticed].some((target) => names.has(target))) return undefined;
    }
    return (await findOperator(tx, workspaceId))?.slackUserId;
  });
}

const about: Partial<Record<OutboxKind, string>> = {
  nudge_planned: 'a morning message',
  loss_thread_opened: 'the weekly closed-lost thread',
  loss_listed: 'a loss in the weekly thread',
  loss_thread_replied: 'the reply count of the weekly thread',
  loss_entry_changed: 'how far the talk about a loss is',
  review_card_posted: 'the thread of a deal that ended',
  review_card_changed: 'how far the talk about a deal is',
  review_managed: 'a word about a review',
  review_prompted: 'the next question about a deal that ended',
  review_changed: 'what was said on a question',
  review_completed: 'that the talk about a deal is done',
  voices_compared: 'what the buyer said about a deal',
  deal_thanked: 'the thank-you card of a deal that was won',
  handover_sent: 'a handover pack',
  findings_posted: 'what lost deals tell another department',
  finding_shipped: 'that a finding shipped',
  week_digested: 'the week’s digest',
  patterns_found: 'the month’s patterns',
};

/** One message, on another road, that says what could not be posted and what to do about it. */
export const noticeRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const kind = payload['about'] as OutboxKind;
    const { target: place = '', code = '' } = payload;
    const start = `I could not post ${about[kind] ?? 'a message'}`;
    if (personal.test(place)) {
      const told = `${start} to a colleague: Slack said ${code}. If they have left, their open steps need a new name.`;
      return { do: 'post', target, message: sentence(told) };
    }
    const names = await listPlaceNames(tx, workspaceId, place);
    const name = [...names].find((one) => !one.startsWith('#') && !isChannelId(one));
    return { do: 'post', target, message: sayAbout(start, name ?? place, sayRemedy(code, kind)) };
  },
};

function sayAbout(start: string, place: string, remedy: string): Message {
  const [before, after] = [`${start} in `, `: ${remedy}`];
  const where: Leaf = channelLeaf(place);
  const shown = where.type === 'channel' ? `<#${place}>` : escapeMrkdwn(`#${place}`);
  return {
    text: `${escapeMrkdwn(before)}${shown}${escapeMrkdwn(after)}`,
    blocks: [paragraph(leaf(before), where, leaf(after))],
  };
}
