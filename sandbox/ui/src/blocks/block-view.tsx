import type { KnownBlock } from '@slack/types';
import { withEmoji } from '../lib/emoji.ts';
import { ActionsView } from './actions-view.tsx';
import { ContextView } from './context-view.tsx';
import { ImageView } from './image-view.tsx';
import { InputView } from './input-view.tsx';
import { LibraryBlock } from './library-block.tsx';
import { RichText } from './rich-text.tsx';
import { SectionView } from './section-view.tsx';
import { TableView } from './table-view.tsx';

interface Props {
  readonly block: KnownBlock;
  readonly blockId: string;
}

/** One block. What people press is ours; rare display blocks go to the kept renderer. */
export function BlockView({ block, blockId }: Props) {
  switch (block.type) {
    case 'section':
      return <SectionView block={block} blockId={blockId} />;
    case 'actions':
      return <ActionsView block={block} blockId={blockId} />;
    case 'input':
      return <InputView block={block} blockId={blockId} />;
    case 'header':
      return (
        <h3 className="block header" dir="auto">
          {withEmoji(block.text.text)}
        </h3>
      );
    case 'divider':
      return <hr className="block divider" />;
    case 'context':
      return <ContextView block={block} />;
    case 'rich_text':
      return (
        <div className="block">
          <RichText elements={block.elements} />
        </div>
      );
    case 'table':
      return <TableView block={block} />;
    case 'image':
      return <ImageView block={block} />;
    default:
      return <LibraryBlock block={block} />;
  }
}
