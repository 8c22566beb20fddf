import type { Deps } from '../../deps.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import type { OutboxKind } from '../../domain/outbox.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { sentence } from '../../slack/words.ts';
import { listNoticedTargets } from '../../store/outbox.ts';
import { findOperator } from '../../store/people.ts';

/** A ritual has one reply a loss, a nudge comes every day: one word a week about a place will do. */
const quietMs = 6 * 24 * 60 * 60_000;

/**
 * Who is told when a message can never arrive: an admin, else a manager (METHOD part 5); nobody
 * when they were told about the same place within the week.
 */
export async function findNoticeTarget(
  { store, clock }: Deps,
  workspaceId: WorkspaceId,
  unsent: { readonly target: string },
): Promise<string | undefined> {
  const since = new Date(clock.now().getTime() - quietMs);
  return store.read(async (tx) => {
    if ((await listNoticedTargets(tx, workspaceId, since)).has(unsent.target)) return undefined;
    return (await findOperator(tx, workspaceId))?.slackUserId;
  });
}

const about: Partial<Record<OutboxKind, string>> = {
  nudge_planned: 'a morning message',
  loss_thread_opened: 'the weekly closed-lost thread',
  loss_listed: 'a loss in the weekly thread',
  loss_thread_replied: 'the reply count of the weekly thread',
  review_card_posted: 'the thread of a deal that ended',
  review_card_changed: 'how far the talk about a deal is',
  review_managed: 'a word about a review',
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
  render: async (_tx, { target, payload }) => {
    const kind = payload['about'] as OutboxKind;
    const what = about[kind] ?? 'a message';
    const { target: place = '', code = '' } = payload;
    return {
      do: 'post',
      target,
      message: sentence(`I could not post ${what} ${remedy(place, code, kind)}`),
    };
  },
};

/** What comes once the channel is mended. */
function laterOf(kind: OutboxKind): string {
  if (kind === 'deal_thanked') {
    return 'the next card then arrives. Thank them for this one in person.';
  }
  if (kind === 'week_digested' || kind === 'patterns_found') {
    return 'the next one then arrives. Until then /deal losses shows the figures.';
  }
  if (kind === 'findings_posted') {
    return 'the next business morning then brings them along.';
  }
  return 'next week’s thread then brings these deals along.';
}

function remedy(place: string, code: string, kind: OutboxKind): string {
  if (/^[UW]/.test(place)) {
    return `to a colleague: Slack said ${code}. If they have left, their open steps need a new name.`;
  }
  const channel = place.startsWith('#') ? place : 'the channel';
  const later = laterOf(kind);
  const invite = `invite me there with /invite @Homeroom; ${later}`;
  switch (code) {
    case 'channel_not_found':
      return `in ${channel}: I am in no channel of that name. Make or restore it, and ${invite}`;
    case 'not_in_channel':
      return `in ${channel}: I am not in it. Please ${invite}`;
    case 'is_archived':
      return kind === 'deal_thanked'
        ? `in ${channel}: it is archived. Thank them in person.`
        : `in ${channel}: it is archived. Restore it, or name another in LOSS_CHANNEL; ${later}`;
    case 'missing_scope':
      return 'because a permission is missing. Install the app again from its manifest.';
    default:
      return `in ${channel}: Slack said ${code}. The app’s log has the details.`;
  }
}
