import type { ActionsBlock } from '@slack/types';
import { useId } from 'react';
import { ElementView } from '../elements/element-view.tsx';
import { actionIdOf } from '../lib/elements.ts';
import { bareField } from './bare-field.ts';

/** A row of things to press and choose. */
export function ActionsView({ block, blockId }: { block: ActionsBlock; blockId: string }) {
  const id = useId();
  return (
    <div className="block actions">
      {block.elements.map((element, position) => {
        const actionId = actionIdOf(element, position);
        return (
          <div key={actionId} className="action">
            <ElementView
              placed={{ blockId, actionId, element }}
              field={bareField(`${id}-${position}`, element, '')}
              dispatches
            />
          </div>
        );
      })}
    </div>
  );
}
