import type { Rewording } from '../../domain/reword.ts';
import { context, type Leaf, leaf, paragraph, quiet } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';

export const forYou =
  'Only you see this. Nothing is kept, and what you wrote stands; edit it if you like.';

/** Another way to say it, for its author's eyes alone (METHOD §3.8); in a thread and in a modal. */
export function rewordLine({ family, offer, draft }: Rewording): Leaf[] {
  return [
    leaf(family === 'colleague' ? 'Another way to say it: ' : 'The fact stays. One step further: '),
    quiet(offer),
    ...(draft ? [leaf(`\n${draft}`)] : []),
  ];
}

export function buildRewordMessage(rewording: Rewording): Message {
  const line = rewordLine(rewording);
  return {
    text: escapeMrkdwn(
      [...line.flatMap((one) => ('text' in one ? one.text : [])), ` ${forYou}`].join(''),
    ),
    blocks: [paragraph(...line), context(forYou)],
  };
}
