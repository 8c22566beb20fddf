import type { Rewording } from '../../domain/reword.ts';
import { context, leaf, paragraph, quiet } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';

const forYou =
  'Only you see this. Nothing is kept, and what you wrote stands; edit it if you like.';

/** Another way to say it, for its author's eyes alone (METHOD §3.8). */
export function buildRewordMessage({ family, offer, draft }: Rewording): Message {
  const opening =
    family === 'colleague' ? 'Another way to say it:' : 'The fact stays. One step further:';
  return {
    text: escapeMrkdwn([opening, offer, draft, forYou].filter(Boolean).join(' ')),
    blocks: [
      paragraph(leaf(`${opening} `), quiet(offer), ...(draft ? [leaf(`\n${draft}`)] : [])),
      context(forYou),
    ],
  };
}
