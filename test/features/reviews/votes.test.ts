import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { talkIds } from '../../../src/features/reviews/talk-ids.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { know, resend, runDeal, settle, submit } from '../../support/deals.ts';
import { actionsOn, inputsOn, wordsOn } from '../../support/shown.ts';
import { startTalk, type TalkWorld } from './talk-world.ts';

let world: TalkWorld;
let acme: Deal;

beforeEach(async () => {
  world = await startTalk();
  acme = await world.lose({ values: { reason: 'ppl.single' } });
  for (const text of ['I kept one contact', 'In May', 'The CFO first']) {
    await world.fill(world.anna, world.sheet(world.anna), talkIds.answer, { text });
  }
  await settle(world, world.anna.press(world.sheet(world.anna), talkIds.release));
  await submit(world, world.anna);
  await world.deliver();
  await world.goTo('2026-11-26T15:00:00Z');
});
afterEach(() => world.stop());

const vote = { why_class: 'outsold', reason: 'cmp.trusted', fixable: 'yes' };
const asked = () => {
  const found = world.asked('Should we have been there');
  if (!found) throw new Error('There is no vote.');
  return found;
};
const cast = (who: TalkWorld['anna'], given: typeof vote) =>
  world.fill(who, asked(), talkIds.answer, given);
const votes = async () =>
  (await world.known(acme)).entries
    .filter(({ kind }) => kind === 'vote')
    .map(({ choices }) => choices);

describe('a vote on the reason', () => {
  it('shows nobody how others voted before their own: not in the thread, the card, or /deal review', async () => {
    await cast(world.mia, vote);
    await cast(await second(), { ...vote, fixable: 'no' });
    await runDeal(world, world.ben, 'review Acme');
    const state = wordsOn(world.ben.topView());
    await world.ben.close(world.ben.topView());
    const channel = world.ben.messages('closed-lost');
    const shown = channel.map((one) => one.text + wordsOn(one)).join(' ');
    for (const words of ['Winnable with', 'Rival was trusted', 'We were outsold:']) {
      expect(state + shown).not.toContain(words);
    }
    expect(wordsOn(asked())).toContain('3 votes so far');
    await settle(world, world.ben.press(asked(), talkIds.answer));
    expect(wordsOn(world.ben.topView())).not.toContain('so far');
    await submit(world, world.ben, vote);
    expect(wordsOn(world.ben.topView())).toContain('Rival was trusted more: 3');
    await world.ben.close(world.ben.topView());
    await runDeal(world, world.ben, 'review Acme');
    expect(wordsOn(world.ben.topView())).toContain('Winnable with');
    await runDeal(world, world.anna, 'review Acme');
    expect(wordsOn(world.anna.topView())).not.toContain('Winnable with');
  });

  it('stands as it was cast once its author has seen the others', async () => {
    await cast(world.ben, vote);
    await sendCrafted(world, 'view_submission', ({ view }) => {
      const [element] = Object.values(view?.state.values['fixable'] ?? {});
      Object.assign(element as object, { selected_option: { value: 'no' } });
    });
    expect(await votes()).toMatchObject([{ fixable: 'yes' }]);
    await settle(world, world.ben.press(asked(), talkIds.answer));
    expect(inputsOn(world.ben.topView())).toEqual([]);
    expect(wordsOn(world.ben.topView())).toContain('Yours stands');
  });

  it('is over for everybody at once, and takes no late one', async () => {
    await settle(world, world.ben.press(asked(), talkIds.answer));
    await world.goTo('2026-11-27T13:30:00Z');
    const late = await submit(world, world.ben, vote);
    expect(JSON.stringify(late.errors)).toContain('This vote is over');
    expect(await votes()).toEqual([]);
    expect(actionsOn(asked())).toEqual([]);
  });

  async function second() {
    await know(world, world.admin, { role: 'admin' });
    return world.admin;
  }
});

describe('whose it is', () => {
  it('nobody but the owner adopts or parks, whatever they send', async () => {
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.nameReviewer));
    await submit(world, world.anna, { person: 'U0BEN' });
    await world.anna.close(world.anna.topView());
    await world.deliver();
    const toBen = world.ben.dm().at(-1);
    if (!toBen) throw new Error('Ben was not asked.');
    await world.fill(world.ben, toBen, talkIds.answer, { text: 'Price came up twice' });
    for (const on of ['27', '28', '30']) await world.goTo(`2026-11-${on}T15:00:00Z`);
    await world.goTo('2026-12-01T15:00:00Z');
    const explore = world.asked('adopt or park');
    if (!explore) throw new Error('There is nothing to explore.');
    for (const who of [world.mia, world.ben]) {
      await settle(world, who.press(explore, talkIds.answer));
      expect(who.modals()).toEqual([]);
      expect(who.ephemerals('closed-lost').at(-1)?.text).toContain('Anna Snelling’s own');
    }
    await settle(world, world.anna.press(explore, talkIds.answer));
    await submit(world, world.anna, { verdict: 'adopt', note: 'Yes' });
    const crafted = await sendCrafted(world, 'view_submission', ({ user }) => {
      user.id = 'U0MIA';
    });
    expect(JSON.stringify(crafted)).toContain('own');
    const view = (await world.known(acme)).entries.find(({ kind }) => kind === 'opinion');
    expect(view).toMatchObject({ authorId: world.peer.id, verdict: 'adopt' });
  });

  it('the one thing comes after the quiet days, whatever is sent before', async () => {
    const { reviewId } = (await world.known(acme)).asked[0] ?? {};
    await settle(world, world.anna.press(world.sheet(world.anna), talkIds.open));
    while (world.anna.modals().length > 0) await world.anna.close(world.anna.topView());
    await settle(world, world.anna.press(asked(), talkIds.answer));
    await resend(world, 'block_actions', { pressed: `${reviewId} one_thing` });
    expect(world.anna.modals()).toEqual([]);
    expect(await world.gaps(acme)).toContain('one_thing');
  });
});
