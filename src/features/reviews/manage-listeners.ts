import type { ListenerDeps } from '../../deps.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { ReviewDeed } from '../../domain/review-access.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import { noticeModal } from '../../slack/words.ts';
import type { AskNext } from './card-renderer.ts';
import { manageIds } from './manage-actions.ts';
import {
  buildExcuseModal,
  buildPauseModal,
  excuseModalIds,
  pauseModalIds,
  readExcuseModal,
  readPauseModal,
} from './manage-modals.ts';
import { reachManaged } from './manage-reach.ts';
import { type ManageWish, manageReview } from './manage-review.ts';

const done: Readonly<Record<ReviewDeed, string>> = {
  pause: 'Paused. I keep quiet about it until you let it go on: /deal review.',
  resume: 'It goes on where it stopped.',
  excuse: 'Excused. It counts, unnamed, and nothing more is asked.',
  facilitate: 'You keep it going now. Questions that are the owner’s own stay the owner’s.',
};

/** Pausing, going on, excusing, taking in hand. */
export function registerManage(deps: ListenerDeps, askNext: AskNext): void {
  onClick(deps, manageIds.pause, (click) => open(deps, click, 'pause', buildPauseModal));
  onClick(deps, manageIds.excuse, (click) => open(deps, click, 'excuse', buildExcuseModal));
  for (const deed of ['resume', 'facilitate'] as const) {
    onClick(deps, manageIds[deed], async (click) => {
      const wish = { reviewId: click.value as ReviewId, deed };
      const managed = await manageReview(deps, click.actor, wish, askNext);
      if (isRefusal(managed)) return managed;
      deps.wake();
      await show(deps, click, noticeModal(done[deed]));
      return undefined;
    });
  }
  const answer = async (actor: Click['actor'], wish: ManageWish): Promise<SubmissionAnswer> => {
    const managed = await manageReview(deps, actor, wish, askNext);
    if (isRefusal(managed)) return managed;
    return { do: 'show', modal: noticeModal(done[wish.deed]) };
  };
  onSubmit(deps, pauseModalIds.view, async ({ actor, ...sent }) => {
    const { reviewId, userId } = readPauseModal(sent);
    const teamId = deps.workspaceId;
    const facilitator = userId ? await deps.knowPerson({ teamId, userId }) : undefined;
    return answer(actor, { reviewId, deed: 'pause', facilitator });
  });
  onSubmit(deps, excuseModalIds.view, async ({ actor, ...sent }) => {
    const { reviewId, reason } = readExcuseModal(sent);
    return answer(actor, { reviewId, deed: 'excuse', reason });
  });
}

async function open(
  deps: ListenerDeps,
  click: Click,
  deed: ReviewDeed,
  build: (title: string, id: ReviewId) => Modal,
): Promise<Refusal | undefined> {
  const id = click.value as ReviewId;
  const known = await deps.store.read((tx) => reachManaged(tx, click.actor, id, deed));
  if (isRefusal(known)) return known;
  await show(deps, click, build(dealTitle(known.deal), id));
  return undefined;
}

/** On top of the modal that was clicked in, or as the first one. */
async function show(deps: ListenerDeps, click: Click, view: Modal): Promise<void> {
  const { triggerId } = click;
  if (click.view) await deps.gateway.pushView({ triggerId, view });
  else await deps.gateway.openView({ triggerId, view });
}
