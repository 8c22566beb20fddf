import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { Person } from '../../../src/domain/person.ts';
import { type KeptRest, listRests, saveRest } from '../../../src/store/nudge-rests.ts';
import { know, openDealFor, resend, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
});
afterEach(() => world.stop());

type NewRest = Pick<KeptRest, 'scope' | 'about' | 'untilAt'>;

function rest(person: Person, ...rests: NewRest[]): Promise<void> {
  const { app, clock } = world;
  return app.store.transaction(async (tx) => {
    for (const one of rests) {
      await saveRest(tx, app.workspaceId, { ...one, personId: person.id }, clock.now());
    }
  });
}

function restsOf({ id }: Person): Promise<KeptRest[]> {
  const { app, clock } = world;
  return app.store.read((tx) => listRests(tx, app.workspaceId, [id], clock.now()));
}

async function open(actor: Actor = world.anna): Promise<string> {
  await runDeal(world, actor, 'settings');
  return wordsOn(actor.topView());
}

const askAgain = (id: string) =>
  settle(world, world.anna.press(world.anna.topView(), 'settings_ask_again', { value: id }));

const ever = undefined;
const silence = { scope: 'kind', about: 'silence', untilAt: ever } as const;

describe('what rests', () => {
  it('is named with until when, in one’s own zone', async () => {
    const deal = await openDealFor(world, world.anna);
    const [step] = await addSteps(world, deal, [{ title: 'List who signs' }]);
    await rest(
      anna,
      silence,
      { scope: 'deal', about: deal.id, untilAt: new Date('2026-12-01T05:00:00Z') },
      {
        scope: 'item',
        about: `step:${step?.id}`,
        untilAt: new Date('2026-11-24T16:30:00Z'),
      },
      { scope: 'item', about: `no_next:${deal.id}`, untilAt: ever },
    );
    const words = await open();
    expect(words).toContain('Every question of the kind “they have gone quiet”, until you say so');
    expect(words).toContain('Everything about Acme · Core platform, until Tue 1 Dec');
    expect(words).toContain('List who signs · Acme · Core platform, until Tue 24 Nov, 11:30');
    expect(words).toContain('Acme · Core platform: no next step, until you say so');
  });

  it('shows neither what is over nor what rests for others', async () => {
    await rest(await know(world, world.ben), silence);
    await rest(anna, { ...silence, untilAt: new Date('2026-11-23T14:00:00Z') });
    expect(await open()).toContain('Nothing rests now.');
  });

  it('does not name a deal one no longer sees', async () => {
    const deal = await openDealFor(world, world.ben);
    await know(world, world.mia);
    await rest(await know(world, world.mia), { scope: 'deal', about: deal.id, untilAt: ever });
    const { app } = world;
    await app.store.transaction(async (tx) => {
      await tx.update(tx.tables.deals).set({ privacy: 'restricted' });
    });
    const words = await open(world.mia);
    expect(words).toContain('Everything about a deal you no longer see, until you say so');
    expect(words).not.toContain('Acme');
  });

  it('ends with “Ask me again”, at once, and what was chosen stays', async () => {
    await rest(anna, silence, { scope: 'kind', about: 'gap', untilAt: ever });
    await open();
    await settle(world, world.anna.choose(world.anna.topView(), 'settings_mute', 'carry'));
    const [first] = await restsOf(anna);
    await askAgain(first?.id ?? '');
    const left = await restsOf(anna);
    expect(left.map(({ about }) => about)).toEqual(['gap', 'carry']);
    expect(wordsOn(world.anna.topView())).not.toContain('gone quiet”');
  });

  it('of somebody else is not ended by a made-up click', async () => {
    const ben = await know(world, world.ben);
    await rest(ben, silence);
    await rest(anna, silence);
    await open();
    const [mine] = await restsOf(anna);
    const [his] = await restsOf(ben);
    await askAgain(mine?.id ?? '');
    await resend(world, 'block_actions', { pressed: his?.id ?? '' });
    expect(await restsOf(ben)).toHaveLength(1);
  });
});

describe('muting a kind', () => {
  it('silences it until one says so, and offers it no more', async () => {
    await open();
    await settle(world, world.anna.choose(world.anna.topView(), 'settings_mute', 'silence'));
    expect(await restsOf(anna)).toMatchObject([silence]);
    const offered = JSON.stringify(world.anna.topView().blocks.at(-1));
    expect(offered).toContain('buyer_late');
    expect(offered).not.toContain('silence');
  });

  it('keeps what was typed in the form above', async () => {
    await open();
    const view = world.anna.topView();
    await settle(world, world.anna.choose(view, 'settings_mute', 'silence'));
    expect(world.anna.topView().id).toBe(view.id);
    await submit(world, world.anna, { morning_at: '10:30' });
    expect(wordsOn(world.anna.topView())).toContain('10:30');
    expect(await restsOf(anna)).toHaveLength(1);
  });

  it('is not offered for a decision date that passed', async () => {
    await open();
    const view = world.anna.topView();
    expect(actionsOn(view)).toContain('settings_mute');
    expect(JSON.stringify(view.blocks)).not.toContain('date_passed');
  });

  it('of a date that passed does nothing when it is made up', async () => {
    await open();
    await settle(world, world.anna.choose(world.anna.topView(), 'settings_mute', 'silence'));
    await resend(world, 'block_actions', { chosen: 'date_passed' });
    expect(await restsOf(anna)).toMatchObject([silence]);
  });
});

it('with a hundred rests the form still opens', async () => {
  const many = Array.from({ length: 100 }, (_, at) => ({
    scope: 'item' as const,
    about: `no_next:${at}`,
    untilAt: ever,
  }));
  await rest(anna, ...many);
  expect(await open()).toContain('And 80 more');
});
