import { can } from '../domain/access.ts';
import { type Deal, dealTitle } from '../domain/deal.ts';
import type { ChannelId } from '../domain/ids.ts';
import { foldName, soundsLike } from '../domain/names.ts';
import type { Person } from '../domain/person.ts';
import {
  findDealOfChannel,
  listDealsByIds,
  listOpenDealNames,
  listOwnOpenDeals,
  searchOpenDeals,
} from './deals.ts';
import type { Tx } from './store.ts';

/** How a deal was looked for: by the words typed, else by the place they were typed in. */
export interface DealQuery {
  readonly text: string;
  readonly channelId: ChannelId;
}

/** What fits; `several` have one more than a list to pick from holds when there are too many. */
export type DealSearch =
  | { readonly found: 'one'; readonly deal: Deal }
  | { readonly found: 'several'; readonly deals: readonly Deal[] }
  | { readonly found: 'none' };

/** A select holds a hundred options; one more tells that there are more. */
export const pickLimit = 100;

/**
 * Finds the open deal a person means: the typed name in any close spelling, else the deal of the
 * channel, else the only open deal they own.
 */
export async function findMeantDeal(tx: Tx, viewer: Person, query: DealQuery): Promise<DealSearch> {
  if (query.text.trim() === '') return findDealHere(tx, viewer, query.channelId);
  const matches = await searchOpenDeals(tx, viewer, query.text, pickLimit + 1);
  const exact = matches.filter((deal) =>
    [foldName(deal.name), foldName(deal.account), foldName(dealTitle(deal))].includes(
      foldName(query.text),
    ),
  );
  if (exact.length > 0) return oneOrSeveral(exact);
  if (matches.length > 0) return oneOrSeveral(matches);
  return oneOrSeveral(await findClose(tx, viewer, foldName(query.text)));
}

async function findDealHere(tx: Tx, viewer: Person, channelId: ChannelId): Promise<DealSearch> {
  const here = await findDealOfChannel(tx, viewer.workspaceId, channelId);
  if (here && can(viewer, 'view', here.deal, here.circle)) return { found: 'one', deal: here.deal };
  const mine = await listOwnOpenDeals(tx, viewer, 2);
  const [only] = mine;
  return mine.length === 1 && only ? { found: 'one', deal: only } : { found: 'none' };
}

async function findClose(tx: Tx, viewer: Person, typed: string): Promise<Deal[]> {
  const names = await listOpenDealNames(tx, viewer);
  const close = names
    .filter(({ searchKey }) => soundsLike(typed, searchKey))
    .sort((a, b) => Number(b.mine) - Number(a.mine))
    .slice(0, pickLimit + 1);
  const deals = await listDealsByIds(
    tx,
    viewer.workspaceId,
    close.map(({ id }) => id),
  );
  return close.flatMap(({ id }) => deals.get(id) ?? []);
}

function oneOrSeveral(deals: readonly Deal[]): DealSearch {
  const [first] = deals;
  if (!first) return { found: 'none' };
  return deals.length === 1 ? { found: 'one', deal: first } : { found: 'several', deals };
}
