import { describe, expect, it } from 'vitest';
import { readCommand, suggestCommands } from '../src/lib/suggest-commands.ts';

const commands = [
  { command: '/deal', description: 'Plan a deal', usageHint: 'homework · plan · lost' },
];
const texts = (typed: string) => suggestCommands(typed, commands).map(({ text }) => text);

describe('suggestCommands', () => {
  it('offers commands after a slash and their words after a space', () => {
    expect(texts('/')).toEqual(['/deal ']);
    expect(texts('/deal ')).toEqual(['/deal homework', '/deal plan', '/deal lost']);
    expect(texts('/deal lo')).toEqual(['/deal lost']);
  });

  it('is silent once a word is complete and for anything that is no command', () => {
    expect(texts('/deal lost')).toEqual([]);
    expect(texts('deal')).toEqual([]);
    expect(texts('/other ')).toEqual([]);
  });
});

describe('readCommand', () => {
  it('parts the command from its text', () => {
    expect(readCommand('/deal  lost acme ')).toEqual({ command: '/deal', text: 'lost acme' });
    expect(readCommand('/deal')).toEqual({ command: '/deal', text: '' });
  });

  it('takes a path or plain words for what they are', () => {
    expect(readCommand('/etc/hosts is a file')).toBeNull();
    expect(readCommand('hello')).toBeNull();
  });
});
