import type { Store, TransactionOptions, Tx } from '../../../src/store/store.ts';
import type { Deed, KillOrder, Pulse } from './protocol.ts';

type OutboxRow = Tx['tables']['outbox']['$inferSelect'];

/** A store that ends its process at a moment it was given. */
export interface KillSwitch {
  readonly store: Store;
  /** Sets the moment, or with undefined takes it back. */
  arm(order: KillOrder | undefined): void;
  pulse(): Pulse;
}

export function createKillSwitch(store: Store): KillSwitch {
  let armed: (KillOrder & { left: number }) | undefined;
  let asked = 0;
  let waiting = 0;

  async function during<Result>(work: () => Promise<Result>): Promise<Result> {
    asked += 1;
    waiting += 1;
    try {
      return await work();
    } finally {
      waiting -= 1;
    }
  }

  function reach(at: KillOrder['at'], deeds?: ReadonlySet<Deed>): void {
    if (armed?.at !== at) return;
    if (armed.deed && !deeds?.has(armed.deed)) return;
    armed.left -= 1;
    if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
  }

  async function transaction<Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result> {
    reach('beginning');
    let deeds: ReadonlySet<Deed> | undefined;
    const result = await store.transaction(async (tx) => {
      // Only on demand: reading the whole queue makes transactions of two processes collide.
      const before = armed?.deed && (await readOutbox(tx));
      const done = await work(tx);
      deeds = before && deedsBetween(before, await readOutbox(tx));
      reach('committing', deeds);
      return done;
    }, options);
    reach('committed', deeds);
    return result;
  }

  return {
    arm: (order) => {
      armed = order && { ...order, left: order.nth ?? 1 };
    },
    pulse: () => ({ asked, waiting }),
    store: {
      ...store,
      read: (work) => {
        reach('reading');
        return during(() => store.read(work));
      },
      transaction: (work, options) => during(() => transaction(work, options)),
    },
  };
}

async function readOutbox(tx: Tx): Promise<ReadonlyMap<string, OutboxRow>> {
  const rows = await tx.select().from(tx.tables.outbox);
  return new Map(rows.map((row) => [row.id, row]));
}

function deedsBetween(
  before: ReadonlyMap<string, OutboxRow>,
  after: ReadonlyMap<string, OutboxRow>,
): ReadonlySet<Deed> {
  const deeds = new Set<Deed>();
  for (const [id, now] of after) {
    const was = before.get(id);
    if (!was) continue;
    if (now.finishedAt && !was.finishedAt) deeds.add('ending');
    else if (now.claim && now.claim !== was.claim) deeds.add('claim');
    else if (now.attemptedAt && !was.attemptedAt) deeds.add('attempt');
  }
  return deeds;
}
