import { type Action, can } from '../domain/access.ts';
import { sayDay } from '../domain/calendar.ts';
import { type Deal, dealTitle, type OpenDeal } from '../domain/deal.ts';
import type { DealId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { findDeal } from './deals.ts';
import { findPerson } from './people.ts';
import type { Tx } from './store.ts';

const notFound = refuse(
  'deal_not_found',
  'That deal is not here any more. /deal list shows the ones you have.',
);

/**
 * The deal of an id, if `actor` may see it. A deal of another workspace and a restricted one
 * answer the same as one that never was.
 */
export async function reachDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  action: Action = 'view',
): Promise<Deal | Refusal> {
  const found = await findDeal(tx, actor.workspaceId, dealId);
  if (!found || !can(actor, 'view', found.deal, found.circle)) return notFound;
  if (can(actor, action, found.deal, found.circle)) return found.deal;
  const owner = await findPerson(tx, actor.workspaceId, found.deal.ownerId);
  return refuse(
    'not_yours',
    `${dealTitle(found.deal)} belongs to ${owner?.name ?? 'somebody else'}. Ask them for a step on it, then you can change its plan.`,
  );
}

/** An open deal that `actor` may change: what every change of a plan starts from. */
export async function reachOpenDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
): Promise<OpenDeal | Refusal> {
  const deal = await reachDeal(tx, actor, dealId, 'change');
  if ('refused' in deal || deal.status === 'open') return deal;
  const ended = { won: 'was won', lost: 'was lost', invalid: 'was closed as invalid' }[deal.status];
  return refuse(
    'deal_closed',
    `${dealTitle(deal)} ${ended} on ${sayDay(deal.closedOn, deal.closedOn)}, so its plan no longer changes.`,
  );
}
