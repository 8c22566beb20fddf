import { afterEach, describe, expect, it } from 'vitest';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { know, runDeal, settle, submit } from '../../support/deals.ts';
import { plantDeal } from '../../support/planted.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
afterEach(() => world.stop());

const lever = { text: 'We hire late', change: 'Two pairs of eyes', due_on: '2026-12-18' };
const thing = { skill: 'negotiate', behaviour: 'Ask for something back', occasion: 'Each call' };
const inThread = (question: string) => {
  const found = world.asked(question);
  if (!found) throw new Error(`'${question}' is not in the thread.`);
  return found;
};
type Who = TalkWorld['anna'];
const answer = (who: Who, text: string) =>
  world.fill(who, world.sheet(who), talkIds.answer, { text });
const say = (who: Who, question: string, text: string) =>
  world.fill(who, inThread(question), talkIds.answer, { text });

async function release(who: Who = world.anna): Promise<void> {
  await settle(world, who.press(world.sheet(who), talkIds.release));
  await submit(world, who);
  await world.deliver();
}

async function name(who: Who, person: string): Promise<void> {
  await settle(world, who.press(world.sheet(who), talkIds.nameReviewer));
  await submit(world, who, { person });
  await who.close(who.topView());
  await world.deliver();
}

describe('a sampled win', () => {
  it('is talked through to its end, with a vote on whether it was deserved', async () => {
    world = await startTalk();
    const deal = await plantDeal(world, world.rep, {});
    await runDeal(world, world.anna, 'won Acme');
    await submit(world, world.anna);
    await world.anna.close(world.anna.topView());
    await world.deliver();
    await answer(world.anna, 'We met the CFO in week one');
    await world.fill(world.mia, world.sheet(world.mia), talkIds.answer, lever);
    await release();
    await world.goTo('2026-11-26T15:00:00Z');
    const vote = () => inThread('Did we deserve this one');
    await settle(world, world.anna.press(vote(), talkIds.answer));
    expect(JSON.stringify(world.anna.ephemerals('closed-lost'))).toContain(
      'That vote is your colleagues’.',
    );
    await world.fill(world.mia, vote(), talkIds.answer, { deserved: 'partly' });
    await world.fill(world.ben, vote(), talkIds.answer, { deserved: 'yes' });
    await say(world.ben, 'worked well enough', 'The trial');
    await world.goTo('2026-11-27T13:30:00Z');
    expect(wordsOn(vote())).toContain('Partly: 1');
    expect(wordsOn(vote())).not.toMatch(/Ben|Mia/);
    expect(await world.gaps(deal)).toEqual(['one_thing']);
    await world.goTo('2026-12-01T13:30:00Z');
    await world.fill(world.anna, inThread('One behaviour'), talkIds.answer, thing);
    expect(await world.review(deal)).toMatchObject({ kind: 'win', state: 'complete' });
  });
});

describe('nobody above the owner', () => {
  it('gets through with a colleague who looks from outside and keeps the talk going', async () => {
    world = await startTalk({ managed: false });
    const acme = await world.lose({ big: false });
    await name(world.anna, 'U0BEN');
    expect(await world.review(acme)).toMatchObject({
      managerId: undefined,
      reviewerId: world.peer.id,
      facilitatorId: world.peer.id,
    });
    const toBen = world.ben.dm().at(-1);
    if (!toBen) throw new Error('Ben was not asked.');
    expect(toBen.text).toContain('you keep the talk going, too');
    await runDeal(world, world.ben, 'review Acme');
    await settle(world, world.ben.press(world.ben.topView(), talkIds.waive));
    await submit(world, world.ben, { why: 'Their limit was law' });
    expect(await world.gaps(acme)).not.toContain('reasons');
    await world.fill(world.ben, toBen, talkIds.answer, { text: 'They asked about price twice' });
    await release();
    await world.goTo('2026-11-26T15:00:00Z');
    await say(world.ben, 'strongest move', 'Her boss');
    await world.fill(world.anna, inThread('adopt or park'), talkIds.answer, {
      verdict: 'adopt',
      note: 'I heard it late',
    });
    await world.goTo('2026-11-27T13:30:00Z');
    await world.fill(world.anna, inThread('how we are set up'), talkIds.answer, lever);
    await world.goTo('2026-12-01T13:30:00Z');
    await world.goTo('2026-12-02T13:30:00Z');
    await world.fill(world.anna, inThread('One behaviour'), talkIds.answer, thing);
    expect(await world.gaps(acme)).toEqual([]);
    expect(await world.review(acme)).toMatchObject({ state: 'complete' });
  });

  it('is asked in the morning to name somebody, and opens the form from there', async () => {
    world = await startTalk({ managed: false });
    await world.lose({ big: false, values: { reason: 'ppl.single' } });
    await world.goTo('2026-11-24T14:00:00Z');
    const bundle = world.anna.dm().findLast((one) => actionsOn(one).includes('review_answer'));
    if (!bundle) throw new Error('Anna was not asked.');
    await settle(world, world.anna.press(bundle, 'review_answer'));
    expect(wordsOn(world.anna.topView())).toContain('Whom do you ask?');
  });
});

describe('a private big loss', () => {
  it('gets through in the direct messages of the two and a named colleague, close included', async () => {
    world = await startTalk();
    const acme = await world.lose({ privacy: 'restricted' });
    for (const text of ['I kept one contact', 'In May', 'The CFO first', 'A week saved']) {
      await answer(world.anna, text);
    }
    await world.fill(world.mia, world.sheet(world.mia), talkIds.answer, lever);
    await name(world.anna, 'U0BEN');
    await world.fill(world.ben, world.ben.dm().at(-1) ?? world.sheet(world.ben), talkIds.answer, {
      text: 'They asked about price twice',
    });
    await release();
    await world.fill(world.mia, world.sheet(world.mia), talkIds.answer, {
      why_class: 'outsold',
      reason: 'cmp.trusted',
      fixable: 'yes',
    });
    expect(wordsOn(world.sheet(world.anna))).not.toContain('Winnable');
    await world.goTo('2026-11-24T13:30:00Z');
    expect(wordsOn(world.sheet(world.anna))).toContain('Winnable with different selling');
    await answer(world.mia, 'Her boss');
    await answer(world.mia, 'Nobody asked me');
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, {
      verdict: 'park',
      note: 'We offered that',
    });
    for (const on of ['25', '26', '27', '30']) await world.goTo(`2026-11-${on}T13:30:00Z`);
    for (const on of ['01', '02', '03', '04']) await world.goTo(`2026-12-${on}T13:30:00Z`);
    expect(await world.gaps(acme)).toEqual(['one_thing']);
    await runDeal(world, world.anna, 'review Acme');
    while (actionsOn(world.sheet(world.anna)).includes(talkIds.pass)) {
      await world.fill(world.anna, world.sheet(world.anna), talkIds.pass, {
        why: 'Said already',
      });
    }
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, thing);
    expect(await world.review(acme)).toMatchObject({ state: 'complete', threadTs: undefined });
    await world.press(world.anna, world.sheet(world.anna), talkIds.learned);
    expect(wordsOn(world.sheet(world.mia))).toContain('At the close: not enough yet (1 of 2)');
    await world.press(world.mia, world.sheet(world.mia), talkIds.again);
    expect(wordsOn(world.sheet(world.mia))).toContain('1 of 2 learned something');
    const everything = JSON.stringify(world.anna.messages('closed-lost'));
    expect(everything).not.toMatch(/Acme|CFO first|Her boss/);
  });
});

describe('an excused review', () => {
  it('asks nothing more, on the sheets of the two either', async () => {
    world = await startTalk();
    const acme = await world.lose();
    await runDeal(world, world.mia, 'review Acme');
    await settle(world, world.mia.press(world.mia.topView(), 'review_excuse'));
    await submit(world, world.mia, { reason: 'Leave until March' });
    await world.deliver();
    for (const who of [world.anna, world.mia]) {
      expect(wordsOn(world.sheet(who))).toContain('This review was excused.');
      expect(actionsOn(world.sheet(who))).toEqual([]);
    }
    for (const on of ['24', '25', '26', '30']) await world.goTo(`2026-11-${on}T15:00:00Z`);
    expect(await world.review(acme)).toMatchObject({ state: 'excused', threadTs: undefined });
    expect((await world.known(acme)).asked).toHaveLength(1);
    expect(world.anna.messages('closed-lost')[0]?.text).toContain('1 excused from the talk');
  });
});

describe('a paused review', () => {
  it('offers nothing on the sheets until it goes on', async () => {
    world = await startTalk();
    await world.lose();
    await runDeal(world, world.anna, 'review Acme');
    await settle(world, world.anna.press(world.anna.topView(), 'review_pause'));
    await submit(world, world.anna);
    while (world.anna.modals().length > 0) await world.anna.close(world.anna.topView());
    await world.deliver();
    expect(wordsOn(world.sheet(world.anna))).toContain('Paused.');
    expect(actionsOn(world.sheet(world.anna))).toEqual([]);
    await runDeal(world, world.anna, 'review Acme');
    await settle(world, world.anna.press(world.anna.topView(), 'review_resume'));
    await world.deliver();
    expect(wordsOn(world.sheet(world.anna))).toContain('Which choice of ours');
  });
});

describe('a quick review that somebody from outside is asked for', () => {
  it('really asks them, and waits for their view to be looked at', async () => {
    world = await startTalk();
    const acme = await world.lose({ big: false, values: { reason: 'ppl.single' } });
    await name(world.anna, 'U0BEN');
    const toBen = world.ben.dm().at(-1);
    if (!toBen) throw new Error('Ben was not asked.');
    await world.fill(world.ben, toBen, talkIds.answer, { text: 'One contact only' });
    expect(await world.gaps(acme)).toContain('opinions');
    await release();
    await world.goTo('2026-11-26T15:00:00Z');
    await say(world.mia, 'strongest move', 'Her boss');
    await world.fill(world.anna, inThread('adopt or park'), talkIds.answer, {
      verdict: 'adopt',
      note: 'Yes',
    });
    expect(await world.gaps(acme)).not.toContain('opinions');
  });
});

describe('a loss that came without its form', () => {
  it('asks its owner whether it could have been won, and needs no more of the form', async () => {
    world = await startTalk();
    const acme = await world.lose({ big: false, values: { reason: 'ppl.single' } });
    await world.app.store.transaction((tx) => tx.update(tx.tables.losses).set({ fixable: null }));
    expect(await world.gaps(acme)).toContain('form');
    await world.goTo('2026-11-24T13:30:00Z');
    expect(wordsOn(world.sheet(world.anna))).toContain('Could we have won it');
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, { fixable: 'partly' });
    expect(await world.gaps(acme)).not.toContain('form');
  });
});

describe('whoever passed every question of their own', () => {
  it('is still asked for one lever, and the review gets through with it', async () => {
    world = await startTalk();
    const acme = await world.lose({ values: { reason: 'ppl.single' } });
    for (let n = 0; n < 3; n += 1) {
      await world.fill(world.anna, world.sheet(world.anna), talkIds.pass, { why: 'Too early' });
    }
    expect(await world.gaps(acme)).toContain('personal_lever');
    expect(wordsOn(world.sheet(world.anna))).toContain('this deal starts again');
    await answer(world.anna, 'I call the CFO first');
    expect(await world.gaps(acme)).not.toContain('personal_lever');
  });
});

describe('people of a review who leave', () => {
  it('a manager is followed by the next one above, whose lever it is then', async () => {
    world = await startTalk();
    const ada = await know(world, world.admin, { role: 'admin' });
    await know(world, world.mia, { managerId: ada.id });
    const acme = await world.lose();
    await know(world, world.mia, { active: false });
    await world.goTo('2026-11-24T13:30:00Z');
    expect(await world.review(acme)).toMatchObject({ ownerId: world.rep.id, managerId: ada.id });
    expect(wordsOn(world.sheet(world.admin))).toContain('how we are set up');
  });

  it('what an owner wrote for the two is shown to nobody once they have left', async () => {
    world = await startTalk();
    const ada = await know(world, world.admin, { role: 'admin' });
    await know(world, world.mia, { managerId: ada.id });
    await world.lose();
    await answer(world.anna, 'I kept one contact');
    await know(world, world.anna, { active: false });
    await world.goTo('2026-11-24T13:30:00Z');
    for (const who of [world.mia, world.admin]) {
      expect(wordsOn(world.sheet(who))).not.toContain('I kept one contact');
    }
  });

  it('somebody else is named for an outside view that did not come', async () => {
    world = await startTalk();
    const acme = await world.lose();
    await name(world.anna, 'U0BEN');
    await know(world, world.ben, { active: false });
    await world.goTo('2026-11-24T13:30:00Z');
    expect(await world.review(acme)).toMatchObject({ reviewerId: undefined });
    expect(actionsOn(world.sheet(world.anna))).toContain(talkIds.nameReviewer);
  });
});
