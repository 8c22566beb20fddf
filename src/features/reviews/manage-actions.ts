import type { Button, KnownBlock } from '@slack/types';
import type { Person } from '../../domain/person.ts';
import type { Review } from '../../domain/review.ts';
import { mayManage, type ReviewDeed } from '../../domain/review-access.ts';
import { actions, button } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import type { Tx } from '../../store/store.ts';
import { loadManaged } from './manage-reach.ts';

/** Ids of what can be done about a review; the value is the review. */
export const manageIds = {
  pause: 'review_pause',
  resume: 'review_resume',
  excuse: followUpIds.reviewExcuse,
  facilitate: followUpIds.reviewFacilitate,
} as const satisfies Record<ReviewDeed, string>;

const labels: Readonly<Record<ReviewDeed, string>> = {
  pause: 'Pause',
  resume: 'Let it go on',
  excuse: 'Excuse',
  facilitate: 'Keep it going',
};

const order: readonly ReviewDeed[] = ['resume', 'pause', 'facilitate', 'excuse'];

/** What `actor` may do about a review besides answering it, as one row of buttons or none. */
export async function manageActions(tx: Tx, actor: Person, review: Review): Promise<KnownBlock[]> {
  const known = await loadManaged(tx, review);
  if (!known) return [];
  const buttons: Button[] = order
    .filter((deed) => mayManage(actor, deed, known))
    .map((deed) => button({ id: manageIds[deed], text: labels[deed], value: review.id }));
  return buttons.length > 0 ? [actions('review_manage', ...buttons)] : [];
}
