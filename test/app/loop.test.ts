import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../sandbox/server/contract.ts';
import { lostModalIds } from '../../src/features/losses/lost-modal.ts';
import { assignModalIds } from '../../src/features/plan/assign-modal.ts';
import { talkIds } from '../../src/features/reviews/talk-ids.ts';
import { stepIds } from '../../src/slack/step-actions.ts';
import { openDealFor, runDeal, settle, stepsOf, submit } from '../support/deals.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { asked, goodLoss, startLosing } from '../support/losses.ts';

let world: World;

afterEach(() => world.stop());

describe.each([
  ['signed HTTP', { socket: false }],
  ['Socket Mode', { socket: true }],
])('the whole loop over %s', (_road, options) => {
  it('leads from a new deal to a talk about its loss', async () => {
    world = await startWorld(options);
    const { anna, ben } = world;
    const deal = await openDealFor(world, anna);

    await runDeal(world, anna, 'homework Acme');
    const form = anna.topView();
    await anna.options(form, assignModalIds.contact, 'Dana Lee, CFO');
    await settle(world, anna.press(form, 'plan_assign_more'));
    const saved = await submit(world, anna, {
      [assignModalIds.title]: 'Name the signers',
      [assignModalIds.contact]: 'Add Dana Lee, CFO',
      [assignModalIds.dueOn]: '2026-11-25',
      [assignModalIds.doneWhen]: 'Names are in the document',
      [assignModalIds.whyForThem]: 'Nobody is asked twice',
      [assignModalIds.returnTitle]: 'Draft the approval map',
      [assignModalIds.returnDueOn]: '2026-11-24',
    });
    expect(saved.ok, JSON.stringify(saved)).toBe(true);
    await anna.close(anna.topView());
    const steps = await stepsOf(world, deal.id);
    expect(steps.map(({ side }) => side)).toEqual(['seller', 'buyer']);

    await world.goTo('2026-11-24T14:00:00Z');
    expect(anna.dm()).toHaveLength(1);
    const bundle = anna.dm()[0] as SandboxMessage;
    expect(bundle.text).toMatch(/^2 questions for today, the most valuable first\./);
    await settle(world, anna.press(bundle, stepIds.done, { value: steps[0]?.id ?? '' }));
    expect(anna.dm()).toHaveLength(1);
    expect(anna.dm()[0]?.text).toMatch(/^One question for today\./);

    await startLosing(world, anna, 'Acme');
    await settle(world, anna.choose(anna.topView(), lostModalIds.outcome, 'rival'));
    const lost = await submit(world, anna, {
      ...asked(anna, goodLoss),
      [lostModalIds.competitor]: 'Initech',
      [lostModalIds.reason]: 'com.price_value',
      [lostModalIds.ownWords]: 'We met the signer in the last week',
    });
    expect(lost.ok, JSON.stringify(lost)).toBe(true);

    await world.goTo('2026-11-26T15:00:00Z');
    const thread = () => anna.messages('closed-lost');
    const parent = thread()[0] as SandboxMessage;
    expect(thread().map(({ threadTs }) => threadTs)).toEqual([null, parent.ts]);
    expect(parent.text).toMatch(/^1 deal closed lost this week, \$12,000 in total\. /);
    expect(thread()[1]?.text).toBe(
      'Acme · Core platform · $12,000 · still between its owner and their manager',
    );

    await anna.close(anna.topView());
    await runDeal(world, anna, 'review Acme');
    await settle(world, anna.press(anna.topView(), talkIds.release));
    await submit(world, anna);
    await world.deliver();
    const card = () => thread().find(({ text }) => text.startsWith('Acme') && text.includes('☐'));
    expect(card()?.threadTs).toBeNull();
    expect(card()?.text).toContain('Their steps: 0 of 1 finished');
    expect(card()?.text).toContain('Our steps: 1 of 1 finished');
    expect(thread()[1]?.text).toContain(`open for the talk · its thread: https://slack.com/`);

    await settle(world, ben.say('closed-lost', 'I saw it late', { threadTs: card()?.ts ?? '' }));
    await world.deliver();
    expect(thread()[0]?.text).toContain('1 reply from 1 person so far.');
    expect(card()?.text).toContain('☑ talked');
    const refused = world.sandbox.calls.filter(({ ok }) => !ok);
    expect(refused.map(({ method, error }) => [method, error])).toEqual([]);
  });
});
