import { and, eq, gte, isNotNull } from 'drizzle-orm';
import { addDays, type Day } from '../domain/calendar.ts';
import type { ChannelId, DealId, MessageTs, NudgeId, WorkspaceId } from '../domain/ids.ts';
import { answerAbout, nudgeKey } from './nudges.ts';
import { enqueue } from './outbox.ts';
import type { Tx } from './store.ts';

/** A bundle is kept up to date on its day, whatever zone that day is in. */
const freshDays = 1;

/**
 * Something happened to a deal: the bundles of today that ask about it are to be shown again, so
 * that no message asks what was answered elsewhere. Several events of one moment are one refresh.
 */
export async function refreshBundles(
  tx: Tx,
  { workspaceId, dealId, at }: { workspaceId: WorkspaceId; dealId: DealId; at: Date },
): Promise<void> {
  const { nudgeItems } = tx.tables;
  const since = addDays(at.toISOString().slice(0, 10) as Day, -freshDays);
  const rows = await tx
    .selectDistinct({ nudgeId: nudgeItems.nudgeId })
    .from(nudgeItems)
    .where(and(eq(nudgeItems.dealId, dealId), gte(nudgeItems.on, since)));
  for (const { nudgeId } of rows) {
    const address = await findBundleAddress(tx, workspaceId, nudgeId);
    if (!address) continue;
    await enqueue(tx, workspaceId, at, [
      {
        kind: 'nudge_changed',
        key: `${nudgeKey(nudgeId)}:${at.getTime()}`,
        target: address.channelId,
        payload: { nudgeId },
      },
    ]);
  }
}

/** Something was done in another place than the bundle that asks about it: it shows there, too. */
export async function answerElsewhere(
  tx: Tx,
  who: Parameters<typeof answerAbout>[1],
  subject: string,
  said: Parameters<typeof answerAbout>[3],
): Promise<void> {
  for (const dealId of await answerAbout(tx, who, subject, said)) {
    await refreshBundles(tx, { workspaceId: who.workspaceId, dealId, at: said.at });
  }
}

/** Where a bundle was posted; undefined while it was not. */
export async function findBundleAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  nudgeId: NudgeId,
): Promise<{ channelId: ChannelId; messageTs: MessageTs } | undefined> {
  const { outbox } = tx.tables;
  const [row] = await tx
    .select({ channelId: outbox.channelId, messageTs: outbox.messageTs })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.key, nudgeKey(nudgeId)),
        eq(outbox.state, 'sent'),
        isNotNull(outbox.channelId),
      ),
    );
  const { channelId, messageTs } = row ?? {};
  return channelId && messageTs ? { channelId, messageTs } : undefined;
}
