import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import { isOpen } from '../../domain/homework.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { Call, Reply } from '../../slack/subcommand.ts';
import { listHomework } from '../../store/homework.ts';
import { findPerson } from '../../store/people.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { listSlips } from '../../store/slips.ts';
import { handoverIds, readHaveIt } from './handover-message.ts';
import { pauseDeal } from './pause-deal.ts';
import {
  buildPauseModal,
  buildPauseResultModal,
  buildResumedMessage,
  type DatedDeal,
  pauseModalIds,
  readPauseModal,
} from './pause-modal.ts';
import { acceptHandover, reachOwnDeal, reassignDeal } from './reassign-deal.ts';
import {
  buildReassignedModal,
  buildReassignModal,
  readReassignModal,
  reassignModalIds,
} from './reassign-modal.ts';
import { resumeDeal } from './resume-deal.ts';
import { showHandover } from './show-handover.ts';
import { splitDeal } from './split-deal.ts';
import {
  buildSplitModal,
  buildSplitResultModal,
  readSplitModal,
  splitModalIds,
} from './split-modal.ts';

/** What can be done with an open deal: pause, hand over, split. */
export function registerOpen(deps: ListenerDeps): void {
  onSubmit(deps, pauseModalIds.view, async (submission) => {
    const deal = await pauseDeal(deps, submission.actor, readPauseModal(submission));
    if (isRefusal(deal)) return deal;
    const today = dayIn(deps.clock.now(), deal.zone);
    return { do: 'show', modal: buildPauseResultModal(deal, today) };
  });

  onSubmit(deps, reassignModalIds.view, async (submission) => {
    const { slackUserId, ...asked } = readReassignModal(submission);
    const to = slackUserId
      ? await deps.knowPerson({ teamId: deps.workspaceId, userId: slackUserId })
      : undefined;
    const done = await reassignDeal(deps, submission.actor, { ...asked, to });
    if (isRefusal(done)) return done;
    const owner = await deps.store.read((tx) =>
      findPerson(tx, deps.workspaceId, done.deal.ownerId),
    );
    return { do: 'show', modal: buildReassignedModal(done, owner?.name ?? '—') };
  });

  onClick(deps, handoverIds.haveIt, (click, acknowledge) =>
    handleHaveItClick(deps, click, acknowledge),
  );

  onSubmit(deps, splitModalIds.view, async (submission) => {
    const done = await splitDeal(deps, submission.actor, readSplitModal(submission));
    if (isRefusal(done)) return done;
    const slips = await deps.store.read((tx) => listSlips(tx, [done.first, done.second]));
    const today = dayIn(deps.clock.now(), done.first.zone);
    return { do: 'show', modal: buildSplitResultModal({ ...done, slips, today }) };
  });
}

export async function handlePauseCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: DealId,
): Promise<Reply> {
  const now = deps.clock.now();
  const deal = await deps.store.read((tx) => reachOpenDeal(tx, call.actor, dealId));
  if (isRefusal(deal)) return deal;
  return open(deps, call, buildPauseModal(await dated(deps, deal), newId(now)));
}

export async function handleResumeCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: DealId,
): Promise<Reply> {
  const deal = await resumeDeal(deps, call.actor, dealId);
  if (isRefusal(deal)) return deal;
  return buildResumedMessage(await dated(deps, deal));
}

async function dated({ store, clock }: ListenerDeps, deal: OpenDeal): Promise<DatedDeal> {
  const slips = (await store.read((tx) => listSlips(tx, [deal]))).get(deal.id);
  return { deal, slips, today: dayIn(clock.now(), deal.zone) };
}

export async function handleReassignCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: DealId,
): Promise<Reply> {
  const found = await deps.store.read(async (tx) => {
    const deal = await reachOwnDeal(tx, call.actor, dealId);
    if (isRefusal(deal)) return deal;
    return { deal, owner: await findPerson(tx, deal.workspaceId, deal.ownerId) };
  });
  if (isRefusal(found)) return found;
  const formId = newId<string>(deps.clock.now());
  const name = found.owner?.name ?? 'Somebody who left';
  return open(deps, call, buildReassignModal(found.deal, name, formId));
}

export async function handleSplitCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: DealId,
): Promise<Reply> {
  const now = deps.clock.now();
  const found = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, call.actor, dealId);
    if (isRefusal(deal)) return deal;
    return { deal, open: (await listHomework(tx, deal.id)).filter(isOpen) };
  });
  if (isRefusal(found)) return found;
  const view = buildSplitModal({
    ...found,
    newDealId: newId(now),
    currency: deps.team.currency,
    today: dayIn(now, found.deal.zone),
  });
  return open(deps, call, view);
}

async function open(deps: ListenerDeps, call: Call, view: Modal): Promise<Reply> {
  await deps.gateway.openView({ triggerId: call.triggerId, view });
  return undefined;
}

/** The pack stays where it is and says that somebody has it. */
async function handleHaveItClick(
  deps: ListenerDeps,
  click: Click,
  acknowledge: () => Promise<void>,
) {
  const asked = readHaveIt(click.value);
  const done = await acceptHandover(deps, click.actor, asked);
  if (isRefusal(done)) return done;
  await acknowledge();
  const { responseUrl, actor } = click;
  const message = await deps.store.read((tx) =>
    showHandover(tx, deps.calendars, {
      ...asked,
      workspaceId: deps.workspaceId,
      toId: actor.id,
      accepted: true,
      now: deps.clock.now(),
    }),
  );
  if (message && responseUrl) await deps.responder.answer(responseUrl, message, { replace: true });
  return undefined;
}
