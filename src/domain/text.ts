import { type Refusal, refuse } from './refusal.ts';

// Control characters, blanks without width, and marks that turn the reading direction.
const unseen = /(?!\n)[\p{Cc}\u061c\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Takes out what nobody can see; line breaks stay. */
export function stripUnseen(text: string): string {
  return text.replace(unseen, '');
}

/** What a person typed, without characters nobody can see, on one line. */
export function cleanLine(text: string): string {
  return stripUnseen(text.replace(/\s+/gu, ' ')).trim();
}

/** At most `max` characters; cuts between characters, never inside one. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = [...text];
  let kept = '';
  for (const character of characters) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * A required line of text.
 * @returns the clean line, or a refusal under `field` that says what was expected.
 */
export function readLine(
  text: string | undefined,
  expected: { readonly field: string; readonly what: string; readonly max: number },
): string | Refusal {
  const line = cleanLine(text ?? '');
  if (line === '') return refuse('empty', `${expected.what} is missing.`, expected.field);
  if (line.length > expected.max) {
    return refuse(
      'too_long',
      `${expected.what} has ${line.length} characters. Please keep it to ${expected.max}.`,
      expected.field,
    );
  }
  return line;
}

/** A label within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `1 step`, `2 steps`, `1,234 steps`. */
export function count(n: number, one: string, many = `${one}s`): string {
  const digits = n < 1000 ? String(n) : n.toLocaleString('en');
  return `${digits} ${n === 1 ? one : many}`;
}
