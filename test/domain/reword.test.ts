import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayNameCause, rewordingFor } from '../../src/domain/reword.ts';

const team = ['Ben Okafor', 'Mia Brandt', 'José Álvarez'];
const offerFor = (text: string) => rewordingFor(text, team)?.offer;

/** The table of METHOD §4.3. */
const table: readonly (readonly [string, string])[] = [
  [
    'We lost on price',
    'Price was named. What would they have had to believe for it to be fine, and when did we learn their number?',
  ],
  ['Bad timing', 'What date would have mattered to them, and did we ever have it in writing?'],
  ['They loved the incumbent', 'What felt risky about leaving, and what did we carry for them?'],
  ['Product gap', 'When did we know it was a must, and what did we do with that week?'],
  ['Nothing we could do', 'What would have let us know sooner and leave earlier?'],
  ['They went dark', 'What did our last three messages ask them to do?'],
  ['The SE dropped the ball', 'Say what you saw and what would have helped?'],
];

describe('another wording', () => {
  it.each(table)('of “%s” is the one of the table', (typed, offered) => {
    expect(offerFor(typed)).toBe(offered);
    expect(offerFor(typed.toUpperCase())).toBe(offered);
  });

  it('says when their last reply was, where that is known', () => {
    expect(rewordingFor('They ghosted us', [], { lastReply: 'Fri 6 Nov' })?.offer).toBe(
      'Their last reply was Fri 6 Nov. What did our last three messages ask them to do?',
    );
  });

  it.each([
    ['price', 'The other one was simply cheaper'],
    ['budget', 'Budget freeze after the summer'],
    ['timing', 'Not now, maybe next year'],
    ['rival', 'The competitor had a relationship at the top'],
    ['blocked', 'Legal blocked it'],
    ['silence', 'They changed their mind'],
    ['product', 'The product lacks single sign-on'],
    ['nothing', 'There was nothing we could have done'],
  ])('is offered for %s', (family, text) => {
    expect(rewordingFor(text, team)?.family).toBe(family);
  });

  it.each([
    'Price was named, and I learned their number in the last week',
    'I asked for the signer too late',
    'We had no date in writing',
    'Ben helped a lot with the demo',
    'Mia Brandt saw it coming and told me',
    'The decider never met us',
    '',
  ])('is not offered for “%s”', (text) => {
    expect(rewordingFor(text, team)).toBeUndefined();
  });

  it.each([
    [
      'Ben failed to send the pack.',
      'What I saw: we did not send the pack. What would have helped: …',
    ],
    [
      'I tried. Mia Brandt never answered',
      'What I saw: we had not answered. What would have helped: …',
    ],
    [
      '<@U0BEN> was late to the demo',
      'What I saw: we were later than planned to the demo. What would have helped: …',
    ],
    ['José dropped the ball', 'What I saw: we had a gap. What would have helped: …'],
    ['It was Ben’s fault', 'What I saw: we had a gap. What would have helped: …'],
  ])('takes the person out of “%s”', (text, draft) => {
    expect(rewordingFor(text, team)).toMatchObject({ family: 'colleague', draft });
  });

  it('goes to a colleague named as the cause before any outside cause', () => {
    expect(rewordingFor('Bad timing, and Ben failed to call', team)?.family).toBe('colleague');
  });
});

describe('whatever is typed', () => {
  const word = fc.constantFrom(
    ...[
      'Ben',
      'Mia Brandt',
      '<@U0BEN>',
      'the SE',
      'failed',
      'never',
      'late',
      'was',
      'dropped the ball',
    ],
    ...[
      'we',
      'I',
      'price',
      'budget',
      'they',
      'went dark',
      'legal',
      'blocked',
      'product gap',
      '.',
      '\n',
      ',',
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 12 }).map((all) => all.join(' ')),
  );

  it('never names a colleague and never blames in what is offered', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const found = rewordingFor(typed, team);
        if (!found) return;
        const shown = `${found.offer} ${found.draft ?? ''}`;
        expect(shown).not.toMatch(/\b(?:Ben|Mia|Brandt)\b|<@U0BEN>/i);
        expect(shown).not.toMatch(/\b(?:fail(?:ed|s)?|fault|dropped the ball|never)\b/i);
      }),
    );
  });

  it('never offers the same for its own offer', () => {
    for (const [typed] of table) {
      const found = rewordingFor(typed, team, { lastReply: 'Fri 6 Nov' });
      expect(rewordingFor(found?.offer ?? '', team)).toBeUndefined();
      expect(rewordingFor(found?.draft ?? '', team)).toBeUndefined();
    }
  });

  it('makes nobody the cause in a text that names no cause', () => {
    fc.assert(
      fc.property(text, (typed) => {
        fc.pre(!mayNameCause(typed));
        expect(rewordingFor(typed, team)?.family).not.toBe('colleague');
      }),
    );
  });
});
