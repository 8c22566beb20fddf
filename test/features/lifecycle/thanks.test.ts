import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { ChannelId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { know, resubmit, runDeal, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
});
afterEach(() => world.stop());

const done = { status: 'done', doneOn: day('2026-11-20') } as const;
const channelId = 'C0ACME' as ChannelId;
const cards = () => world.ben.messages('deal-acme');

async function win(): Promise<void> {
  await runDeal(world, world.anna, 'won acme');
  const result = await submit(world, world.anna);
  if (!result.ok) throw new Error(result.error);
}

async function finish(acme: Deal): Promise<void> {
  await addSteps(world, acme, [
    { ...done, title: 'List who signs' },
    { ...done, title: 'Send the pack', side: 'seller' },
    { title: 'Never finished' },
  ]);
}

const thanked = async () =>
  (await rowsOf(world.app.store, 'outbox')).filter(({ kind }) => kind === 'deal_thanked');

describe('a deal that is won', () => {
  it('thanks both sides by name in its channel, for what they finished and nothing else', async () => {
    await finish(await plantDeal(world, anna, { channelId }));
    await win();
    await world.deliver();
    expect(cards()).toHaveLength(1);
    const words = wordsOn(world.ben.lastMessage('deal-acme'));
    expect(words).toContain('They did their part Dana Lee: List who signs');
    expect(words).toContain('We did ours Anna Snelling: Send the pack');
    expect(words).not.toContain('Never finished');
    expect(cards()[0]?.text).toBe(
      [
        'Acme · Core platform is won. They said yes. Well done, both sides.',
        'They did their part: Dana Lee: List who signs.',
        'We did ours: Anna Snelling: Send the pack.',
      ].join('\n'),
    );
    expect(wordsOn(world.anna.topView())).toContain('The thank-you card goes to');
  });

  it('is thanked for once, however often the confirmation comes', async () => {
    await finish(await plantDeal(world, anna, { channelId }));
    await win();
    await resubmit(world);
    await world.deliver();
    await world.deliver();
    expect(cards()).toHaveLength(1);
  });

  it('names fifteen steps at most and counts the rest', async () => {
    const acme = await plantDeal(world, anna, { channelId });
    const many = Array.from({ length: 12 }, (_, at) => ({ ...done, title: `Step ${at}` }));
    await addSteps(world, acme, [
      ...many,
      ...many.map((step) => ({ ...step, side: 'seller' as const })),
    ]);
    await win();
    await world.deliver();
    const words = wordsOn(world.ben.lastMessage('deal-acme'));
    expect(words.match(/Dana Lee: Step/g)).toHaveLength(6);
    expect(words.match(/Anna Snelling: Step/g)).toHaveLength(6);
    expect(words.match(/and 6 more steps/g)).toHaveLength(2);
  });

  it.each([
    ['is restricted', { channelId, privacy: 'restricted' as const }],
    ['has no channel', {}],
  ])('shows its thanks in the modal alone when it %s', async (_why, facts) => {
    await finish(await plantDeal(world, anna, facts));
    await win();
    await world.deliver();
    const words = wordsOn(world.anna.topView());
    expect(words).toContain('They did their part\nDana Lee: List who signs');
    expect(words).toContain('Only you see this.');
    expect(await thanked()).toEqual([]);
    expect(cards()).toEqual([]);
  });

  it('is not thanked for when it was taken out before the card was sent', async () => {
    await finish(await plantDeal(world, anna, { channelId }));
    await win();
    await runDeal(world, world.anna, 'invalid acme');
    await submit(world, world.anna, { why: 'never_real' });
    await world.deliver();
    expect(cards()).toEqual([]);
    expect(await thanked()).toMatchObject([{ state: 'dropped', detail: 'the deal is not won' }]);
  });

  it('tells an admin how to get the next card when the app is not in the channel', async () => {
    await know(world, world.admin, { role: 'admin' });
    await finish(await plantDeal(world, anna, { channelId }));
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'not_in_channel',
      when: ({ channel }) => channel === channelId,
    });
    await win();
    await world.deliver();
    expect(world.admin.dm().at(-1)?.text).toContain(
      'I could not post the thank-you card of a deal that was won in <#C0ACME>: I am not in it.',
    );
  });
});
