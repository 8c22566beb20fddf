import type { ContextBlock } from '@slack/types';
import { keyed } from '../lib/keyed.ts';
import { SmallImage } from './image-view.tsx';
import { TextView } from './text-view.tsx';

/** Small print: who, when, how it was counted. */
export function ContextView({ block }: { block: ContextBlock }) {
  return (
    <div className="block context">
      {keyed(block.elements).map(([key, element]) =>
        element.type === 'image' ? (
          <SmallImage key={key} image={element} className="context-image" />
        ) : (
          <TextView key={key} text={element} />
        ),
      )}
    </div>
  );
}
