import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day } from '../../../src/domain/calendar.ts';
import { type NudgeId, type NudgeItemId, newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import type { Review } from '../../../src/domain/review.ts';
import { manageActions } from '../../../src/features/reviews/manage-actions.ts';
import { type ManageWish, manageReview } from '../../../src/features/reviews/manage-review.ts';
import { savePerson } from '../../../src/store/people.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { runDeal, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual, thursdays, usd } from './ritual-world.ts';

let world: RitualWorld;
let admin: Person;
let went: Review[];

beforeEach(async () => {
  world = await startRitual();
  admin = await world.seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
  went = [];
});
afterEach(() => world.stop());

async function manage(actor: Person, review: Review, wish: Omit<ManageWish, 'reviewId'>) {
  const result = await manageReview(
    { store: world.app.store, clock: world.clock },
    actor,
    { ...wish, reviewId: review.id },
    async (_tx, gone) => {
      went.push(gone);
    },
  );
  await world.deliver();
  return isRefusal(result) ? result.code : result.review.state;
}

/** A question of a morning about the review, which its owner left alone. */
async function ask(
  { id: reviewId, workspaceId, dealId, ownerId }: Review,
  on: string,
): Promise<void> {
  await world.app.store.transaction(async (tx) => {
    const nudgeId = newId<NudgeId>(world.clock.now());
    await tx.insert(tx.tables.nudgeItems).values({
      id: newId<NudgeItemId>(world.clock.now()),
      workspaceId,
      nudgeId,
      personId: ownerId,
      dealId,
      kind: 'review_wait',
      subject: `review_wait:${reviewId}`,
      on: day(on),
      place: 0,
      variant: 0,
    });
  });
}

const card = () => world.tops()[1];
const line = () => world.under(world.tops()[0])[0]?.text ?? '';

async function offered(actor: Person, review: Review): Promise<string[]> {
  const known = await world.again(review);
  const blocks = await world.app.store.read((tx) => manageActions(tx, actor, known));
  return actionsOn({ blocks: blocks as unknown as SandboxMessage['blocks'] });
}

describe('a pause', () => {
  it('is the owner’s and the manager’s alone', async () => {
    const acme = await world.lose('Acme', released);
    expect(await manage(world.peer, acme, { deed: 'pause' })).toBe('not_yours');
    expect(await manage(admin, acme, { deed: 'pause' })).toBe('not_yours');
    expect(await manage(world.boss, acme, { deed: 'pause' })).toBe('talking');
    expect(await manage(world.rep, acme, { deed: 'pause' })).toBe('paused');
    expect(await manage(world.peer, acme, { deed: 'resume' })).toBe('not_yours');
    expect(await manage(world.rep, acme, { deed: 'resume' })).toBe('talking');
    expect(await manage(world.rep, acme, { deed: 'pause' })).toBe('talking');
    const kinds = (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('review_'))).toEqual([
      'review_paused',
      'review_resumed',
      'review_paused',
    ]);
  });

  it('is said once in the thread, with who keeps it in hand, and then nothing more is', async () => {
    const acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    const before = world.under(card()).length;
    await manage(world.rep, acme, { deed: 'pause', facilitator: world.peer });
    const said = world.under(card()).slice(before);
    expect(said.map(({ text }) => text)).toEqual([
      'Anna Snelling paused this review. I keep quiet until it goes on. Ben Okafor keeps it in hand meanwhile.',
    ]);
    expect(line()).toContain(' · paused · ');
    expect(card()?.text).toContain('paused');
    expect(actionsOn(card() ?? { blocks: [] })).toEqual([]);
    const standing = card()?.text;
    await world.say(world.mia, card(), 'They went dark');
    expect(card()?.text).toBe(standing);
    expect(world.mia.ephemerals('closed-lost')).toEqual([]);
    expect(await rowsOf(world.app.store, 'reviewReplies')).toHaveLength(1);
    expect(went).toEqual([]);
  });

  it('keeps a review without a thread from having one, until it goes on', async () => {
    const acme = await world.lose('Acme', released);
    await manage(world.boss, acme, { deed: 'pause' });
    expect(world.anna.dm().map(({ text }) => text)).toContain(
      'Acme · Core platform: Mia Brandt paused this review. I keep quiet until it goes on.',
    );
    await world.goTo(thursdays[0]);
    expect(world.tops()).toHaveLength(1);
    expect(line()).toContain('paused');
    await manage(world.rep, acme, { deed: 'resume' });
    expect(card()?.text).toContain('Acme · Core platform');
    expect(went.map(({ id }) => id)).toEqual([acme.id]);
  });

  it('takes no facilitator who is the owner or does not see the deal', async () => {
    const acme = await world.lose('Acme', {}, { privacy: 'restricted' });
    expect(await manage(world.rep, acme, { deed: 'pause', facilitator: world.rep })).toBe(
      'no_facilitator',
    );
    expect(await manage(world.rep, acme, { deed: 'pause', facilitator: world.peer })).toBe(
      'no_facilitator',
    );
    expect((await world.again(acme)).pausedAt).toBeUndefined();
  });

  it('is not found on a private deal by who is not on it', async () => {
    const acme = await world.lose('Acme', {}, { privacy: 'restricted' });
    expect(await manage(world.peer, acme, { deed: 'pause' })).toBe('review_not_found');
    expect(await offered(world.peer, acme)).toEqual([]);
  });
});

describe('an excuse', () => {
  it('is the manager’s, with a reason that only the owner reads, and is counted', async () => {
    const acme = await world.lose('Acme', {}, { amount: usd(12_500) });
    const reason = 'Parental leave until March';
    expect(await manage(world.rep, acme, { deed: 'excuse', reason })).toBe('not_yours');
    expect(await manage(world.peer, acme, { deed: 'excuse', reason })).toBe('not_yours');
    expect(await manage(world.boss, acme, { deed: 'excuse', reason: ' ' })).toBe('empty');
    expect(await manage(world.boss, acme, { deed: 'excuse', reason })).toBe('excused');
    expect(world.anna.dm().at(-1)?.text).toBe(
      `Acme · Core platform: Mia Brandt excused this review. It still counts, and nothing more is asked. Their word on it: ${reason}`,
    );
    await world.goTo(thursdays[0]);
    expect(world.tops()[0]?.text).toContain('1 excused from the talk, without name or amount.');
    expect(JSON.stringify(world.anna.messages('closed-lost'))).not.toMatch(/Acme|Parental/);
    expect(await manage(world.boss, acme, { deed: 'pause' })).toBe('review_over');
  });

  it('after the week told of it stands in its line and in the count, without the reason', async () => {
    const acme = await world.lose('Acme');
    await world.goTo(thursdays[0]);
    await manage(world.boss, acme, { deed: 'excuse', reason: 'Illness' });
    expect(line()).toContain('excused from the talk');
    expect(world.tops()[0]?.text).toContain('1 excused from the talk');
    expect(JSON.stringify(world.anna.messages('closed-lost'))).not.toContain('Illness');
  });

  it('is an admin’s where nobody is above the owner', async () => {
    const acme = await world.lose(
      'Acme',
      { managerId: undefined, ownerId: world.boss.id },
      { owner: world.boss },
    );
    expect(await manage(world.boss, acme, { deed: 'excuse', reason: 'Own' })).toBe('not_yours');
    expect(await manage(admin, acme, { deed: 'excuse', reason: 'Sold the firm' })).toBe('excused');
  });
});

describe('keeping it going', () => {
  it('is the manager’s at once when the owner has left, and never makes them the author', async () => {
    const acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    expect(await manage(world.boss, acme, { deed: 'facilitate' })).toBe('not_yours');
    expect(await offered(world.boss, acme)).toEqual(['review_pause', 'review_excuse']);
    await world.app.store.transaction(async (tx) => {
      await savePerson(tx, { ...world.rep, active: false }, undefined);
    });
    expect(await offered(world.boss, acme)).toContain('review_facilitate');
    expect(await manage(world.peer, acme, { deed: 'facilitate' })).toBe('not_yours');
    expect(await manage(world.boss, acme, { deed: 'facilitate' })).toBe('talking');
    expect(await world.again(acme)).toMatchObject({
      facilitatorId: world.boss.id,
      ownerId: world.rep.id,
    });
    expect(world.under(card()).at(-1)?.text).toBe(
      'Mia Brandt keeps this talk going from here. What is the owner’s to answer stays the owner’s.',
    );
    expect(card()?.text).toContain('kept going by Mia Brandt');
  });

  it('is the manager’s after two questions without an answer', async () => {
    const acme = await world.lose('Acme', released);
    await ask(acme, '2026-11-25');
    expect(await manage(world.boss, acme, { deed: 'facilitate' })).toBe('not_yours');
    await ask(acme, '2026-11-26');
    expect(await manage(world.boss, acme, { deed: 'facilitate' })).toBe('talking');
  });
});

describe('/deal review', () => {
  const see = async (who: RitualWorld['anna']) => {
    await runDeal(world, who, 'review Acme');
    return who.topView();
  };

  it('lets the owner pause with somebody who keeps it in hand, and go on again', async () => {
    const acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    await settle(world, world.anna.press(await see(world.anna), 'review_pause'));
    await submit(world, world.anna, { facilitator: 'U0BEN' });
    expect(wordsOn(world.anna.topView())).toContain('Paused.');
    await world.deliver();
    expect(world.under(card()).at(-1)?.text).toContain('Ben Okafor keeps it in hand meanwhile.');
    expect(await world.again(acme)).toMatchObject({ pausedById: world.rep.id });
    while (world.anna.modals().length > 0) await world.anna.close(world.anna.topView());
    await settle(world, world.anna.press(await see(world.anna), 'review_resume'));
    expect(wordsOn(world.anna.topView())).toContain('It goes on where it stopped.');
    expect((await world.again(acme)).pausedAt).toBeUndefined();
  });

  it('lets the manager excuse it with a reason, and asks for one', async () => {
    const acme = await world.lose('Acme');
    await settle(world, world.mia.press(await see(world.mia), 'review_excuse'));
    const refused = await submit(world, world.mia, { reason: ' ' });
    expect(refused).toMatchObject({ ok: false });
    await submit(world, world.mia, { reason: 'Leave until March' });
    expect(await world.again(acme)).toMatchObject({
      state: 'excused',
      excusedById: world.boss.id,
      excuseReason: 'Leave until March',
    });
  });

  it('offers a colleague nothing of it, and refuses what they send by hand', async () => {
    const acme = await world.lose('Acme', released);
    const shown = actionsOn(await see(world.ben));
    expect(shown.filter((id) => /^review_(?:pause|resume|excuse|facilitate)$/.test(id))).toEqual(
      [],
    );
    await settle(world, world.anna.press(await see(world.anna), 'review_pause'));
    await submit(world, world.anna);
    while (world.anna.modals().length > 0) await world.anna.close(world.anna.topView());
    await settle(world, world.anna.press(await see(world.anna), 'review_resume'));
    const crafted = await sendCrafted(world, 'view_submission', ({ user }) => {
      user.id = 'U0BEN';
    });
    expect(JSON.stringify(crafted)).toContain('Ask one of them.');
    expect((await world.again(acme)).pausedAt).toBeUndefined();
  });
});
