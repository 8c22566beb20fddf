import type { Chosen } from '../lib/element-values.ts';
import type { ChoiceGroup } from '../lib/options.ts';
import type { FieldProps } from './field-props.ts';

/** What every kind of element gets. */
export interface ElementProps<Element> {
  readonly element: Element;
  readonly field: FieldProps;
  readonly held: Readonly<Record<string, unknown>>;
  readonly isBusy: boolean;
  readonly dispatches: boolean;
  /** Takes the value and, where the element dispatches, sends it. */
  readonly choose: (chosen: Chosen) => void;
  /** Takes the value only. */
  readonly hold: (chosen: Chosen) => void;
  readonly load: (query: string) => Promise<readonly ChoiceGroup[]>;
}
