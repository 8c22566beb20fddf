import type { ListenerDeps } from '../../deps.ts';
import { businessDaysAfter, dayIn, parseDay } from '../../domain/calendar.ts';
import { isOpen, type Side } from '../../domain/homework.ts';
import { waitedFor } from '../../domain/homework-gate.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { StepDraft } from '../../slack/next-actions.ts';
import { stepIds } from '../../slack/step-actions.ts';
import { listHomework } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { listSlips } from '../../store/slips.ts';
import { registerContacts } from './assign-contact.ts';
import { type AssignForm, assignHomework } from './assign-homework.ts';
import { assignModalIds, buildAssignModal, readAssignModal } from './assign-modal.ts';
import { buildAssignResultModal } from './assign-result.ts';
import { assignWaiting } from './assign-waiting.ts';
import { buildWaitingModal, readWaitingModal, waitingModalIds } from './assign-waiting-modal.ts';

/** The form for a new step, and the one that turns waiting into two steps. */
export function registerAssign(deps: ListenerDeps): void {
  registerContacts(deps);
  onClick(deps, stepIds.add, (click) => handleAddClick(deps, click));
  onClick(deps, assignModalIds.switchSide, (click) => handleFormClick(deps, click));
  onClick(deps, assignModalIds.more, (click) => handleFormClick(deps, click, true));

  onSubmit(deps, assignModalIds.view, async ({ actor, view, form }) => {
    const { dealId, formId, slackUserId, form: typed } = readAssignModal({ form, view });
    const person = slackUserId
      ? await deps.knowPerson({ teamId: deps.workspaceId, userId: slackUserId })
      : undefined;
    const input = { dealId, formId, form: { ...typed, person } };
    const assigned = await assignHomework(deps, actor, input);
    if (isRefusal(assigned)) {
      const isWaiting = assigned.code === 'waiting' && assigned.field === assignModalIds.title;
      return isWaiting ? { do: 'show', modal: waitingModalFor(deps, actor, input) } : assigned;
    }
    const today = dayIn(deps.clock.now(), assigned.deal.zone);
    return { do: 'show', modal: buildAssignResultModal(assigned, today) };
  });

  onSubmit(deps, waitingModalIds.view, async ({ actor, view, form }) => {
    const assigned = await assignWaiting(deps, actor, readWaitingModal({ view, form }));
    if (isRefusal(assigned)) return assigned;
    const today = dayIn(deps.clock.now(), assigned.deal.zone);
    return { do: 'show', modal: buildAssignResultModal(assigned, today) };
  });
}

/** What was typed as a step of ours, as far as it helps to say what we wait for. */
function waitingModalFor(
  deps: ListenerDeps,
  actor: Person,
  { dealId, formId, form }: { dealId: DealId; formId: string; form: AssignForm },
): Modal {
  const today = dayIn(deps.clock.now(), actor.zone);
  const untilOn = parseDay(form.dueOn ?? '') ?? businessDaysAfter(today, 3);
  return buildWaitingModal({ dealId, formId, what: waitedFor(form.title ?? ''), untilOn });
}

async function handleAddClick(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const modal = await assignModalFor(deps, click.actor, {
    dealId: click.value as DealId,
    side: 'buyer',
  });
  if (isRefusal(modal)) return modal;
  await (click.view
    ? deps.gateway.updateView({ viewId: click.view.id, hash: click.view.hash, view: modal })
    : deps.gateway.openView({ triggerId: click.triggerId, view: modal }));
  return undefined;
}

/** The other side asks for other people, and more asks more; what was typed stays, by block. */
async function handleFormClick(
  deps: ListenerDeps,
  click: Click,
  asksMore?: true,
): Promise<Refusal | undefined> {
  const { view } = click;
  if (!view) return undefined;
  const { dealId, formId, more, form } = readAssignModal({ form: click.form, view });
  const asked = { dealId, side: form.side, formId, more: asksMore ?? more };
  const modal = await assignModalFor(deps, click.actor, asked);
  if (isRefusal(modal)) return modal;
  // Without the hash: of two quick choices the later one counts, not the one shown first.
  await deps.gateway.updateView({ viewId: view.id, view: modal });
  return undefined;
}

/** The form for a new step of a deal, as `actor` may fill it in, with what is known of it. */
export async function assignModalFor(
  deps: ListenerDeps,
  actor: Person,
  asked: { dealId: DealId; side: Side; formId?: string; more?: boolean; draft?: StepDraft },
): Promise<Modal | Refusal> {
  const found = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, asked.dealId);
    if (isRefusal(deal)) return deal;
    const slips = (await listSlips(tx, [deal])).get(deal.id);
    return { deal, slips, steps: await listHomework(tx, deal.id) };
  });
  if (isRefusal(found)) return found;
  const now = deps.clock.now();
  return buildAssignModal({
    deal: found.deal,
    slips: found.slips,
    gates: found.steps.filter((step) => step.gate && isOpen(step)),
    side: asked.side,
    draft: asked.draft,
    formId: asked.formId ?? newId(now),
    more: asked.more ?? false,
    me: actor.slackUserId,
    today: dayIn(now, found.deal.zone),
  });
}
