import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { newId, type ReviewId, type WorkspaceId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { newReview, type Review } from '../../../src/domain/review.ts';
import { findLossOfDeal } from '../../../src/store/losses.ts';
import { changeReview, findReview, insertReview } from '../../../src/store/reviews.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

export const thursdays = [
  '2026-11-26T15:00:00Z',
  '2026-12-03T15:00:00Z',
  '2026-12-10T15:00:00Z',
] as const;

export const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });

/** A team with a manager, and losses with reviews as the use cases would have opened them. */
export interface RitualWorld extends World {
  readonly seed: Seed;
  readonly rep: Person;
  readonly boss: Person;
  readonly peer: Person;
  /** A lost deal with its review. */
  lose(
    account: string,
    review?: Partial<Review>,
    facts?: Partial<Parameters<Seed['deal']>[0]>,
    loss?: Partial<Parameters<Seed['loss']>[1]>,
  ): Promise<Review>;
  change(review: Review, to: Parameters<typeof changeReview>[2]): Promise<Review>;
  again(review: Review): Promise<Review>;
  /** Parents and cards: what stands in the channel itself. */
  tops(): SandboxMessage[];
  under(parent: SandboxMessage | undefined): SandboxMessage[];
  /** Somebody speaks in a thread, and everything that follows has happened. */
  say(who: World['anna'], parent: SandboxMessage | undefined, text: string): Promise<void>;
}

export async function startRitual(
  options: Parameters<typeof startWorld>[0] = {},
): Promise<RitualWorld> {
  const world = await startWorld(options);
  const { app, clock } = world;
  const seed = createSeed(app, clock);
  const boss = await seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
  const rep = await seed.person('U0ANNA', 'Anna Snelling', { managerId: boss.id });
  const peer = await seed.person('U0BEN', 'Ben Okafor', { managerId: boss.id });

  async function lose(
    account: string,
    given: Partial<Review> = {},
    facts: Partial<Parameters<Seed['deal']>[0]> = {},
    loss: Partial<Parameters<Seed['loss']>[1]> = {},
  ): Promise<Review> {
    const deal: OpenDeal = await seed.deal({ account, owner: rep, ...facts });
    await seed.loss(deal, {
      loggedAt: '2026-11-24T16:00:00Z',
      outcome: 'rival',
      reasonCode: 'com.price_value',
      ...loss,
    });
    return app.store.transaction(async (tx) => {
      const kept = await findLossOfDeal(tx, app.workspaceId, deal.id);
      const review: Review = {
        ...bareReview(deal, {
          id: newId<ReviewId>(clock.now()),
          workspaceId: app.workspaceId,
          now: clock.now(),
        }),
        lossId: kept?.id,
        managerId: boss.id,
        openedAt: kept?.loggedAt ?? clock.now(),
        ...given,
      };
      if (!(await insertReview(tx, review))) throw new Error(`${account} has a review already`);
      return review;
    });
  }

  const again = (review: Review) =>
    app.store.read(async (tx) => {
      const now = await findReview(tx, review.workspaceId, review.id);
      if (!now) throw new Error('The review is gone.');
      return now;
    });
  const all = () => world.anna.messages('closed-lost');
  return {
    ...world,
    seed,
    rep,
    boss,
    peer,
    lose,
    again,
    change: async (review, to) => {
      const known = await again(review);
      await app.store.transaction((tx) => changeReview(tx, known, to));
      return again(review);
    },
    tops: () => all().filter(({ threadTs }) => threadTs === null),
    under: (parent) => all().filter(({ threadTs }) => threadTs === parent?.ts),
    say: async (who, parent, text) => {
      await who.say('closed-lost', text, { threadTs: parent?.ts ?? '' });
      await world.sandbox.settled();
      await world.deliver();
    },
  };
}

/** A review of a deal that has just begun. */
export function bareReview(
  deal: Pick<OpenDeal, 'id' | 'ownerId'>,
  { id, workspaceId, now }: { id: ReviewId; workspaceId: WorkspaceId; now: Date },
): Review {
  return newReview({
    id,
    workspaceId,
    dealId: deal.id,
    lossId: undefined,
    kind: 'loss',
    size: 'quick',
    ownerId: deal.ownerId,
    managerId: undefined,
    openedAt: now,
  });
}

/** A review that its owner let go to the team. */
export const released = {
  state: 'talking',
  releasedAt: new Date('2026-11-25T12:00:00Z'),
  releasedBy: 'owner',
} as const;
