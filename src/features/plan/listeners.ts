import type { PlainTextOption } from '@slack/types';
import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Contact } from '../../domain/contact.ts';
import type { Deal } from '../../domain/deal.ts';
import type { Side } from '../../domain/homework.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { cleanLine } from '../../domain/text.ts';
import { type Modal, option } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, onSuggest } from '../../slack/listen.ts';
import { FormValues } from '../../slack/payloads.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { searchContacts } from '../../store/contacts.ts';
import { reachDeal, reachOpenDeal } from '../../store/reach-deal.ts';
import { assignHomework, newContactPrefix } from './assign-homework.ts';
import {
  assignModalIds,
  buildAssignModal,
  buildAssignResultModal,
  readAssignModal,
} from './assign-modal.ts';
import { showPlan } from './show-plan.ts';
import { registerSteps, type ShowPlace } from './step-listeners.ts';

/** The words of `/deal` about plans. */
export function planSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'homework',
      does: 'gives them a step, and us one in return',
      usage: '/deal homework Acme',
      needs: 'deal',
      run: (call, deal) => handleHomeworkCommand(deps, call, deal),
    },
    {
      word: 'plan',
      does: 'shows the plan with both sides’ steps',
      usage: '/deal plan Acme',
      needs: 'deal',
      run: (call, deal) => handlePlanCommand(deps, call, deal),
    },
  ];
}

/** The modals and buttons of plans, wherever a step is shown. */
export function registerPlan(deps: ListenerDeps, showPlace: ShowPlace): void {
  registerSteps(deps, showPlace);
  onClick(deps, stepIds.add, (click) => handleAddClick(deps, click));
  onClick(deps, stepIds.show, (click) => showPlanClicked(deps, click));
  onClick(deps, assignModalIds.side, (click) => handleSideClick(deps, click));

  onSuggest(deps, assignModalIds.contact, async ({ actor, typed, view }) => {
    const { dealId } = readAssignModal({ form: new FormValues(view), view });
    const contacts = await deps.store.read(async (tx) => {
      const deal = await reachDeal(tx, actor, dealId);
      return isRefusal(deal) ? [] : searchContacts(tx, deal.accountId, nameOf(typed), 50);
    });
    return { options: contactOptions(typed, contacts) };
  });

  onSubmit(deps, assignModalIds.view, async ({ actor, view, form }) => {
    const { dealId, formId, slackUserId, form: typed } = readAssignModal({ form, view });
    const person = slackUserId
      ? await deps.knowPerson({ teamId: deps.workspaceId, userId: slackUserId })
      : undefined;
    const input = { dealId, formId, form: { ...typed, person } };
    const assigned = await assignHomework(deps, actor, input);
    if (isRefusal(assigned)) return assigned;
    const today = dayIn(deps.clock.now(), assigned.deal.zone);
    return { do: 'show', modal: buildAssignResultModal(assigned, today) };
  });
}

async function handleHomeworkCommand(deps: ListenerDeps, call: Call, deal: Deal): Promise<Reply> {
  const view = await assignModalFor(deps, call.actor, deal.id, 'buyer');
  if (isRefusal(view)) return view;
  await deps.gateway.openView({ triggerId: call.triggerId, view });
  return undefined;
}

async function handlePlanCommand(deps: ListenerDeps, call: Call, deal: Deal): Promise<Reply> {
  const message = await showPlan(deps, call.actor, deal.id);
  if (isRefusal(message)) return message;
  // In the deal's own channel the plan is for everybody there, elsewhere for the one who asked. A
  // restricted deal stays between its people, whoever else is in the channel.
  const inChannel = deal.channelId === call.channelId && deal.privacy === 'team';
  return { ...message, inChannel };
}

async function handleAddClick(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const modal = await assignModalFor(deps, click.actor, click.value as DealId, 'buyer');
  if (isRefusal(modal)) return modal;
  await (click.view
    ? deps.gateway.updateView({ viewId: click.view.id, hash: click.view.hash, view: modal })
    : deps.gateway.openView({ triggerId: click.triggerId, view: modal }));
  return undefined;
}

async function showPlanClicked(deps: ListenerDeps, click: Click) {
  return showPlan(deps, click.actor, click.value as DealId);
}

/** The other side asks for other people; what was typed stays, block by block. */
async function handleSideClick(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const { view } = click;
  if (!view) return undefined;
  const { dealId, formId, form } = readAssignModal({ form: click.form, view });
  const modal = await assignModalFor(deps, click.actor, dealId, form.side, formId);
  if (isRefusal(modal)) return modal;
  // Without the hash: of two quick choices the later one counts, not the one shown first.
  await deps.gateway.updateView({ viewId: view.id, view: modal });
  return undefined;
}

async function assignModalFor(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
  side: Side,
  formId?: string,
): Promise<Modal | Refusal> {
  const deal = await deps.store.read((tx) => reachOpenDeal(tx, actor, dealId));
  if (isRefusal(deal)) return deal;
  const now = deps.clock.now();
  return buildAssignModal({
    deal,
    side,
    formId: formId ?? newId(now),
    me: actor.slackUserId,
    today: dayIn(now, deal.zone),
  });
}

function nameOf(typed: string): string {
  return typed.split(',')[0] ?? '';
}

/** Known contacts, and what was typed as a new one unless somebody has that very name. */
function contactOptions(typed: string, contacts: readonly Contact[]): PlainTextOption[] {
  const known = contacts.map((contact) =>
    option(contact.title ? `${contact.name}, ${contact.title}` : contact.name, contact.id),
  );
  const line = cleanLine(typed);
  const value = `${newContactPrefix}${line}`;
  const taken = known.some(({ text }) => text.text.toLowerCase() === line.toLowerCase());
  // An option's value holds 75 characters; a longer line is no name.
  if (line === '' || taken || value.length > 75) return known;
  return [...known, option(`Add ${line}`, value)];
}
