interface Command {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

export interface Suggestion {
  /** What the composer holds after the choice. */
  readonly text: string;
  readonly hint: string;
  readonly description: string;
}

/**
 * What the composer offers while a command is typed: first the commands, then the words the usage
 * hint lists (`[new | homework]` or `new · homework`). Nothing once the line says one of them in full.
 */
export function suggestCommands(typed: string, commands: readonly Command[]): Suggestion[] {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const gap = typed.indexOf(' ');
  if (gap < 0) return commands.filter(({ command }) => command.startsWith(typed)).map(whole);
  const command = commands.find((known) => known.command === typed.slice(0, gap));
  return command === undefined ? [] : wordsOf(command, typed.slice(gap + 1).toLowerCase());
}

function whole({ command, usageHint, description }: Command): Suggestion {
  return { text: `${command} `, hint: usageHint, description };
}

function wordsOf({ command, usageHint }: Command, typed: string): Suggestion[] {
  const listed = usageHint.split(/[|·]/);
  if (listed.length === 1) return [];
  return listed
    .map((part) => part.replace(/[[\]<>()]/g, '').trim())
    .filter((word) => word !== '' && word.startsWith(typed) && word !== typed)
    .map((word) => ({ text: `${command} ${word}`, hint: '', description: '' }));
}

/** `/deal lost acme` → the command and the rest; null for what is no command. */
export function readCommand(typed: string): { command: string; text: string } | null {
  const match = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(typed.trim());
  return match === null ? null : { command: match[1] ?? '', text: match[2] ?? '' };
}
