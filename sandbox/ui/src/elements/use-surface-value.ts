import type { KnownBlock } from '@slack/types';
import { useCallback, useRef, useState } from 'react';
import type { Container, StateValues } from '../../../server/contract.ts';
import { openChannel } from '../lib/channels.ts';
import {
  type Chosen,
  carryValues,
  heldOf,
  initialChosen,
  withValue,
} from '../lib/element-values.ts';
import type { Placed } from '../lib/elements.ts';
import { answeredGroups } from '../lib/options.ts';
import type { FieldErrors } from '../lib/validate-view.ts';
import { useWorkspace } from '../live/workspace.ts';
import type { Surface } from './surface.ts';

const noErrors: FieldErrors = {};
const ignore = () => {};

/** Makes blocks work: keeps their values as they change and speaks to the app for them. */
export function useSurfaceValue(
  container: Container,
  blocks: readonly KnownBlock[],
  errors: FieldErrors = noErrors,
  onTouched: (blockId: string) => void = ignore,
): Surface {
  const { act, toast, note, state: workspace, me, place } = useWorkspace();
  const here = openChannel(workspace, me.id, place.channel)?.id ?? null;
  const [values, setValues] = useCarriedValues(blocks, here);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const current = useRef({ values, busy });
  current.current = { values, busy };

  const setChosen = useCallback(
    ({ blockId, actionId, element }: Placed, chosen: Chosen) => {
      const held = heldOf(element, chosen);
      current.current.values = withValue(current.current.values, blockId, actionId, held);
      setValues(current.current.values);
      onTouched(blockId);
    },
    [setValues, onTouched],
  );

  const dispatch = async (placed: Placed, chosen: Chosen) => {
    const key = keyOf(placed);
    const isButton = placed.element.type === 'button';
    if (isButton && current.current.busy.has(key)) return;
    if (initialChosen(placed.element, here) !== null) setChosen(placed, chosen);
    if (isButton) note(`pressed ${placed.element.text.text}`);
    setBusy((before) => new Set([...before, key]));
    const { blockId, actionId } = placed;
    const state = current.current.values;
    const result = await act({ do: 'block_action', container, blockId, actionId, chosen, state });
    setBusy((before) => new Set([...before].filter((one) => one !== key)));
    if (!result.ok) toast(result.error ?? 'That did not work. Try again.', 'error');
  };

  const loadChoices = async ({ blockId, actionId }: Placed, query: string) => {
    const result = await act({ do: 'options', container, blockId, actionId, query });
    if (!result.ok) throw new Error(result.error ?? 'no answer');
    return answeredGroups(result.options, result.optionGroups);
  };

  return {
    values,
    errors,
    setChosen,
    dispatch: (placed, chosen) => void dispatch(placed, chosen),
    loadChoices,
    isBusy: (placed) => busy.has(keyOf(placed)),
  };
}

/** Values that follow the blocks: carried over in the same render in which the blocks change. */
function useCarriedValues(blocks: readonly KnownBlock[], here: string | null) {
  const [values, setValues] = useState<StateValues>(() => carryValues({}, blocks, here));
  const [carriedFor, setCarriedFor] = useState(blocks);
  if (carriedFor !== blocks) {
    setCarriedFor(blocks);
    setValues(carryValues(values, blocks, here));
  }
  return [values, setValues] as const;
}

function keyOf({ blockId, actionId }: Placed): string {
  return `${blockId} ${actionId}`;
}
