import type { Act, ActResult } from '../contract.ts';
import { emitHomeOpened } from '../events.ts';
import { post } from '../posting.ts';
import type { Slack } from '../slack.ts';
import { actOnBlock } from './block-action.ts';
import { runCommand } from './command.ts';
import { runShortcut } from './shortcut.ts';
import { suggest } from './suggest.ts';
import { closeView, submitView } from './view.ts';

type Say = Extract<Act, { do: 'say' }>;
type MoveClock = Extract<Act, { do: 'move_clock' }>;

const done: ActResult = { ok: true };

/** Does what a person does; resolves once the app has acknowledged it, or failed to. */
export async function perform(slack: Slack, userId: string, act: Act): Promise<ActResult> {
  const user = slack.world.users.get(userId);
  if (!user || user.deleted || user.isBot) {
    return { ok: false, error: `${userId} cannot sign in here.` };
  }
  switch (act.do) {
    case 'say':
      return say(slack, userId, act);
    case 'command':
      return runCommand(slack, userId, act);
    case 'block_action':
      return actOnBlock(slack, userId, act);
    case 'options':
      return suggest(slack, userId, act);
    case 'submit':
      return submitView(slack, userId, act.viewId, act.state);
    case 'close':
      return closeView(slack, userId, act.viewId);
    case 'shortcut':
      return runShortcut(slack, userId, act);
    case 'open_home':
      await emitHomeOpened(slack, userId);
      return done;
    case 'read':
      slack.world.markRead(userId, act.channel);
      return done;
    case 'move_clock':
      return moveClock(slack, userId, act);
  }
}

async function say(slack: Slack, user: string, { channel: id, text, threadTs }: Say) {
  const channel = slack.world.channels.get(id);
  if (!channel?.members.includes(user)) return { ok: false, error: 'You are not in that channel.' };
  if (channel.isArchived) return { ok: false, error: 'That channel is archived.' };
  const parent = threadTs === undefined ? undefined : slack.world.message(id, threadTs);
  if (threadTs !== undefined && !parent) return { ok: false, error: 'That thread is gone.' };
  const root = parent ? (parent.threadTs ?? parent.ts) : null;
  await post(slack, { channel: id, user, text: escapeTyped(text), threadTs: root }).told;
  return done;
}

/** As Slack's client: typed `&`, `<` and `>` are escaped, picked mentions and links are not. */
function escapeTyped(text: string): string {
  const tokens = /(<(?:[@#!]|https?:|mailto:)[^<>]+>)/;
  return text
    .split(tokens)
    .map((part) => (tokens.test(part) ? part : escapeText(part)))
    .join('');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function moveClock(slack: Slack, userId: string, { to, preset }: MoveClock) {
  const { clock } = slack.world;
  if (!clock.moveTo) return { ok: false, error: 'This clock cannot be moved.' };
  const wanted = preset === undefined ? to : clock.presetInstant?.(preset, userId);
  const instant = new Date(wanted ?? Number.NaN);
  if (Number.isNaN(instant.getTime())) return { ok: false, error: 'That is no instant to go to.' };
  if (instant < clock.now()) return { ok: false, error: 'The clock never goes back.' };
  await clock.moveTo(instant);
  slack.world.changed();
  return done;
}
