import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn } from '../../../sandbox/server/blocks.ts';
import { worthPayingQuestion } from '../../../src/domain/worst-advice.ts';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { resubmit, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
beforeEach(async () => {
  world = await startTalk();
});
afterEach(() => world.stop());

const practices = () => rowsOf(world.app.store, 'practices');
const typed = {
  skill: 'negotiate',
  behaviour: 'Give a bigger discount earlier',
  occasion: 'In the next three offers',
  watch: 'shadow',
  person: 'U0BEN',
};

/** A talk that has come as far as the one thing, with its form open. */
async function openForm(): Promise<void> {
  await world.lose({ big: false, values: { reason: 'ppl.single' } });
  await settle(world, world.anna.press(world.sheet(world.anna), talkIds.release));
  await submit(world, world.anna);
  await world.deliver();
  await world.goTo('2026-11-26T15:00:00Z');
  const move = world.asked('strongest move');
  if (move) await world.fill(world.ben, move, talkIds.answer, { text: 'Her boss' });
  const lever = world.asked('how we are set up');
  const change = { text: 'Nobody saw it', change: 'A second pair of eyes' };
  if (lever) await world.fill(world.mia, lever, talkIds.answer, change);
  await world.goTo('2026-12-01T13:30:00Z');
  const ask = world.asked('One behaviour to work on');
  if (!ask) throw new Error('The one thing is not asked.');
  await settle(world, world.anna.press(ask, talkIds.answer));
}

describe('one thing to work on that is one of the two worst lessons', () => {
  it('comes back once with its question and all that was typed; saving again goes through', async () => {
    await openForm();
    expect(await submit(world, world.anna, typed)).toMatchObject({ ok: true });
    expect(await practices()).toEqual([]);
    const form = world.anna.topView();
    expect(wordsOn(form)).toContain(`Only you see this: ${worthPayingQuestion}`);
    const shown = JSON.stringify(elementsIn(form.blocks));
    for (const value of Object.values(typed)) expect(shown).toContain(value);
    expect(await submit(world, world.anna)).toMatchObject({ ok: true });
    await world.deliver();
    expect(await practices()).toMatchObject([{ behaviour: typed.behaviour, state: 'active' }]);
    await resubmit(world);
    expect(await practices()).toHaveLength(1);
    const told = world.ben.messages('closed-lost').map(wordsOn).join('\n');
    expect(told).not.toContain(worthPayingQuestion);
  });

  it('may be another one by then, and any other is kept at once', async () => {
    await openForm();
    await submit(world, world.anna, typed);
    await submit(world, world.anna, { behaviour: 'Ask for their number first' });
    expect(await practices()).toMatchObject([{ behaviour: 'Ask for their number first' }]);
  });
});
