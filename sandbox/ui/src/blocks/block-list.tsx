import type { KnownBlock } from '@slack/types';
import { blockIdOf } from '../lib/elements.ts';
import { BlockView } from './block-view.tsx';

/** Blocks in order. Their ids are their keys: what stays keeps its focus while the rest changes. */
export function BlockList({ blocks }: { blocks: readonly KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <BlockView key={blockIdOf(block, index)} block={block} blockId={blockIdOf(block, index)} />
      ))}
    </div>
  );
}
