import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { findNudgeWishes, saveNudgeWishes } from '../../../src/store/nudge-wishes.ts';
import { know, settle, stepsOf } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';

let world: World;
let anna: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  const ben = await know(world, world.ben);
  await world.app.store.transaction(async (tx) => {
    const { workspaceId } = anna;
    const wishes = await findNudgeWishes(tx, workspaceId, anna.id);
    const away = { ...wishes, awayUntil: day('2026-11-30'), standInId: ben.id };
    await saveNudgeWishes(tx, workspaceId, anna.id, away);
  });
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

const tuesday = '2026-11-24T14:00:00Z';
const ours = { side: 'seller', status: 'agreed', agreedOn: day('2026-11-16') } as const;
const gate = { ...ours, title: 'Send the contract', gate: true, dueOn: day('2026-11-24') };

describe('somebody who stands in', () => {
  it('is asked about the gates of who is away, and may do what is asked', async () => {
    await addSteps(world, acme, [
      gate,
      { ...ours, title: 'Write the summary', dueOn: day('2026-11-24') },
    ]);
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
    const [bundle] = world.ben.dm();
    expect(bundle?.text).toContain('“Send the contract” (Anna Snelling’s)');
    expect(bundle?.text).not.toContain('Write the summary');
    const [step] = await stepsOf(world, acme.id);
    if (!bundle || !step) throw new Error('There is no bundle.');
    await settle(world, world.ben.press(bundle, stepIds.done, { value: step.id }));
    expect((await stepsOf(world, acme.id))[0]).toMatchObject({ id: step.id, status: 'done' });
  });

  it('hears nothing of a restricted deal', async () => {
    const umbrella = await plantDeal(world, anna, { account: 'Umbrella', privacy: 'restricted' });
    await addSteps(world, umbrella, [gate]);
    await world.goTo(tuesday);
    expect(JSON.stringify(world.ben.dm())).not.toContain('Umbrella');
  });

  it('hears nothing more once the other is back, who is asked again', async () => {
    await addSteps(world, acme, [{ ...gate, dueOn: day('2026-11-30') }]);
    await world.goTo('2026-11-30T14:00:00Z');
    expect(world.ben.dm()).toEqual([]);
    expect(world.anna.dm()[0]?.text).toContain('Send the contract');
  });
});
