import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { QuietHours } from '../../../src/domain/quiet-hours.ts';
import {
  findNudgeWishes,
  type NudgeWishes,
  saveNudgeWishes,
} from '../../../src/store/nudge-wishes.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';

let world: World;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  const seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
});
afterEach(() => world.stop());

const nine = '2026-11-24T14:00:00Z';
const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);
const arrived = () => world.anna.dm().length;
const states = async () => (await rowsOf(world.app.store, 'outbox')).map(({ state }) => state);

async function wish(change: Partial<NudgeWishes>): Promise<void> {
  await world.app.store.transaction(async (tx) => {
    const wishes = await findNudgeWishes(tx, anna.workspaceId, anna.id);
    await saveNudgeWishes(tx, anna.workspaceId, anna.id, { ...wishes, ...change });
  });
}

const keepQuiet = (quiet: QuietHours) => wish({ quiet });

describe('a bundle and Slack’s do-not-disturb', () => {
  it('comes in the morning when there is none', async () => {
    await world.goTo(nine);
    expect(arrived()).toBe(1);
  });

  it('comes once it is over', async () => {
    world.sandbox.setQuiet('U0ANNA', { from: at('13:00'), until: at('16:30') });
    await world.goTo(nine);
    await world.goTo('2026-11-24T16:29:00Z');
    // What is due within ten minutes is waited for.
    expect(world.clock.now() >= at('16:30')).toBe(true);
    expect(arrived()).toBe(1);
    await world.goTo('2026-11-24T18:00:00Z');
    expect(arrived()).toBe(1);
  });

  it('does not come while it lasts', async () => {
    world.sandbox.setQuiet('U0ANNA', { from: at('13:00'), until: at('16:30') });
    await world.goTo(nine);
    await world.goTo('2026-11-24T16:00:00Z');
    expect(arrived()).toBe(0);
    expect(await states()).toEqual(['pending']);
  });

  it('is dropped when it ends after the day’s last hour, and the next morning has its own', async () => {
    world.sandbox.setQuiet('U0ANNA', {
      from: at('13:00'),
      until: new Date('2026-11-25T03:00:00Z'),
    });
    await world.goTo(nine);
    await world.goTo('2026-11-25T03:00:00Z');
    expect(arrived()).toBe(0);
    expect(await states()).toEqual(['dropped']);
    world.sandbox.setQuiet('U0ANNA', null);
    await world.goTo('2026-11-30T14:00:00Z');
    expect(arrived()).toBe(1);
  });
});

describe('a bundle and the reader’s own quiet hours', () => {
  it('waits for their end without asking Slack', async () => {
    await keepQuiet({ from: '08:30', until: '11:00' });
    await world.goTo(nine);
    expect(arrived()).toBe(0);
    expect(world.sandbox.calls.filter(({ method }) => method === 'dnd.info')).toEqual([]);
    await world.goTo('2026-11-24T16:00:00Z');
    expect(arrived()).toBe(1);
  });

  it('waits for both, whichever ends later', async () => {
    await keepQuiet({ from: '08:30', until: '11:00' });
    world.sandbox.setQuiet('U0ANNA', { from: at('13:00'), until: at('18:00') });
    await world.goTo(nine);
    await world.goTo('2026-11-24T16:00:00Z');
    expect(arrived()).toBe(0);
    await world.goTo('2026-11-24T18:00:00Z');
    expect(arrived()).toBe(1);
  });
});

describe('a bundle and a reader who goes away', () => {
  async function leaveWhilePlanned(awayUntil: string): Promise<void> {
    world.clock.set(nine);
    await world.app.heartbeat.tick();
    await wish({ awayUntil: day(awayUntil) });
    await world.deliver();
  }

  it('is dropped when they left between planning and sending', async () => {
    await leaveWhilePlanned('2026-11-25');
    expect(arrived()).toBe(0);
    expect(await states()).toEqual(['dropped']);
  });

  it('comes on the day they are back', async () => {
    await leaveWhilePlanned('2026-11-24');
    expect(arrived()).toBe(1);
  });
});
