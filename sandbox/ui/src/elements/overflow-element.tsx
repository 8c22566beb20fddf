import type { Overflow } from '@slack/types';
import { withEmoji } from '../lib/emoji.ts';
import { safeUrl } from '../lib/escapes.ts';
import { MoreIcon } from '../shell/icons.tsx';
import { Menu, MenuItem } from '../shell/menu.tsx';
import type { ElementProps } from './element-props.ts';

/** The three dots and their menu. */
export function OverflowElement({ element, field, choose }: ElementProps<Overflow>) {
  const pick = (option: Overflow['options'][number]) => {
    const url = option.url === undefined ? null : safeUrl(option.url);
    if (url !== null) window.open(url, '_blank', 'noopener,noreferrer');
    choose({ selected_option: option });
  };
  return (
    <Menu label={field.label ?? 'More actions'} icon={<MoreIcon />} className="button icon-only">
      {element.options.map((option) => (
        <MenuItem key={option.value ?? option.text.text} onPick={() => pick(option)}>
          {withEmoji(option.text.text)}
        </MenuItem>
      ))}
    </Menu>
  );
}
