import type { TeamSettings } from '../../deps.ts';
import type { Day } from '../../domain/calendar.ts';
import { groupBy } from '../../domain/group.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/outbox.ts';
import { count } from '../../domain/text.ts';
import { listFindingsToPost } from '../../store/findings.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { findingsPerMessage } from './findings-message.ts';

/**
 * Queues what released losses had to say since the last time, one message a channel (METHOD §4.8).
 * A place without a channel of its own is told in the loss channel.
 */
export async function sweepFindings(
  tx: Tx,
  input: {
    readonly workspaceId: WorkspaceId;
    readonly today: Day;
    readonly now: Date;
    readonly team: Pick<TeamSettings, 'findingChannels' | 'lossChannel'>;
  },
): Promise<{ findings: number; channels: number; report: readonly string[] }> {
  const { workspaceId, today, now, team } = input;
  const waiting = await listFindingsToPost(tx, workspaceId, now);
  const byChannel = groupBy(
    waiting,
    ({ place }) => team.findingChannels[place] ?? team.lossChannel,
  );
  const intents = [...byChannel].flatMap(([target, findings]) =>
    pagesOf(findings.map(({ id }) => id)).map(
      (ids, page): Intent => ({
        kind: 'findings_posted',
        key: `findings:${target}:${today}:${page}`,
        target,
        payload: { findingIds: ids.join(',') },
      }),
    ),
  );
  await enqueue(tx, workspaceId, now, intents);
  const report = [...byChannel].map(
    ([channel, findings]) => `${channel}: ${count(findings.length, 'finding')}`,
  );
  return { findings: waiting.length, channels: byChannel.size, report };
}

function pagesOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / findingsPerMessage) }, (_, at) =>
    items.slice(at * findingsPerMessage, (at + 1) * findingsPerMessage),
  );
}
