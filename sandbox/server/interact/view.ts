import { readView } from '../api/views.ts';
import { elementsIn } from '../blocks.ts';
import { clientErrors } from '../client-check.ts';
import type { ActResult, StateValues } from '../contract.ts';
import { isObject, type JsonObject, listOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { viewShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import type { OpenView } from '../views.ts';
import { envelope } from './payload.ts';

const gone: ActResult = { ok: false, error: 'That is not there any more.' };
const trouble = 'We had some trouble connecting. Try again?';

function topView(slack: Slack, userId: string, viewId: string): OpenView | undefined {
  const top = slack.views.stack(userId).at(-1);
  return top?.view.id === viewId ? top : undefined;
}

/** Submits the top modal and does what the app's answer says. */
export async function submitView(
  slack: Slack,
  userId: string,
  viewId: string,
  state: StateValues,
): Promise<ActResult> {
  const open = topView(slack, userId, viewId);
  if (!open) return gone;
  slack.typed.remember({ type: 'view', viewId }, userId, state);
  const values = slack.typed.ofView(open);
  const errors = clientErrors(open.view.blocks, values);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { channelId } = open;
  const ack = await slack.delivery.send('interactive', 'view_submission', {
    ...envelope(slack.world, userId, 'view_submission'),
    trigger_id: slack.triggers.issue({ userId, channelId, viewId }),
    view: viewShape(slack.world, open, values),
    response_urls: responseUrls(slack, open, values),
  });
  if (!ack.ok) return { ok: false, error: trouble };
  try {
    return obey(slack, open, ack.body);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { ok: false, error: `${trouble} (${error.code}${explain(error.details)})` };
  }
}

function obey(slack: Slack, open: OpenView, body: unknown): ActResult {
  const { view, userId } = open;
  const { response_action, errors, view: next } = isObject(body) ? body : {};
  if (response_action === undefined) slack.views.close(open);
  else if (response_action === 'clear') slack.views.closeAll(userId);
  else if (response_action === 'errors') return { ok: false, errors: readErrors(view, errors) };
  else if (response_action === 'push') slack.views.push(readView(next, 'modal', slack), userId);
  else if (response_action === 'update') {
    slack.views.update(view.id, readView(next, 'modal', slack));
  } else throw new SlackRefusal('unknown_response_action');
  return { ok: true };
}

/** Errors go under inputs; Slack rejects an answer that names anything else. */
function readErrors({ blocks }: OpenView['view'], errors: unknown): Record<string, string> {
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  const given = isObject(errors) ? errors : {};
  const isRight = Object.entries(given).every(
    ([blockId, message]) => inputs.includes(blockId) && typeof message === 'string' && message,
  );
  if (!isRight || Object.keys(given).length === 0) {
    throw new SlackRefusal('invalid_response_action_errors', {
      response_metadata: { messages: [`inputs: ${inputs.join(', ')}`, JSON.stringify(given)] },
    });
  }
  return given as Record<string, string>;
}

function explain({ response_metadata }: JsonObject): string {
  const { messages } = isObject(response_metadata) ? response_metadata : {};
  const lines = listOf(messages);
  return lines.length === 0 ? '' : `: ${lines.join('; ')}`;
}

function responseUrls(slack: Slack, { view, userId }: OpenView, values: StateValues) {
  return elementsIn(view.blocks)
    .filter(({ element }) => element['response_url_enabled'] === true)
    .flatMap(({ blockId, actionId }) => {
      const { selected_conversation, selected_channel } = values[blockId]?.[actionId] ?? {};
      const channel = selected_conversation ?? selected_channel;
      if (typeof channel !== 'string') return [];
      const response_url = slack.origin + slack.hooks.issue(userId, channel).path;
      return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url }];
    });
}

/** Cancels the top modal; the app hears of it when the view asked for that. */
export async function closeView(slack: Slack, userId: string, viewId: string): Promise<ActResult> {
  const open = topView(slack, userId, viewId);
  if (!open) return gone;
  const clears = open.view.type === 'modal' && open.view.clear_on_close === true;
  const closed = clears ? slack.views.stack(userId).toReversed() : [open];
  if (clears) slack.views.closeAll(userId);
  else slack.views.close(open);
  for (const one of closed) await tellClosed(slack, one, clears);
  return { ok: true };
}

async function tellClosed(slack: Slack, open: OpenView, isCleared: boolean): Promise<void> {
  if (open.view.type !== 'modal' || !open.view.notify_on_close) return;
  await slack.delivery.send('interactive', 'view_closed', {
    ...envelope(slack.world, open.userId, 'view_closed'),
    view: viewShape(slack.world, open, slack.typed.ofView(open)),
    is_cleared: isCleared,
  });
}
