import type { ListenerDeps } from '../../deps.ts';
import { type FindingId, newId, type ReviewId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { leaf } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import {
  type Click,
  onClick,
  onSubmit,
  type Submission,
  type SubmissionAnswer,
} from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { tryToTell } from '../../slack/show-again.ts';
import { sentence } from '../../slack/words.ts';
import { answerFinding, reachFinding, showAround } from './answer-finding.ts';
import { findingIds } from './findings-message.ts';
import {
  buildDeclineFindingModal,
  buildShipFindingModal,
  findingNoteIds,
  readFindingNote,
} from './note-modal.ts';
import { reachReviewToSend, sendFinding } from './send-finding.ts';
import { buildSendFindingModal, readSendFindingModal, sendFindingIds } from './send-modal.ts';

/** What departments do with findings, and sending one by hand. */
export function registerFindings(deps: ListenerDeps): void {
  onClick(deps, findingIds.accept, async (click) => {
    const { actor, value } = click;
    const message = await answerFinding(deps, actor, value as FindingId, { answer: 'accepted' });
    if (isRefusal(message)) return message;
    const url = await urlAmongUs(deps, click);
    if (!url)
      return sentence('Kept, and not shown here: this channel may be shared with another company.');
    await tryToTell(deps, url, message, { replace: true });
    return undefined;
  });
  onClick(deps, findingIds.decline, (click) =>
    openNote(deps, click, 'received', buildDeclineFindingModal),
  );
  onClick(deps, findingIds.ship, (click) =>
    openNote(deps, click, 'accepted', buildShipFindingModal),
  );
  onSubmit(deps, findingNoteIds.decline, (sent) => keepNote(deps, sent, 'declined'));
  onSubmit(deps, findingNoteIds.ship, (sent) => keepNote(deps, sent, 'shipped'));
  onClick(deps, followUpIds.sendFinding, (click) => openSend(deps, click));
  onSubmit(deps, sendFindingIds.view, (sent) => keepSent(deps, sent));
}

/** Answered from another window meanwhile: the message is shown as it stands. */
async function openNote(
  deps: ListenerDeps,
  click: Click,
  state: 'received' | 'accepted',
  build: typeof buildShipFindingModal,
): Promise<Refusal | undefined> {
  const { actor, value, triggerId } = click;
  const responseUrl = await urlAmongUs(deps, click);
  const now = deps.clock.now();
  const seen = await deps.store.read(async (tx) => {
    const finding = await reachFinding(tx, actor, value as FindingId);
    if (isRefusal(finding)) return finding;
    return { finding, fresh: await showAround(tx, finding, now) };
  });
  if (isRefusal(seen)) return seen;
  const { finding, fresh } = seen;
  if (finding.state === state) {
    const view = build(finding.text, { findingId: finding.id, responseUrl });
    await deps.gateway.openView({ triggerId, view });
  } else if (!isRefusal(fresh) && responseUrl) {
    await tryToTell(deps, responseUrl, fresh, { replace: true });
  }
  return undefined;
}

/** Where a message may be shown anew: nowhere while another company may read along (METHOD part 5). */
async function urlAmongUs(
  { gateway }: ListenerDeps,
  { channelId, responseUrl }: Click,
): Promise<string | undefined> {
  if (!channelId || !responseUrl) return undefined;
  try {
    await gateway.ownChannel(channelId);
    return responseUrl;
  } catch {
    return undefined;
  }
}

async function keepNote(
  deps: ListenerDeps,
  { actor, view, form }: Submission,
  answer: 'declined' | 'shipped',
): Promise<SubmissionAnswer> {
  const { findingId, responseUrl, note } = readFindingNote({ view, form });
  const message = await answerFinding(deps, actor, findingId, { answer, note });
  if (isRefusal(message)) return message;
  if (responseUrl) await tryToTell(deps, responseUrl, message, { replace: true });
  return { do: 'close' };
}

async function openSend(
  deps: ListenerDeps,
  { actor, value, triggerId }: Click,
): Promise<Refusal | undefined> {
  const reached = await deps.store.read((tx) => reachReviewToSend(tx, actor, value as ReviewId));
  if (isRefusal(reached)) return reached;
  const { review, deal } = reached;
  const given = { reviewId: review.id, formId: newId<string>(deps.clock.now()), asked: false };
  const view = buildSendFindingModal(given, { private: deal.privacy === 'restricted' });
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

async function keepSent(
  deps: ListenerDeps,
  { actor, view, form }: Submission,
): Promise<SubmissionAnswer> {
  const read = readSendFindingModal({ view, form });
  const sent = await sendFinding(deps, actor, read);
  if (isRefusal(sent)) return sent;
  if (sent.ask) {
    const given = { reviewId: read.reviewId, formId: read.formId, asked: true };
    const shown = { private: sent.private, form: read.form };
    return { do: 'show', modal: buildSendFindingModal(given, shown) };
  }
  const line = leaf('It goes out with the findings of the next business morning.');
  return { do: 'show', modal: buildResultModal({ title: 'Sent', lines: [[line]] }) };
}
