import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { know, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
beforeEach(async () => {
  world = await startWorld();
  const ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
});
afterEach(() => world.stop());

const due = { side: 'seller', title: 'Send the pack', dueOn: day('2026-11-24') } as const;

async function plant(account: string, more: Partial<Deal> = {}): Promise<void> {
  await addSteps(world, await plantDeal(world, anna, { account, ...more }), [due]);
}

describe('/deal nudges preview', () => {
  it('says what the next morning asks, what is held back and why, and sends nothing', async () => {
    for (const account of ['Acme', 'Globex', 'Hooli', 'Initech', 'Umbrella', 'Vandelay']) {
      await plant(account);
    }
    await runDeal(world, world.anna, 'nudges preview');
    const { text } = answer(world.anna);
    expect(text).toContain('You: 5 questions, Tue 24 Nov at 09:00.');
    expect(text.match(/• \w+ · Core platform: a step of ours is due today/g)).toHaveLength(5);
    expect(text).toContain('Held back, over the budget of the week: ');
    expect(await rowsOf(world.app.store, 'nudges')).toEqual([]);
    expect(world.anna.dm()).toEqual([]);
  });

  it('shows a manager their team, and nobody a deal they may not see', async () => {
    await plant('Acme', { privacy: 'restricted' });
    await runDeal(world, world.ben, 'nudges');
    expect(answer(world.ben).text).toMatch(/Anna Snelling: 1 question, .*\n• Acme · Core platform/);
    await know(world, world.mia);
    await runDeal(world, world.mia, 'nudges');
    expect(answer(world.mia).text).not.toMatch(/Anna|Acme/);
  });
});

describe('the menu of a question', () => {
  it('leads to one’s own mornings, and those to a snooze of the same question', async () => {
    await plant('Acme');
    await world.goTo('2026-11-24T14:00:00Z');
    const [bundle] = world.anna.dm();
    const [item] = await rowsOf(world.app.store, 'nudgeItems');
    if (!bundle || !item) throw new Error('There is no bundle.');
    const press = world.anna.press(bundle, 'nudge_more', { value: `${item.id} mornings` });
    await settle(world, press);
    expect(wordsOn(world.anna.topView())).toContain('Your working days');
    await settle(world, world.anna.choose(world.anna.topView(), 'settings_snooze', item.id));
    expect(wordsOn(world.anna.topView())).toContain('Send the pack · Acme · Core platform');
    expect((await submit(world, world.anna, { scope: 'deal', length: 'mute' })).ok).toBe(true);
    expect(await rowsOf(world.app.store, 'nudgeRests')).toMatchObject([{ scope: 'deal' }]);
    expect(wordsOn(world.anna.topView())).toMatch(/What rests now\..*Everything about Acme/s);
    await world.goTo('2026-11-26T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
  });
});
