import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/domain/calendar.ts';
import { type DealId, newId, type TouchId } from '../../src/domain/ids.ts';
import { listTouches, listTurnsOfDeals, type Touch } from '../../src/store/touches.ts';
import {
  later,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

const dealIds = ['D1', 'D2', 'D3'] as DealId[];
const sides = ['buyer', 'seller'] as const;

/** Few instants, so that the id often decides; the day is whatever somebody said it was. */
const anyTouch = fc.record({
  dealId: fc.constantFrom(...dealIds),
  at: fc.integer({ min: 0, max: 3 }).map((ms) => later(ms)),
  on: fc.integer({ min: -400, max: 400 }).map((days) => addDays(day('2026-11-23'), days)),
  side: fc.constantFrom(...sides),
  expectsReply: fc.boolean(),
  advance: fc.boolean(),
});

let world: StoreWorld;

function save(touches: readonly Pick<Touch, 'dealId' | 'at' | 'on' | 'side'>[]): Promise<void> {
  return world.store.transaction(async (tx) => {
    const rows = touches.map((touch) => ({
      expectsReply: false,
      advance: false,
      ...touch,
      id: newId<TouchId>(now),
      workspaceId,
      kind: 'email' as const,
      contactId: null,
      homeworkId: null,
      note: null,
      byId: world.anna.id,
    }));
    await tx.delete(tx.tables.touches);
    await tx.bulkUpsert(tx.tables.touches, rows);
  });
}

/** Touch by touch, as they are listed for a deal alone. */
async function oneByOne(dealId: DealId) {
  const touches = await world.run(listTouches, dealId);
  return touches.map(({ on, side, expectsReply, advance }) => ({
    on,
    side,
    expectsReply,
    advance,
  }));
}

describe.each(engines)('the turns of many deals on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('are those of each deal alone, in the order they happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTouch, { maxLength: 40 }), async (touches) => {
        await save(touches);
        const turns = await world.run(listTurnsOfDeals, dealIds);
        for (const id of dealIds) expect(turns.get(id)).toEqual(await oneByOne(id));
        expect([...turns.keys()]).toEqual(dealIds);
      }),
      { numRuns: 30 },
    );
  });

  it('are only those of the deals that were asked for, none where there is none', async () => {
    const touch = { at: now, on: day('2026-11-23'), side: 'buyer' } as const;
    await save([
      { ...touch, dealId: 'D1' as DealId },
      { ...touch, dealId: 'D2' as DealId },
    ]);
    const asked = ['D3', 'D2'] as DealId[];
    expect(await world.run(listTurnsOfDeals, asked)).toEqual(
      new Map([
        ['D3', []],
        ['D2', [{ on: touch.on, side: 'buyer', expectsReply: false, advance: false }]],
      ]),
    );
    expect(await world.run(listTurnsOfDeals, [])).toEqual(new Map());
  });
});
