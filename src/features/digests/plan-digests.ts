import type { TeamSettings } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { isChannelId, type WorkspaceId } from '../../domain/ids.ts';
import { countDeals, isLost } from '../../domain/loss-metrics.ts';
import type { Intent } from '../../domain/outbox.ts';
import { count } from '../../domain/text.ts';
import { listDigestReaders } from '../../store/digest-readers.ts';
import { countMutualPlans } from '../../store/leading-figures.ts';
import { listEnded } from '../../store/loss-figures.ts';
import { enqueue } from '../../store/outbox.ts';
import { countSilentThreads } from '../../store/review-figures.ts';
import type { Tx } from '../../store/store.ts';
import { weekAgoOf } from './week-figures.ts';
import { weekSpan } from './week-span.ts';

const firstWeek = '07';

/** What a run queued, and what of today later digests compare themselves with. */
export interface PlannedDigests {
  readonly losses: number;
  readonly mutual: number;
  readonly plans: number;
  /** Threads a week old in which nobody beside the owner spoke. */
  readonly silent: number;
  readonly messages: number;
  readonly report: readonly string[];
}

/**
 * Queues the week's digest for the loss channel, one message a head of sales or admin, and on the
 * first digest day of a month the pattern card (METHOD §4.8). What they say is counted when they
 * are sent.
 */
export async function planDigests(
  tx: Tx,
  input: {
    readonly workspaceId: WorkspaceId;
    readonly scheduledFor: Date;
    readonly late: boolean;
    readonly now: Date;
    readonly team: Pick<TeamSettings, 'zone' | 'digestAt' | 'lossChannel'>;
  },
): Promise<PlannedDigests> {
  const { workspaceId, scheduledFor, late, now, team } = input;
  const span = weekSpan(scheduledFor, team.zone, team.digestAt);
  const target = isChannelId(team.lossChannel) ? team.lossChannel : `#${team.lossChannel}`;
  const payload = { scheduledFor: scheduledFor.toISOString(), late: late ? 'yes' : 'no' };
  const keyOf = (what: string) => `${what}:${payload.scheduledFor}`;
  const readers = await listDigestReaders(tx, workspaceId);
  const isFirst = span.dueOn.slice(8) <= firstWeek;
  const intents: Intent[] = [
    { kind: 'week_digested', key: keyOf('week_digested'), target, payload },
    ...(isFirst
      ? [{ kind: 'patterns_found' as const, key: keyOf('patterns_found'), target, payload }]
      : []),
    ...readers.map(({ id, slackUserId }) => ({
      kind: 'teams_digested' as const,
      key: keyOf(`teams_digested:${id}`),
      target: slackUserId,
      payload: { ...payload, personId: id },
    })),
  ];
  await enqueue(tx, workspaceId, now, intents);
  const [week] = await listEnded(tx, workspaceId, {
    by: 'logged',
    bounds: [weekAgoOf(span), scheduledFor],
  });
  const mutual = await countMutualPlans(tx, workspaceId, dayIn(now, team.zone));
  const silent = await countSilentThreads(tx, workspaceId, weekAgoOf(span));
  const losses = countDeals(week?.groups ?? [], isLost) + (week?.privateLosses ?? 0);
  return {
    losses,
    mutual: mutual.k,
    plans: mutual.n,
    silent: silent.k,
    messages: intents.length,
    report: [
      `${target}: the digest of ${count(losses, 'loss', 'losses')}${isFirst ? ' and the month’s patterns' : ''}`,
      `${count(readers.length, 'head of sales or admin', 'heads of sales and admins')} get theirs`,
    ],
  };
}
