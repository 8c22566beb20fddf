import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFearHint, findFearPhrase, sayFearHint } from '../../src/domain/fear-hints.ts';

const phrases = [
  ['The team is not right yet', 'The team is not right yet'],
  ['They feel their team isn’t ready', "their team isn't ready"],
  ['Dana: we have to walk before we run here', 'walk before we run'],
  ['It is too much change for us this year', 'too much change for us'],
  ['Too many changes at once', 'Too many changes at once'],
  ['too big a step', 'too big a step'],
  ['She says they are not quite ready', 'they are not quite ready'],
  ['Not ready', 'Not ready'],
  ['We’re not ready for this', "We're not ready for this"],
  ['Great demo, but it is not the right time for us', 'not the right time for us'],
  ['This isn’t the right moment', "isn't the right moment"],
  ['We need to be sure', 'need to be sure'],
  ['They want to be absolutely certain it works', 'want to be absolutely certain'],
  ['He will not stick his neck out', 'stick his neck'],
  ['They got cold feet', 'cold feet'],
  ['Their CFO asked: what if it fails?', 'what if it fails'],
  ['They are afraid of the rollout', 'afraid of'],
] as const;

const plain = [
  'Their board meets a week later',
  'The quote was not ready',
  'The contract is not ready yet',
  'The team is not ready with the list',
  'Friday is not the right time for the call',
  'It is not the right moment to meet',
  'The right time is ten in the morning',
  'We walked them through the run book',
  'Procurement sent too many change requests',
  'Too many changes in the contract',
  'Too much change request paperwork',
  'I am afraid that Tuesday does not work',
  'Please make sure the invoice is right',
  'They want to be sure the meeting is at ten',
  'They need to be on the call',
  'They chose another supplier on price',
  'Budget moved to the next year',
  'The team is ready and waits for us',
  'She surely signs in the first week',
  '',
];

describe('a phrase that may be fear', () => {
  it.each(phrases)('is known in “%s”', (text, phrase) => {
    expect(findFearPhrase(text)).toBe(phrase);
  });

  it.each(plain)('is not seen in “%s”', (text) => {
    expect(findFearPhrase(text)).toBeUndefined();
  });

  it('is found whatever stands around it, in any case, and quoted as it stands', () => {
    const around = fc.constantFrom(...plain.filter(Boolean));
    fc.assert(
      fc.property(around, fc.constantFrom(...phrases), around, (before, [text], after) => {
        for (const said of [text, text.toUpperCase()]) {
          const whole = `${before}. ${said}.\n${after}`;
          const found = findFearPhrase(whole) ?? '';
          expect(found).not.toBe('');
          expect(whole.replaceAll('’', "'")).toContain(found);
        }
      }),
    );
  });

  it('comes from no text that only mentions its words', () => {
    const words = [
      'team',
      'ready',
      'right',
      'time',
      'change',
      'much',
      'walk',
      'run',
      'sure',
      'need',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (some) => {
        expect(findFearPhrase(some.join(' '))).toBeUndefined();
      }),
    );
  });

  it('is short, and no text is too odd to look at', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (text) => {
        expect((findFearPhrase(text) ?? '').length).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe('the hint', () => {
  it('is the first phrase of what stands first, with where it stands', () => {
    const hint = findFearHint([
      { text: 'Their board meets later', where: 'what they said on Wed 25 Nov' },
      { text: 'We need to be sure', where: 'what they said on Tue 24 Nov' },
      { text: 'Not ready', where: 'why the deal was paused' },
    ]);
    expect(hint && sayFearHint(hint)).toBe(
      '“need to be sure” stands in what they said on Tue 24 Nov. Such words can be fear: you know best, and only you see this.',
    );
  });

  it('is none where no words are', () => {
    expect(findFearHint([])).toBeUndefined();
  });
});
