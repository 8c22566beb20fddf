import type { WhenEnded } from '../../deps.ts';
import { newId, type RevisitId } from '../../domain/ids.ts';
import { planComeBack } from '../../domain/revisit.ts';
import { insertRevisit } from '../../store/revisits.ts';

/** Notes when to look at a lost deal again, and for what; never where we ought not to have been. */
export const planRevisit: WhenEnded = async (tx, { deal, lost, now }) => {
  if (!lost) return;
  const { closedOn: lostOn, deadlineOn, workspaceId } = deal;
  const comeBack = planComeBack({ ...lost.story, lostOn, deadlineOn });
  if (!comeBack) return;
  const id = newId<RevisitId>(now);
  const state = 'waiting';
  await insertRevisit(tx, {
    ...comeBack,
    id,
    workspaceId,
    dealId: deal.id,
    state,
    newDealId: undefined,
  });
};
