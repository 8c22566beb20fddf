import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import {
  type Finding,
  type FindingState,
  findingBefore,
  opensAgain,
} from '../../domain/finding.ts';
import type { FindingId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import type { Message } from '../../slack/message.ts';
import { findDeal } from '../../store/deals.ts';
import {
  changeFinding,
  findFinding,
  listFindingsOfMessage,
  raiseRevisit,
} from '../../store/findings.ts';
import { findLoss } from '../../store/losses.ts';
import { refreshBundles } from '../../store/nudge-refresh.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { showFindings } from './show-findings.ts';

export type FindingAnswer = Exclude<FindingState, 'received'>;

const gone = refuse(
  'finding_not_found',
  'That finding is not here any more. The newest ones come on business mornings.',
);

/** A finding that stands in a channel: whoever reads it there may answer. */
export async function reachFinding(
  tx: Tx,
  actor: Person,
  id: FindingId,
): Promise<Finding | Refusal> {
  const finding = await findFinding(tx, actor.workspaceId, id);
  return finding?.messageTs ? finding : gone;
}

/**
 * Keeps what somebody does with a finding: it becomes theirs, or is declined with a word why, or
 * ships, which the thread it came from is told (METHOD S1-10). An answer that comes late or twice
 * changes nothing. @returns the message as it stands then.
 */
export async function answerFinding(
  deps: Deps,
  actor: Person,
  id: FindingId,
  said: { readonly answer: FindingAnswer; readonly note?: string | undefined },
): Promise<Message | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const finding = await reachFinding(tx, actor, id);
    if (isRefusal(finding)) return finding;
    if (finding.state === findingBefore[said.answer]) {
      const kept = await keepAnswer(tx, actor, finding, said, now);
      if (isRefusal(kept)) return kept;
    }
    return showAround(tx, finding, now);
  });
}

async function keepAnswer(
  tx: Tx,
  actor: Person,
  finding: Finding,
  { answer, note }: { readonly answer: FindingAnswer; readonly note?: string | undefined },
  now: Date,
): Promise<undefined | Refusal> {
  const to = { state: answer, changedAt: now };
  if (answer === 'accepted') {
    await changeFinding(tx, finding, { ...to, ownerId: actor.id });
    return undefined;
  }
  const what = answer === 'declined' ? 'A word why' : 'What shipped';
  const answerNote = readLine(note, { field: 'note', what, max: 200 });
  if (isRefusal(answerNote)) return answerNote;
  if (answer === 'shipped') {
    const owner = finding.ownerId && (await findPerson(tx, finding.workspaceId, finding.ownerId));
    if (owner && owner.id !== actor.id && owner.active) {
      return refuse('not_yours', `${owner.name} took this on and says when it ships.`);
    }
    const moved = await changeFinding(tx, finding, { ...to, answerNote, ownerId: actor.id });
    if (moved) await tellShipped(tx, finding, answerNote, now);
    return undefined;
  }
  await changeFinding(tx, finding, { ...to, answerNote });
  return undefined;
}

/** The thread it came from hears of it, and a buyer who lacked it is worth another look today. */
async function tellShipped(tx: Tx, finding: Finding, what: string, now: Date): Promise<void> {
  const { workspaceId, id, reviewId } = finding;
  const review = await findReview(tx, workspaceId, reviewId);
  if (!review) return;
  const owner = await findPerson(tx, workspaceId, review.ownerId);
  // A restricted deal has no thread in a channel: its owner is told alone.
  const target = review.threadTs ? review.channelId : owner?.slackUserId;
  if (target) {
    const payload = { findingId: id };
    const key = `finding_shipped:${id}`;
    await enqueue(tx, workspaceId, now, [{ kind: 'finding_shipped', key, target, payload }]);
  }
  const known = await findDeal(tx, workspaceId, review.dealId);
  const loss = review.lossId && (await findLoss(tx, workspaceId, review.lossId));
  const lostBy = loss ? loss.reasonCode : undefined;
  if (!opensAgain(finding, lostBy) || known?.deal.status !== 'lost') return;
  const { zone, id: dealId } = known.deal;
  const of = { workspaceId, dealId };
  await raiseRevisit(tx, of, { on: dayIn(now, zone), trigger: `${what} shipped`, now });
  await refreshBundles(tx, { workspaceId, dealId, at: now });
}

/** The message a finding stands in, as it is now. */
export async function showAround(tx: Tx, finding: Finding, now: Date): Promise<Message | Refusal> {
  const { workspaceId, channelId, messageTs } = finding;
  if (!channelId || !messageTs) return gone;
  const findings = await listFindingsOfMessage(tx, workspaceId, { channelId, messageTs });
  return showFindings(tx, workspaceId, findings, now);
}
