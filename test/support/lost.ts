import { day, plainCalendars } from '../../src/domain/calendar.ts';
import type { Deal, OpenDeal } from '../../src/domain/deal.ts';
import { newId } from '../../src/domain/ids.ts';
import type { LossStory } from '../../src/domain/loss-story.ts';
import type { Person } from '../../src/domain/person.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { newReview, type Review } from '../../src/domain/review.ts';
import { planFeedbackWith } from '../../src/features/feedback/plan-feedback.ts';
import { planRevisit } from '../../src/features/feedback/plan-revisit.ts';
import { loseDeal } from '../../src/features/losses/lose-deal.ts';
import { ensureContact, saveDealContact } from '../../src/store/contacts.ts';
import { insertReview } from '../../src/store/reviews.ts';
import type { World } from './homeroom.ts';

/** A loss to a rival, told in full. */
const rivalStory: LossStory = {
  outcome: 'rival',
  underlyingOutcome: undefined,
  competitor: 'Globex',
  whyClass: 'outsold',
  reasonCode: 'cmp.trusted',
  contributing: [],
  statedReasonCode: 'com.price_value',
  statedWords: 'You were a close second',
  evidence: 'said',
  ownWords: 'I would meet their CFO in week one',
  fixable: 'partly',
  noDecisionKind: undefined,
  fearTags: [],
  fairFight: [],
};

/** Ends a deal as `/deal lost` does, with what follows for the buyer's voice. */
export async function loseAs(
  { app, clock }: World,
  actor: Person,
  deal: Deal,
  story: Partial<LossStory> = {},
): Promise<void> {
  const deps = {
    store: app.store,
    clock,
    calendars: plainCalendars,
    team: { bigDeal: undefined },
  };
  const told = { ...rivalStory, ...story };
  const follow = [planFeedbackWith(plainCalendars), planRevisit];
  const lost = await loseDeal(deps, actor, deal.id, told, follow);
  if (isRefusal(lost)) throw new Error(lost.message);
}

/** Puts somebody of the buyer on a deal. */
export async function addContact(
  { app, clock }: World,
  { workspaceId, accountId, id: dealId }: Deal,
  name = 'Dana Lee',
): Promise<void> {
  await app.store.transaction(async (tx) => {
    const contact = { accountId, name, title: 'CFO' };
    const { id: contactId } = await ensureContact(tx, workspaceId, contact, clock.now());
    await saveDealContact(tx, workspaceId, { dealId, contactId }, { engagedOn: day('2026-11-20') });
  });
}

/** The talk about a lost deal, as far as a test needs it. */
export async function plantReview(
  { app, clock }: World,
  deal: Pick<OpenDeal, 'id' | 'workspaceId' | 'ownerId'>,
  changes: Partial<Review> = {},
): Promise<Review> {
  const review: Review = {
    ...newReview({
      id: newId(clock.now()),
      workspaceId: deal.workspaceId,
      dealId: deal.id,
      lossId: undefined,
      kind: 'loss',
      size: 'quick',
      ownerId: deal.ownerId,
      managerId: undefined,
      openedAt: clock.now(),
    }),
    state: 'talking',
    ...changes,
  };
  await app.store.transaction((tx) => insertReview(tx, review));
  return review;
}
