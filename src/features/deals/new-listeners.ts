import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { searchRegions } from '../../holidays.ts';
import { type Leaf, type Modal, option } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, onSuggest } from '../../slack/listen.ts';
import type { Call, Reply } from '../../slack/subcommand.ts';
import { listPlaybooks } from '../../store/playbooks.ts';
import type { NewDeal, NewDealForm } from './new-form.ts';
import { buildNewModal, buildNewResultModal, newModalIds, readNewModal } from './new-modal.ts';
import { choosePlaybook, type NewPlanForm, planSteps, readKind, readRegion } from './new-plan.ts';
import { buildNewPlanModal, newPlanModalIds, readNewPlanModal } from './new-plan-modal.ts';
import { checkNewDeal, openDeal } from './open-deal.ts';

const mostRegions = 100;

/** What a new deal borrows: what losses like it taught, and what its owner set themselves then. */
export interface NewDealHands {
  readonly lessonLines: (actor: Person, dealId: DealId) => Promise<Leaf[][]>;
}

/** The two pages of `/deal new`: what is decided by when, then the way there. */
export function registerNewDeal(deps: ListenerDeps, hands: NewDealHands): void {
  onSubmit(deps, newModalIds.view, async (submission) => {
    const form = readNewModal(submission);
    const deal = await checkNewDeal(deps, submission.actor, form);
    if (isRefusal(deal)) return deal;
    return { do: 'show', modal: await planModalFor(deps, submission.actor, { form, deal }) };
  });

  onSubmit(deps, newPlanModalIds.view, async (submission) => {
    const started = await openDeal(deps, submission.actor, readNewPlanModal(submission));
    if (isRefusal(started)) return started;
    const today = dayIn(deps.clock.now(), submission.actor.zone);
    const learnt = await hands.lessonLines(submission.actor, started.deal.id);
    return { do: 'show', modal: buildNewResultModal(started, today, learnt) };
  });

  const showAgain = (click: Click) => handleChoice(deps, click);
  onClick(deps, newPlanModalIds.kind, showAgain);
  onClick(deps, new RegExp(`^${newPlanModalIds.playbook}`), showAgain);
  onClick(deps, newPlanModalIds.region, showAgain);

  onSuggest(deps, newPlanModalIds.region, async ({ typed }) => ({
    options: searchRegions(typed, mostRegions).map(({ code, name }) => option(name, code)),
  }));
}

export async function handleNewCommand(deps: ListenerDeps, call: Call): Promise<Reply> {
  const isChannel = /^[CG]/.test(call.channelId);
  // Slack does not tell a private channel's name.
  const name = call.channelName === 'privategroup' ? '' : call.channelName;
  const channel = isChannel ? { id: call.channelId, name } : undefined;
  const view = buildNewModal({
    dealId: newId(deps.clock.now()),
    account: call.text,
    currency: deps.team.currency,
    channel,
  });
  await deps.gateway.openView({ triggerId: call.triggerId, view });
  return undefined;
}

/** Another kind, playbook or region is another plan: the preview follows. */
async function handleChoice(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const { view, form: shown, actor } = click;
  if (!view) return undefined;
  const { start: form, plan } = readNewPlanModal({ form: shown, view });
  const deal = await checkNewDeal(deps, actor, form);
  if (isRefusal(deal)) return deal;
  const modal = await planModalFor(deps, actor, { form, deal, plan });
  // Without the hash: of two quick choices the later one counts, not the one shown first.
  await deps.gateway.updateView({ viewId: view.id, view: modal });
  return undefined;
}

async function planModalFor(
  deps: ListenerDeps,
  actor: Person,
  given: { form: NewDealForm; deal: NewDeal; plan?: NewPlanForm },
): Promise<Modal> {
  const { form, deal, plan } = given;
  const playbooks = await deps.store.read((tx) => listPlaybooks(tx, actor.workspaceId));
  const today = dayIn(deps.clock.now(), actor.zone);
  const kind = readKind(plan?.kind);
  const playbook = choosePlaybook({ kind, playbook: plan?.playbook }, deal.amount, playbooks);
  const chosen = { playbook, buyerRegion: readRegion(plan?.region) };
  return buildNewPlanModal({
    form,
    deal,
    kind,
    playbook,
    playbooks,
    plan: planSteps(chosen, deal.decisionOn, today, deps.calendars),
    today,
  });
}
