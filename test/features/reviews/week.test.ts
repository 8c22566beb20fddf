import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { type CommitmentId, newId } from '../../../src/domain/ids.ts';
import { postCardIfListed } from '../../../src/features/reviews/card-post.ts';
import { wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual, thursdays, usd } from './ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual();
});
afterEach(() => world.stop());

const parent = () => world.tops()[0];

describe('the weekly thread', () => {
  it('has one parent, one line a loss, and a card of its own for each that was released', async () => {
    await world.lose('Acme', released, { amount: usd(12_500) });
    await world.lose('Globex');
    await world.goTo(thursdays[0]);
    const [week, card, ...more] = world.tops();
    expect(more).toEqual([]);
    expect(week?.text).toMatch(
      /^2 deals closed lost this week, \$12,500 in total, 1 without an amount\. /,
    );
    expect(week?.text).toContain('its talk is in a thread of its own');
    const link = `https://slack.com/archives/C0LOST/p${card?.ts.replace('.', '')}`;
    expect(world.under(week).map(({ text }) => text)).toEqual([
      `Acme · Core platform · $12,500 · They chose another supplier: Price without enough value behind it · open for the talk · its thread: ${link}`,
      'Globex · Core platform · amount — · still between its owner and their manager',
    ]);
  });

  it('keeps the facts and the three questions of a loss from before there were reviews', async () => {
    await world.lose('Acme', released);
    const old = await world.seed.deal({ account: 'Globex', owner: world.rep });
    await world.seed.loss(old, { loggedAt: '2026-11-24T17:00:00Z' });
    await world.goTo(thursdays[0]);
    expect(parent()?.text).toContain('talk about the others here.');
    expect(world.under(parent())[1]?.text).toMatch(
      /^Globex · Core platform, .* 1\. Which choice of ours/,
    );
    expect(world.tops()).toHaveLength(2);
  });

  it('names no rep in a line, nor in the headline of a card', async () => {
    await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    const [week, card] = world.tops();
    expect(JSON.stringify(world.under(week))).not.toMatch(/Anna|U0ANNA/);
    const [headline] = card?.blocks ?? [];
    expect(JSON.stringify(headline)).toContain('Price without enough value behind it');
    expect(JSON.stringify(headline)).not.toMatch(/Anna|U0ANNA/);
    expect(JSON.stringify(card?.blocks).match(/U0ANNA/g)).toHaveLength(1);
  });

  it('gets the card when a review that was listed is released', async () => {
    const acme = await world.lose('Acme');
    await world.goTo(thursdays[0]);
    expect(world.tops()).toHaveLength(1);
    const gone = await world.change(acme, released);
    const { store } = world.app;
    await store.transaction((tx) => postCardIfListed(tx, gone, world.clock.now()));
    await store.transaction((tx) => postCardIfListed(tx, gone, world.clock.now()));
    await world.deliver();
    expect(world.tops()).toHaveLength(2);
    expect(world.under(parent())[0]?.text).toContain('open for the talk · its thread: ');
    const card = world.tops()[1];
    expect(await world.again(acme)).toMatchObject({ channelId: 'C0LOST', threadTs: card?.ts });
  });

  it('gives no card to a review that no week told of yet', async () => {
    const acme = await world.lose('Acme', released, {}, { loggedAt: '2026-11-27T16:00:00Z' });
    await world.goTo(thursdays[0]);
    const { store } = world.app;
    expect(await store.transaction((tx) => postCardIfListed(tx, acme, world.clock.now()))).toBe(
      false,
    );
    await world.deliver();
    expect(world.tops()).toHaveLength(1);
    await world.goTo(thursdays[1]);
    expect(world.tops().some(({ text }) => text.startsWith('Acme'))).toBe(true);
  });

  it('counts private and excused ones, without name or amount', async () => {
    await world.lose('Acme', {}, { amount: usd(12_500) });
    await world.lose('Secretive', released, { amount: usd(7_777), privacy: 'restricted' });
    await world.lose('Letgo', { state: 'excused', excuseReason: 'Leave' }, { amount: usd(5_555) });
    await world.goTo(thursdays[0]);
    expect(world.tops()).toHaveLength(1);
    expect(world.under(parent())).toHaveLength(1);
    expect(parent()?.text).toMatch(
      /^3 deals closed lost this week, \$12,500 in total\. 1 private loss is counted here, without name or amount\. 1 excused from the talk, without name or amount\. /,
    );
    const everything = JSON.stringify(world.anna.messages('closed-lost'));
    expect(everything).not.toMatch(/Secretive|Letgo|Leave|7,777|5,555/);
  });

  it('lists all of many, and leaves the long set of prompts to the five biggest', async () => {
    for (let n = 1; n <= 9; n += 1) {
      await world.lose(`Account ${n}`, { ...released, size: 'full' }, { amount: usd(n * 1_000) });
    }
    await world.goTo(thursdays[0]);
    expect(world.under(parent())).toHaveLength(9);
    const sizes = await world.app.store.read(async (tx) => {
      const { reviews } = tx.tables;
      return tx.select({ size: reviews.size }).from(reviews).orderBy(reviews.id);
    });
    expect(sizes.map(({ size }) => size)).toEqual([
      ...Array(4).fill('quick'),
      ...Array(5).fill('full'),
    ]);
  });

  it('leaves eight as they are', async () => {
    for (let n = 1; n <= 8; n += 1) await world.lose(`Account ${n}`, { size: 'full' });
    await world.goTo(thursdays[0]);
    const sizes = await world.app.store.read((tx) =>
      tx.select({ size: tx.tables.reviews.size }).from(tx.tables.reviews),
    );
    expect(new Set(sizes.map(({ size }) => size))).toEqual(new Set(['full']));
  });

  it('marks what was told late and what began again', async () => {
    const acme = await world.lose('Acme', {}, {}, { lostOn: '2026-11-04' });
    const deal = await world.seed.deal({ account: 'Acme', name: 'Again', owner: world.rep });
    await world.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.deals)
        .set({ reopenedFromId: acme.dealId })
        .where(eq(tx.tables.deals.id, deal.id));
    });
    await world.goTo(thursdays[0]);
    expect(world.under(parent())[0]?.text).toContain('told us 20 days late · reopened since · ');
  });

  it('says what came of the weeks before: as counts, and one change without whose it was', async () => {
    const done = await world.lose('Acme', {
      ...released,
      state: 'complete',
      completedAt: new Date('2026-11-30T12:00:00Z'),
    });
    await world.goTo(thursdays[0]);
    await world.app.store.transaction(async (tx) => {
      const base = {
        workspaceId: world.app.workspaceId,
        personId: world.rep.id,
        reviewId: done.id,
        dueOn: day('2026-12-01'),
        state: 'done' as const,
        createdAt: world.clock.now(),
        observerId: world.peer.id,
      };
      await tx.insert(tx.tables.commitments).values([
        {
          ...base,
          id: newId<CommitmentId>(world.clock.now()),
          kind: 'try',
          what: 'Ask for the signer in week one',
          endedAt: new Date('2026-11-28T12:00:00Z'),
        },
        {
          ...base,
          id: newId<CommitmentId>(world.clock.now()),
          kind: 'observed_call',
          what: 'Let Ben watch the demo',
          endedAt: new Date('2026-11-29T12:00:00Z'),
        },
      ]);
    });
    await world.goTo(thursdays[1]);
    const second = world.tops().at(-1);
    expect(second?.text).toContain(
      '1 review finished since the last time. Put to use since then: Ask for the signer in week one',
    );
    expect(JSON.stringify(second)).not.toMatch(/Ben|Anna/);
  });

  it('counts the weeks in which it was not held', async () => {
    await world.goTo(thursdays[0]);
    await world.lose('Acme', {}, {}, { loggedAt: '2026-12-05T15:00:00Z' });
    await world.goTo(thursdays[2]);
    const newest = world.tops().findLast(({ text }) => text.includes('closed lost'));
    expect(newest?.text).toContain('The talk was skipped for 1 week before this one.');
    expect(wordsOn(newest ?? { blocks: [] })).toContain('skipped for 1 week');
  });

  it('tries a card again next week when the channel would not take it', async () => {
    const acme = await world.lose('Acme');
    await world.goTo(thursdays[0]);
    await world.sandbox.kick('C0LOST');
    const gone = await world.change(acme, released);
    await world.app.store.transaction((tx) => postCardIfListed(tx, gone, world.clock.now()));
    await world.deliver();
    expect(world.tops()).toHaveLength(1);
    expect(await world.again(acme)).toMatchObject({ state: 'talking', threadTs: undefined });
    await world.sandbox.invite('C0LOST');
    await world.goTo(thursdays[1]);
    expect(world.tops().filter(({ text }) => text.startsWith('Acme'))).toHaveLength(1);
    expect((await world.again(acme)).threadTs).toBeDefined();
  });
});
