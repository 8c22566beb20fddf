import { dealTitle } from '../../domain/deal.ts';
import type { PersonId, ReviewId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/outbox.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Review } from '../../domain/review.ts';
import type { ReviewDeed } from '../../domain/review-access.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { sentence } from '../../slack/words.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';

/**
 * Says once what was done about a review: in its thread, and while it has none to owner and manager.
 */
export async function tellManaged(
  tx: Tx,
  actor: Person,
  { review, owner }: { readonly review: Review; readonly owner: Person | undefined },
  { deed, now }: { readonly deed: ReviewDeed; readonly now: Date },
): Promise<void> {
  const { id, version, workspaceId, managerId, channelId, threadTs } = review;
  const payload = { reviewId: id, deed, byId: actor.id };
  const key = `review_managed:${id}:${version}`;
  const intents: Intent[] = [];
  if (channelId && threadTs) {
    intents.push({ kind: 'review_managed', key, target: channelId, payload });
  } else {
    const manager = managerId && (await findPerson(tx, workspaceId, managerId));
    for (const person of [owner, manager || undefined]) {
      if (!person?.active || !person.slackUserId || person.id === actor.id) continue;
      const target = person.slackUserId;
      const to = { ...payload, toId: person.id };
      intents.push({ kind: 'review_managed', key: `${key}:${person.id}`, target, payload: to });
    }
  }
  await enqueue(tx, workspaceId, now, intents);
}

/** One line, in the thread or to one person. */
export const managedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const review = await findReview(tx, workspaceId, payload['reviewId'] as ReviewId);
    const by = await findPerson(tx, workspaceId, payload['byId'] as PersonId);
    if (!review || !by) return { do: 'drop', reason: 'no such review' };
    const { facilitatorId } = review;
    const facilitator = facilitatorId && (await findPerson(tx, workspaceId, facilitatorId));
    const line = sayDeed(payload['deed'] as ReviewDeed, by, {
      review,
      facilitator: facilitator || undefined,
    });
    if (review.channelId && review.threadTs && !payload['toId']) {
      return { do: 'post', target, threadTs: review.threadTs, message: sentence(line) };
    }
    const reader = await findPerson(tx, workspaceId, payload['toId'] as PersonId);
    const deal = reader && (await reachDeal(tx, reader, review.dealId));
    if (!deal || isRefusal(deal)) return { do: 'drop', reason: 'they do not see the deal' };
    const why = review.state === 'excused' && review.excuseReason;
    const told = [`${dealTitle(deal)}: ${line}`, why && `Their word on it: ${why}`];
    return { do: 'post', target, message: sentence(told.filter(Boolean).join(' ')) };
  },
};

function sayDeed(
  deed: ReviewDeed,
  by: Person,
  { review, facilitator }: { review: Review; facilitator: Person | undefined },
): string {
  switch (deed) {
    case 'pause': {
      const hand = facilitator ? ` ${facilitator.name} keeps it in hand meanwhile.` : '';
      return `${by.name} paused this review. I keep quiet until it goes on.${hand}`;
    }
    case 'resume':
      return `${by.name} lets this review go on.`;
    case 'excuse':
      return `${by.name} excused this review. It still counts, and nothing more is asked.`;
    case 'facilitate':
      return by.id === review.ownerId
        ? `${by.name} keeps this talk going from here. What is asked is asked of us all.`
        : `${by.name} keeps this talk going from here. What is the owner’s to answer stays the owner’s.`;
  }
}
