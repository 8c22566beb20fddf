import { checkType } from './block-kit/check.ts';
import type { Surface } from './block-kit/limits.ts';
import { checkWhole } from './block-kit/payload.ts';
import { type Place, report, type Violation } from './block-kit/place.ts';
import { isObject, typeOf } from './json.ts';

/** Checks what the app posts against the limits of a real workspace; an empty list is a pass. */
export function validateMessage(payload: unknown, scopes?: readonly string[]): Violation[] {
  return validate(payload, 'message', scopes);
}

/** Checks a modal or a home view, told apart by its `type`. */
export function validateView(view: unknown, scopes?: readonly string[]): Violation[] {
  return validate(view, typeOf(view) === 'home' ? 'home' : 'modal', scopes);
}

/** Checks the app's answer to an external select: options or groups, as in a static select. */
export function validateOptions(answer: unknown): Violation[] {
  const place = start('modal', undefined);
  const { options, option_groups } = isObject(answer) ? answer : {};
  const isEmpty = Array.isArray(options) && options.length === 0;
  if (isEmpty && option_groups === undefined) return [];
  const select = isObject(answer) ? { ...answer, type: 'static_select' } : answer;
  return complete(place, checkType(select, 'element:static_select', place));
}

function validate(payload: unknown, surface: Surface, scopes: Place['scopes']): Violation[] {
  const place = start(surface, scopes);
  const complaint = checkType(payload, `payload:${surface}`, place);
  if (isObject(payload)) checkWhole(payload, place);
  return complete(place, complaint);
}

function start(surface: Surface, scopes: Place['scopes']): Place {
  return { pointer: '', surface, block: '', scopes, found: [] };
}

function complete(place: Place, complaint: string | undefined): Violation[] {
  if (complaint) report(place, complaint);
  return place.found;
}
