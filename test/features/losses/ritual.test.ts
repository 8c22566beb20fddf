import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/person.ts';
import { openingPrompts } from '../../../src/domain/prompts.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
});
afterEach(() => world.stop());

const thursday = '2026-11-26T15:00:00Z';
const thread = () => world.anna.messages('closed-lost');
const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });

async function lose(
  account: string,
  loss: Partial<Parameters<Seed['loss']>[1]> = {},
  facts: Partial<Parameters<Seed['deal']>[0]> = {},
): Promise<void> {
  const deal = await seed.deal({ account, owner: anna, ...facts });
  await seed.loss(deal, { loggedAt: '2026-11-24T16:00:00Z', ...loss });
}

describe('the ritual', () => {
  it('opens on Thursday at ten in the team’s zone: one parent, one reply a loss', async () => {
    await lose('Acme');
    await lose('Globex', { loggedAt: '2026-11-25T16:00:00Z' });
    await world.goTo('2026-11-26T14:59:00Z');
    expect(thread()).toEqual([]);
    await world.goTo(thursday);
    const [parent, ...replies] = thread();
    expect(parent?.threadTs).toBeNull();
    expect(parent?.text).toMatch(/^2 deals closed lost this week, 2 without an amount\. /);
    expect(replies.map(({ threadTs }) => threadTs)).toEqual([parent?.ts, parent?.ts]);
    expect(replies.map(({ text }) => text.split(',')[0])).toEqual([
      'Acme · Core platform',
      'Globex · Core platform',
    ]);
  });

  it('is held at ten in summer time as well', async () => {
    await lose('Acme', { loggedAt: '2027-07-06T16:00:00Z' });
    await world.goTo('2027-07-08T13:59:00Z');
    expect(thread()).toEqual([]);
    await world.goTo('2027-07-08T14:00:00Z');
    expect(thread()).toHaveLength(2);
  });

  it('gives each loss its facts, its end, the line it was given and three questions', async () => {
    await lose(
      'Acme',
      {
        outcome: 'rival',
        competitor: 'Initech',
        reasonCode: 'com.price_value',
        ownWords: 'We met the person who decides in the last week',
        facts: {
          daysOpen: 41,
          steps: { buyer: { done: 1, asked: 3 }, seller: { done: 4, asked: 4 }, datesMissed: 2 },
        },
      },
      { amount: usd(12_500) },
    );
    await world.goTo(thursday);
    const reply = thread()[1];
    const facts = 'Open 41 days · their steps done 1 of 3 · our steps done 4 of 4 · dates missed 2';
    const why = 'They chose another supplier (Initech): Price without enough value behind it';
    const questions = openingPrompts.map(({ text }, index) => `${index + 1}. ${text}`);
    expect(questions).toHaveLength(3);
    expect(reply?.text).toBe(
      `Acme · Core platform, $12,500, Anna Snelling. ${facts}. ${why}. In one line: ` +
        `“We met the person who decides in the last week” ${questions.join(' ')}`,
    );
    const shown = wordsOn(reply ?? { blocks: [] });
    for (const words of ['Acme · Core platform', '$12,500', facts, why, ...questions]) {
      expect(shown).toContain(words);
    }
    expect(JSON.stringify(reply?.blocks)).toContain('"user_id":"U0ANNA"');
    expect(reply?.blocks).toContainEqual(
      expect.objectContaining({ elements: [expect.objectContaining({ type: 'rich_text_quote' })] }),
    );
  });

  it('shows what is not known of an imported loss as a dash, and asks the same', async () => {
    await lose('Acme', { facts: { daysOpen: 1, steps: undefined } }, { imported: true });
    await world.goTo(thursday);
    expect(thread()[1]?.text).toMatch(
      /^Acme · Core platform, amount —, Anna Snelling\. Open 1 day · plan history — \(imported deal\)\. 1\. /,
    );
  });

  it('says how long after its end a loss was logged, when that is more than a week', async () => {
    await lose('Acme', { lostOn: '2026-11-12' });
    await lose('Globex', { lostOn: '2026-11-17' });
    await world.goTo(thursday);
    const [, acme, globex] = thread();
    expect(acme?.text).toContain('told us 12 days late');
    expect(globex?.text).not.toContain('late');
  });

  it('adds up each currency alone and counts deals without an amount', async () => {
    await lose('Acme', {}, { amount: usd(12_500) });
    await lose('Globex', {}, { amount: usd(7_500) });
    await lose('Initech', {}, { amount: { minor: 400_000, currency: 'EUR' } });
    await lose('Hooli');
    await world.goTo(thursday);
    expect(thread()[0]?.text).toMatch(
      /^4 deals closed lost this week, \$20,000 \+ €4,000 in total, 1 without an amount\. /,
    );
  });

  it('counts a private loss and tells neither its name nor its amount', async () => {
    await lose('Acme', {}, { amount: usd(12_500) });
    await lose('Secretive', { ownWords: 'Hush' }, { amount: usd(7_777), privacy: 'restricted' });
    await world.goTo(thursday);
    expect(thread()).toHaveLength(2);
    expect(thread()[0]?.text).toMatch(
      /^2 deals closed lost this week, \$12,500 in total\. 1 private loss is counted here, without name or amount\. /,
    );
    expect(JSON.stringify(thread())).not.toMatch(/Secretive|Hush|7,777|20,277/);
  });

  it('promises no list below when every loss is private', async () => {
    await lose('Secretive', {}, { privacy: 'restricted' });
    await world.goTo(thursday);
    expect(thread()).toHaveLength(1);
    expect(thread()[0]?.text).toMatch(
      /^1 deal closed lost this week\. 1 private loss is counted here, without name or amount\. Here to learn/,
    );
  });

  it('says so when it opens late, and is opened late rather than not at all', async () => {
    await lose('Acme');
    await world.goTo('2026-11-30T14:00:00Z');
    const note = 'This comes late: it was due Thu 26 Nov.';
    expect(thread()[0]?.text).toContain(note);
    expect(wordsOn(thread()[0] ?? { blocks: [] })).toContain(note);
    expect(thread().filter(({ threadTs }) => threadTs === thread()[0]?.ts)).toHaveLength(1);
  });

  it('says nothing of being late a few minutes after the hour', async () => {
    await lose('Acme');
    await world.goTo('2026-11-26T15:10:00Z');
    expect(thread()[0]?.text).not.toContain('late');
  });

  it('is not held for a Thursday before the install', async () => {
    await world.goTo('2026-11-24T15:00:00Z');
    expect(thread()).toEqual([]);
  });

  it('shows what a person typed as they typed it, and lets none of it act', async () => {
    await lose('<!channel> & Sons', { ownWords: '<@U0MIA> `boo`' });
    await world.goTo(thursday);
    const reply = thread()[1];
    expect(reply?.text).toContain('&lt;!channel&gt; &amp; Sons · Core platform');
    expect(reply?.text).toContain('“&lt;@U0MIA&gt; `boo`”');
    expect(wordsOn(reply ?? { blocks: [] })).toContain('<@U0MIA> `boo`');
  });
});
