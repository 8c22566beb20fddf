import type { Button } from '@slack/types';
import { type Deal, dealTitle } from '../domain/deal.ts';
import { button } from './blocks.ts';

/** A button that stands for `/deal <word>` on one deal, in messages: a modal has no place to answer. */
export function runButton(
  word: string,
  text: string,
  deal: Pick<Deal, 'account' | 'name'>,
  style?: 'primary',
): Button {
  return button({
    id: `deals_run_${word}`,
    text,
    value: `${word} ${dealTitle(deal)}`,
    about: dealTitle(deal),
    ...(style ? { style } : {}),
  });
}
