import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { runDeal } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
beforeEach(async () => {
  world = await startTalk();
});
afterEach(() => world.stop());

const own = 'Which choice of ours';
const turn = 'Where did it turn?';

describe('level 1', () => {
  it('opens at once: facts and first question for the owner, facts and the lever for the manager', async () => {
    const acme = await world.lose();
    expect(await world.review(acme)).toMatchObject({
      state: 'level1',
      size: 'full',
      kind: 'loss',
      ownerId: world.rep.id,
      managerId: world.boss.id,
    });
    const hers = wordsOn(world.sheet(world.anna));
    expect(hers).toContain(own);
    expect(hers).toContain('This is between you and');
    const his = wordsOn(world.sheet(world.mia));
    expect(his).toContain('What in how we are set up made this likely');
    expect(his).toContain('Thanks for putting this one up.');
    expect(his).not.toContain(own);
    expect(world.anna.messages('closed-lost')).toEqual([]);
  });

  it('shows the owner’s answer to the manager alone, and the next question in place', async () => {
    const acme = await world.lose();
    const text = 'I would bring the CFO in first';
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, { text });
    expect(wordsOn(world.sheet(world.anna))).toContain(turn);
    expect(wordsOn(world.sheet(world.mia))).toContain(text);
    await runDeal(world, world.ben, 'review Acme');
    expect(wordsOn(world.ben.topView())).not.toContain(text);
    expect((await world.known(acme)).entries).toMatchObject([{ kind: 'answer', shared: false }]);
  });

  it('lets the owner pass with a word, never without', async () => {
    const acme = await world.lose();
    await world.fill(world.anna, world.sheet(world.anna), talkIds.pass, {
      why: 'Too early for me',
    });
    expect((await world.known(acme)).entries).toMatchObject([{ kind: 'pass', promptKey: 'own' }]);
    expect(wordsOn(world.sheet(world.anna))).toContain(turn);
  });

  it('waits until the day the owner picked', async () => {
    const acme = await world.lose();
    await world.press(world.anna, world.sheet(world.anna), talkIds.breatheTomorrow);
    expect(wordsOn(world.sheet(world.anna))).toContain('I ask you on Tue 24 Nov');
    expect(wordsOn(world.sheet(world.anna))).not.toContain(own);
    await world.goTo('2026-11-24T13:30:00Z');
    expect(wordsOn(world.sheet(world.anna))).toContain(own);
    expect((await world.known(acme)).asked).toHaveLength(1);
    await world.goTo('2026-11-25T13:30:00Z');
    expect((await world.known(acme)).asked.map(({ promptKey }) => promptKey)).toEqual([
      'own',
      'turn',
    ]);
  });

  it('asks the next question after a business day without an answer, over a weekend on Monday', async () => {
    world.clock.set('2026-11-27T16:00:00Z');
    const acme = await world.lose();
    const keys = async () => (await world.known(acme)).asked.map(({ promptKey }) => promptKey);
    await world.goTo('2026-11-28T14:00:00Z');
    await world.goTo('2026-11-29T14:00:00Z');
    expect(await keys()).toEqual(['own']);
    await world.goTo('2026-11-30T14:00:00Z');
    expect(await keys()).toEqual(['own', 'turn']);
  });

  it('goes to the team after three business days, with nothing the owner wrote', async () => {
    const acme = await world.lose();
    const text = 'I would bring the CFO in first';
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, { text });
    await world.goTo('2026-11-25T13:30:00Z');
    expect(await world.review(acme)).toMatchObject({ state: 'level1' });
    await world.goTo('2026-11-26T13:30:00Z');
    expect(await world.review(acme)).toMatchObject({ state: 'talking', releasedBy: 'clock' });
    await world.goTo('2026-11-26T15:00:00Z');
    const said = world.anna
      .messages('closed-lost')
      .map((message) => wordsOn(message))
      .join(' ');
    expect(said).not.toContain(text);
  });

  it('lets the owner choose what goes along', async () => {
    const acme = await world.lose();
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, {
      text: 'I kept one contact',
    });
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, {
      text: 'It turned in May',
    });
    await world.anna.press(world.sheet(world.anna), talkIds.release);
    await world.sandbox.settled();
    const view = world.anna.topView();
    const [first] = (await world.known(acme)).entries;
    expect(wordsOn(view)).toContain('Reason: Price without enough value behind it');
    await world.anna.submit(view, { share: [first?.id] });
    await world.sandbox.settled();
    expect((await world.known(acme)).entries.map(({ shared }) => shared)).toEqual([true, false]);
    expect(await world.review(acme)).toMatchObject({ state: 'talking', releasedBy: 'owner' });
  });
});

describe('what is the owner’s', () => {
  it('nobody else can write, not even the manager', async () => {
    await world.lose();
    await world.mia.press(world.sheet(world.mia), talkIds.answer);
    await world.sandbox.settled();
    expect(wordsOn(world.mia.topView())).toContain('What in how we are set up');
    expect(actionsOn(world.sheet(world.mia))).not.toContain(talkIds.release);
  });
});

describe('a deal that never was one', () => {
  it('has a void review, and nothing more is asked', async () => {
    const acme = await world.lose();
    await runDeal(world, world.anna, 'invalid Acme');
    const view = world.anna.topView();
    await world.anna.submit(view, { why: 'duplicate' });
    await world.sandbox.settled();
    await world.deliver();
    expect(await world.review(acme)).toMatchObject({ state: 'void' });
    expect(wordsOn(world.sheet(world.anna))).toContain('never to have been one');
    expect(await rowsOf(world.app.store, 'reviewEntries')).toEqual([]);
  });
});
