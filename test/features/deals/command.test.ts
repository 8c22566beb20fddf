import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assignModalIds } from '../../../src/features/plan/assign-modal.ts';
import { openDealFor, runDeal, settle } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

const words = ['homework', 'plan', 'new', 'list', 'won', 'lost', 'playbook'];

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('/deal', () => {
  it('alone offers the four things people come for, to the person who typed it', async () => {
    await runDeal(world, world.anna, '', { channel: 'general' });
    const menu = answer(world.anna, 'general');
    expect(menu.text).toContain('/deal homework');
    expect(menu.text).toContain('/deal help');
    expect(actionsOn(menu)).toHaveLength(4);
    expect(world.ben.ephemerals('general')).toEqual([]);
    expect(world.ben.messages('general')).toEqual([]);
  });

  it('opens what a button of the menu says', async () => {
    await runDeal(world, world.anna, '', { channel: 'deal-acme' });
    const menu = answer(world.anna, 'deal-acme');
    await settle(world, world.anna.press(menu, 'deals_run_3'));
    expect(wordsOn(world.anna.topView())).toContain('Which day do they decide?');
    expect(wordsOn(world.anna.topView())).toContain('#deal-acme is this deal’s channel');
    await settle(world, world.anna.press(menu, 'deals_run_2'));
    expect(answer(world.anna, 'deal-acme').text).toContain('You have no open deals');
  });

  it.each(['help', 'HELP', '  help  ', 'help me please'])(
    'explains every word for %j',
    async (line) => {
      await runDeal(world, world.anna, line);
      const help = answer(world.anna);
      for (const word of words) {
        expect(help.text).toContain(`/deal ${word}`);
        expect(wordsOn(help)).toContain(`/deal ${word}`);
      }
    },
  );

  it('shows the help for a word it does not know, and names the word', async () => {
    await runDeal(world, world.anna, 'abracadabra');
    const help = answer(world.anna);
    expect(help.text).toContain('“abracadabra” is not a word I know');
    expect(wordsOn(help)).toContain('/deal homework');
  });

  it.each([
    ['homwork', 'homework'],
    ['hoemwork', 'homework'],
    ['PLNA', 'plan'],
    ['lsit', 'list'],
    ['wno', 'won'],
    ['hepl', 'help'],
  ])('asks for %s whether %s was meant', async (typed, meant) => {
    await runDeal(world, world.anna, typed);
    expect(answer(world.anna).text).toBe(`“${typed}” is new to me. Did you mean /deal ${meant}?`);
    expect(wordsOn(answer(world.anna))).toContain(`Yes, ${meant}`);
  });

  it('does what was meant when “Yes, homework” is pressed, with the name that was typed', async () => {
    await openDealFor(world, world.anna);
    await openDealFor(world, world.anna, { account: 'Globex' });
    await runDeal(world, world.anna, 'homwork acme');
    await settle(world, world.anna.press(answer(world.anna), 'deals_run_meant'));
    expect(world.anna.topView().callback_id).toBe(assignModalIds.view);
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform');
  });

  it('shows the help when the other button is pressed', async () => {
    await runDeal(world, world.anna, 'homwork');
    await settle(world, world.anna.press(answer(world.anna), 'deals_run_help'));
    expect(answer(world.anna).text).toContain('/deal lost');
  });

  it.each(['PLAN Acme', '  plan    acme  ', 'Plan\tACME', 'plan acme   core'])(
    'understands %j',
    async (line) => {
      await openDealFor(world, world.anna);
      await runDeal(world, world.anna, line);
      expect(answer(world.anna).text).toContain('Acme · Core platform: decision Fri 18 Dec');
    },
  );

  it('answers 3,000 characters as it answers any unknown word', async () => {
    await runDeal(world, world.anna, 'xxxx');
    const short = answer(world.anna).text.length;
    await runDeal(world, world.anna, 'x'.repeat(3_000));
    expect(answer(world.anna).text).toContain('is not a word I know');
    expect(answer(world.anna).text.length).toBeLessThan(short + 40);
    await runDeal(world, world.anna, `plan ${'y '.repeat(1_500)}`);
    expect(answer(world.anna).text).toContain('No open deal is called');
    expect(answer(world.anna).text.length).toBeLessThan(600);
  });

  it('asks Slack who somebody is once, not at every command', async () => {
    await runDeal(world, world.anna, 'help');
    await runDeal(world, world.anna, 'help');
    expect(world.sandbox.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('posts nothing for others to see, whatever the word', async () => {
    for (const line of ['', 'help', 'nonsense', 'homwork', 'list', 'plan', 'plan nobody']) {
      await runDeal(world, world.anna, line, { channel: 'general' });
    }
    expect(world.ben.messages('general')).toEqual([]);
    const answers = world.anna.ephemerals('general');
    expect(answers).toHaveLength(7);
    for (const { text } of answers) expect(text.length).toBeGreaterThan(10);
  });
});
