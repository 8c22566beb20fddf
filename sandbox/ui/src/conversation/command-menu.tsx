import type { Suggestion } from '../lib/suggest-commands.ts';

interface Props {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onPick: (suggestion: Suggestion) => void;
}

export function suggestionId(menuId: string, { text }: Suggestion): string {
  return `${menuId}-${text.trim().replace(/\s/g, '-')}`;
}

/** Commands that fit what is typed so far. */
export function CommandMenu({ id, suggestions, active, onPick }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Commands"
      className="command-menu"
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the composer by the ARIA pattern.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the composer handles the keys.
        <div
          key={suggestion.text}
          id={suggestionId(id, suggestion)}
          role="option"
          aria-selected={index === active}
          className="command"
          onClick={() => onPick(suggestion)}
        >
          <strong>{suggestion.text.trim()}</strong>
          <span className="command-hint">{suggestion.hint}</span>
          <span className="command-about">{suggestion.description}</span>
        </div>
      ))}
    </div>
  );
}
