import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandIds } from '../../../src/features/deals/command-messages.ts';
import { know, openDealFor, runDeal, settle } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** The title of the plan that `/deal plan <typed>` shows, or the question it asks. */
async function planOf(typed: string): Promise<string> {
  await runDeal(world, world.anna, `plan ${typed}`);
  return answer(world.anna).text.split(':')[0] ?? '';
}

describe('a deal named after a word', () => {
  it.each([
    'Acme',
    'acme core',
    'ACME CORE PLATFORM',
    'Acme · Core platform',
    'core platform',
    'Ácmé',
    'platform acme',
    'acm',
    'akme',
    'Acmee',
    'core plattform',
    '\u200facme\u202e',
  ])('is found as %j', async (typed) => {
    await openDealFor(world, world.anna);
    await openDealFor(world, world.anna, { account: 'Globex', name: 'Support desk' });
    expect(await planOf(typed)).toBe('Acme · Core platform');
  });

  it('is found whoever owns it', async () => {
    await openDealFor(world, world.ben);
    expect(await planOf('acme')).toBe('Acme · Core platform');
  });

  it('is the one called exactly so, though others contain the name', async () => {
    await openDealFor(world, world.anna, { account: 'Acme Labs', name: 'Acme' });
    await openDealFor(world, world.anna, { account: 'Acme Works', name: 'Anvils' });
    expect(await planOf('acme')).toBe('Acme Labs · Acme');
  });

  it('is not found any more once it ended', async () => {
    const owner = await know(world, world.anna);
    const closed = { closedOn: owner.zone, closedAt: world.clock.now() };
    await plantDeal(world, owner, { status: 'won', ...closed } as never);
    expect(await planOf('acme')).toMatch(/^No open deal is called “acme”/);
  });
});

describe('a name that fits several deals', () => {
  beforeEach(async () => {
    await openDealFor(world, world.anna, { name: 'Support' });
    await openDealFor(world, world.anna, { name: 'Training', amount: '' });
    await openDealFor(world, world.anna, { account: 'Globex' });
  });

  it('asks which one, and goes on with the choice in place of the question', async () => {
    await runDeal(world, world.anna, 'plan acme', { channel: 'general' });
    const question = answer(world.anna, 'general');
    expect(question.text).toBe('2 open deals are close to “acme”. Which one?');
    expect(wordsOn(question)).toContain('$12,000 · decides Fri 18 Dec');
    expect(wordsOn(question)).not.toContain('Globex');

    await settle(world, world.anna.choose(question, commandIds.pick, 'Acme · Training'));
    expect(world.anna.ephemerals('general')).toHaveLength(1);
    expect(answer(world.anna, 'general').text).toContain('Acme · Training: decision Fri 18 Dec');
  });

  it('opens the form of the word and takes the question away', async () => {
    await runDeal(world, world.anna, 'homework acme');
    await settle(world, world.anna.choose(answer(world.anna), commandIds.pick, 'Acme · Support'));
    expect(wordsOn(world.anna.topView())).toContain('Acme · Support');
    expect(world.anna.ephemerals()).toEqual([]);
  });

  it('says so when the chosen deal ended meanwhile', async () => {
    await runDeal(world, world.anna, 'lost acme');
    const question = answer(world.anna);
    await runDeal(world, world.anna, 'won acme support');
    await settle(world, world.anna.submit(world.anna.topView()));
    await settle(world, world.anna.choose(question, commandIds.pick, 'Acme · Support'));
    expect(answer(world.anna).text).toContain('Acme · Support was won on Mon 23 Nov');
  });

  it('lets the person search when there are more than a list can hold', async () => {
    const owner = await know(world, world.anna);
    for (let n = 0; n < 101; n += 1) await plantDeal(world, owner, { name: `Site ${n}` });
    await runDeal(world, world.anna, 'plan site');
    expect(answer(world.anna).text).toBe('More than 100 open deals fit “site”. Which one?');
    const found = await world.anna.options(answer(world.anna), commandIds.pick, 'site 77');
    expect(found.map(({ text }) => text.text)).toEqual(['Acme · Site 77']);
  });
});

describe('a name that fits none', () => {
  it.each(['zzz', '%', '_', '*', "'; drop table deals; --"])(
    'as %j says so, and offers a search',
    async (typed) => {
      await openDealFor(world, world.anna);
      expect(await planOf(typed)).toContain(`No open deal is called “${typed}”`);
      expect(actionsOn(answer(world.anna))).toEqual([commandIds.pick]);
    },
  );

  it('searches with my deals first, theirs after, and runs the word on the choice', async () => {
    await openDealFor(world, world.ben, { account: 'Aardvark', decision_on: '2026-11-30' });
    await plantDeal(world, await know(world, world.anna), { account: 'Zebra' });
    await runDeal(world, world.anna, 'plan nobody');
    const offered = await world.anna.options(answer(world.anna), commandIds.pick, '');
    expect(offered.map(({ text }) => text.text)).toEqual([
      'Zebra · Core platform',
      'Aardvark · Core platform',
    ]);
    const typed = await world.anna.options(answer(world.anna), commandIds.pick, 'aard');
    expect(typed).toHaveLength(1);
    const question = answer(world.anna);
    await settle(world, world.anna.choose(question, commandIds.pick, 'Aardvark · Core platform'));
    expect(answer(world.anna).text).toContain('Aardvark · Core platform: decision Mon 30 Nov');
  });
});

describe('the search', () => {
  it('starts with the deals I changed last, until I type', async () => {
    await plantDeal(world, await know(world, world.anna), { account: 'Early' });
    await openDealFor(world, world.anna, { account: 'First' });
    world.clock.advance(60_000);
    await openDealFor(world, world.anna, { account: 'Second' });
    await runDeal(world, world.anna, 'plan');
    const offered = async (typed: string) => {
      const options = await world.anna.options(answer(world.anna), commandIds.pick, typed);
      return options.map(({ text }) => text.text.split(' ')[0]);
    };
    expect(await offered('')).toEqual(['Second', 'First', 'Early']);
    expect(await offered('core')).toEqual(['Early', 'First', 'Second']);
  });
});

describe('no name at all', () => {
  it('means the only open deal I own, though others have deals', async () => {
    await openDealFor(world, world.ben, { account: 'Globex' });
    await openDealFor(world, world.anna);
    expect(await planOf('')).toBe('Acme · Core platform');
  });

  it.each([0, 2])('asks which one when I own %i', async (own) => {
    await openDealFor(world, world.ben, { account: 'Globex' });
    for (let n = 0; n < own; n += 1) await openDealFor(world, world.anna, { name: `Deal ${n}` });
    expect(await planOf('')).toBe('Which deal?');
    const offered = await world.anna.options(answer(world.anna), commandIds.pick, '');
    expect(offered).toHaveLength(own + 1);
  });
});
