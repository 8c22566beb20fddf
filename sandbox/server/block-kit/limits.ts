import { readFileSync } from 'node:fs';

/** Where blocks are shown; each place allows its own blocks and numbers of them. */
export type Surface = 'message' | 'modal' | 'home';

/** One field of a block, element or object, as `blockkit-limits.json` describes it. */
export interface Spec {
  readonly kind: string;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly exclusive_min?: number;
  readonly pattern?: string;
  readonly values?: readonly (string | number)[];
  readonly items?: Spec;
  readonly ref?: string;
  readonly refs?: readonly string[];
  readonly elements?: readonly string[];
  readonly keys?: readonly string[];
}

/** A sum or a count over a whole payload. */
export interface Aggregate {
  readonly id: string;
  readonly block?: string;
  readonly field?: string;
  readonly max?: number;
  readonly sum_max?: number;
  readonly sum_all_text_max?: number;
  readonly error?: string;
}

/** A block, an element, an object or a whole payload. */
export interface TypeSpec {
  readonly fields: Readonly<Record<string, Spec>>;
  readonly surfaces?: readonly string[];
  readonly safe_surfaces?: readonly string[];
  readonly nullable?: boolean;
  readonly aggregate?: readonly Aggregate[];
}

type Group = Readonly<Record<string, TypeSpec>>;

interface Limits {
  readonly payloads: Group;
  readonly blocks: Group;
  readonly elements: Group;
  readonly objects: Group;
  readonly rich_text: Group;
}

const limits = JSON.parse(
  readFileSync(new URL('../blockkit-limits.json', import.meta.url), 'utf8'),
) as Limits;

const groups: Readonly<Record<string, Group>> = {
  payload: limits.payloads,
  block: limits.blocks,
  element: limits.elements,
  object: limits.objects,
  rich_text: limits.rich_text,
};

/** The limits of `<group>:<name>`, such as `block:section`; none for a name nobody documented. */
export function typeSpec(ref: string): TypeSpec | undefined {
  const [group = '', name = ''] = ref.split(':');
  const members = groups[group];
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}
