import type { Button } from '@slack/types';
import { type Deal, dealTitle } from '../domain/deal.ts';
import type { DealId } from '../domain/ids.ts';
import { button } from './blocks.ts';

/** The three ways a manager can help; the value is a question of their bundle, or a deal. */
export const managerIds = {
  offer: 'nudge_offer',
  take: 'nudge_take',
  askFirst: 'nudge_ask_first',
} as const;

const dealPrefix = 'deal:';

/** The three in a message about a deal that is no question of a bundle. */
export function managerButtons(deal: Pick<Deal, 'id' | 'account' | 'name'>): Button[] {
  const on = { value: `${dealPrefix}${deal.id}`, about: dealTitle(deal) };
  return [
    button({ id: managerIds.offer, text: 'Offer this', ...on }),
    button({ id: managerIds.take, text: 'Take an item', ...on }),
    button({ id: managerIds.askFirst, text: 'Ask first', ...on }),
  ];
}

/** The deal a button stands for; undefined for a question of a bundle. */
export function helpDealOf(value: string): DealId | undefined {
  return value.startsWith(dealPrefix) ? (value.slice(dealPrefix.length) as DealId) : undefined;
}
