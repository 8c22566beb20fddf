import { describe, expect, it } from 'vitest';
import { askFirstDraft, offerDraft, offerFor } from '../../src/domain/manager-offer.ts';
import { stallWords } from '../../src/domain/stall-words.ts';
import type { StallCode } from '../../src/domain/stalls.ts';

const every = Object.keys(stallWords) as StallCode[];
const facts = (codes: readonly StallCode[]) => ({
  owner: 'Anna Snelling',
  deal: 'Acme · Core platform',
  codes,
  precedent: 'Globex was held up the same way in October: a colleague stepped in.',
});

describe.each(every.map((code) => [code]))('words of a manager about %s', (code) => {
  it('say what is seen, what I could do and what worked elsewhere, in that order', () => {
    expect(offerDraft(facts([code]))).toMatch(
      /^Hi Anna, .*\n\nWhat I see: .*\n\nWhat I could do: .*\n\nWhat worked elsewhere: Globex .*\n\nWould that help\?$/,
    );
  });

  it.each([offerDraft, askFirstDraft])('ask one question and blame nobody', (draft) => {
    const words = draft(facts([code]));
    expect(words.match(/\?/g)).toHaveLength(1);
    expect(words).not.toMatch(
      /homework|just checking in|gentle reminder|per my last|why did you|you (should|failed|forgot)|undefined|!/i,
    );
  });

  it('go on from “you could”', () => {
    expect(offerFor([code], 'Anna')).toMatch(/^[a-z].*[a-z]$/);
  });
});

it('there are words when nothing holds it up by name', () => {
  expect(offerDraft({ ...facts([]), precedent: undefined })).toContain(
    'I know of nothing like it yet.',
  );
  expect(offerFor([], 'Anna')).toMatch(/\S/);
});
