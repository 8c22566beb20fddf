import { distance } from 'fastest-levenshtein';

/**
 * Folds a name to what people mean by it: no case, accents, punctuation or double spaces. A name
 * of signs alone keeps its signs, so that two of them stay two.
 */
export function foldName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || plain.trim();
}

/** How many typing slips a word of this length may have: none in the shortest ones. */
function slipsAllowed(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/**
 * Whether every typed word stands for a word of the name: as its beginning, or with a slip or two.
 * Both must be folded.
 */
export function soundsLike(typed: string, name: string): boolean {
  const words = name.split(' ');
  return typed
    .split(' ')
    .every((part) =>
      words.some(
        (word) => word.startsWith(part) || slipsBetween(part, word) <= slipsAllowed(part.length),
      ),
    );
}

/** The candidate a misspelt word most likely meant, or undefined when none is close. */
export function closestWord(typed: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter(({ word, slips }) => slips <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return ranked[0]?.word;
}

/** Edit distance, in which two swapped letters are one slip. */
function slipsBetween(typed: string, word: string): number {
  const slips = distance(typed, word);
  const sameLetters =
    typed.length === word.length && [...typed].every((letter) => word.includes(letter));
  return slips === 2 && sameLetters ? 1 : slips;
}
