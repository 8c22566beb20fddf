import type { Deps } from '../../deps.ts';
import { type Day, dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DateRevisionId, DealId } from '../../domain/ids.ts';
import { offerFor } from '../../domain/manager-offer.ts';
import type { Person } from '../../domain/person.ts';
import { findPrecedent, sayPrecedent } from '../../domain/precedent.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { StallCode } from '../../domain/stalls.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { findDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { enqueue } from '../../store/outbox.ts';
import { findAdmin, findPerson, listManagerChain } from '../../store/people.ts';
import { listPrecedents } from '../../store/precedents.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { acknowledgeRevisions, type KeptRevision, listRevisions } from '../../store/revisions.ts';
import { listOpenStalls } from '../../store/stalls.ts';
import type { Tx } from '../../store/store.ts';
import { buildSlipMessage, type SlipNews } from './date-messages.ts';
import { slipsOf } from './date-state.ts';

const firstSeenSlip = 2;

/**
 * From the second slip on somebody above the owner must have seen it (METHOD §3.3, 5). A manager who
 * moves the date has. @returns whether nothing is left to see.
 */
export async function tellManager(
  tx: Tx,
  actor: Person,
  {
    deal,
    revisions,
    revision,
  }: {
    readonly deal: OpenDeal;
    readonly revisions: readonly KeptRevision[];
    readonly revision: KeptRevision;
  },
): Promise<boolean> {
  const slips = revisions.filter(({ kind }) => kind === 'slip').length;
  if (revision.kind !== 'slip' || slips < firstSeenSlip) return false;
  const manager = await findManager(tx, deal);
  if (!manager?.slackUserId) return false;
  if (manager.id === actor.id) {
    await see(tx, actor, deal.id, revision, revision.at);
    return true;
  }
  await enqueue(tx, deal.workspaceId, revision.at, [
    {
      kind: 'date_slipped',
      key: `slip:${revision.id}`,
      target: manager.slackUserId,
      payload: { dealId: deal.id, revisionId: revision.id },
    },
  ]);
  return false;
}

/** The next one above the owner who can be written to, else an admin; never the owner. */
async function findManager(tx: Tx, deal: OpenDeal): Promise<Person | undefined> {
  for (const id of await listManagerChain(tx, deal.workspaceId, deal.ownerId)) {
    const person = await findPerson(tx, deal.workspaceId, id);
    if (person?.active && person.standing === 'member' && person.slackUserId) return person;
  }
  return findAdmin(tx, deal.workspaceId, deal.ownerId);
}

async function see(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  upTo: Pick<KeptRevision, 'id' | 'at'>,
  now: Date,
): Promise<void> {
  const fresh = await acknowledgeRevisions(tx, dealId, { personId: actor.id, now, upTo });
  if (fresh === 0) return;
  await appendEvent(tx, {
    workspaceId: actor.workspaceId,
    dealId,
    at: now,
    actorId: actor.id,
    kind: 'slips_seen',
    payload: { revisionId: upTo.id },
  });
}

/**
 * Marks the slips of a deal as seen by somebody above its owner, up to the one they were shown. Seen
 * twice is seen once.
 */
export async function seeSlips(
  deps: Deps,
  actor: Person,
  dealId: DealId,
  revisionId: DateRevisionId,
): Promise<SlipNews | Refusal> {
  return deps.store.transaction(async (tx) => {
    const deal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const chain = await listManagerChain(tx, deal.workspaceId, deal.ownerId);
    const above = chain.includes(actor.id) || (actor.role === 'admin' && actor.id !== deal.ownerId);
    if (!above) {
      return refuse('not_manager', 'Only a manager of the deal’s owner can say that they saw it.');
    }
    const now = deps.clock.now();
    const news = await findSlipNews(tx, deal, revisionId, now);
    if (!news) return refuse('slip_not_found', 'That move is not here any more.');
    await see(tx, actor, dealId, news.revision, now);
    return { ...news, revision: { ...news.revision, acknowledged: true } };
  });
}

async function findSlipNews(
  tx: Tx,
  deal: SlipNews['deal'],
  revisionId: DateRevisionId,
  now: Date,
): Promise<SlipNews | undefined> {
  const all = (await listRevisions(tx, deal.workspaceId, [deal.id])).get(deal.id) ?? [];
  const slips = all.filter(({ kind }) => kind === 'slip');
  const at = slips.findIndex(({ id }) => id === revisionId);
  const revision = slips[at];
  if (!revision) return undefined;
  const today = dayIn(now, deal.zone);
  const help = await findHelp(tx, deal, today);
  return { deal, revision, nth: at + 1, slips: slipsOf(deal, all), today, ...help };
}

/** What somebody above the owner could do about a slip, and what worked on other deals. */
async function findHelp(
  tx: Tx,
  deal: SlipNews['deal'],
  today: Day,
): Promise<Pick<SlipNews, 'offer' | 'precedent'>> {
  const open = (await listOpenStalls(tx, [deal.id])).get(deal.id) ?? [];
  const codes = [...new Set<StallCode>(['date_slipped', ...open.map(({ code }) => code)])];
  const known = await listPrecedents(tx, deal.workspaceId, codes, today);
  const found = findPrecedent(known, { dealId: deal.id, codes });
  const owner = await findPerson(tx, deal.workspaceId, deal.ownerId);
  return {
    offer: offerFor(codes, owner?.name ?? 'the owner'),
    precedent: found && sayPrecedent(found, today),
  };
}

/** The news for the manager, unless they know or the deal has ended. */
export const slipRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const found = await findDeal(tx, workspaceId, payload['dealId'] as DealId);
    if (found?.deal.status !== 'open') return { do: 'drop', reason: 'the deal has ended' };
    const news = await findSlipNews(tx, found.deal, payload['revisionId'] as DateRevisionId, now);
    if (!news) return { do: 'drop', reason: 'no such move' };
    if (news.revision.acknowledged) return { do: 'drop', reason: 'seen already' };
    return { do: 'post', target, message: buildSlipMessage(news) };
  },
};
