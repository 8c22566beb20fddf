import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { worthPayingQuestion } from '../../../src/domain/worst-advice.ts';
import { know } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { loseDealFor } from '../../support/losses.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;

beforeEach(async () => {
  world = await startWorld({ env: { BIG_DEAL: '50000' } });
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
});
afterEach(() => world.stop());

const result = () => wordsOn(world.anna.topView());
const threads = () =>
  world.anna
    .messages('closed-lost')
    .filter(({ threadTs, text }) => threadTs === null && text.startsWith('Acme · Core platform'))
    .map(wordsOn);

async function lose(values: Record<string, string> = {}, changes: Partial<Deal> = {}) {
  await plantDeal(world, anna, changes);
  return loseDealFor(world, world.anna, 'Acme', values);
}

describe('the page after a loss says when it comes up', () => {
  it.each([
    ['a small deal', undefined],
    ['a big one', { minor: 90_000_00, currency: 'USD' }],
  ])(
    'first between the two, then on the day the thread and three business days are past: %s',
    async (_what, amount) => {
      await lose({}, { amount });
      expect(result()).toContain(
        'is closed, with its facts counted for you. It is between you and Ben Okafor first, and comes up in #closed-lost on Thu 26 Nov.',
      );
      await world.goTo('2026-11-26T14:59:00Z');
      expect(threads()).toEqual([]);
      await world.goTo('2026-11-26T15:00:00Z');
      expect(threads().join('\n')).toContain('Acme · Core platform');
    },
  );

  it('on the day it is released when the weekly thread comes before, which names it without a word why', async () => {
    world.clock.set('2026-11-25T15:00:00Z');
    await lose();
    expect(result()).toContain(
      'comes up in #closed-lost on Mon 30 Nov, or sooner if you let the team in. Until then the weekly thread of Thu 26 Nov has its name, and no word why.',
    );
    await world.goTo('2026-11-26T15:00:00Z');
    const told = world.anna.messages('closed-lost').map(wordsOn).join('\n');
    expect(told).toContain('Acme · Core platform · amount — · still between its owner');
    expect(told).not.toMatch(/Initech|Price without enough value/);
    await world.goTo('2026-11-27T15:00:00Z');
    expect(threads()).toEqual([]);
    await world.goTo('2026-11-30T15:00:00Z');
    expect(threads()).toHaveLength(1);
  });

  it('as the owner’s alone where nobody is above them', async () => {
    await know(world, world.anna, { managerId: undefined });
    await lose();
    expect(result()).toContain('It is yours alone first, and comes up in #closed-lost');
  });

  it('to the manager who closed it, in their place', async () => {
    world.clock.set('2026-11-25T15:00:00Z');
    await plantDeal(world, anna);
    await loseDealFor(world, world.ben, 'Acme');
    const words = wordsOn(world.ben.topView());
    expect(words).toContain('It is between you and Anna Snelling first');
    expect(words).toContain('or sooner if Anna Snelling lets the team in.');
  });

  it('never of a private deal, whose talk stays between the two', async () => {
    await lose({}, { privacy: 'restricted' });
    expect(result()).toContain('The talk about it stays between you and Ben Okafor.');
    expect(result()).not.toContain('#closed-lost');
  });
});

describe('a thing to start differently that is one of the two worst lessons', () => {
  it('is kept, and asks its question to who wrote it alone', async () => {
    expect(await lose({ own_words: 'Cut our price earlier' })).toMatchObject({ ok: true });
    expect(result()).toContain(`Only you see this: ${worthPayingQuestion}`);
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { ownWords: 'Cut our price earlier' },
    ]);
    await world.goTo('2026-11-26T15:00:00Z');
    const told = world.ben.messages('closed-lost').map(wordsOn).join('\n');
    expect(told).not.toContain(worthPayingQuestion);
  });

  it('asks nothing of any other', async () => {
    await lose({ own_words: 'Ask for their number before the offer' });
    expect(result()).not.toContain(worthPayingQuestion);
  });
});
