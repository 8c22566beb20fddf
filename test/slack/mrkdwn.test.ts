import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMrkdwn, plainText } from '../../src/slack/mrkdwn.ts';

describe('escaping for mrkdwn', () => {
  test.each([
    ['<!channel> hello', '&lt;!channel&gt; hello'],
    ['<@U0ANNA>', '&lt;@U0ANNA&gt;'],
    ['<#C0LOST|closed-lost>', '&lt;#C0LOST|closed-lost&gt;'],
    ['<https://evil.example|bank.example>', '&lt;https://evil.example|bank.example&gt;'],
    ['<!date^1392734382^{date}|now>', '&lt;!date^1392734382^{date}|now&gt;'],
    ['Smith & Wesson', 'Smith &amp; Wesson'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['`code` *bold* _it_ ~no~', '`code` *bold* _it_ ~no~'],
  ])('%s', (typed, escaped) => {
    expect(escapeMrkdwn(typed)).toBe(escaped);
  });

  test('leaves no way to write a special token, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => !/[<>]/.test(escapeMrkdwn(typed))),
    );
  });

  test('takes out what turns the reading direction', () => {
    expect(escapeMrkdwn('Acme\u202Egnp.exe\u202C \u2066x\u2069 \u200Fy\u200E')).toBe(
      'Acmegnp.exe x y',
    );
  });
});

describe('plain text', () => {
  test('keeps what fits and lines as they are', () => {
    expect(plainText('First\nsecond', 75)).toBe('First\nsecond');
  });

  test('takes out control characters and marks nobody sees', () => {
    expect(plainText('a\u0000b\u0007c\r\u001b[31m\u202Ed\u2067e', 75)).toBe('abc[31mde');
  });

  test('ends what is too long with an ellipsis, within the limit', () => {
    expect(plainText('x'.repeat(80), 75)).toBe(`${'x'.repeat(74)}…`);
  });

  test('never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-composite', minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (typed, max) => {
          const shown = plainText(typed, max);
          expect(shown).not.toMatch(/\p{Surrogate}/u);
          expect(shown.length).toBeLessThanOrEqual(max);
        },
      ),
    );
    expect(plainText('👍👍👍', 4)).toBe('👍…');
  });
});
