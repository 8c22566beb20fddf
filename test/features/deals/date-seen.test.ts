import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { know, openDealFor, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let news: SandboxMessage;

/** Anna’s deal slipped twice, and Ben, her manager, was told. */
beforeEach(async () => {
  world = await startWorld();
  await openDealFor(world, world.anna);
  const ben = await know(world, world.ben, { role: 'manager' });
  await know(world, world.anna, { managerId: ben.id });
  world.clock.set('2026-11-25T14:30:00Z');
  for (const to of ['2026-12-23', '2026-12-30']) await move(to);
  await world.deliver();
  const [told] = world.ben.dm();
  if (!told) throw new Error('The manager was not told.');
  news = told;
});
afterEach(() => world.stop());

async function move(to: string): Promise<void> {
  const { anna } = world;
  await runDeal(world, anna, 'date Acme');
  await settle(world, anna.press(anna.topView(), 'deals_date_move_it'));
  const why = { side: 'us', reason: 'Their board meets later', tried: ['help'] };
  await submit(world, anna, { decision_on: to, ...why });
  await anna.close(anna.topView());
}

const press = () => settle(world, world.ben.press(news, 'deals_date_seen'));
const seen = async () => {
  const log = await rowsOf(world.app.store, 'events');
  return log.filter(({ kind }) => kind === 'slips_seen').map(({ actorId }) => actorId);
};
async function planText(): Promise<string> {
  await runDeal(world, world.anna, 'plan Acme');
  return wordsOn(answer(world.anna));
}

describe('the tap that says a second slip was seen', () => {
  it('counts once, however often Slack delivers it', async () => {
    const ben = await know(world, world.ben);
    await press();
    await sendCrafted(world, 'block_actions', () => undefined);
    expect(await seen()).toEqual([ben.id]);
    expect(await planText()).not.toContain('not yet seen by manager');
    expect(wordsOn(world.ben.dm()[0] ?? { blocks: [] })).toContain('You have seen it.');
  });

  it('is refused to whoever is no manager of the owner any more', async () => {
    const mia = await know(world, world.mia, { role: 'manager' });
    await know(world, world.anna, { managerId: mia.id });
    await press();
    expect(answer(world.ben).text).toBe(
      'Only a manager of the deal’s owner can say that they saw it.',
    );
    expect(await seen()).toEqual([]);
    expect(await planText()).toContain('not yet seen by manager');
  });

  it.each([
    ['the owner', 'U0ANNA'],
    ['a colleague', 'U0MIA'],
    ['a guest', 'U0GUEST'],
  ])('does nothing when it is sent by hand in the name of %s', async (_who, userId) => {
    await know(world, world.ben, { role: 'rep' });
    await know(world, world.anna, { managerId: undefined });
    await press();
    await sendCrafted(world, 'block_actions', ({ user }) => {
      user.id = userId;
    });
    expect(await seen()).toEqual([]);
    expect(await planText()).toContain('not yet seen by manager');
  });

  it('knows no restricted deal for those who are not on it', async () => {
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.deals).set({ privacy: 'restricted' });
    });
    await know(world, world.ben, { role: 'rep' });
    await know(world, world.anna, { managerId: undefined });
    await press();
    expect(answer(world.ben).text).not.toContain('Acme');
    expect(await seen()).toEqual([]);
  });
});
