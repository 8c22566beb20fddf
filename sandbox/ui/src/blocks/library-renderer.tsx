import type { KnownBlock } from '@slack/types';
import { type Block, Message } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly block: KnownBlock;
  readonly users: Named[];
  readonly channels: Named[];
}

/**
 * The seam to slack-blocks-to-jsx. It keeps mentions and sections away from it: the library
 * unescapes text before it looks for mentions, so an escaped `<!channel>` would look like a real
 * one.
 */
export function LibraryRenderer({ block, users, channels }: Props) {
  return (
    <Message
      withoutWrapper
      logo=""
      name=""
      blocks={[block as unknown as Block]}
      data={{ users, channels }}
    />
  );
}
