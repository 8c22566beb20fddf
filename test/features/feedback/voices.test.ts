import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { ChannelId, MessageTs, ReviewEntryId } from '../../../src/domain/ids.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Review } from '../../../src/domain/review.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { know, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addContact, loseAs, plantReview } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';

let world: World;
let anna: Person;
let ben: Person;
let mia: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  mia = await know(world, world.mia);
  acme = await plantDeal(world, anna);
  await addContact(world, acme);
});
afterEach(() => world.stop());

const queued = async () =>
  (await rowsOf(world.app.store, 'outbox')).filter(({ kind }) => kind === 'voices_compared');
const told = () => world.anna.messages('C0LOST').filter(({ text }) => /voices: /.test(text));
const voteEnds = new Date('2026-11-30T15:00:00Z');
/** The sweep at seven in New York. */
const morning = (on: string) => world.goTo(`${on}T12:00:00Z`);

async function lose(deal = acme): Promise<void> {
  await loseAs(world, anna, deal);
  world.clock.set('2026-11-30T15:00:00Z');
}

async function hearBuyer(values: Record<string, unknown>): Promise<void> {
  await runDeal(world, world.anna, 'feedback Acme');
  await settle(world, world.anna.press(world.anna.topView(), followUpIds.feedbackReply));
  await submit(world, world.anna, values);
  await world.deliver();
}

/** The talk about a loss in a thread of its own. */
async function talk(deal = acme, changes: Partial<Review> = {}): Promise<Review> {
  await settle(world, world.anna.say('C0LOST', deal.account));
  const threadTs = world.anna.messages('C0LOST').at(-1)?.ts as MessageTs;
  const channelId = 'C0LOST' as ChannelId;
  return plantReview(world, deal, { channelId, threadTs, ...changes });
}

/** The vote of a review is called; over or not. */
async function callVote(review: Review, closedAt?: Date): Promise<void> {
  const { workspaceId, id: reviewId } = review;
  await world.app.store.transaction((tx) =>
    tx.insert(tx.tables.reviewPrompts).values({
      ...{ workspaceId, reviewId, promptKey: 'two_boxes', closedAt: closedAt ?? null },
      askedAt: new Date('2026-11-26T15:00:00Z'),
    }),
  );
}

async function vote(review: Review, voter: Person, reasonCode: string): Promise<void> {
  await world.app.store.transaction(async (tx) => {
    await tx.insert(tx.tables.reviewEntries).values({
      id: newId<ReviewEntryId>(world.clock.now()),
      workspaceId: review.workspaceId,
      reviewId: review.id,
      kind: 'vote',
      promptKey: 'two_boxes',
      authorId: voter.id,
      choices: { reasonCode, whyClass: 'outsold', fixable: 'yes' },
      shared: true,
      at: world.clock.now(),
    });
  });
}

async function endVote(closedAt = voteEnds): Promise<void> {
  await world.app.store.transaction((tx) => tx.update(tx.tables.reviewPrompts).set({ closedAt }));
}

describe('where the three voices part', () => {
  it('is said in the thread of the loss, with numbers and without names', async () => {
    await lose();
    const review = await talk();
    await callVote(review, voteEnds);
    await vote(review, ben, 'ppl.single');
    await vote(review, mia, 'ppl.no_decider');
    await hearBuyer({ choices: ['speed'], could_have_won: 'yes' });
    const [said, ...more] = told();
    expect(said?.text).toBe(
      'Three voices: the owner says competition, 2 of 2 peers say people, the buyer says speed. Could it have been won? The owner: partly. The buyer: yes, with different selling. They part here: what would have let us hear it sooner?',
    );
    expect(said?.threadTs).toBe(review.threadTs);
    expect(more).toEqual([]);
    expect(JSON.stringify(said)).not.toMatch(/Anna|Ben|Mia|Snelling|Okafor|Brandt|U0ANNA|Dana/);
  });

  it('is said of owner and peers on the morning after their vote, once, without a buyer', async () => {
    await lose();
    const review = await talk();
    await callVote(review);
    await vote(review, ben, 'ppl.single');
    await vote(review, mia, 'ppl.no_decider');
    await morning('2026-12-01');
    expect(told()).toEqual([]);
    await endVote(new Date('2026-12-01T14:00:00Z'));
    for (const on of ['2026-12-02', '2026-12-03', '2026-12-04']) await morning(on);
    expect(told().map(({ text }) => text)).toEqual([
      'Two voices: the owner says competition, 2 of 2 peers say people. They part here: what can be seen from each side?',
    ]);
    expect(told()[0]?.threadTs).toBe(review.threadTs);
  });

  it('gives no vote away while it goes on: all three are said once, when it is over', async () => {
    await lose();
    const review = await talk();
    await callVote(review);
    await vote(review, ben, 'ppl.single');
    await hearBuyer({ choices: ['speed'] });
    expect(JSON.stringify(world.anna.topView().blocks)).not.toContain('peer');
    await morning('2026-12-01');
    expect(told()).toEqual([]);
    await endVote(new Date('2026-12-01T14:00:00Z'));
    for (const on of ['2026-12-02', '2026-12-03']) await morning(on);
    expect(told().map(({ text }) => text)).toEqual([
      'Three voices: the owner says competition, the one peer who voted says people, the buyer says speed. They part here: what would have let us hear it sooner?',
    ]);
  });

  it('is said of owner and buyer where peers did not vote', async () => {
    await lose();
    await talk();
    await hearBuyer({ choices: ['speed'] });
    expect(told().map(({ text }) => text)).toEqual([
      'Two voices: the owner says competition, the buyer says speed. They part here: what would have let us hear it sooner?',
    ]);
  });

  it('is silent where all agree', async () => {
    await lose();
    const review = await talk();
    await callVote(review, voteEnds);
    await vote(review, ben, 'cmp.better_told');
    await hearBuyer({ choices: ['confidence'], could_have_won: 'partly' });
    await morning('2026-12-01');
    expect(told()).toEqual([]);
    expect((await queued()).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
  });

  it('is not said of a private deal', async () => {
    const secret = await plantDeal(world, anna, { account: 'Secret', privacy: 'restricted' });
    await lose(secret);
    const review = await talk(secret);
    await callVote(review, voteEnds);
    await vote(review, ben, 'ppl.single');
    await morning('2026-12-01');
    expect(told()).toEqual([]);
    expect((await queued()).map(({ state }) => state)).toEqual(['dropped']);
  });

  it('waits for a thread that is on its way', async () => {
    await lose();
    await plantReview(world, acme, { state: 'level1' });
    await hearBuyer({ choices: ['speed'] });
    expect((await queued()).map(({ state }) => state)).toEqual(['pending']);
    expect(told()).toEqual([]);
  });

  it('is not said of an excused talk', async () => {
    await lose();
    await plantReview(world, acme, { state: 'excused' });
    await hearBuyer({ choices: ['speed'] });
    expect((await queued()).map(({ state }) => state)).toEqual(['dropped']);
  });
});
