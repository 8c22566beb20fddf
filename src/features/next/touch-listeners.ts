import type { ListenerDeps } from '../../deps.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import { inviteDraft, tightestStep } from '../../domain/move-rules.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import { touchIds } from '../../slack/next-actions.ts';
import { openFrom } from '../../slack/open-from.ts';
import { type ShowPlace, showAgain } from '../../slack/show-again.ts';
import { readStepPlace } from '../../slack/step-actions.ts';
import { listDealContacts } from '../../store/contacts.ts';
import { listHomework } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { buildDraftModal, draftModalIds, readDraftModal } from './draft-modal.ts';
import { logTouch, type TouchForm } from './log-touch.ts';
import { lookAhead } from './look-ahead.ts';
import { buildTouchModal, readTouchModal, touchModalIds } from './touch-modal.ts';
import { buildTouchResultModal, inviteId } from './touch-result.ts';

/** Logging of turns: the two taps, the form, and the invitation when nothing moves. */
export function registerTouches(deps: ListenerDeps, showPlace: ShowPlace): void {
  const redraw = (actor: Person, { dealId, cardUrl }: Pick<TouchAsk, 'dealId' | 'cardUrl'>) => {
    const place = { kind: 'plan', id: dealId } as const;
    return showAgain({ deps, showPlace }, actor, { place, responseUrl: cardUrl });
  };
  const sides = [
    [touchIds.ours, 'seller'],
    [touchIds.theirs, 'buyer'],
  ] as const;
  for (const [id, side] of sides) {
    onClick(deps, id, async (click) => {
      const dealId = click.value as DealId;
      const cardUrl = cardOf(click);
      const modal = await touchModalFor(deps, click.actor, { dealId, side, cardUrl });
      if (isRefusal(modal) && hasEnded(modal)) await redraw(click.actor, { dealId, cardUrl });
      return openFrom(deps, click, modal);
    });
  }

  onClick(deps, touchModalIds.side, async ({ actor, view, form }) => {
    if (!view) return undefined;
    const { touch, ...asked } = readTouchModal({ form, view });
    const modal = await touchModalFor(deps, actor, { ...asked, side: touch.side });
    if (isRefusal(modal)) return modal;
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    await deps.gateway.updateView({ viewId: view.id, view: modal });
    return undefined;
  });

  onSubmit(deps, touchModalIds.view, async (submission) => {
    const { cardUrl, ...turn } = readTouchModal(submission);
    const logged = await logTouch(deps, submission.actor, turn);
    if (!isRefusal(logged) || hasEnded(logged)) {
      await redraw(submission.actor, { dealId: turn.dealId, cardUrl });
    }
    return isRefusal(logged) ? logged : { do: 'show', modal: buildTouchResultModal(logged) };
  });

  onClick(deps, inviteId, async (click) => {
    const outlook = await lookAhead(deps, click.actor, click.value as DealId);
    if (isRefusal(outlook)) return outlook;
    const draft = inviteDraft(tightestStep(outlook.situation));
    return openFrom(deps, click, buildDraftModal(outlook, draft));
  });

  // Words that were sent are a turn of ours.
  onSubmit(deps, draftModalIds.view, async ({ actor, view }) => {
    const asked = { dealId: readDraftModal(view), side: 'seller' } as const;
    const modal = await touchModalFor(deps, actor, asked);
    return isRefusal(modal) ? modal : { do: 'show', modal };
  });
}

/** The card is older than the end of its deal: its buttons go away with the explanation. */
function hasEnded({ code }: Refusal): boolean {
  return code === 'deal_closed';
}

/** Where a plan card that was clicked in can be shown again; other messages do not change. */
function cardOf({ blockId, responseUrl, view }: Click): string | undefined {
  return !view && readStepPlace(blockId)?.kind === 'plan' ? responseUrl : undefined;
}

/** What the form for a turn is opened with. */
interface TouchAsk {
  readonly dealId: DealId;
  readonly side: TouchForm['side'];
  /** The same name for as long as the form is on the screen. */
  readonly formId?: string;
  /** Refreshes the plan card it was opened from. */
  readonly cardUrl?: string | undefined;
}

/** The form for a turn of one side. */
export async function touchModalFor(
  deps: ListenerDeps,
  actor: Person,
  { dealId, side, formId, cardUrl }: TouchAsk,
): Promise<Modal | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    return buildTouchModal({
      deal,
      side,
      formId: formId ?? newId(deps.clock.now()),
      cardUrl,
      contacts: await listDealContacts(tx, deal.id),
      steps: await listHomework(tx, deal.id),
    });
  });
}
