import { describe, expect, it } from 'vitest';
import { closestWord, foldName, soundsLike } from '../../src/domain/names.ts';

describe('folding a name', () => {
  it('forgets case, accents, punctuation and double spaces', () => {
    expect(foldName('  Société  Générale, S.A. ')).toBe('societe generale s a');
  });

  it('keeps two names of signs alone apart', () => {
    expect(foldName('***')).not.toBe(foldName('!!!'));
  });
});

describe('a misspelt deal name', () => {
  it.each([
    ['acmee', 'acme core platform', true],
    ['acme plattform', 'acme core platform', true],
    ['glbex', 'globex', true],
    ['acm', 'acme core platform', true],
    ['initech', 'acme core platform', false],
    ['ax', 'acme core platform', false],
  ])('%s for %s: %s', (typed, name, expected) => {
    expect(soundsLike(typed, name)).toBe(expected);
  });
});

describe('a misspelt word', () => {
  it('finds the word that was meant', () => {
    expect(closestWord('homwork', ['homework', 'plan', 'list'])).toBe('homework');
    expect(closestWord('lsot', ['list', 'lost', 'won'])).toBe('lost');
  });

  it('guesses nothing for a word that is far from all', () => {
    expect(closestWord('forecast', ['homework', 'plan', 'list'])).toBeUndefined();
  });
});
