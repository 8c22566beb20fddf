import type { Act, ActResult } from '../contract.ts';
import { messageShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import { channelName, envelope, holderOf } from './payload.ts';

type ShortcutAct = Extract<Act, { do: 'shortcut' }>;

/** Runs a shortcut from the lightning menu, or from the menu of a message. */
export async function runShortcut(
  slack: Slack,
  userId: string,
  { callbackId, message }: ShortcutAct,
): Promise<ActResult> {
  const type = message ? 'message' : 'global';
  const isKnown = slack.world.app.shortcuts.some(
    (known) => known.callbackId === callbackId && known.type === type,
  );
  if (!isKnown) return { ok: false, error: `There is no ${type} shortcut ${callbackId}.` };
  const details = message ? onMessage(slack, userId, message) : {};
  if (!details) return { ok: false, error: 'That is not there any more.' };
  const kind = message ? 'message_action' : 'shortcut';
  const ack = await slack.delivery.send('interactive', kind, {
    ...envelope(slack.world, userId, kind),
    callback_id: callbackId,
    trigger_id: slack.triggers.issue({ userId, channelId: message?.channel }),
    action_ts: slack.world.stamps.ts(),
    ...details,
  });
  return ack.ok ? { ok: true } : { ok: false, error: `${slack.world.app.name} did not respond.` };
}

function onMessage(slack: Slack, userId: string, at: { channel: string; ts: string }) {
  const holder = holderOf(slack, userId, { type: 'message', ...at });
  if (holder?.type !== 'message') return undefined;
  const { message, channel } = holder;
  return {
    message_ts: message.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: messageShape(slack.world, message),
    response_url: slack.origin + slack.hooks.issue(userId, channel.id, message).path,
  };
}
