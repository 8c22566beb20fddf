import type { WorkspaceId } from '../../domain/ids.ts';
import type { OutboxKind } from '../../domain/outbox.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { sentence } from '../../slack/words.ts';
import { findOperator } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';

/** Who is told when a message can never arrive: an admin, else a manager (METHOD part 5). */
export async function findNoticeTarget(
  store: Store,
  workspaceId: WorkspaceId,
): Promise<string | undefined> {
  const operator = await store.read((tx) => findOperator(tx, workspaceId));
  return operator?.slackUserId;
}

const about: Partial<Record<OutboxKind, string>> = {
  nudge_planned: 'a morning message',
  loss_thread_opened: 'the weekly closed-lost thread',
  loss_listed: 'a loss in the weekly thread',
  loss_thread_replied: 'the reply count of the weekly thread',
};

/** One message, on another road, that says what could not be posted and what to do about it. */
export const noticeRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (_tx, { target, payload }) => {
    const what = about[payload['about'] as OutboxKind] ?? 'a message';
    const { target: place = '', code = '' } = payload;
    return {
      do: 'post',
      target,
      message: sentence(`I could not post ${what} ${remedy(place, code)}`),
    };
  },
};

function remedy(place: string, code: string): string {
  const channel = place.startsWith('#') ? place : 'the channel';
  switch (code) {
    case 'channel_not_found':
    case 'not_in_channel':
      return `in ${channel}: I am not in it. Invite me there with /invite @Homeroom; next week’s thread then brings these deals along.`;
    case 'is_archived':
      return `in ${channel}: it is archived. Restore it, or name another in LOSS_CHANNEL.`;
    case 'missing_scope':
      return `because a permission is missing. Install the app again from its manifest.`;
    case 'user_disabled':
    case 'user_not_found':
      return `to somebody who has left. Their open steps need a new name.`;
    default:
      return `to ${place}: Slack said ${code}.`;
  }
}
