import type { ListenerDeps } from '../../deps.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import { inviteDraft, tightestStep } from '../../domain/move-rules.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { onClick, onSubmit } from '../../slack/listen.ts';
import { touchIds } from '../../slack/next-actions.ts';
import { listDealContacts } from '../../store/contacts.ts';
import { listHomework } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { buildDraftModal, draftModalIds, readDraftModal } from './draft-modal.ts';
import { logTouch, type TouchForm } from './log-touch.ts';
import { lookAhead } from './look-ahead.ts';
import { openFrom } from './open-from.ts';
import { buildTouchModal, readTouchModal, touchModalIds } from './touch-modal.ts';
import { buildTouchResultModal, inviteId } from './touch-result.ts';

/** Logging of turns: the two taps, the form, and the invitation when nothing moves. */
export function registerTouches(deps: ListenerDeps): void {
  const sides = [
    [touchIds.ours, 'seller'],
    [touchIds.theirs, 'buyer'],
  ] as const;
  for (const [id, side] of sides) {
    onClick(deps, id, async (click) =>
      openFrom(deps, click, await touchModalFor(deps, click.actor, click.value as DealId, side)),
    );
  }

  onClick(deps, touchModalIds.side, async ({ actor, view, form }) => {
    if (!view) return undefined;
    const { dealId, formId, touch } = readTouchModal({ form, view });
    const modal = await touchModalFor(deps, actor, dealId, touch.side, formId);
    if (isRefusal(modal)) return modal;
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    await deps.gateway.updateView({ viewId: view.id, view: modal });
    return undefined;
  });

  onSubmit(deps, touchModalIds.view, async (submission) => {
    const logged = await logTouch(deps, submission.actor, readTouchModal(submission));
    return isRefusal(logged) ? logged : { do: 'show', modal: buildTouchResultModal(logged) };
  });

  onClick(deps, inviteId, async (click) => {
    const outlook = await lookAhead(deps, click.actor, click.value as DealId);
    if (isRefusal(outlook)) return outlook;
    const draft = inviteDraft(tightestStep(outlook.situation));
    return openFrom(deps, click, buildDraftModal(outlook.rows.deal, draft));
  });

  // Words that were sent are a turn of ours.
  onSubmit(deps, draftModalIds.view, async ({ actor, view }) => {
    const modal = await touchModalFor(deps, actor, readDraftModal(view), 'seller');
    return isRefusal(modal) ? modal : { do: 'show', modal };
  });
}

/** The form for a turn of one side. */
export async function touchModalFor(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
  side: TouchForm['side'],
  formId?: string,
): Promise<Modal | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    return buildTouchModal({
      deal,
      side,
      formId: formId ?? newId(deps.clock.now()),
      contacts: await listDealContacts(tx, deal.id),
      steps: await listHomework(tx, deal.id),
    });
  });
}
