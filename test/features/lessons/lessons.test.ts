import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { lessonsId } from '../../../src/slack/lesson-actions.ts';
import { addHelper } from '../../../src/store/deals.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { allDeals, goodDeal, know, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { loseAs, plantReview } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let mia: Person;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  mia = await know(world, world.mia);
});
afterEach(() => world.stop());

/** A loss of Mia's to Globex. */
async function umbra(changes: Partial<Deal> & { account?: string } = {}): Promise<Deal> {
  const deal = await plantDeal(world, mia, { account: 'Umbra', ...changes });
  await loseAs(world, mia, deal);
  return deal;
}

async function start(rival: string): Promise<void> {
  await runDeal(world, world.anna, 'new');
  await submit(world, world.anna, goodDeal);
  await submit(world, world.anna, { playbook_new: 'blank', rival });
}

async function promise(person: Person, deal: Deal): Promise<void> {
  const review = await plantReview(world, deal, { ownerId: person.id });
  await world.app.store.transaction(async (tx) => {
    const base = { workspaceId: person.workspaceId, personId: person.id, reviewId: review.id };
    await tx.insert(tx.tables.practices).values({
      ...base,
      id: newId(world.clock.now()),
      skill: 'trust',
      behaviour: 'Ask for their CFO in the first call',
      occasion: 'at Acme',
      state: 'done',
      tries: 3,
      createdAt: world.clock.now(),
    });
    await tx.insert(tx.tables.commitments).values({
      ...base,
      id: newId(world.clock.now()),
      kind: 'system_change',
      what: 'A reference customer for every rival',
      dueOn: world.clock.now().toISOString().slice(0, 10) as never,
      state: 'done',
      createdAt: world.clock.now(),
    });
  });
}

const lesson = '“I would meet their CFO in week one”';

describe('a new deal that looks like an old loss', () => {
  it('begins with what that loss taught, and names nobody', async () => {
    await umbra();
    await start(' globex ');
    const words = wordsOn(world.anna.topView());
    expect(words).toContain('same rival (Globex)');
    expect(words).toContain(lesson);
    expect(words).not.toContain('Mia');
    expect(actionsOn(world.anna.topView())).toContain(lessonsId);
    expect((await allDeals(world)).at(-1)?.rival).toBe('globex');
  });

  it.each(['level1', 'excused'] as const)(
    'learns nothing from a talk that is %s, for it is not the team’s',
    async (state) => {
      await plantReview(world, await umbra(), { state });
      await start('Globex');
      expect(wordsOn(world.anna.topView())).not.toContain(lesson);
      expect(actionsOn(world.anna.topView())).not.toContain(lessonsId);
    },
  );

  it('begins with the owner’s own loss, however far its talk is', async () => {
    const lost = await plantDeal(world, anna, { account: 'Umbra' });
    await loseAs(world, anna, lost);
    await plantReview(world, lost, { state: 'level1', ownerId: anna.id });
    await start('Globex');
    expect(wordsOn(world.anna.topView())).toContain(lesson);
  });

  it('says nothing where nothing is alike', async () => {
    await umbra();
    await start('Initech');
    expect(wordsOn(world.anna.topView())).not.toContain('Looks like');
    expect(actionsOn(world.anna.topView())).not.toContain(lessonsId);
  });

  it('quotes the promise its owner made then, to them alone', async () => {
    const old = await plantDeal(world, anna, { account: 'Hooli' });
    await loseAs(world, anna, old);
    await promise(anna, old);
    await start('Globex');
    expect(wordsOn(world.anna.topView())).toContain(
      'What you set yourself then: Ask for their CFO in the first call (at Acme)',
    );
    const foreign = await plantDeal(world, mia, { account: 'Vehement', rival: 'Globex' });
    await runDeal(world, world.mia, `plan ${foreign.account}`);
    await settle(world, world.mia.press(answer(world.mia), lessonsId));
    const words = wordsOn(world.mia.topView());
    expect(words).not.toContain('What you set yourself');
    expect(words).toContain('What we changed since: A reference customer for every rival');
  });
});

describe('the plan card', () => {
  it('shows whom else they look at, and one quiet line with a button', async () => {
    await umbra();
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.anna, 'plan Acme');
    const card = answer(world.anna);
    expect(wordsOn(card)).toContain('also looking at Globex');
    expect(card.text).toContain(`What it taught: ${lesson}`);
    await settle(world, world.anna.press(card, lessonsId));
    expect(wordsOn(world.anna.topView())).toContain('Umbra, Mon 23 Nov');
    expect(wordsOn(world.anna.topView())).toContain('To ask now:');
  });

  it('tells nothing of a private loss, whose people see it in what only they see', async () => {
    await umbra({ privacy: 'restricted' });
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.anna, 'plan Acme');
    expect(JSON.stringify(answer(world.anna))).not.toMatch(/Umbra|CFO/);
    await plantDeal(world, mia, { account: 'Vehement', rival: 'Globex' });
    await runDeal(world, world.mia, 'plan Vehement');
    expect(JSON.stringify(answer(world.mia))).not.toMatch(/Umbra|week one/);
    await runDeal(world, world.mia, 'next Vehement');
    expect(answer(world.mia).text).toContain(lesson);
    await runDeal(world, world.anna, 'next Acme');
    expect(answer(world.anna).text).not.toContain(lesson);
  });

  it('is on what comes next, with the reader’s own promise and a way to all of it', async () => {
    const old = await plantDeal(world, anna, { account: 'Hooli' });
    await loseAs(world, anna, old);
    await promise(anna, old);
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.anna, 'next Acme');
    const next = answer(world.anna);
    expect(next.text).toContain(lesson);
    expect(next.text).toContain('What you set yourself then: Ask for their CFO in the first call');
    await settle(world, world.anna.press(next, lessonsId));
    expect(wordsOn(world.anna.topView())).toContain('Hooli, Mon 23 Nov');
  });

  it('quotes a promise to nobody but who made it: not to a helper, their manager or an admin', async () => {
    const boss = await know(world, world.ben, { role: 'manager' });
    await know(world, world.anna, { managerId: boss.id });
    const old = await plantDeal(world, anna, { account: 'Hooli' });
    await loseAs(world, anna, old);
    await promise(anna, old);
    const acme = await plantDeal(world, anna, { rival: 'Globex' });
    await world.app.store.transaction((tx) => addHelper(tx, anna.workspaceId, acme.id, mia.id));
    await know(world, world.admin, { role: 'admin' });
    for (const who of [world.ben, world.mia, world.admin]) {
      for (const line of ['plan Acme', 'next Acme']) {
        await runDeal(world, who, line);
        const shown = answer(who);
        expect(shown.text).toContain(lesson);
        expect(JSON.stringify(shown)).not.toMatch(/set yourself|first call/);
        await settle(world, who.press(shown, lessonsId));
        expect(wordsOn(who.topView())).toContain('Hooli, Mon 23 Nov');
        expect(wordsOn(who.topView())).not.toMatch(/set yourself|first call/);
        await who.close(who.topView());
      }
    }
  });

  it('in a channel, where others read it, holds neither a private loss nor a promise', async () => {
    const old = await plantDeal(world, anna, { account: 'Hooli' });
    await loseAs(world, anna, old);
    await promise(anna, old);
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.anna, 'plan Acme', { channel: 'C0ACME' });
    const card = answer(world.anna, 'C0ACME');
    expect(card.text).toContain(lesson);
    expect(JSON.stringify(card)).not.toMatch(/set yourself|first call/);
  });

  it('tells nothing of a loss that never was one, in no view', async () => {
    const umbraDeal = await umbra();
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.mia, `invalid ${umbraDeal.account}`);
    expect((await submit(world, world.mia, { why: 'duplicate' })).ok).toBe(true);
    for (const line of ['plan Acme', 'next Acme']) {
      await runDeal(world, world.anna, line);
      expect(JSON.stringify(answer(world.anna))).not.toMatch(/Umbra|Looks like|week one/);
      expect(actionsOn(answer(world.anna))).not.toContain(lessonsId);
    }
  });

  it('opens what we learnt for those who may see the deal alone, whatever button they send', async () => {
    await umbra();
    await plantDeal(world, anna, { rival: 'Globex' });
    const secret = await plantDeal(world, anna, {
      ...{ account: 'Secret', rival: 'Globex', privacy: 'restricted' },
    });
    await runDeal(world, world.anna, 'plan Acme');
    await settle(world, world.anna.press(answer(world.anna), lessonsId));
    await world.anna.close(world.anna.topView());
    for (const userId of ['U0MIA', 'U0GUEST']) {
      await sendCrafted(world, 'block_actions', (payload) => {
        payload.user.id = userId;
        const { actions } = payload as unknown as { actions: { value: string }[] };
        Object.assign(actions[0] ?? {}, { value: secret.id });
      });
      expect(world.sandbox.as(userId).modals()).toEqual([]);
    }
  });

  it('forgets a loss after a year', async () => {
    await umbra();
    world.clock.set('2027-11-24T15:00:00Z');
    await plantDeal(world, anna, { rival: 'Globex' });
    await runDeal(world, world.anna, 'plan Acme');
    expect(answer(world.anna).text).not.toContain('Looks like');
  });
});

describe('/deal phase', () => {
  it('keeps whom else they look at, and forgets them when they are gone', async () => {
    await plantDeal(world, anna, { entryPhase: 'awareness' });
    await runDeal(world, world.anna, 'phase Acme');
    await submit(world, world.anna, { phase: 'preference', evidence: 'A sheet', rival: 'Globex' });
    expect((await allDeals(world))[0]).toMatchObject({ phase: 'preference', rival: 'Globex' });
    await runDeal(world, world.anna, 'phase Acme');
    await submit(world, world.anna, { phase: 'preference', evidence: 'They told us', rival: '' });
    expect((await allDeals(world))[0]?.rival).toBeUndefined();
  });
});
