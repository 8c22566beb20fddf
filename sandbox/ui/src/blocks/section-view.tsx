import type { SectionBlock } from '@slack/types';
import { useId } from 'react';
import { ElementView } from '../elements/element-view.tsx';
import { actionIdOf } from '../lib/elements.ts';
import { keyed } from '../lib/keyed.ts';
import { plainText } from '../lib/plain-text.ts';
import { bareField } from './bare-field.ts';
import { SmallImage } from './image-view.tsx';
import { TextView } from './text-view.tsx';

/** Text or fields, with one thing to press or choose beside them. */
export function SectionView({ block, blockId }: { block: SectionBlock; blockId: string }) {
  const { text, fields, accessory } = block;
  return (
    <div className="block section">
      <div className="section-main">
        {text && <TextView text={text} />}
        {fields && (
          <div className="fields">
            {keyed(fields).map(([key, field]) => (
              <TextView key={key} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory && <Accessory {...{ accessory, blockId, context: plainText(text) }} />}
    </div>
  );
}

interface AccessoryProps {
  readonly accessory: NonNullable<SectionBlock['accessory']>;
  readonly blockId: string;
  readonly context: string;
}

function Accessory({ accessory, blockId, context }: AccessoryProps) {
  const id = useId();
  if (accessory.type === 'image')
    return <SmallImage image={accessory} className="accessory-image" />;
  const placed = { blockId, actionId: actionIdOf(accessory, 0), element: accessory };
  return (
    <div className="accessory">
      <ElementView placed={placed} field={bareField(id, accessory, context)} dispatches />
    </div>
  );
}
