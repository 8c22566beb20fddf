import { findingWindowDays } from '../../domain/finding.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import {
  listFindings,
  type PlacedFinding,
  placeFindings,
  readFindingIds,
  tallyReasons,
} from '../../store/findings.ts';
import { listNames } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';
import { buildFindingsMessage } from './findings-message.ts';

const windowMs = findingWindowDays * 24 * 60 * 60_000;

/** A message of findings as they stand at `now`. */
export async function showFindings(
  tx: Tx,
  workspaceId: WorkspaceId,
  findings: readonly PlacedFinding[],
  now: Date,
): Promise<Message> {
  const since = new Date(now.getTime() - windowMs);
  const timesOf = await tallyReasons(tx, workspaceId, { since, until: now });
  const names = await listNames(
    tx,
    findings.flatMap(({ ownerId }) => ownerId ?? []),
  );
  const shown = findings.map((finding) => ({
    finding,
    times: finding.reasonCode === undefined ? undefined : timesOf(finding.reasonCode),
  }));
  return buildFindingsMessage(shown, names);
}

/** The findings of a day for one channel; what stands somewhere by now is left out. */
export const findingsRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const listed = await listFindings(tx, workspaceId, readFindingIds(payload));
    const findings = listed.filter(({ messageTs }) => messageTs === undefined);
    if (findings.length === 0) return { do: 'drop', reason: 'no finding is left to post' };
    return { do: 'post', target, message: await showFindings(tx, workspaceId, findings, now) };
  },
  sent: (tx, { workspaceId, payload }, posted) =>
    placeFindings(tx, workspaceId, readFindingIds(payload), {
      channelId: posted.channelId,
      messageTs: posted.messageTs,
    }),
};
