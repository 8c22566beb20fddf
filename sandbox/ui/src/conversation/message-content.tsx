import type { SandboxMessage } from '../../../server/contract.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { Mrkdwn } from '../blocks/text-view.tsx';
import { SurfaceContext } from '../elements/surface.ts';
import { useSurfaceValue } from '../elements/use-surface-value.ts';

/** A message's blocks, or its text where it has none. */
export function MessageContent({ message }: { message: SandboxMessage }) {
  const { channel, ts, blocks, text, edited } = message;
  const surface = useSurfaceValue({ type: 'message', channel, ts }, blocks);
  return (
    <div className="message-content">
      {blocks.length === 0 ? (
        <Mrkdwn text={text} />
      ) : (
        <SurfaceContext value={surface}>
          <BlockList blocks={blocks} />
        </SurfaceContext>
      )}
      {edited && <span className="edited">(edited)</span>}
    </div>
  );
}
