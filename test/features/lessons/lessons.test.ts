import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { lessonsId } from '../../../src/slack/lesson-actions.ts';
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
