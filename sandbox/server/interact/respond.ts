import { contentOf } from '../api/content.ts';
import { validateMessage } from '../block-kit.ts';
import type { Hook } from '../hooks.ts';
import { isObject, type JsonObject } from '../json.ts';
import { edit, post, remove } from '../posting.ts';
import { refuseViolations, SlackRefusal } from '../refusal.ts';
import type { Slack } from '../slack.ts';

/**
 * Shows what the app answered, in the acknowledgement of a command or at a `response_url`: to the
 * person alone unless it says otherwise, in place of the original if it asks for that.
 */
export function showResponse(slack: Slack, hook: Hook, body: unknown): void {
  const payload = typeof body === 'string' ? { text: body } : body;
  if (!isObject(payload)) throw new SlackRefusal('invalid_payload');
  refuseViolations(validateMessage(payload, slack.world.app.scopes));
  const { delete_original, replace_original } = payload;
  const original = slack.world.message(hook.channelId, hook.originalTs ?? '');
  if (delete_original === true) {
    if (original) void remove(slack, original);
  } else if (replace_original === true && original) {
    // A replacement is whole: blocks that it leaves out are gone.
    void edit(slack, original, { blocks: [], attachments: [], ...contentOf(payload) });
  } else {
    hook.originalTs = postResponse(slack, hook, payload);
  }
}

function postResponse(slack: Slack, hook: Hook, payload: JsonObject): string {
  const { response_type, thread_ts } = payload;
  const isPublic = response_type === 'in_channel';
  const { message } = post(slack, {
    ...contentOf(payload),
    channel: hook.channelId,
    user: slack.world.app.userId,
    threadTs: typeof thread_ts === 'string' ? thread_ts : hook.threadTs,
    ...(isPublic ? {} : { ephemeralTo: hook.userId }),
  });
  return message.ts;
}
