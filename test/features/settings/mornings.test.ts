import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { Person } from '../../../src/domain/person.ts';
import { findNudgeWishes } from '../../../src/store/nudge-wishes.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
});
afterEach(() => world.stop());

const open = (actor: Actor = world.anna, line = 'settings') => runDeal(world, actor, line);

async function openAll(actor: Actor = world.anna): Promise<void> {
  await open(actor);
  await settle(world, actor.press(actor.topView(), 'settings_more'));
}

function wishesOf({ id }: Person) {
  return world.app.store.read((tx) => findNudgeWishes(tx, world.app.workspaceId, id));
}

describe('/deal settings', () => {
  it.each(['settings', 'settings me', 'settings ME'])(
    'opens the form with /deal %s',
    async (line) => {
      await open(world.anna, line);
      const view = world.anna.topView();
      expect(view.title.text).toBe('Your mornings');
      expect(wordsOn(view)).toContain('Your zone is America/New_York, as Slack has it.');
      expect(wordsOn(view)).toContain('Nothing rests now.');
    },
  );

  it('asks five things at first and seven at most', async () => {
    await openAll();
    expect(inputsOn(world.anna.topView())).toEqual([
      'morning_at',
      'work_days',
      'weekly_budget',
      'away_until',
      'stand_in',
      'quiet_from',
      'quiet_until',
    ]);
  });

  it('says which two there are after another word', async () => {
    await open(world.anna, 'settings everyone');
    expect(answer(world.anna).text).toContain('/deal settings me for your mornings');
  });

  it('is not for guests', async () => {
    await open(world.sandbox.as('U0GUEST'));
    expect(world.sandbox.as('U0GUEST').modals()).toEqual([]);
  });
});

describe('saving', () => {
  it('keeps all that was chosen and says what it means', async () => {
    const ben = await know(world, world.ben);
    await openAll();
    const result = await submit(world, world.anna, {
      morning_at: '07:30',
      work_days: ['0', '1', '2', '3', '4'],
      weekly_budget: '15',
      away_until: '2026-12-01',
      stand_in: 'U0BEN',
      quiet_from: '20:00',
      quiet_until: '07:00',
    });
    expect(result).toMatchObject({ ok: true });
    expect(await wishesOf(anna)).toEqual({
      morningAt: '07:30',
      workDays: [0, 1, 2, 3, 4],
      weeklyBudget: 15,
      awayUntil: '2026-12-01',
      standInId: ben.id,
      quiet: { from: '20:00', until: '07:00' },
    });
    expect(wordsOn(world.anna.topView())).toBe(
      'Your message comes at 07:30 on Monday, Tuesday, Wednesday, Thursday, Sunday. At most 15 questions a week. Nothing comes from 20:00 to 07:00. You are away until Tue 1 Dec. Ben Okafor is asked instead.',
    );
  });

  it('shows again what was kept', async () => {
    await openAll();
    await submit(world, world.anna, {
      quiet_from: '21:00',
      quiet_until: '06:00',
      stand_in: 'U0BEN',
    });
    await open();
    expect(world.anna.topView().blocks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          block_id: 'quiet_from',
          element: expect.objectContaining({ initial_time: '21:00' }),
        }),
        expect.objectContaining({
          block_id: 'stand_in',
          element: expect.objectContaining({ initial_user: 'U0BEN' }),
        }),
      ]),
    );
  });

  it('leaves everybody else’s as they are', async () => {
    const ben = await know(world, world.ben);
    const before = await wishesOf(ben);
    await open();
    await submit(world, world.anna, { morning_at: '06:00' });
    expect(await wishesOf(ben)).toEqual(before);
    expect(await wishesOf(anna)).toMatchObject({ morningAt: '06:00' });
  });

  it('does nothing again for a form that comes twice', async () => {
    await open();
    await submit(world, world.anna, { morning_at: '06:00' });
    await open();
    const first = world.sandbox.deliveries.findLast(({ type }) => type === 'view_submission');
    await submit(world, world.anna, { morning_at: '11:00' });
    if (!first) throw new Error('Nothing was submitted.');
    await world.sandbox.redeliver(first);
    await world.sandbox.settled();
    expect(await wishesOf(anna)).toMatchObject({ morningAt: '11:00' });
  });

  it('keeps quiet hours that the short form does not ask about', async () => {
    await openAll();
    await submit(world, world.anna, { quiet_from: '20:00', quiet_until: '07:00' });
    await open();
    await submit(world, world.anna, { morning_at: '08:00' });
    expect(await wishesOf(anna)).toMatchObject({ quiet: { from: '20:00', until: '07:00' } });
  });

  it('takes the same time twice for no quiet hours', async () => {
    await openAll();
    await submit(world, world.anna, { quiet_from: '20:00', quiet_until: '07:00' });
    await open();
    await submit(world, world.anna, { quiet_from: '07:00', quiet_until: '07:00' });
    expect((await wishesOf(anna)).quiet).toBeUndefined();
  });

  it('takes today for being back', async () => {
    await open();
    await submit(world, world.anna, { away_until: '2026-12-01' });
    await open();
    await submit(world, world.anna, { away_until: '2026-11-23' });
    expect((await wishesOf(anna)).awayUntil).toBeUndefined();
  });

  it('says who counts on somebody who goes away', async () => {
    await know(world, world.ben);
    await open();
    await submit(world, world.anna, { away_until: '2026-12-01', stand_in: 'U0BEN' });
    await open(world.ben);
    await submit(world, world.ben, { away_until: '2026-11-27' });
    expect(wordsOn(world.ben.topView())).toContain(
      'Anna Snelling named you to be asked instead: nobody is asked until Fri 27 Nov, unless Anna Snelling names somebody else.',
    );
  });
});

describe('what cannot be', () => {
  async function refusal(values: Record<string, unknown>) {
    await openAll();
    return submit(world, world.anna, values);
  }

  it.each([
    [
      'a morning in the quiet hours',
      { morning_at: '06:30', quiet_from: '20:00', quiet_until: '07:00' },
      {
        morning_at:
          '06:30 lies in your quiet hours, 20:00 to 07:00. Choose another time here, or let the quiet end by 06:30.',
      },
    ],
    ['quiet without an end', { quiet_from: '20:00' }, { quiet_until: 'When does the quiet end?' }],
    [
      'quiet without a start',
      { quiet_until: '07:00' },
      { quiet_from: 'When does the quiet begin?' },
    ],
    [
      'a day that is over',
      { away_until: '2026-11-22' },
      {
        away_until: 'That day is over. Pick the first day you are back, or today if you are here.',
      },
    ],
    [
      'more than a year away',
      { away_until: '2027-11-24' },
      { away_until: 'That is more than a year. Pick a day up to Tue 23 Nov 2027.' },
    ],
    [
      'oneself as a stand-in',
      { stand_in: 'U0ANNA' },
      { stand_in: 'Choose somebody else: you are the one who is away.' },
    ],
    [
      'a guest as a stand-in',
      { stand_in: 'U0GUEST' },
      { stand_in: 'Gus Guest cannot stand in. Choose a full member of this workspace.' },
    ],
    [
      'a colleague who left as a stand-in',
      { stand_in: 'U0LEFT' },
      { stand_in: 'Lou Left cannot stand in. Choose a full member of this workspace.' },
    ],
  ])('refuses %s', async (_what, values, errors) => {
    const before = await wishesOf(anna);
    expect(await refusal(values)).toMatchObject({ ok: false, errors });
    expect(await wishesOf(anna)).toEqual(before);
  });

  it('refuses a stand-in who is away as well', async () => {
    const ben = await know(world, world.ben);
    await open();
    await submit(world, world.anna, { away_until: '2026-12-01', stand_in: 'U0BEN' });
    await open(world.ben);
    const result = await submit(world, world.ben, {
      away_until: '2026-11-30',
      stand_in: 'U0ANNA',
    });
    expect(result).toMatchObject({
      errors: {
        stand_in: 'Anna Snelling is away until Tue 1 Dec. Choose somebody who is here.',
      },
    });
    expect((await wishesOf(ben)).awayUntil).toBeUndefined();
  });

  it('refuses a week without a working day, whatever the client lets through', async () => {
    await open();
    await submit(world, world.anna, { work_days: ['1'] });
    expect(await resubmit(world, { work_days: [] })).toMatchObject({
      response_action: 'errors',
      errors: { work_days: expect.stringContaining('Tick at least one day.') },
    });
    expect((await wishesOf(anna)).workDays).toEqual([1]);
  });
});

describe('Slack’s news of somebody', () => {
  it('does not undo what they chose', async () => {
    await open();
    await submit(world, world.anna, { morning_at: '10:00', work_days: ['1', '2'] });
    await world.sandbox.setUser('U0ANNA', { realName: 'Anna S', tz: 'Europe/Berlin' });
    await world.sandbox.settled();
    expect(await wishesOf(anna)).toMatchObject({ morningAt: '10:00', workDays: [1, 2] });
  });
});
