import { isObject, type JsonObject, typeOf } from '../json.ts';
import { type Spec, type TypeSpec, typeSpec } from './limits.ts';
import { at, type Place, report } from './place.ts';
import { rules } from './rules.ts';

/** What is wrong with the value itself; what is wrong inside it is reported on the way. */
type Complaint = string | undefined;
type Check = (value: unknown, spec: Spec, place: Place) => Complaint;

/** Each `kind` of `blockkit-limits.json`, see its `semantics`. */
const checks: Readonly<Record<string, Check>> = {
  string: checkString,
  url: (value, spec) => checkString(value, spec) ?? checkUrl(value),
  numeric_string: checkNumericString,
  number: (value, spec) => (Number.isFinite(value) ? checkRange(value, spec) : 'must be a number'),
  integer: (value, spec) =>
    Number.isSafeInteger(value) ? checkRange(value, spec) : 'must be an integer',
  boolean: checkBoolean,
  enum: checkEnum,
  array: checkArray,
  plain_text: (value, spec, place) => checkText(value, spec, place, ['plain_text']),
  mrkdwn: (value, spec, place) => checkText(value, spec, place, ['mrkdwn']),
  text_object: (value, spec, place) => checkText(value, spec, place, ['plain_text', 'mrkdwn']),
  ref: checkRef,
  one_of: (value, spec, place) => checkOneOf(value, spec.refs ?? [], place),
  any_block: checkAnyBlock,
  object: checkFlags,
  any: () => undefined,
};

/** Checks an object of a documented type: known fields, required fields, each field, its rules. */
export function checkType(value: unknown, ref: string, place: Place, text?: Spec): Complaint {
  const spec = typeSpec(ref);
  if (!spec) return `unsupported type: ${ref.slice(ref.indexOf(':') + 1)}`;
  if (value === null && spec.nullable) return undefined;
  if (!isObject(value)) return 'must be an object';
  const inside = ref.startsWith('block:') ? { ...place, block: ref.slice(6) } : place;
  checkFields(value, text ? { ...spec.fields, text } : spec.fields, inside);
  rules[ref]?.(value, inside);
  return checkSurface(spec, ref, inside);
}

function checkSurface(spec: TypeSpec, ref: string, place: Place): Complaint {
  const allowed = spec.safe_surfaces ?? spec.surfaces;
  if (!allowed || allowed.includes(place.surface)) return undefined;
  return `unsupported type: ${ref.slice(ref.indexOf(':') + 1)} is not allowed in a ${place.surface}`;
}

function checkFields(value: JsonObject, fields: TypeSpec['fields'], place: Place): void {
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const spec = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const complaint = spec ? check(member, spec, at(place, key)) : `unknown field: ${key}`;
    if (complaint) report(at(place, key), complaint);
  }
  for (const [key, spec] of Object.entries(fields)) {
    const isMissing = !Object.hasOwn(value, key) || value[key] === undefined;
    if (spec.required && isMissing) report(place, `missing required field: ${key}`);
  }
}

function check(value: unknown, spec: Spec, place: Place): Complaint {
  const checkKind = checks[spec.kind];
  return checkKind ? checkKind(value, spec, place) : `cannot be checked: ${spec.kind}`;
}

function checkSize(size: number, { min, max }: Spec, unit: string): Complaint {
  if (min !== undefined && size < min) return `must be more than ${min - 1} ${unit}`;
  if (max !== undefined && size > max) return `must be less than ${max + 1} ${unit}`;
  return undefined;
}

function checkString(value: unknown, spec: Spec): Complaint {
  if (typeof value !== 'string') return 'must be a string';
  if (spec.pattern && !new RegExp(spec.pattern).test(value)) return `must match ${spec.pattern}`;
  return checkSize(value.length, spec, 'characters');
}

function checkUrl(value: unknown): Complaint {
  return URL.canParse(String(value)) ? undefined : 'must be a valid URL';
}

function checkNumericString(value: unknown): Complaint {
  const isNumber = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  return isNumber ? undefined : 'must be a number written as a string';
}

function checkRange(value: unknown, { min, max, exclusive_min }: Spec): Complaint {
  const number = Number(value);
  if (min !== undefined && number < min) return `must be at least ${min}`;
  if (max !== undefined && number > max) return `must be at most ${max}`;
  const isTooLow = exclusive_min !== undefined && number <= exclusive_min;
  return isTooLow ? `must be greater than ${exclusive_min}` : undefined;
}

function checkBoolean(value: unknown): Complaint {
  return typeof value === 'boolean' ? undefined : 'must be a boolean';
}

function checkEnum(value: unknown, spec: Spec): Complaint {
  const values: readonly unknown[] = spec.values ?? [];
  return values.includes(value) ? undefined : `must be one of: ${values.join(', ')}`;
}

function checkArray(value: unknown, spec: Spec, place: Place): Complaint {
  if (!Array.isArray(value)) return 'must be an array';
  for (const [index, item] of value.entries()) {
    const complaint = spec.items && check(item, spec.items, at(place, index));
    if (complaint) report(at(place, index), complaint);
  }
  return checkSize(value.length, spec, 'items');
}

function checkText(value: unknown, spec: Spec, place: Place, types: string[]): Complaint {
  const { type } = isObject(value) ? value : {};
  if (typeof type !== 'string' || !types.includes(type)) {
    return `must be a text object of type ${types.join(' or ')}`;
  }
  return checkType(value, `object:${type}`, place, { ...spec, kind: 'string', required: true });
}

function checkRef(value: unknown, spec: Spec, place: Place): Complaint {
  if (spec.ref !== 'one_of') return checkType(value, spec.ref ?? '', place);
  const refs = (spec.elements ?? []).map((name) => `element:${name}`);
  return checkOneOf(value, refs, place);
}

function checkOneOf(value: unknown, refs: readonly string[], place: Place): Complaint {
  if (!isObject(value)) return 'must be an object';
  const { type } = value;
  // A plan's tasks are the one list whose items may leave out their type.
  if (type === undefined && refs.length === 1 && refs[0] === 'block:task_card') {
    return checkType({ ...value, type: 'task_card' }, 'block:task_card', place);
  }
  const ref = refs.find((candidate) => candidate.split(':')[1] === type);
  return ref ? checkType(value, ref, place) : `unsupported type: ${typeOf(value) ?? 'none'}`;
}

function checkAnyBlock(value: unknown, _spec: Spec, place: Place): Complaint {
  const { type } = isObject(value) ? value : {};
  if (typeof type !== 'string') return 'must be a block with a type';
  return checkType(value, `block:${type}`, place);
}

function checkFlags(value: unknown, spec: Spec, place: Place): Complaint {
  if (!isObject(value)) return 'must be an object';
  for (const [key, flag] of Object.entries(value)) {
    const complaint = spec.keys?.includes(key) ? checkBoolean(flag) : `unknown field: ${key}`;
    if (complaint) report(at(place, key), complaint);
  }
  return undefined;
}
