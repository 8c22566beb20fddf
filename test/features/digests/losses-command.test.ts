import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/person.ts';
import { runDeal } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'manager' });
  anna = await seed.person('U0ANNA', 'Anna Snelling', { managerId: ben.id });
});
afterEach(() => world.stop());

async function lose(account: string, more: object = {}) {
  const deal = await seed.deal({ account, owner: anna });
  await seed.loss(deal, {
    loggedAt: '2026-11-20T15:00:00Z',
    outcome: 'rival',
    competitor: 'Initech',
    whyClass: 'outsold',
    reasonCode: 'com.terms',
    ...more,
  });
}

async function ask(line: string) {
  await runDeal(world, world.ben, line);
  return answer(world.ben);
}

describe('/deal losses', () => {
  it('answers whoever asked with ninety days by reason', async () => {
    await lose('Acme');
    await lose('Globex', { reasonCode: 'us.slow' });
    await lose('Long ago', { loggedAt: '2026-06-01T15:00:00Z' });
    const message = await ask('losses');
    expect(message.text).toMatch(/^2 losses in 90 days, .* by first reason\./);
    expect(message.text).toContain('Two boxes: 2 outsold');
    expect(wordsOn(message)).toContain('Commercial terms');
    expect(message.blocks.map(({ type }) => type as string)).toContain('table');
    expect(world.anna.ephemerals('dm')).toEqual([]);
  });

  it.each([
    ['losses 7d', '7 days'],
    ['losses 30d by phase', '30 days'],
    ['losses 12w by competitor', '84 days'],
    ['losses 6m', '180 days'],
    ['losses 1y by manager', '365 days'],
    ['losses by manager', '90 days'],
  ])('reads %s', async (line, span) => {
    await lose('Acme');
    expect((await ask(line)).text).toContain(`1 loss in ${span}`);
  });

  it.each([
    ['losses soon', '“soon” is no span I know.'],
    ['losses 0d', '“0d” is no span I know.'],
    ['losses 90d by rep', '“by rep” is nothing I can sort by.'],
    ['losses by', '“by ” is nothing I can sort by.'],
    ['losses 9y', 'longer than the five years'],
  ])('says what it understands when given %s', async (line, words) => {
    const { text } = await ask(line);
    expect(text).toContain(words);
    expect(text).toContain('Try /deal losses 90d by reason.');
  });

  it('names rivals, and how many losses name none', async () => {
    await lose('Acme');
    await lose('Globex');
    await lose('Hooli', { competitor: undefined });
    const { text } = await ask('losses by competitor');
    expect(text).toContain('Initech: losses not enough yet (3 of 5)');
    expect(text).toContain('No competitor named');
  });

  it('hides the rates of a manager with fewer than five losses', async () => {
    await lose('Acme');
    const { text } = await ask('losses by manager');
    expect(text).toContain(
      'Ben Okafor: losses 1, won, of won and lost not enough yet (1 of 5), outsold / not our place not enough yet (1 of 5)',
    );
    for (const name of ['A', 'B', 'C', 'D']) await lose(name);
    expect((await ask('losses by manager')).text).toContain(
      'Ben Okafor: losses 5, won, of won and lost 0 of 5 (0 %, likely 0–43 %)',
    );
  });

  it('counts private losses apart and names nobody', async () => {
    await lose('Acme');
    const secret = await seed.deal({ account: 'Secret', owner: anna, privacy: 'restricted' });
    await seed.loss(secret, {
      loggedAt: '2026-11-20T15:00:00Z',
      outcome: 'rival',
      competitor: 'Whisper',
      reasonCode: 'rsk.legal',
    });
    for (const by of ['reason', 'competitor', 'phase', 'manager']) {
      const message = await ask(`losses by ${by}`);
      const everything = `${message.text} ${wordsOn(message)}`;
      expect(everything).toContain('1 loss in 90 days');
      expect(everything).toContain('1 private loss is counted apart');
      for (const word of ['Secret', 'Whisper', 'Contract terms', 'Anna']) {
        expect(everything).not.toContain(word);
      }
    }
  });

  it('answers with lists where Slack draws neither charts nor tables', async () => {
    await lose('Acme');
    await lose('Globex', { reasonCode: 'us.slow' });
    world.sandbox.faults.add({
      method: 'response_url',
      kind: 'platform',
      error: 'invalid_blocks',
      when: ({ blocks }) => JSON.stringify(blocks ?? '').includes('"table"'),
    });
    const message = await ask('losses');
    expect(message.blocks.map(({ type }) => type as string)).not.toContain('table');
    expect(wordsOn(message)).toContain('Commercial terms');
  });

  it('shows a guest nothing', async () => {
    await lose('Acme');
    await runDeal(world, world.sandbox.as('U0GUEST'), 'losses');
    expect(answer(world.sandbox.as('U0GUEST')).text).toContain('full members');
  });

  it('says so when nothing was lost', async () => {
    expect((await ask('losses')).text).toMatch(/^0 losses in 90 days/);
  });
});
