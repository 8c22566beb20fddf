import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndedDeal, WhenEnded } from '../../../src/deps.ts';
import { day, plainCalendars } from '../../../src/domain/calendar.ts';
import { newId, type ReviewId, type TouchId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { newReview } from '../../../src/domain/review.ts';
import { winDeal } from '../../../src/features/deals/win-deal.ts';
import { loseDeal } from '../../../src/features/losses/lose-deal.ts';
import { addHelper, findDeal } from '../../../src/store/deals.ts';
import { insertHelpRequest } from '../../../src/store/help-requests.ts';
import { insertReview } from '../../../src/store/reviews.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { rowsOf } from '../../support/rows.ts';
import { openStoreWorld, type StoreWorld, workspaceId } from '../../support/store-world.ts';
import { engines } from '../../support/test-store.ts';

const form = {
  outcome: 'rival',
  competitor: 'Initech',
  reasonCode: 'com.price_value',
  ownWords: 'Meet the signer first',
};

describe.each(engines)('on %s', (engine) => {
  let world: StoreWorld;
  let ben: Person;
  let heard: EndedDeal[];
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    ben = await world.seed.person('U0BEN', 'Ben Okafor');
    heard = [];
  });
  afterEach(() => world.store.close());

  const hear: WhenEnded = async (_tx, ended) => {
    heard.push(ended);
  };
  const deps = (winReviews = 1) => ({
    store: world.store,
    clock: world.clock,
    calendars: plainCalendars,
    team: { bigDeal: { minor: 5_000_000, currency: 'USD' }, winReviews, zone: 'UTC' },
  });

  it('tells what follows of a loss once, with its story and size', async () => {
    const amount = { minor: 5_000_000, currency: 'USD' };
    const deal = await world.seed.deal({ account: 'Acme', owner: world.anna, amount });
    const first = await loseDeal(deps(), world.anna, deal.id, form, [hear]);
    await loseDeal(deps(), world.anna, deal.id, form, [hear]);
    expect(heard).toMatchObject([
      {
        deal: { id: deal.id, status: 'lost' },
        lost: { story: { outcome: 'rival', competitor: 'Initech', whyClass: 'outsold' } },
        size: 'full',
      },
    ]);
    expect(first).toMatchObject({ lost: { id: heard[0]?.lost?.id } });
  });

  it('tells nobody of a deal that was never one', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: world.anna });
    await loseDeal(deps(), world.anna, deal.id, { outcome: 'invalid' }, [hear]);
    expect(heard).toEqual([]);
    expect(await rowsOf(world.store, 'losses')).toEqual([]);
  });

  it('keeps nothing when what follows fails', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: world.anna });
    const broken: WhenEnded = () => Promise.reject(new Error('no'));
    await expect(loseDeal(deps(), world.anna, deal.id, form, [broken])).rejects.toThrow('no');
    expect(await rowsOf(world.store, 'losses')).toEqual([]);
    const found = await world.store.read((tx) => findDeal(tx, workspaceId, deal.id));
    expect(found?.deal.status).toBe('open');
  });

  it('counts who helped; being asked is no help', async () => {
    const mia = await world.seed.person('U0MIA', 'Mia Brandt');
    const zoe = await world.seed.person('U0ZOE', 'Zoe Lind');
    const [alone, helped] = [
      await world.seed.deal({ account: 'Alone', owner: world.anna }),
      await world.seed.deal({ account: 'Helped', owner: world.anna }),
    ];
    const now = world.clock.now();
    const ask = (dealId: typeof alone.id, askedId: Person['id'], state: 'declined' | 'taken') =>
      world.store.transaction(async (tx) => {
        await addHelper(tx, workspaceId, dealId, askedId);
        await insertHelpRequest(tx, {
          id: newId(now),
          workspaceId,
          dealId,
          askedById: world.anna.id,
          askedId,
          role: 'specialist',
          what: 'Answer their form',
          dueOn: day('2026-11-27'),
          state,
          code: undefined,
          createdAt: now,
          answeredAt: now,
          note: undefined,
        });
      });
    await ask(alone.id, ben.id, 'declined');
    await ask(helped.id, mia.id, 'taken');
    await world.store.transaction((tx) =>
      insertTouch(tx, workspaceId, {
        id: newId<TouchId>(now),
        dealId: helped.id,
        at: now,
        on: day('2026-11-23'),
        side: 'seller',
        kind: 'call',
        contactId: undefined,
        expectsReply: true,
        advance: false,
        homeworkId: undefined,
        note: undefined,
        byId: zoe.id,
      }),
    );
    await loseDeal(deps(), world.anna, alone.id, form);
    await loseDeal(deps(), world.anna, helped.id, form);
    const kept = await rowsOf(world.store, 'losses');
    const seen = kept.map(({ lostAlone, facts }) => [lostAlone, facts.story?.helpers]);
    expect(seen).toEqual([
      [true, []],
      [false, ['Mia Brandt', 'Zoe Lind']],
    ]);
  });

  it('has no story of an imported deal nobody touched, and does not call it lost alone', async () => {
    const deal = await world.seed.deal({ account: 'Old', owner: world.anna, imported: true });
    await loseDeal(deps(), world.anna, deal.id, form);
    expect(await rowsOf(world.store, 'losses')).toMatchObject([
      { lostAlone: null, facts: { daysOpen: 0 } },
    ]);
    const [{ facts } = { facts: undefined }] = await rowsOf(world.store, 'losses');
    expect(facts?.story).toBeUndefined();
  });

  describe('wins', () => {
    const review: WhenEnded = async (tx, ended) => {
      heard.push(ended);
      const opened = newReview({
        id: newId<ReviewId>(ended.now),
        workspaceId,
        dealId: ended.deal.id,
        lossId: undefined,
        kind: 'win',
        size: ended.size,
        ownerId: ended.deal.ownerId,
        managerId: undefined,
        openedAt: ended.now,
      });
      await insertReview(tx, opened);
    };

    async function win(instant: string, wanted: number, imported = false): Promise<void> {
      world.clock.set(instant);
      const account = `Acme ${instant} ${imported}`;
      const deal = await world.seed.deal({ account, owner: world.anna, imported });
      await winDeal(deps(wanted), world.anna, deal.id, [review]);
    }

    it('are looked at up to the number of a month, and again in the next', async () => {
      for (let on = 10; on < 28; on += 1) await win(`2026-11-${on}T12:00:00Z`, 2);
      expect(heard.length).toBeLessThanOrEqual(2);
      expect(heard.length).toBeGreaterThan(0);
      expect(heard[0]).toMatchObject({ lost: undefined, size: 'quick', deal: { status: 'won' } });
      const november = heard.length;
      await win('2026-12-31T12:00:00Z', 2);
      expect(heard).toHaveLength(november + 1);
    });

    it('are never looked at when imported, or when the team wants none', async () => {
      await win('2026-11-10T12:00:00Z', 1, true);
      await win('2026-11-11T12:00:00Z', 0);
      expect(heard).toEqual([]);
      await win('2026-11-30T12:00:00Z', 1);
      expect(heard).toHaveLength(1);
    });
  });
});
