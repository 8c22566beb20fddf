import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn } from '../../../sandbox/server/blocks.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { type Day, day, weekdays } from '../../../src/domain/calendar.ts';
import { type FeedbackRequestId, newId, type RevisitId } from '../../../src/domain/ids.ts';
import { type FollowUpKind, followUpNudges } from '../../../src/domain/nudge.ts';
import type { Review } from '../../../src/domain/review.ts';
import { startPractice } from '../../../src/features/practice/start-practice.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { ensureContact, saveDealContact } from '../../../src/store/contacts.ts';
import { findDeal } from '../../../src/store/deals.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { allDeals, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual } from '../reviews/ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual();
});
afterEach(() => world.stop());

type Who = 'anna' | 'ben' | 'mia';

const done = { ...released, state: 'complete' } as const;
const saidBefore = { size: 'full', state: 'level1' } as const;
const rows = <Name extends keyof Tables>(name: Name) => rowsOf(world.app.store, name);

async function mornings(...days: string[]): Promise<void> {
  for (const on of days) await world.goTo(`${on}T14:00:00Z`);
}

async function practise(given: object = {}): Promise<void> {
  const { workspaceId, id: reviewId } = await world.lose('Acme', done);
  const today = day('2026-11-23');
  await world.app.store.transaction((tx) =>
    startPractice(tx, {
      ...{ workspaceId, reviewId, personId: world.rep.id, skill: 'negotiate', today },
      ...{ behaviour: 'Ask who signs', now: world.clock.now(), calendar: weekdays, ...given },
    }),
  );
}

async function askOwner(): Promise<void> {
  const openedAt = new Date('2026-11-23T15:00:00Z');
  const { workspaceId, id: reviewId } = await world.lose('Acme', { ...saidBefore, openedAt });
  const prompt = { workspaceId, reviewId, promptKey: 'own', askedAt: openedAt };
  await world.app.store.transaction((tx) => tx.insert(tx.tables.reviewPrompts).values(prompt));
}

async function request({ workspaceId, dealId }: Review, facts: object = {}): Promise<void> {
  await world.app.store.transaction(async (tx) => {
    const accountId = (await findDeal(tx, workspaceId, dealId))?.deal.accountId;
    if (!accountId) throw new Error('no deal');
    const contact = { accountId, name: 'Dana Lee', title: undefined };
    const { id: contactId } = await ensureContact(tx, workspaceId, contact, world.clock.now());
    await saveDealContact(tx, workspaceId, { dealId, contactId });
    await tx.insert(tx.tables.feedbackRequests).values({
      id: newId<FeedbackRequestId>(world.clock.now()),
      ...{ workspaceId, dealId, contactId, senderId: world.peer.id, agreed: true },
      ...{ state: 'drafted', draftedOn: '2026-11-24' as Day, choices: [], ...facts },
    });
  });
}

async function comeBack({ workspaceId, dealId }: Review): Promise<void> {
  await world.app.store.transaction((tx) =>
    tx.insert(tx.tables.revisits).values({
      id: newId<RevisitId>(world.clock.now()),
      ...{ workspaceId, dealId, on: '2026-12-01' as Day, state: 'waiting' },
      trigger: 'Their sponsor changes',
    }),
  );
}

/** How each question comes about, and to whom. */
const asked: Readonly<Record<FollowUpKind, { who: Who; arrange: () => Promise<void> }>> = {
  promise_try: {
    who: 'anna',
    arrange: async () => {
      await practise();
      await mornings('2026-11-30');
    },
  },
  observe_call: {
    who: 'ben',
    arrange: async () => {
      await practise({ observerId: world.peer.id });
      await mornings('2026-12-07');
    },
  },
  review_wait: {
    who: 'anna',
    arrange: async () => {
      await askOwner();
      await mornings('2026-11-24');
    },
  },
  review_take: {
    who: 'mia',
    arrange: async () => {
      await askOwner();
      await mornings('2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27');
    },
  },
  feedback_send: {
    who: 'ben',
    arrange: async () => {
      await request(await world.lose('Acme', done));
      await mornings('2026-11-30');
    },
  },
  feedback_remind: {
    who: 'ben',
    arrange: async () => {
      const sent = { state: 'sent', sentOn: '2026-11-30' as Day };
      await request(await world.lose('Acme', done), sent);
      await mornings('2026-12-07');
    },
  },
  come_back: {
    who: 'anna',
    arrange: async () => {
      await comeBack(await world.lose('Acme', done));
      await mornings('2026-12-01');
    },
  },
};

const say = (word: string) => `nudge_say_${word}`;
const answered = async (kind: FollowUpKind) =>
  (await rows('nudgeItems')).filter((item) => item.kind === kind).at(-1)?.answer;
const words = async (who: Who, line: string) => {
  await runDeal(world, world[who], line);
  const top = world[who].modals().at(-1);
  return wordsOn(top ?? answer(world[who]));
};

/** Every button of every question: what follows, with the form it opens given back twice. */
const buttons: Readonly<
  Record<FollowUpKind, Readonly<Record<string, (who: Who) => Promise<void>>>>
> = {
  promise_try: {
    [followUpIds.practiceTried]: async () => {
      expect((await rows('practices')).map(({ tries }) => tries)).toEqual([1]);
      expect(await words('anna', 'practice')).toContain('1 of 3 tries');
      expect(await answered('promise_try')).toBe('tried');
    },
    [followUpIds.practiceWatched]: async () => {
      await submit(world, world.anna, { person: 'U0BEN', due_on: '2026-12-02' });
      await resubmit(world);
      const calls = (await rows('commitments')).filter(({ kind }) => kind === 'observed_call');
      expect(calls.map(({ observerId }) => observerId)).toEqual([world.peer.id]);
    },
    [followUpIds.practiceNotYet]: async () => {
      expect((await rows('practices')).map(({ tries }) => tries)).toEqual([0]);
      expect(await answered('promise_try')).toBe('not_yet');
    },
  },
  observe_call: {
    [followUpIds.commitmentNote]: async () => {
      await submit(world, world.ben, { note: 'Asked twice, waited once' });
      await resubmit(world);
      const call = (await rows('commitments')).find(({ kind }) => kind === 'observed_call');
      expect(call).toMatchObject({ state: 'done', doneNote: 'Asked twice, waited once' });
      expect((await rows('practices')).map(({ tries }) => tries)).toEqual([1]);
      expect(await words('anna', 'practice')).toContain('Ben Okafor watched');
    },
    [say('not_yet')]: async () => expect(await answered('observe_call')).toBe('not_yet'),
  },
  review_wait: {
    [followUpIds.answerReview]: async () => {
      const text = 'I would ask who signs in week one';
      await submit(world, world.anna, { text });
      await resubmit(world);
      const said = (await rows('reviewEntries')).filter(({ kind }) => kind === 'answer');
      expect(said.map((entry) => entry.text)).toEqual([text]);
    },
    [say('not_yet')]: async () => expect(await answered('review_wait')).toBe('not_yet'),
  },
  review_take: {
    [followUpIds.reviewFacilitate]: async () => {
      expect((await rows('reviews')).map(({ facilitatorId }) => facilitatorId)).toEqual([
        world.boss.id,
      ]);
    },
    [followUpIds.reviewExcuse]: async () => {
      await submit(world, world.mia, { reason: 'She is away until spring' });
      await resubmit(world);
      expect(
        (await rows('reviews')).map(({ state, excuseReason }) => [state, excuseReason]),
      ).toEqual([['excused', 'She is away until spring']]);
    },
  },
  feedback_send: {
    [followUpIds.feedbackNote]: async () => {
      expect(JSON.stringify(world.ben.topView().blocks)).toContain('Hi Dana,');
      await submit(world, world.ben);
      await resubmit(world);
      expect(await rows('feedbackRequests')).toMatchObject([
        { state: 'sent', sentOn: '2026-11-30' },
      ]);
      const told = (await rows('events')).filter(({ kind }) => kind === 'feedback_asked');
      expect(told).toHaveLength(1);
    },
    [say('not_yet')]: async () => {
      expect(await answered('feedback_send')).toBe('not_yet');
      expect(await rows('feedbackRequests')).toMatchObject([{ state: 'drafted' }]);
    },
    [followUpIds.feedbackSkip]: async () => {
      expect(await rows('feedbackRequests')).toMatchObject([{ state: 'not_agreed' }]);
      const told = (await rows('events')).filter(({ kind }) => kind === 'feedback_skipped');
      expect(told).toHaveLength(1);
      expect(await words('ben', 'feedback Acme')).toContain('Nobody is to ask them');
    },
  },
  feedback_remind: {
    [followUpIds.feedbackNote]: async () => {
      expect(JSON.stringify(world.ben.topView().blocks)).toContain('A last try');
      await submit(world, world.ben);
      await resubmit(world);
      expect(await rows('feedbackRequests')).toMatchObject([
        { state: 'reminded', remindedOn: '2026-12-07' },
      ]);
      const told = (await rows('events')).filter(({ kind }) => kind === 'feedback_reminded');
      expect(told).toHaveLength(1);
    },
    [followUpIds.feedbackReply]: async () => {
      await submit(world, world.ben, { choices: ['speed'] });
      await resubmit(world);
      expect(await rows('feedbackRequests')).toMatchObject([
        { state: 'replied', choices: ['speed'] },
      ]);
      expect(await words('ben', 'feedback Acme')).toContain('To work on: speed');
    },
    [say('leave_it')]: async () => {
      expect(await answered('feedback_remind')).toBe('leave_it');
      expect(await rows('feedbackRequests')).toMatchObject([{ state: 'sent' }]);
    },
  },
  come_back: {
    deals_run_reopen: async () => {
      const values = { decision_on: '2027-01-29', what_changed: 'A new CFO', was_real: 'yes' };
      await submit(world, world.anna, values);
      await resubmit(world);
      const [old, fresh, ...more] = await allDeals(world);
      expect(fresh).toMatchObject({ status: 'open', reopenedFromId: old?.id });
      expect(more).toEqual([]);
      expect(await rows('revisits')).toMatchObject([{ state: 'started', newDealId: fresh?.id }]);
    },
    [followUpIds.revisitLater]: async () => {
      await submit(world, world.anna, { on: '2027-05-03' });
      await resubmit(world);
      expect(await rows('revisits')).toMatchObject([{ state: 'waiting', on: '2027-05-03' }]);
      expect(await words('anna', 'revisit Acme')).toContain('A morning question comes');
    },
    [followUpIds.revisitDrop]: async () => {
      expect(await rows('revisits')).toMatchObject([{ state: 'dropped' }]);
      const told = (await rows('events')).filter(({ kind }) => kind === 'revisit_dropped');
      expect(told).toHaveLength(1);
      await mornings('2026-12-09', '2026-12-17');
      expect((await rows('nudgeItems')).filter(({ on }) => on > '2026-12-01')).toEqual([]);
    },
  },
};

const bundle = (who: Who) =>
  world[who].dm().findLast(({ text }) => /question|All answered/.test(text)) as SandboxMessage;
const answersOn = (message: SandboxMessage) =>
  actionsOn(message).filter((id) => id !== 'nudge_more');

/** Somebody writes by hand what the button of another person's bundle sends. */
async function pressAs(userId: string, who: Who, id: string): Promise<void> {
  const placed = elementsIn(bundle(who).blocks).find(({ actionId }) => actionId === id);
  if (!placed) throw new Error(`There is no ${id}.`);
  const { value } = placed.element as { value?: string };
  await sendCrafted(world, 'block_actions', (payload) => {
    payload.user.id = userId;
    const { actions } = payload as unknown as { actions: object[] };
    Object.assign(actions[0] ?? {}, {
      ...{ type: 'button', action_id: id, block_id: placed.blockId, value },
    });
  });
  await world.deliver();
}

/** All that a button of these can change. */
async function everything() {
  const names = [
    'practices',
    'commitments',
    'reviews',
    'reviewEntries',
    'feedbackRequests',
  ] as const;
  const all = [...names, 'revisits', 'deals', 'nudgeItems', 'events'] as const;
  return Promise.all(all.map((name) => rows(name)));
}

const cases = followUpNudges.flatMap((kind) =>
  Object.keys(buttons[kind]).map((id): [FollowUpKind, string] => [kind, id]),
);

describe('the buttons of what follows from ended deals', () => {
  it.each(followUpNudges)('are all listed here: %s', async (kind) => {
    const { who, arrange } = asked[kind];
    await arrange();
    expect(new Set(answersOn(bundle(who)))).toEqual(new Set(Object.keys(buttons[kind])));
  });

  it.each(cases)('of %s: %s, clicked twice, does it once', async (kind, id) => {
    const { who, arrange } = asked[kind];
    await arrange();
    const on = bundle(who);
    await settle(world, Promise.all([world[who].press(on, id), world[who].press(on, id)]));
    await world.deliver();
    await buttons[kind][id]?.(who);
    await world.deliver();
    if (id !== followUpIds.reviewFacilitate) {
      expect(answersOn(bundle(who)).filter((one) => one === id)).toEqual([]);
    }
  });

  it.each(cases)('of %s: %s is nobody else’s, and no guest’s', async (kind, id) => {
    const { who, arrange } = asked[kind];
    await arrange();
    await settle(world, world[who].press(bundle(who), 'nudge_more', { value: 'My mornings…' }));
    await world[who].close(world[who].topView());
    const before = await everything();
    for (const stranger of ['U0ADMIN', 'U0GUEST']) {
      await pressAs(stranger, who, id);
      expect(
        world.sandbox
          .as(stranger)
          .modals()
          .map(({ title }) => title.text),
      ).toEqual([]);
    }
    expect(await everything()).toEqual(before);
  });
});
