import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { newId, type ReviewEntryId, type ReviewId, type TouchId } from '../../../src/domain/ids.ts';
import type { Review } from '../../../src/domain/review.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { insertReview } from '../../../src/store/reviews.ts';
import { sqliteTables, type Tables } from '../../../src/store/schema.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';
import {
  bareReview,
  type RitualWorld,
  released,
  startRitual,
  thursdays,
  usd,
} from './ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual();
});
afterEach(() => world.stop());

const week = () => world.tops()[0];
const card = () => world.tops()[1];

async function entry(review: Review, facts: { key: string; text: string; shared: boolean }) {
  await world.app.store.transaction(async (tx) => {
    await tx.insert(tx.tables.reviewEntries).values({
      id: newId<ReviewEntryId>(world.clock.now()),
      workspaceId: review.workspaceId,
      reviewId: review.id,
      kind: 'answer',
      promptKey: facts.key,
      authorId: review.ownerId,
      text: facts.text,
      choices: {},
      shared: facts.shared,
      at: new Date('2026-11-25T11:00:00Z'),
    });
  });
}

describe('the card of a loss', () => {
  it('has the header of the deal, its frozen facts, what was said, and the rules', async () => {
    const acme = await world.lose(
      'Acme',
      { ...released, size: 'full' },
      { amount: usd(12_500) },
      {
        competitor: 'Initech',
        statedWords: 'You were a close second',
        facts: {
          daysOpen: 41,
          steps: { buyer: { done: 1, asked: 3 }, seller: { done: 4, asked: 4 }, datesMissed: 2 },
        },
      },
    );
    await entry(acme, { key: 'own', text: 'I asked for the signer in May', shared: true });
    await entry(acme, { key: 'turn', text: 'Kept between the two of us', shared: false });
    await world.goTo(thursdays[0]);
    const text = card()?.text ?? '';
    for (const words of [
      'Acme · Core platform · $12,500 · Price without enough value behind it.',
      'Small business · open 41 days · came in at —, ended at awareness.',
      'They chose another supplier (Initech): Price without enough value behind it.',
      'What they said: “You were a close second”.',
      'Review of Anna Snelling.',
      'Their steps: 1 of 3 finished.',
      'I asked for the signer in May',
      'Here to learn, not to rate. Visible to: everybody in this channel. Answers say I or we',
      '☑ facts seen · ☐ talked · ☐ one thing to practise · open for the talk',
    ]) {
      expect(text).toContain(words);
    }
    expect(JSON.stringify(card())).not.toContain('Kept between');
    expect(text).not.toContain('pay or ranking');
    expect(wordsOn(card() ?? { blocks: [] })).toContain('I asked for the signer in May');
  });

  it('lets nothing act that somebody typed', async () => {
    await world.lose('<!channel> & Sons', released, {}, { ownWords: '<@U0BEN> `boo`' });
    await world.goTo(thursdays[0]);
    expect(card()?.text).toContain('&lt;!channel&gt; &amp; Sons');
    expect(card()?.text).not.toContain('<@U0BEN>');
    expect(wordsOn(card() ?? { blocks: [] })).toContain('<@U0BEN> `boo`');
  });

  it('is not posted for a deal that became private on the way', async () => {
    const acme = await world.lose('Acme', released);
    world.clock.set(thursdays[0]);
    await world.app.heartbeat.tick();
    await world.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.deals)
        .set({ privacy: 'restricted' })
        .where(eq(tx.tables.deals.id, acme.dealId));
    });
    await world.deliver();
    expect(world.tops()).toHaveLength(1);
    expect(JSON.stringify(world.anna.messages('closed-lost'))).not.toContain('Acme');
  });

  it('opens a sampled win as well, without a line among the losses', async () => {
    const deal = await world.seed.deal({ account: 'Winner', owner: world.rep, amount: usd(9_000) });
    await world.lose('Acme');
    await world.goTo(thursdays[0]);
    const { store, workspaceId } = world.app;
    const now = world.clock.now();
    await store.transaction(async (tx) => {
      await closeDeal(tx, deal, { status: 'won', closedOn: deal.openedOn, closedAt: now });
      const review = bareReview(deal, { id: newId<ReviewId>(now), workspaceId, now });
      await insertReview(tx, { ...review, ...released, kind: 'win' });
    });
    await world.goTo(thursdays[1]);
    const won = world.tops().find(({ text }) => text.startsWith('Winner'));
    expect(won?.text).toMatch(/^Winner · Core platform · \$9,000 · Won\. /);
  });
});

describe('what is said in the thread of a loss', () => {
  it('counts as conversation there and in its week, and ticks that people talked', async () => {
    const acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    await world.say(world.anna, card(), 'I would meet the signer first');
    expect(card()?.text).toContain('☐ talked');
    expect(card()?.text).toContain('1 reply from 1 person');
    await world.say(world.ben, card(), 'I saw it in week two');
    expect(card()?.text).toContain('☑ talked');
    expect(card()?.text).toContain('2 replies from 2 people');
    expect(week()?.text).toContain('2 replies from 2 people so far.');
    await world.say(world.ben, week(), 'Two deals, one pattern');
    expect(week()?.text).toContain('3 replies from 2 people so far.');
    const rows = await rowsOf(world.app.store, 'reviewReplies');
    expect(rows).toHaveLength(2);
    expect(rows).toMatchObject([{ reviewId: acme.id, slackUserId: 'U0ANNA' }, {}]);
  });

  it('counts once when Slack delivers it twice, and is kept nowhere', async () => {
    await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    await world.say(world.ben, card(), 'Tangerine dream');
    await world.sandbox.redeliverLast('message');
    await world.sandbox.settled();
    await world.deliver();
    expect(card()?.text).toContain('1 reply from 1 person');
    expect(await everythingStored()).not.toContain('Tangerine');
  });
});

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const rows: unknown[] = [];
  for (const name of Object.keys(sqliteTables)) {
    rows.push(...(await rowsOf(world.app.store, name as keyof Tables)));
  }
  return JSON.stringify(rows);
}

describe('what is no conversation', () => {
  it('a bot, a guest, and the owner alone: none of it makes a review talked through', async () => {
    const acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    await world.say(world.sandbox.as('U0GUEST'), card(), 'I was there, too');
    await world.say(world.sandbox.as('U0ROBOT'), card(), 'A reminder');
    await world.say(world.anna, card(), 'I would meet the signer first');
    expect(card()?.text).toContain('☐ talked');
    expect(card()?.text).toContain('1 reply from 1 person');
    await world.say(world.sandbox.as('U0GUEST'), week(), 'And here');
    expect(week()?.text).toContain('1 reply from 1 person so far.');
    expect(world.sandbox.as('U0GUEST').ephemerals('closed-lost')).toEqual([]);
    expect(await rowsOf(world.app.store, 'reviewReplies')).toMatchObject([
      { reviewId: acme.id, slackUserId: 'U0ANNA' },
    ]);
  });
});

describe('a private offer of other words', () => {
  const whispers = (who: RitualWorld['anna']) => who.ephemerals('closed-lost');

  let acme: Review;

  beforeEach(async () => {
    acme = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
  });

  it('goes to the author alone, in the thread, and leaves no trace', async () => {
    await world.say(world.anna, card(), 'We lost on price. Marmalade skies.');
    const offer = answer(world.anna, 'closed-lost');
    expect(offer.threadTs).toBe(card()?.ts);
    expect(offer.text).toContain(
      'Price was named. What would they have had to believe for it to be fine, and when did we learn their number?',
    );
    expect(offer.text).toContain('Only you see this.');
    expect(whispers(world.ben)).toEqual([]);
    expect(world.under(card()).map(({ text }) => text)).toContain(
      'We lost on price. Marmalade skies.',
    );
    expect(await everythingStored()).not.toMatch(/Marmalade|lost on price/);
  });

  it('takes a colleague out of the cause', async () => {
    await world.say(world.anna, card(), 'Ben failed to send the pack');
    const offer = answer(world.anna, 'closed-lost');
    expect(offer.text).toContain('Say what you saw and what would have helped?');
    expect(offer.text).toContain('What I saw: we did not send the pack.');
    expect(offer.text).not.toContain('Ben');
  });

  it('says when they last replied', async () => {
    await world.app.store.transaction((tx) =>
      insertTouch(tx, acme.workspaceId, {
        id: newId<TouchId>(world.clock.now()),
        dealId: acme.dealId,
        at: new Date('2026-11-06T15:00:00Z'),
        on: day('2026-11-06'),
        side: 'buyer',
        kind: 'email',
        contactId: undefined,
        homeworkId: undefined,
        expectsReply: false,
        advance: false,
        note: undefined,
        byId: world.rep.id,
      }),
    );
    await world.say(world.anna, card(), 'They went dark');
    expect(answer(world.anna, 'closed-lost').text).toContain(
      'Their last reply was Fri 6 Nov. What did our last three messages ask them to do?',
    );
  });

  it('is made in the thread of the week, too', async () => {
    await world.say(world.ben, week(), 'They went dark');
    expect(answer(world.ben, 'closed-lost').text).toContain(
      'What did our last three messages ask them to do?',
    );
  });

  it('is not made for what needs none, nor beside our threads', async () => {
    await world.say(world.anna, card(), 'I asked for their number in the last week');
    await world.ben.say('closed-lost', 'We lost on price');
    await world.ben.say('general', 'We lost on price');
    await world.sandbox.settled();
    expect(whispers(world.anna)).toEqual([]);
    expect(whispers(world.ben)).toEqual([]);
  });

  it('that Slack does not take changes nothing else', async () => {
    world.sandbox.faults.add({ method: 'chat.postEphemeral', kind: 'server_error' });
    await world.say(world.ben, card(), 'We lost on price');
    expect(card()?.text).toContain('1 reply from 1 person');
    expect(whispers(world.ben)).toEqual([]);
  });
});
