import type { ActResult } from '../contract.ts';
import { SlackRefusal } from '../refusal.ts';
import { domainOf } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import { channelName } from './payload.ts';
import { showResponse } from './respond.ts';

/** Runs a slash command and shows what the app answers at once. */
export async function runCommand(
  slack: Slack,
  userId: string,
  { channel: channelId, command, text }: { channel: string; command: string; text: string },
): Promise<ActResult> {
  const { world } = slack;
  const channel = world.channels.get(channelId);
  const user = world.users.get(userId);
  if (!channel?.members.includes(userId) || !user) {
    return { ok: false, error: `${command} failed: channel_not_found` };
  }
  const isKnown = world.app.commands.some((known) => known.command === command);
  // People of other workspaces share channels, not commands.
  if (!isKnown || user.isStranger || user.teamId !== world.team.id)
    return { ok: false, error: `${command} is not a valid command.` };
  const { path, hook } = slack.hooks.issue(userId, channelId);
  const ack = await slack.delivery.send('command', command, {
    token: 'sandbox',
    team_id: world.team.id,
    team_domain: domainOf(world),
    channel_id: channelId,
    channel_name: channelName(channel),
    user_id: userId,
    user_name: user.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: `${slack.origin}${path}`,
    trigger_id: slack.triggers.issue({ userId, channelId }),
  });
  if (!ack.ok) {
    const isAbsent = ack.reason === 'no_listener' || ack.reason === 'connection_failed';
    const error = isAbsent ? 'dispatch_failed' : 'operation_timeout';
    return { ok: false, error: `${command} failed: ${error}` };
  }
  if (isEmpty(ack.body)) return { ok: true };
  try {
    showResponse(slack, hook, ack.body);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { ok: false, error: `${command} failed: ${error.code}` };
  }
}

function isEmpty(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  return typeof body !== 'object' || body === null || Object.keys(body).length === 0;
}
