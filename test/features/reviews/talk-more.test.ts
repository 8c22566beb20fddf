import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { appendEvent } from '../../../src/store/events.ts';
import { sqliteTables, type Tables } from '../../../src/store/schema.ts';
import { resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
beforeEach(async () => {
  world = await startTalk();
});
afterEach(() => world.stop());

const lever = { text: 'We hire late', change: 'Two pairs of eyes', due_on: '2026-12-18' };

describe('what is sent twice', () => {
  it('is kept once: an answer, a lever and its promise', async () => {
    await world.lose();
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, { text: 'I waited' });
    await resubmit(world);
    await world.fill(world.mia, world.sheet(world.mia), talkIds.answer, lever);
    await resubmit(world);
    expect(await rowsOf(world.app.store, 'reviewEntries')).toHaveLength(2);
    expect(await rowsOf(world.app.store, 'commitments')).toHaveLength(1);
    expect(await rowsOf(world.app.store, 'reviewPrompts')).toHaveLength(2);
  });

  it('opens one review and two sheets for a loss', async () => {
    await world.lose();
    await world.deliver();
    expect(await rowsOf(world.app.store, 'reviews')).toHaveLength(1);
    const sheets = (await rowsOf(world.app.store, 'outbox')).filter(
      ({ kind }) => kind === 'review_opened',
    );
    expect(sheets).toHaveLength(2);
  });
});

describe('a won deal that is looked at', () => {
  it('asks what to do again on purpose, whether it was deserved, and gets complete', async () => {
    const deal = await plantDeal(world, world.rep, {});
    await runDeal(world, world.anna, 'won Acme');
    await submit(world, world.anna);
    await world.deliver();
    const found = await rowsOf(world.app.store, 'reviews');
    expect(found).toMatchObject([{ kind: 'win', lossId: null, dealId: deal.id }]);
    expect(wordsOn(world.sheet(world.anna))).toContain('What would you do again on purpose?');
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, {
      text: 'We met the CFO',
    });
    expect(await world.gaps(deal)).toEqual(['talk', 'system_lever', 'one_thing']);
  });
});

describe('words that name somebody as the cause', () => {
  it('are kept as they are, and another wording is offered to their author alone', async () => {
    await world.lose();
    const text = 'We lost on price';
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.answer));
    await submit(world, world.anna, { text });
    expect(wordsOn(world.anna.topView())).toContain('Only you see this');
    await world.deliver();
    expect(await rowsOf(world.app.store, 'reviewEntries')).toMatchObject([{ text }]);
    const seen = world.mia
      .dm()
      .map((message) => wordsOn(message))
      .join(' ');
    expect(seen).not.toContain('Only you see this');
  });

  it('come back without the colleague, as a draft that is kept nowhere', async () => {
    await world.lose();
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.answer));
    await submit(world, world.anna, { text: 'Ben failed to send the pack' });
    const shown = wordsOn(world.anna.topView());
    expect(shown).toContain('Another way to say it: Say what you saw and what would have helped?');
    expect(shown).toContain('What I saw: we did not send the pack. What would have helped: …');
    await world.deliver();
    const tables = Object.keys(sqliteTables) as (keyof Tables)[];
    const rows = [];
    for (const name of tables) rows.push(await rowsOf(world.app.store, name));
    expect(JSON.stringify(rows)).not.toMatch(/What I saw|would have helped\?/);
  });

  it('are offered for the word of a pass as well', async () => {
    await world.lose();
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.pass));
    await submit(world, world.anna, { why: 'Bad timing' });
    expect(wordsOn(world.anna.topView())).toContain('What date would have mattered to them');
  });
});

describe('/deal review', () => {
  it('says how it stands, what is open and by when, to whoever may see the deal', async () => {
    await world.lose();
    await runDeal(world, world.ben, 'review Acme');
    const words = wordsOn(world.ben.topView());
    expect(words).toContain('still between its owner and their manager');
    expect(words).toContain('due Mon 7 Dec');
    expect(words).toContain('The owner’s own questions: 3 to answer');
    expect(actionsOn(world.ben.topView())).toEqual([]);
  });

  it('opens what waits from anywhere, and says so when nothing does', async () => {
    const acme = await world.lose();
    await runDeal(world, world.anna, 'review Acme');
    expect(actionsOn(world.anna.topView())).toEqual(
      expect.arrayContaining([talkIds.answer, talkIds.pass, talkIds.release, talkIds.nameReviewer]),
    );
    expect((await world.review(acme)).state).toBe('level1');
    await runDeal(world, world.ben, 'review Nobody');
    expect(answer(world.ben).text).toContain('No deal with a review is called “Nobody”');
    expect(followUpIds.answerReview).toBe('review_answer');
  });

  it('refuses to name somebody who carried the deal, a guest, or an app', async () => {
    await world.lose();
    for (const [person, words] of [
      ['U0MIA', 'carried this deal'],
      ['U0GUEST', 'is a guest here'],
      ['U0ROBOT', 'is an app'],
    ]) {
      await settle(world, world.anna.press(world.sheet(world.anna), talkIds.nameReviewer));
      await submit(world, world.anna, { person: 'U0BEN' }).catch(() => undefined);
      const refused = (await resubmit(world, { person })) as { errors?: Record<string, string> };
      if (world.anna.modals().length > 0) await world.anna.close(world.anna.topView());
      expect(refused.errors?.['person']).toContain(words);
    }
  });

  it('refuses to name who owned the deal before', async () => {
    const { workspaceId, id: dealId } = await world.lose();
    await world.app.store.transaction((tx) =>
      appendEvent(tx, {
        workspaceId,
        dealId,
        at: world.clock.now(),
        actorId: world.boss.id,
        kind: 'deal_reassigned',
        payload: { from: world.peer.id, to: world.rep.id },
      }),
    );
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.nameReviewer));
    const refused = await submit(world, world.anna, { person: 'U0BEN' });
    expect(JSON.stringify(refused.errors)).toContain('carried this deal');
  });
});
