import { get } from 'node-emoji';

/** Slack's names that the emoji list lacks or knows under another name. */
const slackNames: Record<string, string> = {
  book: '📖',
  large_brown_circle: '🟤',
  large_green_circle: '🟢',
  large_green_square: '🟩',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_red_square: '🟥',
  large_yellow_circle: '🟡',
  large_yellow_square: '🟨',
  pencil: '📝',
  simple_smile: '🙂',
  spiral_calendar_pad: '🗓️',
  thumbsdown: '👎',
  thumbsup: '👍',
};

/** The character of a Slack emoji name, or null for a name that has none (a workspace's own). */
export function emojiFor(name: string): string | null {
  const plain = name.replace(/::skin-tone-\d$/, '');
  return slackNames[plain] ?? get(plain) ?? null;
}

/** Replaces `:names:` in plain text; unknown ones stay as typed, as in Slack. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/gi, (typed, name: string) => {
    return emojiFor(name.toLowerCase()) ?? typed;
  });
}
