import { useState } from 'react';
import type { Chosen } from '../lib/element-values.ts';
import type { Placed } from '../lib/elements.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ElementSwitch } from './element-switch.tsx';
import type { FieldProps } from './field-props.ts';
import { useSurface } from './surface.ts';

interface Props {
  readonly placed: Placed;
  readonly field: FieldProps;
  /** Outside of input blocks, and in those that ask for it, a choice is sent at once. */
  readonly dispatches: boolean;
}

/** One element, with its confirm dialog between the press and what it does. */
export function ElementView({ placed, field, dispatches }: Props) {
  const surface = useSurface();
  const [asked, setAsked] = useState<Chosen | null>(null);
  const { element, blockId, actionId } = placed;
  const held = surface.values[blockId]?.[actionId] ?? {};
  const confirm = 'confirm' in element ? element.confirm : undefined;

  const go = (chosen: Chosen) => {
    if (dispatches) surface.dispatch(placed, chosen);
    else surface.setChosen(placed, chosen);
  };
  const choose = (chosen: Chosen) => {
    if (confirm !== undefined && dispatches) setAsked(chosen);
    else go(chosen);
  };
  return (
    <>
      <ElementSwitch
        placed={placed}
        field={field}
        held={held}
        isBusy={surface.isBusy(placed)}
        dispatches={dispatches}
        choose={choose}
        hold={(chosen) => surface.setChosen(placed, chosen)}
        load={(query) => surface.loadChoices(placed, query)}
      />
      {confirm !== undefined && asked !== null && (
        <ConfirmDialog
          confirm={confirm}
          onAnswer={(isYes) => {
            setAsked(null);
            if (isYes) go(asked);
          }}
        />
      )}
    </>
  );
}
