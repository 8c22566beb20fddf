import { dealTitle } from '../../domain/deal.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { count } from '../../domain/text.ts';
import {
  findPreviousRitual,
  insertLossThread,
  lossEntryKey,
  lossThreadKey,
} from '../../store/loss-threads.ts';
import { listUntoldLosses } from '../../store/losses.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

const weekMs = 7 * 24 * 60 * 60_000;
const channelId = /^[CG][A-Z0-9]{4,}$/;

/** What a run did, for the person who runs it by hand. */
export interface OpenedWeek {
  readonly losses: number;
  readonly report: readonly string[];
}

/**
 * Opens the weekly thread: every loss logged since the ritual before, whatever its size (METHOD
 * §1.2, S1-4), and what that one could not tell, because its channel was gone or the CRM was late.
 * Restricted losses are counted and get no reply of their own.
 */
export async function openLossWeek(
  tx: Tx,
  input: {
    workspaceId: WorkspaceId;
    scheduledFor: Date;
    late: boolean;
    now: Date;
    channel: string;
  },
): Promise<OpenedWeek> {
  const { workspaceId, scheduledFor, late, now } = input;
  const before = await findPreviousRitual(tx, workspaceId, scheduledFor);
  const untoldSince = before?.sinceAt ?? new Date(scheduledFor.getTime() - weekMs);
  const sinceAt = before?.threadTs ? before.scheduledFor : untoldSince;
  const losses = await listUntoldLosses(tx, workspaceId, untoldSince, scheduledFor);
  const lossIds = losses.map(({ id }) => id);
  const threadId = await insertLossThread(
    tx,
    workspaceId,
    { scheduledFor, sinceAt, late, lossIds },
    now,
  );
  if (!threadId) return { losses: 0, report: ['This week’s thread is open already.'] };
  const target = channelId.test(input.channel) ? input.channel : `#${input.channel}`;
  const named = losses.filter(({ privacy }) => privacy === 'team');
  await enqueue(tx, workspaceId, now, [
    { kind: 'loss_thread_opened', key: lossThreadKey(threadId), target, payload: { threadId } },
    ...named.map(({ id }) => ({
      kind: 'loss_listed' as const,
      key: lossEntryKey(threadId, id),
      target,
      payload: { threadId, lossId: id },
    })),
  ]);
  return {
    losses: losses.length,
    report: [
      `${target}: ${count(losses.length, 'loss', 'losses')}, ${losses.length - named.length} of them private`,
      ...named.map((loss) => `  ${dealTitle(loss)} (${loss.owner.name})`),
    ],
  };
}
