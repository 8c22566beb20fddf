import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { type NudgeItemId, newId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { insertNudges } from '../../../src/store/nudges.ts';
import { allDeals, know, resend, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';
import { answer, inputsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: OpenDeal;
let itemId: NudgeItemId;

/** Anna was asked about a buyer who has gone quiet. */
beforeEach(async () => {
  world = await startWorld();
  const seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
  const { app, clock } = world;
  const question = {
    kind: 'silence',
    dealId: acme.id,
    homeworkId: undefined,
    subject: `silence:${acme.id}`,
    dueOn: undefined,
    severity: 'stall',
    variant: 0,
  } as const;
  await app.store.transaction((tx) =>
    insertNudges(
      tx,
      app.workspaceId,
      day('2026-11-23'),
      [{ personId: anna.id, asked: [question], held: [] }],
      clock.now(),
    ),
  );
  itemId = (await item()).id;
  await app.gateway.post({
    target: 'U0ANNA',
    key: `test:${newId(clock.now())}`,
    message: {
      text: 'Acme has gone quiet',
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'nudge_back_on',
              text: { type: 'plain_text', text: 'They told us a date' },
              value: itemId,
            },
          ],
        },
      ],
    },
  });
});
afterEach(() => world.stop());

async function item() {
  const [found] = await rowsOf(world.app.store, 'nudgeItems');
  if (!found) throw new Error('Nothing was asked.');
  return found;
}

async function open(): Promise<void> {
  await settle(world, world.anna.press(world.anna.lastMessage('dm'), 'nudge_back_on'));
}

const told = async () =>
  (await rowsOf(world.app.store, 'events')).filter(({ kind }) => kind === 'back_on_told');
const backOn = async () => (await allDeals(world))[0]?.backOn;

describe('They told us a date', () => {
  it('asks for the day and, if wanted, for what they said', async () => {
    await open();
    expect(world.anna.topView().title.text).toBe('They told us a date');
    expect(inputsOn(world.anna.topView())).toEqual(['back_on', 'note']);
  });

  it('keeps the day on the deal, in its history and as the next check', async () => {
    await open();
    expect(
      await submit(world, world.anna, { back_on: '2026-12-07', note: ' Group  meeting ' }),
    ).toMatchObject({ ok: true });
    expect(await backOn()).toBe('2026-12-07');
    expect(await told()).toMatchObject([
      {
        dealId: acme.id,
        actorId: anna.id,
        side: 'buyer',
        payload: { backOn: '2026-12-07', note: 'Group meeting' },
      },
    ]);
    expect(await item()).toMatchObject({
      answer: 'back_on',
      answeredById: anna.id,
      nextCheckOn: '2026-12-07',
    });
  });

  it('keeps it once however often the form comes', async () => {
    await open();
    await submit(world, world.anna, { back_on: '2026-12-07' });
    await resend(world, 'view_submission');
    expect(await told()).toHaveLength(1);
  });

  it.each([
    ['2026-11-23', 'Pick tomorrow or a later day.'],
    [
      '2027-01-23',
      'Pick a day up to Fri 22 Jan 2027. If they need longer, /deal pause lets the deal rest with a reason.',
    ],
  ])('refuses %s', async (back_on, message) => {
    await open();
    expect(await submit(world, world.anna, { back_on })).toMatchObject({
      ok: false,
      errors: { back_on: message },
    });
    expect(await backOn()).toBeUndefined();
    expect((await item()).answer).toBeNull();
  });

  it('takes the last day there is', async () => {
    await open();
    await submit(world, world.anna, { back_on: '2027-01-22' });
    expect(await backOn()).toBe('2027-01-22');
  });

  it('is refused for a deal that ended meanwhile, and changes nothing', async () => {
    await open();
    await world.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.deals)
        .set({ status: 'won', closedOn: day('2026-11-23'), closedAt: world.clock.now() });
    });
    const result = await submit(world, world.anna, { back_on: '2026-12-07' });
    expect(JSON.stringify(result)).toContain('was won');
    expect(await told()).toEqual([]);
  });

  it('is refused for a question that is not one’s own', async () => {
    const ben = await know(world, world.ben);
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.nudgeItems).set({ personId: ben.id });
    });
    await open();
    expect(world.anna.modals()).toEqual([]);
    expect(answer(world.anna).text).toContain('not yours');
  });
});
