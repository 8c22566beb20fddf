import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  allDeals,
  goodDeal,
  know,
  openDealFor,
  runDeal,
  submit,
  submitNew,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('the channel of a deal', () => {
  it('is offered in a channel, and not in a direct message', async () => {
    await runDeal(world, world.anna, 'new', { channel: 'deal-acme' });
    expect(inputsOn(world.anna.topView())).toContain('channel');
    expect(wordsOn(world.anna.topView())).toContain('#deal-acme is this deal’s channel');
    await runDeal(world, world.anna, 'new');
    expect(inputsOn(world.anna.topView())).not.toContain('channel');
  });

  it('may be private, which has no name to show', async () => {
    const members = ['U0ANNA', 'U0BEN'];
    world.sandbox.addChannel({ id: 'C0DEN', name: 'den', kind: 'private', members });
    await runDeal(world, world.anna, 'new', { channel: 'C0DEN' });
    expect(wordsOn(world.anna.topView())).toContain('This is the deal’s channel');
    await submitNew(world, world.anna, { ...goodDeal, channel: ['here'] });
    expect(await allDeals(world)).toMatchObject([{ channelId: 'C0DEN' }]);
  });

  it('stays free when the box is not ticked', async () => {
    await runDeal(world, world.anna, 'new', { channel: 'deal-acme' });
    await submitNew(world, world.anna, goodDeal);
    expect(await allDeals(world)).toMatchObject([{ channelId: undefined }]);
  });

  it('is understood there by everybody, without a name', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await openDealFor(world, world.anna, { account: 'Globex' });
    await runDeal(world, world.anna, 'homework', { channel: 'deal-acme' });
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform');
    await runDeal(world, world.ben, 'plan', { channel: 'deal-acme' });
    expect(world.ben.lastMessage('deal-acme').text).toContain('Acme · Core platform: decision');
  });

  it('gives way to a name that was typed', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await openDealFor(world, world.anna, { account: 'Globex' });
    await runDeal(world, world.anna, 'plan globex', { channel: 'deal-acme' });
    expect(answer(world.anna, 'deal-acme').text).toContain('Globex · Core platform: decision');
  });

  it('holds one open deal: a second one is refused under the box', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await runDeal(world, world.ben, 'new', { channel: 'deal-acme' });
    const second = { ...goodDeal, account: 'Globex', channel: ['here'] };
    const result = await submit(world, world.ben, second);
    expect(result.errors).toEqual({
      channel: 'Acme · Core platform lives in that channel already.',
    });
    expect(await allDeals(world)).toHaveLength(1);
    expect((await submitNew(world, world.ben, { channel: [] })).ok).toBe(true);
    expect(await allDeals(world)).toMatchObject([{}, { channelId: undefined }]);
  });

  it('does not name a secret deal that lives there', async () => {
    const channelId = 'C0ACME' as NonNullable<Awaited<ReturnType<typeof openDealFor>>['channelId']>;
    await plantDeal(world, await know(world, world.ben), { channelId, privacy: 'restricted' });
    await runDeal(world, world.anna, 'new', { channel: 'deal-acme' });
    const second = { ...goodDeal, account: 'Globex', channel: ['here'] };
    expect((await submit(world, world.anna, second)).errors).toEqual({
      channel: 'Another deal lives in that channel already.',
    });
  });

  it('is free again once its deal ended', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await runDeal(world, world.anna, 'won', { channel: 'deal-acme' });
    await submit(world, world.anna);
    await openDealFor(world, world.anna, { account: 'Globex', channel: 'deal-acme' });
    await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
    expect(world.anna.lastMessage('deal-acme').text).toContain('Globex · Core platform');
  });
});
