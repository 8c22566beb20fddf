import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { type Day, day, weekdays } from '../../../src/domain/calendar.ts';
import {
  type FeedbackRequestId,
  newId,
  type PersonId,
  type ReviewEntryId,
  type RevisitId,
} from '../../../src/domain/ids.ts';
import type { Review } from '../../../src/domain/review.ts';
import { startPractice } from '../../../src/features/practice/start-practice.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { ensureContact } from '../../../src/store/contacts.ts';
import { findDeal } from '../../../src/store/deals.ts';
import { saveReviewEntry } from '../../../src/store/review-entries.ts';
import { runDeal, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual } from '../reviews/ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual();
});
afterEach(() => world.stop());

/** Nine in New York. */
const morning = (on: string) => world.goTo(`${on}T14:00:00Z`);
const items = () => rowsOf(world.app.store, 'nudgeItems');
const kinds = async (personId: string) =>
  (await items()).filter((one) => one.personId === personId).map(({ kind, on }) => `${kind} ${on}`);
const bundle = (who: RitualWorld['anna']) =>
  who.dm().findLast(({ text }) => /question|All answered/.test(text)) as SandboxMessage;
/** A review nobody waits in. */
const done = { ...released, state: 'complete' } as const;

async function practise(review: Review, given: object = {}): Promise<void> {
  await world.app.store.transaction((tx) =>
    startPractice(tx, {
      workspaceId: review.workspaceId,
      reviewId: review.id,
      personId: world.rep.id,
      skill: 'negotiate',
      behaviour: 'Ask who signs in the first call',
      today: day('2026-11-23'),
      now: world.clock.now(),
      calendar: weekdays,
      ...given,
    }),
  );
}

async function press(who: RitualWorld['anna'], id: string): Promise<void> {
  await settle(world, who.press(bundle(who), id));
  await world.deliver();
}

describe('what somebody practises', () => {
  it('is asked about 5, 10 and 20 business days after its start, and not between', async () => {
    await practise(await world.lose('Acme', done));
    for (let on = 24; on <= 30; on += 1) await morning(`2026-11-${on}`);
    expect(await kinds(world.rep.id)).toEqual(['promise_try 2026-11-30']);
    expect(bundle(world.anna).text).toContain(
      '0 of 3 so far: how many times have you tried “Ask who signs in the first call”?',
    );
    for (let on = 1; on <= 31; on += 1) await morning(`2026-12-${String(on).padStart(2, '0')}`);
    expect(await kinds(world.rep.id)).toEqual([
      'promise_try 2026-11-30',
      'promise_try 2026-12-07',
      'promise_try 2026-12-21',
    ]);
    const variants = (await items()).map(({ variant }) => variant);
    expect(variants).toEqual([0, 1, 0]);
  });

  it('takes a try with one tap, in place', async () => {
    await practise(await world.lose('Acme', done));
    await morning('2026-11-30');
    expect(actionsOn(bundle(world.anna)).slice(0, 3)).toEqual([
      followUpIds.practiceTried,
      followUpIds.practiceWatched,
      followUpIds.practiceNotYet,
    ]);
    await press(world.anna, followUpIds.practiceTried);
    expect((await rowsOf(world.app.store, 'practices'))[0]?.tries).toBe(1);
    expect(bundle(world.anna).text).toBe('All answered. Thank you.');
    expect(wordsOn(bundle(world.anna))).toContain('Tried once more:');
  });

  it('is shown as answered when it was tried somewhere else', async () => {
    await practise(await world.lose('Acme', done));
    await morning('2026-11-30');
    await runDeal(world, world.anna, 'practice');
    await settle(world, world.anna.press(answer(world.anna), followUpIds.practiceTried));
    await world.deliver();
    expect(bundle(world.anna).text).toBe('All answered. Thank you.');
  });

  it('not yet is asked again three business days later', async () => {
    await practise(await world.lose('Acme', done));
    await morning('2026-11-30');
    await press(world.anna, followUpIds.practiceNotYet);
    for (const on of ['01', '02', '03']) await morning(`2026-12-${on}`);
    expect(await kinds(world.rep.id)).toEqual(['promise_try 2026-11-30', 'promise_try 2026-12-03']);
  });

  it('has its observer asked on the day of the call', async () => {
    await practise(await world.lose('Acme', done), { observerId: world.peer.id });
    await morning('2026-12-04');
    expect(await kinds(world.peer.id)).toEqual([]);
    await morning('2026-12-07');
    expect(await kinds(world.peer.id)).toEqual(['observe_call 2026-12-07']);
    await press(world.ben, followUpIds.commitmentNote);
    await submit(world, world.ben, { note: 'Asked twice, waited once' });
    await world.deliver();
    expect(bundle(world.ben).text).toBe('All answered. Thank you.');
  });

  it('never reaches their manager, however often it goes unanswered', async () => {
    await practise(await world.lose('Acme', done));
    for (let on = 24; on <= 30; on += 1) await morning(`2026-11-${on}`);
    for (let on = 1; on <= 31; on += 1) await morning(`2026-12-${String(on).padStart(2, '0')}`);
    expect(await kinds(world.boss.id)).toEqual([]);
  });
});

describe('a review that waits', () => {
  const asked = { size: 'full', state: 'level1' } as const;

  async function ask(review: Review, promptKey: string, at: string): Promise<void> {
    const { workspaceId, id: reviewId } = review;
    await world.app.store.transaction((tx) =>
      tx.insert(tx.tables.reviewPrompts).values({
        ...{ workspaceId, reviewId, promptKey },
        askedAt: new Date(at),
      }),
    );
  }

  it('asks its owner twice, then the manager to excuse it or keep it going', async () => {
    const review = await world.lose('Acme', {
      ...asked,
      openedAt: new Date('2026-11-23T15:00:00Z'),
    });
    await ask(review, 'own', '2026-11-23T15:00:00Z');
    const days = ['24', '25', '26', '27', '30'].map((on) => `2026-11-${on}`);
    for (const on of [...days, '2026-12-01', '2026-12-02']) await morning(on);
    expect((await kinds(world.rep.id)).filter((one) => one.startsWith('review'))).toEqual([
      'review_wait 2026-11-24',
      'review_wait 2026-11-26',
    ]);
    const took = (await kinds(world.boss.id)).filter((one) => one.startsWith('review_take'));
    expect(took).toEqual(['review_take 2026-11-27']);
    const told = world.mia.dm().find((one) => actionsOn(one).includes(followUpIds.reviewExcuse));
    if (!told) throw new Error('The manager was not asked.');
    await settle(world, world.mia.press(told, followUpIds.reviewFacilitate));
    if (world.mia.modals().length > 0) await submit(world, world.mia);
    await world.deliver();
    expect((await world.again(review)).facilitatorId).toBe(world.boss.id);
  });

  const left = (personId: string) =>
    world.app.store.transaction((tx) =>
      tx
        .update(tx.tables.people)
        .set({ active: false })
        .where(eq(tx.tables.people.id, personId as PersonId)),
    );
  const reviewKinds = async (personId: string) =>
    (await kinds(personId)).filter((one) => one.startsWith('review'));

  it('whose owner has left asks the heir at once to keep it going or excuse it, naming nobody', async () => {
    const review = await world.lose('Acme', {
      ...asked,
      openedAt: new Date('2026-11-23T15:00:00Z'),
    });
    await ask(review, 'own', '2026-11-23T15:00:00Z');
    await left(world.rep.id);
    await morning('2026-11-24');
    expect(await world.again(review)).toMatchObject({ ownerId: world.boss.id });
    expect(await reviewKinds(world.boss.id)).toEqual(['review_take 2026-11-24']);
    expect(bundle(world.mia).text).not.toContain('Anna');
    expect(actionsOn(bundle(world.mia))).toEqual(
      expect.arrayContaining([followUpIds.reviewFacilitate, followUpIds.reviewExcuse]),
    );
    await settle(world, world.mia.press(bundle(world.mia), followUpIds.reviewFacilitate));
    await world.deliver();
    expect(await world.again(review)).toMatchObject({ facilitatorId: world.boss.id });
    expect(bundle(world.mia).text).toBe('All answered. Thank you.');
    while (world.mia.modals().length > 0) await world.mia.close(world.mia.topView());
    await morning('2026-11-25');
    await morning('2026-11-26');
    expect((await reviewKinds(world.boss.id)).at(-1)).toMatch(/^review_wait/);
  });

  it('may be excused by who inherited it', async () => {
    const review = await world.lose('Acme', {
      ...asked,
      openedAt: new Date('2026-11-23T15:00:00Z'),
    });
    await left(world.rep.id);
    await morning('2026-11-24');
    await settle(world, world.mia.press(bundle(world.mia), followUpIds.reviewExcuse));
    await submit(world, world.mia, { reason: 'Nobody is left who knew it' });
    expect(await world.again(review)).toMatchObject({
      state: 'excused',
      excusedById: world.boss.id,
    });
  });

  it('asks the manager whose lever is missing, and nobody about what everybody may answer', async () => {
    const openedAt = new Date('2026-11-23T15:00:00Z');
    const review = await world.lose('Acme', { ...released, size: 'quick', openedAt });
    await ask(review, 'fight', '2026-11-25T15:00:00Z');
    await ask(review, 'system', '2026-11-25T15:00:00Z');
    await say(review, world.peer.id, 'fight');
    await morning('2026-11-27');
    expect(await reviewKinds(world.boss.id)).toEqual(['review_wait 2026-11-27']);
    expect(await reviewKinds(world.rep.id)).toEqual([]);
    expect(await reviewKinds(world.peer.id)).toEqual([]);
    await say(review, world.boss.id, 'system');
    for (const on of ['11-30', '12-01', '12-02']) await morning(`2026-${on}`);
    expect(await reviewKinds(world.boss.id)).toEqual(['review_wait 2026-11-27']);
  });

  it('asks the manager for a word where nobody but the owner has said one', async () => {
    const openedAt = new Date('2026-11-23T15:00:00Z');
    const review = await world.lose('Acme', { ...released, size: 'quick', openedAt });
    await ask(review, 'fight', '2026-11-25T15:00:00Z');
    await say(review, world.boss.id, 'system');
    await say(review, world.rep.id, 'fight');
    await say(review, world.rep.id, 'com.price_value');
    await morning('2026-11-27');
    expect(await reviewKinds(world.boss.id)).toEqual(['review_wait 2026-11-27']);
    await settle(world, world.mia.press(bundle(world.mia), followUpIds.answerReview));
    expect(wordsOn(world.mia.topView())).toContain('strongest move');
  });

  it('asks the named reviewer once their three business days are over', async () => {
    const review = await world.lose('Acme', {
      ...released,
      size: 'full',
      reviewerId: world.peer.id,
      reviewerAskedAt: new Date('2026-11-23T15:00:00Z'),
    });
    await ask(review, 'outside_eye', '2026-11-24T15:00:00Z');
    await morning('2026-11-25');
    expect(await reviewKinds(world.peer.id)).toEqual([]);
    await morning('2026-11-26');
    await morning('2026-11-27');
    expect((await reviewKinds(world.peer.id))[0]).toMatch(/review_wait 2026-11-2[67]/);
    await settle(world, world.ben.press(bundle(world.ben), followUpIds.answerReview));
    expect(wordsOn(world.ben.topView())).toContain('You knew this deal');
  });

  async function say(review: Review, authorId: PersonId, promptKey: string): Promise<void> {
    const { workspaceId, id: reviewId } = review;
    await world.app.store.transaction((tx) =>
      saveReviewEntry(tx, workspaceId, {
        id: newId<ReviewEntryId>(world.clock.now()),
        ...{ reviewId, authorId, promptKey, text: 'said', choices: {}, shared: true },
        kind: promptKey.includes('.') ? 'turned' : 'answer',
        at: world.clock.now(),
      }),
    );
  }

  it('is quiet while it is paused', async () => {
    const review = await world.lose('Acme', {
      ...asked,
      openedAt: new Date('2026-11-23T15:00:00Z'),
      pausedAt: new Date('2026-11-23T16:00:00Z'),
    });
    await ask(review, 'own', '2026-11-23T15:00:00Z');
    for (const on of ['24', '25', '27']) await morning(`2026-11-${on}`);
    expect(await items()).toEqual([]);
  });

  it('of a restricted deal is told to nobody who is not on it', async () => {
    const facts = { privacy: 'restricted' } as const;
    const review = await world.lose(
      'Initrode',
      { ...asked, reviewerId: world.peer.id, reviewerAskedAt: new Date('2026-11-17T15:00:00Z') },
      facts,
    );
    await ask(review, 'own', '2026-11-20T15:00:00Z');
    await morning('2026-11-25');
    expect(await kinds(world.peer.id)).toEqual([]);
    expect(await kinds(world.rep.id)).toEqual(['review_wait 2026-11-25']);
  });
});

describe('the buyer’s voice and a day to come back', () => {
  async function request(review: Review, facts: object = {}): Promise<void> {
    const { workspaceId, dealId } = review;
    await world.app.store.transaction(async (tx) => {
      const known = await findDeal(tx, workspaceId, dealId);
      if (!known) throw new Error('no deal');
      const contact = { accountId: known.deal.accountId, name: 'Dana Lee', title: undefined };
      const { id: contactId } = await ensureContact(tx, workspaceId, contact, world.clock.now());
      await tx.insert(tx.tables.feedbackRequests).values({
        id: newId<FeedbackRequestId>(world.clock.now()),
        ...{ workspaceId, dealId, contactId, senderId: world.peer.id, agreed: true },
        ...{ state: 'drafted', draftedOn: '2026-11-24' as Day, choices: [] },
        ...facts,
      });
    });
  }

  it('asks the sender from five business days after the loss, with the note one tap away', async () => {
    await request(await world.lose('Acme', done));
    await morning('2026-11-27');
    expect(await items()).toEqual([]);
    await morning('2026-11-30');
    expect(await kinds(world.peer.id)).toEqual(['feedback_send 2026-11-30']);
    expect(bundle(world.ben).text).toContain('Dana Lee');
    expect(actionsOn(bundle(world.ben))).toContain(followUpIds.feedbackNote);
  });

  it('speaks of one last word once', async () => {
    const sent = { state: 'sent', sentOn: '2026-11-30' as Day };
    await request(await world.lose('Acme', done), sent);
    for (let on = 1; on <= 11; on += 1) await morning(`2026-12-${String(on).padStart(2, '0')}`);
    const told = (await kinds(world.peer.id)).filter((one) => one.startsWith('feedback'));
    expect(told).toEqual(['feedback_remind 2026-12-07']);
  });

  it('asks the owner on the day a lost deal is worth another look', async () => {
    const { workspaceId, dealId } = await world.lose('Acme', done);
    await world.app.store.transaction((tx) =>
      tx.insert(tx.tables.revisits).values({
        id: newId<RevisitId>(world.clock.now()),
        ...{ workspaceId, dealId, on: '2026-12-01' as Day, state: 'waiting' },
        trigger: 'Their sponsor changes',
      }),
    );
    await morning('2026-11-30');
    expect(await items()).toEqual([]);
    await morning('2026-12-01');
    expect(await kinds(world.rep.id)).toEqual(['come_back 2026-12-01']);
    expect(bundle(world.anna).text).toContain('“Their sponsor changes”');
  });

  it('comes as one message with everything else, within the week’s budget', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli', 'Initech', 'Umbrella', 'Stark', 'Wayne']) {
      await request(await world.lose(account, done));
    }
    await morning('2026-11-30');
    expect(world.ben.dm()).toHaveLength(1);
    expect(await items()).toHaveLength(5);
    expect(wordsOn(bundle(world.ben))).toContain('Held back: 2 matters');
  });
});
