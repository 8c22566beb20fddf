import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addContact, loseAs, plantReview } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna);
  await addContact(world, acme);
});
afterEach(() => world.stop());

const request = async () => (await rowsOf(world.app.store, 'feedbackRequests'))[0];
const outbox = () => rowsOf(world.app.store, 'outbox');

async function lose(): Promise<void> {
  await loseAs(world, anna, acme);
  world.clock.set('2026-11-30T15:00:00Z');
  await runDeal(world, world.anna, 'feedback Acme');
  await submit(world, world.anna);
}

async function openReply(): Promise<void> {
  await runDeal(world, world.anna, 'feedback Acme');
  await settle(world, world.anna.press(world.anna.topView(), followUpIds.feedbackReply));
}

describe('what a buyer tells us', () => {
  it('is kept as plain choices, words, and whether we could have won it', async () => {
    await lose();
    await openReply();
    await submit(world, world.anna, {
      choices: ['listening', 'confidence'],
      words: 'We never knew who would run it',
      could_have_won: 'yes',
    });
    expect(await request()).toMatchObject({
      state: 'replied',
      choices: ['listening', 'confidence'],
      words: 'We never knew who would run it',
      couldHaveWon: 'yes',
    });
    expect(wordsOn(world.anna.topView())).toContain('To work on: listening, giving you confidence');
  });

  it('needs a tick or a word', async () => {
    await lose();
    await openReply();
    const result = await submit(world, world.anna, { could_have_won: 'no' });
    expect(result.errors).toEqual({
      choices: 'Tick what they named, or write down their words.',
    });
    expect(await request()).toMatchObject({ state: 'sent' });
  });

  it('counts the same when it comes without being asked for', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'no' });
    await loseAs(world, anna, acme);
    await openReply();
    await submit(world, world.anna, { choices: ['other'] });
    expect(await request()).toMatchObject({ state: 'replied', sentOn: null });
  });

  it('is kept once, however often the form comes', async () => {
    await lose();
    await plantReview(world, acme);
    await openReply();
    await submit(world, world.anna, { choices: ['speed'] });
    await resubmit(world);
    expect((await outbox()).filter(({ kind }) => kind === 'voices_compared')).toHaveLength(1);
  });
});
