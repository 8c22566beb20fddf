import type { Button } from '@slack/types';
import { type Deal, dealTitle } from '../domain/deal.ts';
import { shorten } from '../domain/text.ts';
import { button } from './blocks.ts';

const nameLimit = 140;

/** A button that stands for `/deal <word>` on one deal, in messages: a modal has no place to answer.
 * Two of one word in a message need an `id` each. */
export function runButton(
  word: string,
  text: string,
  deal: Pick<Deal, 'account' | 'name'>,
  { id = word, style }: { readonly id?: string; readonly style?: 'primary' } = {},
): Button {
  return button({
    id: `deals_run_${id}`,
    text,
    // A command line is read up to a limit; the start of a long name finds the deal as well.
    value: `${word} ${shorten(dealTitle(deal), nameLimit).replace(/…$/u, '')}`,
    about: dealTitle(deal),
    ...(style ? { style } : {}),
  });
}
