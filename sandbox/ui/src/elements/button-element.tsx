import type { Button } from '@slack/types';
import { withEmoji } from '../lib/emoji.ts';
import { safeUrl } from '../lib/escapes.ts';
import type { ElementProps } from './element-props.ts';

/** A button. One with an address opens it and still tells the app, as in Slack. */
export function ButtonElement({ element, isBusy, choose }: ElementProps<Button>) {
  const url = element.url === undefined ? null : safeUrl(element.url);
  const press = () => {
    if (url !== null) window.open(url, '_blank', 'noopener,noreferrer');
    choose({});
  };
  return (
    <button
      type="button"
      className={`button ${element.style ?? ''}`}
      aria-label={element.accessibility_label}
      aria-busy={isBusy}
      onClick={press}
    >
      {withEmoji(element.text.text)}
    </button>
  );
}
