import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import { type DateRevisionId, newId } from '../../src/domain/ids.ts';
import { changeDeal } from '../../src/store/deals.ts';
import {
  acknowledgeRevisions,
  insertRevision,
  type KeptRevision,
  listRevisions,
} from '../../src/store/revisions.ts';
import { now, openStoreWorld, type StoreWorld, workspaceId } from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;
let acme: OpenDeal;
let first: Day;

function slip(toOn: Day): KeptRevision {
  return {
    id: newId<DateRevisionId>(now),
    dealId: acme.id,
    fromOn: first,
    toOn,
    at: now,
    on: first,
    byId: world.anna.id,
    kind: 'slip',
    side: 'us',
    reason: 'Why not',
    tried: ['help'],
    acknowledged: false,
  };
}

describe.each(engines)('the decision date on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    acme = await world.seed.deal({ account: 'Acme', owner: world.anna });
    first = acme.decisionOn as Day;
  });
  afterEach(() => world.store.close());

  it('never moves silently, and never away from a revision of another move', async () => {
    const later = addDays(first, 7);
    await expect(world.run(changeDeal, acme, { decisionOn: later })).rejects.toThrow();
    await expect(world.run(changeDeal, acme, { decisionOn: undefined })).rejects.toThrow();
    await world.run(insertRevision, workspaceId, slip(addDays(first, 9)));
    await expect(world.run(changeDeal, acme, { decisionOn: later })).rejects.toThrow();
    expect(await world.run(changeDeal, acme, { decisionOn: addDays(first, 9) })).toBe(true);
  });

  it('needs a revision for every single move, also back and there again', async () => {
    const later = addDays(first, 7);
    await world.run(insertRevision, workspaceId, slip(later));
    await world.run(changeDeal, acme, { decisionOn: later });
    const moved = { ...acme, decisionOn: later, version: 2 };
    const back = { ...slip(first), fromOn: later, kind: 'pull_in' as const };
    await world.run(insertRevision, workspaceId, back);
    await world.run(changeDeal, moved, { decisionOn: first });
    const again = { ...acme, version: 3 };
    await expect(world.run(changeDeal, again, { decisionOn: later })).rejects.toThrow();
    await world.run(insertRevision, workspaceId, slip(later));
    expect(await world.run(changeDeal, again, { decisionOn: later })).toBe(true);
  });

  it('keeps its original for ever', async () => {
    const rewrite = world.store.transaction(async (tx) => {
      const originalDecisionOn = addDays(first, 1);
      await tx.update(tx.tables.deals).set({ originalDecisionOn });
    });
    await expect(rewrite).rejects.toThrow();
  });

  it('has moves that never change or go; only that they were seen is added', async () => {
    const revision = slip(addDays(first, 7));
    await world.run(insertRevision, workspaceId, revision);
    for (const change of [
      { reason: 'Another' },
      { kind: 'correction' as const },
      { toOn: first },
    ]) {
      const rewrite = world.store.transaction(async (tx) => {
        const { dateRevisions } = tx.tables;
        await tx.update(dateRevisions).set(change).where(eq(dateRevisions.id, revision.id));
      });
      await expect(rewrite).rejects.toThrow();
    }
    const removal = world.store.transaction(async (tx) => {
      await tx.delete(tx.tables.dateRevisions);
    });
    await expect(removal).rejects.toThrow();
    const by = { personId: world.anna.id, now, upTo: revision };
    expect(await world.run(acknowledgeRevisions, acme.id, by)).toBe(1);
    expect(await world.run(acknowledgeRevisions, acme.id, by)).toBe(0);
    const kept = await world.run(listRevisions, workspaceId, [acme.id]);
    expect(kept.get(acme.id)).toEqual([{ ...revision, acknowledged: true }]);
  });
});
