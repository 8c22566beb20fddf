import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { type ContactId, type DealId, newId } from '../../domain/ids.ts';
import { dayAhead } from '../../domain/move-rules.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import type { AssignFormFor } from '../../slack/next-actions.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { findContact, listDealContacts } from '../../store/contacts.ts';
import { reachDeal, reachOpenDeal } from '../../store/reach-deal.ts';
import {
  buildContactModal,
  contactModalIds,
  readContactModal,
  readContactValue,
} from './contact-modal.ts';
import { buildLeftModal, buildSavedContactModal, introduceId } from './contact-results.ts';
import { leaveCompany } from './leave-company.ts';
import { buildPeopleMessage, peopleIds } from './people-message.ts';
import { contactGone, saveContact } from './save-contact.ts';

/** The word of `/deal` about the people at the buyer. */
export function contactSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'people',
      does: 'shows who is on it at the buyer, and who is missing',
      usage: '/deal people Acme',
      needs: 'deal',
      run: (call, deal) => showPeople(deps, call.actor, deal.id),
    },
  ];
}

/** The list's buttons and the form behind them. */
export function registerContacts(deps: ListenerDeps, assignFormFor: AssignFormFor): void {
  onClick(deps, peopleIds.add, (click) =>
    openForm(deps, click, { dealId: click.value as DealId, contactId: undefined }),
  );
  onClick(deps, peopleIds.edit, (click) => openForm(deps, click, readContactValue(click.value)));

  onSubmit(deps, contactModalIds.view, async (submission) => {
    const saved = await saveContact(deps, submission.actor, readContactModal(submission));
    return isRefusal(saved) ? saved : { do: 'show', modal: buildSavedContactModal(saved) };
  });

  onClick(deps, contactModalIds.left, async (click) => {
    const left = await leaveCompany(deps, click.actor, readContactValue(click.value));
    return isRefusal(left) ? left : replaceView(deps, click, buildLeftModal(left));
  });

  onClick(deps, introduceId, async (click) => {
    const form = await introductionFor(deps, assignFormFor, click);
    return isRefusal(form) ? form : replaceView(deps, click, form);
  });
}

async function showPeople(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Message | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    return buildPeopleMessage({
      deal,
      contacts: await listDealContacts(tx, deal.id),
      today: dayIn(deps.clock.now(), deal.zone),
      mayChange: !isRefusal(await reachOpenDeal(tx, actor, dealId)),
    });
  });
}

async function openForm(
  deps: ListenerDeps,
  { actor, triggerId }: Click,
  on: { readonly dealId: DealId; readonly contactId: ContactId | undefined },
): Promise<Refusal | undefined> {
  const now = deps.clock.now();
  const view = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, on.dealId);
    if (isRefusal(deal)) return deal;
    const contacts = on.contactId ? await listDealContacts(tx, deal.id) : [];
    const contact = contacts.find(({ id }) => id === on.contactId);
    if (on.contactId && !contact) return contactGone;
    return buildContactModal({ deal, contact, formId: newId(now), today: dayIn(now, deal.zone) });
  });
  if (isRefusal(view)) return view;
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

async function introductionFor(
  deps: ListenerDeps,
  assignFormFor: AssignFormFor,
  { actor, value }: Click,
): Promise<Modal | Refusal> {
  const { dealId, contactId } = readContactValue(value);
  const found = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const contact = await findContact(tx, actor.workspaceId, contactId);
    return contact?.accountId === deal.accountId ? { deal, contact } : contactGone;
  });
  if (isRefusal(found)) return found;
  const { decisionOn, zone, buyerRegion } = found.deal;
  const situation = {
    today: dayIn(deps.clock.now(), zone),
    decisionOn,
    calendar: deps.calendars.planOf(buyerRegion),
  };
  return assignFormFor(actor, dealId, {
    side: 'buyer',
    title: `Introduce us to whoever takes over from ${found.contact.name}`,
    dueOn: dayAhead(situation, 5),
    doneWhen: 'A meeting with them is in both calendars',
  });
}

async function replaceView(
  { gateway }: ListenerDeps,
  { view }: Click,
  modal: Modal,
): Promise<undefined> {
  if (view) await gateway.updateView({ viewId: view.id, hash: view.hash, view: modal });
  return undefined;
}
