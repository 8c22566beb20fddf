import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import type { DealId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { ensureAccount } from '../../src/store/accounts.ts';
import { closeDeal, findDeal, insertDeal } from '../../src/store/deals.ts';
import { appendEvent } from '../../src/store/events.ts';
import { listManagerChain, savePerson } from '../../src/store/people.ts';
import { assertOutsideTransaction, openStore, type Store } from '../../src/store/store.ts';

const now = new Date('2026-11-23T14:00:00Z');
const workspaceId = 'T1' as WorkspaceId;
let store: Store;

beforeEach(() => {
  store = openStore('file::memory:');
});
afterEach(() => store.close());

async function addDeal(changes: Partial<OpenDeal> = {}): Promise<OpenDeal> {
  return store.transaction(async (tx) => {
    const account = await ensureAccount(tx, workspaceId, 'Acme', now);
    const deal: OpenDeal = {
      id: 'D1' as DealId,
      workspaceId,
      accountId: account.id,
      account: account.name,
      name: 'Core',
      ownerId: 'P1' as PersonId,
      amount: { minor: 100, currency: 'EUR' },
      decisionOn: day('2026-12-18'),
      originalDecisionOn: day('2026-12-18'),
      dateDriver: undefined,
      zone: 'UTC',
      status: 'open',
      openedOn: day('2026-11-23'),
      channelId: undefined,
      privacy: 'team',
      imported: false,
      version: 1,
      ...changes,
    };
    expect(await insertDeal(tx, deal)).toBe(true);
    return deal;
  });
}

describe('a transaction', () => {
  it('leaves nothing behind when it fails', async () => {
    const failed = store.transaction(async (tx) => {
      await ensureAccount(tx, workspaceId, 'Acme', now);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const rows = await store.read(async (tx) => tx.all(sql`select * from accounts`));
    expect(rows).toEqual([]);
  });

  it('keeps others out until it ends', async () => {
    const seen: number[] = [];
    const count = async () =>
      store.read(async (tx) => {
        seen.push(tx.all(sql`select * from accounts`).length);
      });
    const writing = store.transaction(async (tx) => {
      await ensureAccount(tx, workspaceId, 'Acme', now);
      await Promise.resolve();
      await ensureAccount(tx, workspaceId, 'Globex', now);
    });
    await Promise.all([writing, count()]);
    expect(seen).toEqual([2]);
  });

  it('refuses calls to the outside, and another transaction, within it', async () => {
    const calls = store.transaction(async () => assertOutsideTransaction('chat.postMessage'));
    await expect(calls).rejects.toThrow('chat.postMessage was called inside a transaction');
    const nested = store.transaction(async () => store.read(async () => 1));
    await expect(nested).rejects.toThrow('inside a transaction');
  });
});

describe('a deal in the store', () => {
  it('reads back as it was saved', async () => {
    const deal = await addDeal();
    const found = await store.read((tx) => findDeal(tx, workspaceId, deal.id));
    expect(found?.deal).toMatchObject({ ...deal });
  });

  it('does not exist for another workspace', async () => {
    const deal = await addDeal();
    const other = await store.read((tx) => findDeal(tx, 'T2' as WorkspaceId, deal.id));
    expect(other).toBeUndefined();
  });

  it('keeps its original decision date whatever is tried', async () => {
    await addDeal();
    const rewrite = store.transaction(async (tx) =>
      tx.run(sql`update deals set original_decision_on = '2027-01-01'`),
    );
    await expect(rewrite).rejects.toMatchObject({
      cause: { message: 'original_decision_on is written once' },
    });
  });

  it('closes once: the second of two people finds it closed', async () => {
    const deal = await addDeal();
    const end = { status: 'won', closedOn: day('2026-11-23'), closedAt: now } as const;
    const results = await Promise.all([
      store.transaction((tx) => closeDeal(tx, deal, end)),
      store.transaction((tx) => closeDeal(tx, deal, { ...end, status: 'lost' })),
    ]);
    expect(results).toEqual([true, false]);
  });

  it('has one open deal of a name, in whatever spelling', async () => {
    await addDeal();
    const second = store.transaction(async (tx) => {
      const account = await ensureAccount(tx, workspaceId, 'ACME', now);
      const { deal } = (await findDeal(tx, workspaceId, 'D1' as DealId)) ?? {};
      return insertDeal(tx, {
        ...(deal as OpenDeal),
        id: 'D2' as DealId,
        account: account.name,
        name: 'core!',
      });
    });
    expect(await second).toBe(false);
  });
});

describe('history', () => {
  it('can only be added to', async () => {
    const deal = await addDeal();
    await store.transaction((tx) =>
      appendEvent(tx, { workspaceId, dealId: deal.id, at: now, kind: 'deal_opened' }),
    );
    const refused = { cause: { message: 'events are append-only' } };
    const change = store.transaction(async (tx) => tx.run(sql`update events set kind = 'x'`));
    await expect(change).rejects.toMatchObject(refused);
    const removal = store.transaction(async (tx) => tx.run(sql`delete from events`));
    await expect(removal).rejects.toMatchObject(refused);
  });
});

describe('managers', () => {
  it('are followed upwards, and a circle ends', async () => {
    const chain = { P1: 'P2', P2: 'P3', P3: 'P1' };
    await store.transaction(async (tx) => {
      for (const [id, managerId] of Object.entries(chain)) {
        await savePerson(
          tx,
          {
            id: id as PersonId,
            workspaceId,
            slackUserId: undefined,
            name: id,
            email: undefined,
            role: 'rep',
            standing: 'member',
            managerId: managerId as PersonId,
            zone: 'UTC',
            workDays: [1],
            active: true,
          },
          undefined,
        );
      }
    });
    const found = await store.read((tx) => listManagerChain(tx, workspaceId, 'P1' as PersonId));
    expect(found).toEqual(['P2', 'P3']);
  });
});
