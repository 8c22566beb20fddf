import { createContext, use } from 'react';
import type { StateValues } from '../../../server/contract.ts';
import type { Chosen } from '../lib/element-values.ts';
import type { Placed } from '../lib/elements.ts';
import type { ChoiceGroup } from '../lib/options.ts';
import type { FieldErrors } from '../lib/validate-view.ts';

/** The message, modal or home tab around an element: holds what is typed, sends what is pressed. */
export interface Surface {
  readonly values: StateValues;
  readonly errors: FieldErrors;
  readonly setChosen: (placed: Placed, chosen: Chosen) => void;
  readonly dispatch: (placed: Placed, chosen: Chosen) => void;
  readonly loadChoices: (placed: Placed, query: string) => Promise<readonly ChoiceGroup[]>;
  readonly isBusy: (placed: Placed) => boolean;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = use(SurfaceContext);
  if (surface === null) throw new Error('useSurface outside of a SurfaceContext');
  return surface;
}
