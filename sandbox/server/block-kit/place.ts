import type { JsonObject } from '../json.ts';
import type { Surface } from './limits.ts';

/** One broken limit: where (a JSON pointer), what, and the error code Slack answers with. */
export interface Violation {
  readonly pointer: string;
  readonly message: string;
  readonly code: string;
}

/** Where the validator stands in a payload, and what it has found so far. */
export interface Place {
  readonly pointer: string;
  readonly surface: Surface;
  /** The type of the block around this place, empty outside blocks. */
  readonly block: string;
  readonly scopes: readonly string[] | undefined;
  readonly found: Violation[];
}

/** A limit the data file can only say in prose: what a field means for its neighbours. */
export type Rule = (value: JsonObject, place: Place) => void;

/** The place of a member or an item of this one. */
export function at(place: Place, key: string | number): Place {
  const step = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...place, pointer: `${place.pointer}/${step}` };
}

/** Notes a violation here; without a code the pointer decides, as on Slack's side. */
export function report(place: Place, message: string, code?: string): void {
  const { pointer, surface } = place;
  place.found.push({ pointer, message, code: code ?? codeFor(pointer, surface) });
}

function codeFor(pointer: string, surface: Surface): string {
  if (surface !== 'message') return 'invalid_arguments';
  if (pointer.startsWith('/blocks')) return 'invalid_blocks';
  if (pointer === '/attachments') return 'too_many_attachments';
  if (pointer.startsWith('/attachments')) return 'invalid_attachments';
  if (pointer === '/text' || pointer === '/markdown_text') return 'msg_too_long';
  if (pointer === '/thread_ts') return 'invalid_thread_ts';
  return 'invalid_arguments';
}

/** Only the caller knows what the app was granted; without that the rule is silent. */
export function needScope(scope: string, place: Place): void {
  if (place.scopes && !place.scopes.includes(scope)) report(place, `needs the scope ${scope}`);
}
