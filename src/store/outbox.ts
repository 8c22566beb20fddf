import { and, count, desc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { type ChannelId, newId, type OutboxId, type WorkspaceId } from '../domain/ids.ts';
import type { Intent, OutboxKind, OutboxState } from '../domain/outbox.ts';
import type { Tx } from './store.ts';

const insertChunk = 500;

/**
 * Queues what should be said. An intent whose key was queued before, whatever became of it, is
 * not queued again.
 * @returns how many were new.
 */
export async function enqueue(
  tx: Tx,
  workspaceId: WorkspaceId,
  now: Date,
  intents: readonly Intent[],
): Promise<number> {
  const { outbox } = tx.tables;
  let added = 0;
  for (let from = 0; from < intents.length; from += insertChunk) {
    const rows = intents.slice(from, from + insertChunk).map((intent) => ({
      id: newId<OutboxId>(now),
      workspaceId,
      kind: intent.kind,
      key: intent.key,
      target: intent.target,
      payload: { ...intent.payload },
      state: 'pending' as const,
      availableAt: intent.availableAt ?? now,
      attempts: 0,
      createdAt: now,
    }));
    const inserted = await tx
      .insert(outbox)
      .values(rows)
      .onConflictDoNothing({ target: [outbox.workspaceId, outbox.key] })
      .returning({ id: outbox.id });
    added += inserted.length;
  }
  return added;
}

/** How many messages of a kind were queued at one moment. */
export async function countQueued(
  tx: Tx,
  workspaceId: WorkspaceId,
  { kind, queuedAt }: { readonly kind: OutboxKind; readonly queuedAt: Date },
): Promise<number> {
  const { outbox } = tx.tables;
  const [row] = await tx
    .select({ queued: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        isNull(outbox.finishedAt),
        eq(outbox.kind, kind),
        eq(outbox.createdAt, queuedAt),
      ),
    );
  return row?.queued ?? 0;
}

/** A message that did not arrive, or of which nobody knows whether it did. */
export interface Trouble {
  readonly id: OutboxId;
  readonly kind: OutboxKind;
  readonly key: string;
  readonly target: string;
  readonly state: OutboxState;
  readonly detail: string | undefined;
  readonly at: Date;
}

/** The newest messages in trouble, for the operator and the admin's Home. */
export async function listTrouble(
  tx: Tx,
  workspaceId: WorkspaceId,
  limit = 50,
): Promise<Trouble[]> {
  const { outbox } = tx.tables;
  const rows = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), inArray(outbox.state, ['dead', 'unknown'])))
    .orderBy(desc(outbox.id))
    .limit(limit);
  return rows.map(
    ({ id, kind, key, target, state, detail, finishedAt, attemptedAt, createdAt }) => ({
      id,
      kind,
      key,
      target,
      state,
      detail: detail ?? undefined,
      at: finishedAt ?? attemptedAt ?? createdAt,
    }),
  );
}

/** The targets that somebody was told about after `since`, because nothing could be sent there. */
export async function listNoticedTargets(
  tx: Tx,
  workspaceId: WorkspaceId,
  since: Date,
): Promise<Set<string>> {
  const { outbox } = tx.tables;
  const rows = await tx
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.kind, 'notice_raised'),
        gt(outbox.createdAt, since),
      ),
    );
  return new Set(rows.flatMap(({ payload }) => payload['target'] ?? []));
}

/**
 * Under which names messages were queued for the channel that a target means: `name`, `#name` and
 * its id. They are known to be one place once something arrived there.
 */
export async function listPlaceNames(
  tx: Tx,
  workspaceId: WorkspaceId,
  target: string,
): Promise<Set<string>> {
  const { outbox } = tx.tables;
  const names = spellings(target);
  const arrived = and(eq(outbox.workspaceId, workspaceId), isNotNull(outbox.channelId));
  const places = await tx
    .selectDistinct({ id: outbox.channelId })
    .from(outbox)
    .where(
      and(arrived, or(inArray(outbox.target, names), eq(outbox.channelId, target as ChannelId))),
    );
  const ids = places.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return new Set(names);
  const named = await tx
    .selectDistinct({ target: outbox.target })
    .from(outbox)
    .where(and(arrived, inArray(outbox.channelId, ids)));
  return new Set([...names, ...ids, ...named.flatMap((row) => spellings(row.target))]);
}

function spellings(target: string): string[] {
  const bare = target.replace(/^#/, '');
  return [bare, `#${bare}`];
}
