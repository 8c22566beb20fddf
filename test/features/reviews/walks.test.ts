import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { know, runDeal, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
afterEach(() => world.stop());

const lever = {
  text: 'We hire late',
  change: 'A second pair of eyes on every offer',
  due_on: '2026-12-18',
};
const thing = {
  skill: 'negotiate',
  behaviour: 'Ask for something back',
  occasion: 'Each price call',
};
const vote = { why_class: 'outsold', reason: 'cmp.trusted', fixable: 'yes' };
const keys = async (deal: Parameters<TalkWorld['known']>[0]) =>
  (await world.known(deal)).asked.map(({ promptKey }) => promptKey);
const openMine = (actor: TalkWorld['anna']) => world.sheet(actor);
const inThread = (question: string) => {
  const found = world.asked(question);
  if (!found) throw new Error(`'${question}' is not in the thread.`);
  return found;
};

async function release(): Promise<void> {
  await settle(world, world.anna.press(world.sheet(world.anna), talkIds.release));
  await submit(world, world.anna);
  await world.deliver();
}

describe('a small loss', () => {
  beforeEach(async () => {
    world = await startTalk();
  });

  it('goes from the form to complete: its open question, one move, the lever, quiet, one thing', async () => {
    const acme = await world.lose({ big: false });
    expect(await world.review(acme)).toMatchObject({ size: 'quick' });
    expect(await keys(acme)).toEqual(['turned:com.price_value']);
    await world.fill(world.anna, openMine(world.anna), talkIds.answer, {
      text: 'They had to believe we save them a week',
    });
    await world.fill(world.mia, openMine(world.mia), talkIds.answer, lever);
    expect(await rowsOf(world.app.store, 'commitments')).toMatchObject([
      { kind: 'system_change', personId: world.boss.id, dueOn: '2026-12-18' },
    ]);
    await release();
    expect(await world.review(acme)).toMatchObject({ state: 'talking', threadTs: undefined });
    expect(await keys(acme)).toEqual(['turned:com.price_value']);
    await world.goTo('2026-11-26T15:00:00Z');
    expect(await keys(acme)).toEqual(['turned:com.price_value', 'fight']);
    await world.fill(world.ben, inThread('strongest move'), talkIds.answer, {
      text: 'A call between our founders',
    });
    expect(wordsOn(inThread('strongest move'))).toContain('A call between our founders');
    expect(wordsOn(inThread('how we are set up'))).toContain('A second pair of eyes');
    const other = { ...lever, change: 'Two new people' };
    await world.fill(world.mia, inThread('how we are set up'), talkIds.answer, other);
    expect(await rowsOf(world.app.store, 'commitments')).toMatchObject([
      { what: 'Two new people' },
    ]);
    expect(await world.review(acme)).toMatchObject({ state: 'soaking', soakUntil: '2026-11-30' });
    expect(await world.gaps(acme)).toEqual(['one_thing']);
    await world.goTo('2026-11-30T13:30:00Z');
    expect(await keys(acme)).not.toContain('one_thing');
    await world.goTo('2026-12-01T13:30:00Z');
    const ask = inThread('One behaviour to work on');
    await settle(world, world.mia.press(ask, talkIds.answer));
    const refused = await submit(world, world.mia, thing);
    expect(JSON.stringify(refused.errors)).toContain('theirs to choose');
    await world.fill(world.anna, ask, talkIds.answer, thing);
    expect(await rowsOf(world.app.store, 'practices')).toMatchObject([
      { personId: world.rep.id, skill: 'negotiate', state: 'active' },
    ]);
    expect(await world.review(acme)).toMatchObject({ state: 'complete' });
    expect(
      world
        .thread()
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('This review is complete');
    const close = inThread('Two taps');
    await world.press(world.ben, close, talkIds.learned);
    expect(wordsOn(inThread('Two taps'))).toContain('At the close: not enough yet (1 of 2)');
    const card = () => {
      const { threadTs } = inThread('Two taps');
      const found = world.anna.messages('closed-lost').find(({ ts }) => ts === threadTs);
      return wordsOn(found ?? { blocks: [] });
    };
    expect(card()).toContain('At the close: not enough yet (1 of 2)');
    await world.press(world.anna, close, talkIds.again);
    await world.press(world.anna, close, talkIds.learned);
    expect(wordsOn(inThread('Two taps'))).toContain(
      'Worth the time: 2 of 2 learned something that changes their work, 1 of 2 would join another',
    );
    expect(card()).toContain(
      'talked through · Worth the time: 2 of 2 learned something that changes their work, 1 of 2 would join another',
    );
    expect(card()).not.toMatch(/Ben|Mia/);
  });

  it('is complete with nothing to change and why, but never with two choices', async () => {
    const acme = await world.lose({ big: false, values: { reason: 'ppl.single' } });
    expect(await keys(acme)).toEqual([]);
    await world.fill(world.mia, openMine(world.mia), talkIds.answer, lever);
    await release();
    await world.goTo('2026-11-26T15:00:00Z');
    await world.fill(world.ben, inThread('strongest move'), talkIds.answer, { text: 'Her boss' });
    await world.goTo('2026-12-01T13:30:00Z');
    const ask = inThread('One behaviour to work on');
    await settle(world, world.anna.press(ask, talkIds.answer));
    await world.fill(world.mia, ask, talkIds.nothing, { why: 'They were bought that week' });
    expect(await world.review(acme)).toMatchObject({ state: 'complete' });
    const late = await submit(world, world.anna, thing);
    expect(JSON.stringify(late.errors)).toContain('This review is over');
    expect(actionsOn(inThread('One behaviour to work on'))).toEqual([]);
    expect(await rowsOf(world.app.store, 'practices')).toEqual([]);
  });

  it('lets the manager alone leave a reason as it is, with a note', async () => {
    const acme = await world.lose({ big: false });
    await runDeal(world, world.mia, 'review Acme');
    await settle(world, world.mia.press(world.mia.topView(), talkIds.waive));
    await submit(world, world.mia, { why: 'Their limit was law' });
    expect((await world.known(acme)).entries).toMatchObject([
      { kind: 'waived', promptKey: 'com.price_value', authorId: world.boss.id },
    ]);
    expect(await world.gaps(acme)).not.toContain('reasons');
    await runDeal(world, world.anna, 'review Acme');
    expect(actionsOn(world.anna.topView())).not.toContain(talkIds.waive);
  });
});

describe('a big loss', () => {
  beforeEach(async () => {
    world = await startTalk();
  });

  it('asks everything in order, with a blind vote and an outside view', async () => {
    const acme = await world.lose();
    for (const text of [
      'I kept one contact',
      'It turned in May',
      'I call the CFO',
      'A week saved',
    ]) {
      await world.fill(world.anna, openMine(world.anna), talkIds.answer, { text });
    }
    expect(await keys(acme)).toEqual(['own', 'turn', 'restart', 'turned:com.price_value']);
    await world.fill(world.mia, openMine(world.mia), talkIds.answer, lever);
    await settle(world, world.anna.press(openMine(world.anna), talkIds.nameReviewer));
    await submit(world, world.anna, { person: 'U0BEN' });
    await world.anna.close(world.anna.topView());
    await world.deliver();
    const toBen = world.ben.dm().at(-1);
    if (!toBen) throw new Error('Ben was not asked.');
    expect(toBen.text).toContain('asks for your view on Acme · Core platform, by Thu 26 Nov');
    expect(JSON.stringify(toBen.blocks)).not.toContain('I kept one contact');
    await release();
    await world.goTo('2026-11-26T15:00:00Z');
    expect((await keys(acme)).at(-1)).toBe('two_boxes');

    const question = 'Should we have been there';
    await settle(world, world.ben.press(inThread(question), talkIds.answer));
    await submit(world, world.ben, vote);
    expect(wordsOn(world.ben.topView())).toContain(
      'Winnable with different selling: 80 of 100 (2 views)',
    );
    await world.deliver();
    const open = wordsOn(inThread(question));
    expect(open).toContain('2 votes so far');
    expect(open).not.toContain('Rival was trusted more');
    expect((await keys(acme)).at(-1)).toBe('two_boxes');
    await world.fill(world.mia, inThread(question), talkIds.answer, { ...vote, fixable: 'no' });
    expect((await keys(acme)).at(-1)).toBe('fight');
    await settle(world, world.anna.press(inThread(question), talkIds.answer));
    expect(
      world.anna
        .modals()
        .map((view) => wordsOn(view))
        .join(' '),
    ).not.toContain('Which box?');

    await world.fill(world.mia, inThread('strongest move'), talkIds.answer, { text: 'Her boss' });
    await world.fill(world.ben, inThread('Whose help'), talkIds.answer, {
      text: 'Nobody asked me',
    });
    await world.fill(world.ben, toBen, talkIds.answer, { text: 'They asked about price twice' });
    await world.fill(world.anna, inThread('adopt or park'), talkIds.answer, {
      verdict: 'adopt',
      note: 'True, I heard it late',
    });
    expect(wordsOn(inThread('You knew this deal'))).toContain('[adopted] True, I heard it late');
    await world.fill(world.ben, toBen, talkIds.answer, { text: 'They asked for a smaller start' });
    expect(wordsOn(inThread('You knew this deal'))).not.toContain('[adopted]');
    expect(await world.gaps(acme)).toContain('opinions');
    await world.fill(world.anna, inThread('adopt or park'), talkIds.answer, {
      verdict: 'park',
      note: 'We offered one in May',
    });
    expect(wordsOn(inThread('You knew this deal'))).toContain('[parked] We offered one in May');
    await world.fill(world.anna, inThread('What did they tell us'), talkIds.answer, {
      text: 'Price',
    });
    await world.fill(world.anna, inThread('Which piece could'), talkIds.pass, { why: 'Not sure' });
    await world.fill(world.ben, inThread('worked well enough'), talkIds.answer, {
      text: 'The trial',
    });
    expect(await keys(acme)).toEqual([
      ...['own', 'turn', 'restart', 'turned:com.price_value', 'two_boxes', 'fight', 'alone'],
      ...['outside_eye', 'explore', 'their_words', 'work_split', 'kept', 'system'],
    ]);
    expect(await world.review(acme)).toMatchObject({ state: 'soaking' });
    await world.goTo('2026-11-27T13:30:00Z');
    const closed = wordsOn(inThread(question));
    expect(closed).toContain('We were outsold: 3');
    expect(closed).toContain('Rival was trusted more: 2');
    expect(closed).toContain('Views are far apart: talk about this one.');
    expect(closed).not.toMatch(/Ben|Mia/);
    await world.goTo('2026-12-01T13:30:00Z');
    await world.fill(world.anna, inThread('One behaviour to work on'), talkIds.answer, {
      ...thing,
      watch: 'observed_call',
      person: 'U0BEN',
    });
    expect(await world.review(acme)).toMatchObject({ state: 'complete' });
    expect((await rowsOf(world.app.store, 'commitments')).map(({ kind }) => kind)).toContain(
      'observed_call',
    );
  });
});

describe('a private loss', () => {
  beforeEach(async () => {
    world = await startTalk();
  });

  it('stays with the two all the way, and nobody else can tell that there is one', async () => {
    const acme = await world.lose({ big: false, privacy: 'restricted' });
    await world.fill(world.anna, openMine(world.anna), talkIds.answer, { text: 'A week saved' });
    await world.fill(world.mia, openMine(world.mia), talkIds.answer, lever);
    await release();
    expect(await keys(acme)).toEqual(['turned:com.price_value', 'fight']);
    await runDeal(world, world.ben, 'review Acme');
    expect(world.ben.modals()).toEqual([]);
    await world.fill(world.mia, openMine(world.mia), talkIds.answer, { text: 'Her boss' });
    expect(wordsOn(openMine(world.anna))).toContain('Her boss');
    await world.goTo('2026-11-26T15:00:00Z');
    await world.fill(world.anna, openMine(world.anna), talkIds.answer, thing);
    expect(await world.review(acme)).toMatchObject({ state: 'complete', threadTs: undefined });
    const seen = world.ben
      .messages('closed-lost')
      .map((message) => message.text + wordsOn(message));
    expect(seen.join(' ')).not.toContain('Acme');
    expect(seen.join(' ')).not.toContain('Her boss');
  });
});

describe('people', () => {
  it('without anybody above the owner, an outside view is required and the lever is the owner’s', async () => {
    world = await startTalk({ managed: false });
    const acme = await world.lose({ big: false });
    expect(await world.review(acme)).toMatchObject({ managerId: undefined });
    expect(world.mia.dm()).toEqual([]);
    expect(await world.gaps(acme)).toContain('outside_eye');
    expect(wordsOn(openMine(world.anna))).toContain('This is yours alone');
    await runDeal(world, world.anna, 'review Acme');
    expect(wordsOn(world.anna.topView())).toContain('An outside view: nobody is above the owner');
  });

  it('gives the review of who left to who is above them, asked as we', async () => {
    world = await startTalk();
    const ada = await know(world, world.admin, { role: 'admin' });
    await know(world, world.mia, { managerId: ada.id });
    const acme = await world.lose();
    await know(world, world.anna, { active: false });
    await world.goTo('2026-11-24T13:30:00Z');
    expect(await world.review(acme)).toMatchObject({ ownerId: world.boss.id, managerId: ada.id });
    expect(wordsOn(openMine(world.mia))).toContain('would we take back first');
    expect(wordsOn(openMine(world.mia))).not.toContain('Anna');
    expect(wordsOn(openMine(world.admin))).toContain('how we are set up');
  });

  it('asks the manager of a manager who owned the deal', async () => {
    world = await startTalk();
    const ada = await know(world, world.admin, { role: 'admin' });
    const mia = await know(world, world.mia, { managerId: ada.id });
    const acme = await world.lose({ owner: mia, by: world.mia });
    expect(await world.review(acme)).toMatchObject({ ownerId: mia.id, managerId: ada.id });
  });
});
