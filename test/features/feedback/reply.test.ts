import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { ChannelId, MessageTs, ReviewEntryId } from '../../../src/domain/ids.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Review } from '../../../src/domain/review.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addContact, loseAs, plantReview } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna);
  await addContact(world, acme);
});
afterEach(() => world.stop());

const request = async () => (await rowsOf(world.app.store, 'feedbackRequests'))[0];
const outbox = () => rowsOf(world.app.store, 'outbox');

async function lose(): Promise<void> {
  await loseAs(world, anna, acme);
  world.clock.set('2026-11-30T15:00:00Z');
  await runDeal(world, world.anna, 'feedback Acme');
  await submit(world, world.anna);
}

async function openReply(): Promise<void> {
  await runDeal(world, world.anna, 'feedback Acme');
  await settle(world, world.anna.press(world.anna.topView(), followUpIds.feedbackReply));
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

describe('what a buyer tells us', () => {
  it('is kept as plain choices, words, and whether we could have won it', async () => {
    await lose();
    await openReply();
    await submit(world, world.anna, {
      choices: ['listening', 'confidence'],
      words: 'We never knew who would run it',
      could_have_won: 'yes',
    });
    expect(await request()).toMatchObject({
      state: 'replied',
      choices: ['listening', 'confidence'],
      words: 'We never knew who would run it',
      couldHaveWon: 'yes',
    });
    expect(wordsOn(world.anna.topView())).toContain('To work on: listening, giving you confidence');
  });

  it('needs a tick or a word', async () => {
    await lose();
    await openReply();
    const result = await submit(world, world.anna, { could_have_won: 'no' });
    expect(result.errors).toEqual({
      choices: 'Tick what they named, or write down their words.',
    });
    expect(await request()).toMatchObject({ state: 'sent' });
  });

  it('counts the same when it comes without being asked for', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'no' });
    await loseAs(world, anna, acme);
    await openReply();
    await submit(world, world.anna, { choices: ['other'] });
    expect(await request()).toMatchObject({ state: 'replied', sentOn: null });
  });

  it('is kept once, however often the form comes', async () => {
    await lose();
    await plantReview(world, acme);
    await openReply();
    await submit(world, world.anna, { choices: ['speed'] });
    await resubmit(world);
    expect((await outbox()).filter(({ kind }) => kind === 'voices_compared')).toHaveLength(1);
  });
});

describe('where the three voices part', () => {
  it('is said in the thread of the loss, with numbers and without names', async () => {
    await lose();
    const root = await settle(world, world.anna.say('C0LOST', 'Acme'));
    const channelId = 'C0LOST' as ChannelId;
    const threadTs = (root as { ts?: string }).ts ?? world.anna.messages('C0LOST').at(-1)?.ts;
    const review = await plantReview(world, acme, { channelId, threadTs: threadTs as MessageTs });
    await vote(review, ben, 'ppl.single');
    await vote(review, await know(world, world.mia), 'ppl.no_decider');
    await openReply();
    await submit(world, world.anna, { choices: ['speed'], could_have_won: 'yes' });
    await world.deliver();
    const said = world.anna.messages('C0LOST').at(-1);
    expect(said?.text).toBe(
      'Three voices: the owner says competition, 2 of 2 peers say people, the buyer says speed. Could it have been won? The owner: partly. The buyer: yes, with different selling. They part here: what would have let us hear it sooner?',
    );
    expect(said?.threadTs).toBe(threadTs);
  });

  it('waits for a thread that is on its way, and is left out of a private deal’s', async () => {
    await lose();
    const before = world.anna.messages('C0LOST').length;
    await plantReview(world, acme, { state: 'level1' });
    await openReply();
    await submit(world, world.anna, { choices: ['speed'] });
    await world.deliver();
    const row = (await outbox()).find(({ kind }) => kind === 'voices_compared');
    expect(row?.state).toBe('pending');
    expect(world.anna.messages('C0LOST')).toHaveLength(before);
  });

  it('is not said of an excused talk', async () => {
    await lose();
    await plantReview(world, acme, { state: 'excused' });
    await openReply();
    await submit(world, world.anna, { choices: ['speed'] });
    await world.deliver();
    const row = (await outbox()).find(({ kind }) => kind === 'voices_compared');
    expect(row?.state).toBe('dropped');
  });
});
