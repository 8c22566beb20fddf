import { parse } from 'node:querystring';
import { isObject, type JsonObject } from '../json.ts';
import { invalidArguments, SlackRefusal } from '../refusal.ts';

/** How an argument is written; `json` may come as JSON or as a string that holds it. */
type ArgKind = 'string' | 'boolean' | 'integer' | 'json';

/** The arguments a method knows. Slack ignores others; here they are errors, so tests notice. */
export type ArgSpec = Readonly<Record<string, ArgKind>>;

/** What every call may carry: a token, and the team that Bolt's clients add. */
const common: ArgSpec = { token: 'string', team_id: 'string' };

/** The arguments of one call, checked and decoded. */
export class Args {
  readonly values: JsonObject;

  constructor(values: JsonObject) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  count(name: string): number | undefined {
    const value = this.values[name];
    return typeof value === 'number' ? value : undefined;
  }

  json(name: string): unknown {
    return this.values[name];
  }
}

/** The raw arguments of a request body, form-encoded or JSON. */
export function readBody(body: string, contentType = ''): JsonObject {
  if (!contentType.startsWith('application/json')) return { ...parse(body) };
  try {
    const parsed: unknown = JSON.parse(body);
    if (isObject(parsed)) return parsed;
  } catch {
    // Falls through: anything but an object is the same mistake.
  }
  throw new SlackRefusal('invalid_json');
}

export function checkArgs(raw: JsonObject, spec: ArgSpec, required: readonly string[]): Args {
  const known: ArgSpec = { ...common, ...spec };
  const values: JsonObject = {};
  for (const [name, value] of Object.entries(raw)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind) throw invalidArguments(`unknown argument: ${name} [json-pointer:/${name}]`);
    values[name] = decode(name, value, kind);
  }
  for (const name of required) {
    if (values[name] === undefined || values[name] === '') {
      throw invalidArguments(`missing required field: ${name} [json-pointer:/${name}]`);
    }
  }
  return new Args(values);
}

function decode(name: string, value: unknown, kind: ArgKind): unknown {
  const decoded = decoders[kind](value, name);
  if (decoded !== undefined) return decoded;
  throw invalidArguments(`must be a valid ${kind} [json-pointer:/${name}]`);
}

const decoders: Readonly<Record<ArgKind, (value: unknown, name: string) => unknown>> = {
  string: (value) => (typeof value === 'number' ? String(value) : onlyText(value)),
  boolean: (value) =>
    ({ true: true, '1': true, false: false, '0': false })[String(value).toLowerCase()],
  integer: (value) => {
    const number = value === '' ? Number.NaN : Number(value);
    return Number.isSafeInteger(number) ? number : undefined;
  },
  json: (value, name) => (typeof value === 'string' ? parseJson(value, name) : value),
};

function onlyText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (name === 'blocks') throw new SlackRefusal('invalid_blocks_format');
    return undefined;
  }
}

/** An argument the method does not work without. */
export function requiredText(args: Args, name: string): string {
  const value = args.text(name);
  if (value === undefined) throw invalidArguments(`missing required field: ${name}`);
  return value;
}
