import type { Deps } from '../../deps.ts';
import { can, type DealCircle } from '../../domain/access.ts';
import { type Deal, dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { changeDeal, findDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHomework, listHomework } from '../../store/homework.ts';
import { firstSeen } from '../../store/inbox.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal, reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { dealChanged } from './deal-changed.ts';

/** A deal with its new owner, and how many of our open steps went along. */
export interface Reassigned {
  readonly deal: Deal;
  readonly moved: number;
}

/** The owner, their managers and admins; helping on a deal does not let one give it away. */
function mayReassign(actor: Person, deal: Deal, circle: DealCircle): boolean {
  return can(actor, 'change', deal, { ...circle, helperIds: [] });
}

/** An open deal that `actor` may give to somebody else. */
export async function reachOwnDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
): Promise<OpenDeal | Refusal> {
  const deal = await reachOpenDeal(tx, actor, dealId);
  if (isRefusal(deal)) return deal;
  const circle = (await findDeal(tx, actor.workspaceId, dealId))?.circle;
  if (circle && mayReassign(actor, deal, circle)) return deal;
  const owner = await findPerson(tx, actor.workspaceId, deal.ownerId);
  return refuse(
    'not_owner',
    `${dealTitle(deal)} is ${owner?.name ?? 'somebody else'}’s to hand over. Ask them, or their manager.`,
  );
}

/**
 * Gives a deal to a colleague: our open steps of the old owner become theirs, each with its own
 * event, and the handover pack is queued for them (METHOD part 5). The same form again changes
 * nothing.
 * @param input.to whom the form named, already looked up; undefined when nobody was picked.
 */
export async function reassignDeal(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly to: Person | undefined },
): Promise<Reassigned | Refusal> {
  const now = deps.clock.now();
  const to = readNewOwner(input.to);
  if (isRefusal(to)) return to;
  return deps.store.transaction(async (tx) => {
    const seen = await reachDeal(tx, actor, input.dealId);
    if (!isRefusal(seen) && seen.ownerId === to.id) return { deal: seen, moved: 0 };
    const deal = await reachOwnDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return { deal, moved: 0 };
    }
    if (!(await changeDeal(tx, deal, { ownerId: to.id }))) return dealChanged;
    const base = { workspaceId: actor.workspaceId, dealId: deal.id, at: now, actorId: actor.id };
    await appendEvent(tx, {
      ...base,
      kind: 'deal_reassigned',
      payload: { from: deal.ownerId, to: to.id },
    });
    const moved = await movePromises(tx, base, { deal, to });
    await enqueue(tx, actor.workspaceId, now, [
      {
        kind: 'handover_sent',
        key: `handover:${input.formId}`,
        target: to.slackUserId,
        payload: { dealId: deal.id, from: deal.ownerId, to: to.id, formId: input.formId },
      },
    ]);
    return { deal: { ...deal, ownerId: to.id }, moved };
  });
}

/** What the old owner promised is the new owner's to keep. */
async function movePromises(
  tx: Tx,
  base: Pick<Parameters<typeof appendEvent>[1], 'workspaceId' | 'dealId' | 'at' | 'actorId'>,
  { deal, to }: { deal: OpenDeal; to: Person },
): Promise<number> {
  const steps = await listHomework(tx, deal.id);
  const promised = steps.filter((step) => isOpen(step) && step.doer.personId === deal.ownerId);
  for (const step of promised) {
    const doer = { ...step.doer, name: to.name, personId: to.id };
    await changeHomework(tx, deal.workspaceId, step, { doer });
    await appendEvent(tx, {
      ...base,
      side: step.side,
      kind: 'homework_reassigned',
      payload: { homeworkId: step.id, from: deal.ownerId, personId: to.id },
    });
  }
  return promised.length;
}

/** A colleague who can own a deal: a full member who is still here. */
function readNewOwner(
  person: Person | undefined,
): (Person & { slackUserId: NonNullable<Person['slackUserId']> }) | Refusal {
  const { slackUserId } = person ?? {};
  if (!person || !slackUserId) return refuse('no_owner', 'Pick who takes it over.', 'new_owner');
  const who = person.name;
  if (person.standing === 'bot') {
    return refuse('bot_owner', `${who} is an app. Pick a colleague.`, 'new_owner');
  }
  if (!person.active) {
    return refuse(
      'left_owner',
      `${who} is no longer in this workspace. Pick somebody who is.`,
      'new_owner',
    );
  }
  if (person.standing === 'guest') {
    return refuse('guest_owner', `${who} is a guest here. Pick a full member.`, 'new_owner');
  }
  return { ...person, slackUserId };
}

/**
 * The new owner says *I have it*, once. Only they can; a deal that went on to somebody else is
 * refused.
 * @returns whether it was the first time.
 */
export async function acceptHandover(
  deps: Deps,
  actor: Person,
  { dealId, formId }: { readonly dealId: DealId; readonly formId: string },
): Promise<{ deal: OpenDeal; first: boolean } | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    if (deal.ownerId !== actor.id) {
      const owner = await findPerson(tx, actor.workspaceId, deal.ownerId);
      return refuse(
        'not_owner',
        `${dealTitle(deal)} is ${owner?.name ?? 'somebody else'}’s now. Talk to them about it.`,
      );
    }
    const first = await firstSeen(tx, actor.workspaceId, `accept:${formId}:${dealId}`, now);
    if (first) {
      await appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId,
        at: now,
        actorId: actor.id,
        kind: 'handover_accepted',
      });
    }
    return { deal, first };
  });
}
