import type { ClosedDeal, Deal } from '../../domain/deal.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Call } from '../../slack/subcommand.ts';
import { searchClosedDeals } from '../../store/closed-deals.ts';
import { findMeantDeal } from '../../store/find-deal.ts';
import { listReviewsOfDeals } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { pickLimit } from './pick-message.ts';

/** Lost deals that were meant; of several of one name the last, which the others led to. */
export async function findLostDeals(tx: Tx, call: Call): Promise<Deal[] | Refusal> {
  const query = { ...call, statuses: ['lost'] as const };
  const lost = await searchClosedDeals(tx, call.actor, query, pickLimit);
  if (lost.length > 0) {
    const last = new Map<string, Deal>();
    for (const deal of lost) {
      const key = `${deal.accountId} ${deal.name}`;
      if (!last.has(key)) last.set(key, deal);
    }
    return [...last.values()];
  }
  return nothing(call.text, 'lost deal', '/deal reopen Acme');
}

/** Deals that ended and may have a review, the last one to end first. */
export async function findReviewedDeals(tx: Tx, call: Call): Promise<Deal[] | Refusal> {
  const query = { ...call, statuses: ['won', 'lost'] as const };
  const ended = await searchClosedDeals(tx, call.actor, query, pickLimit);
  const reviewed = await listReviewsOfDeals(
    tx,
    call.actor.workspaceId,
    ended.map(({ id }) => id),
  );
  const found = ended.filter(({ id }) => reviewed.has(id));
  if (found.length > 0) return found;
  return ended.length === 1 ? ended : nothing(call.text, 'deal with a review', '/deal review Acme');
}

/** Deals that were meant, open or ended. */
export async function findAnyDeals(tx: Tx, call: Call): Promise<Deal[] | Refusal> {
  const found = await findOpenOr(tx, call, ['won', 'lost']);
  return found.length > 0 ? found : nothing(call.text, 'deal', '/deal invalid Acme');
}

/** Deals that were meant, open or lost. */
export async function findOpenOrLostDeals(tx: Tx, call: Call): Promise<Deal[] | Refusal> {
  const found = await findOpenOr(tx, call, ['lost']);
  return found.length > 0 ? found : nothing(call.text, 'open or lost deal', '/deal feedback Acme');
}

async function findOpenOr(
  tx: Tx,
  call: Call,
  statuses: readonly ClosedDeal['status'][],
): Promise<Deal[]> {
  const open = await findMeantDeal(tx, call.actor, call);
  const found =
    open.found === 'one' ? [open.deal] : open.found === 'several' ? [...open.deals] : [];
  // Without a name the deal of this place is meant, and one that ended only where none is open.
  if (call.text !== '' || found.length === 0) {
    found.push(...(await searchClosedDeals(tx, call.actor, { ...call, statuses }, pickLimit)));
  }
  return found;
}

function nothing(typed: string, what: string, usage: string): Refusal {
  return typed === ''
    ? refuse('deal_not_found', `Which ${what}? Add its name, as in ${usage}.`)
    : refuse('deal_not_found', `No ${what} is called “${typed}”. Try another part of its name.`);
}
