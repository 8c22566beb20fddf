import type { ListenerDeps } from '../../deps.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type DealId, type FeedbackRequestId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { leaf, type Modal } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import { openFrom } from '../../slack/open-from.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { sentence } from '../../slack/words.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { agreeFeedback } from './agree-feedback.ts';
import { agreeModalIds, buildAgreedModal, buildAgreeModal, readAgreeModal } from './agree-modal.ts';
import { keepReply } from './keep-reply.ts';
import { reachFeedback, reachFeedbackOfDeal } from './reach-feedback.ts';
import {
  buildRepliedModal,
  buildReplyModal,
  readReplyModal,
  replyModalIds,
} from './reply-modal.ts';
import { registerRevisits, revisitForm } from './revisit-listeners.ts';
import { sendFeedback } from './send-feedback.ts';
import { buildSendModal, readSendModal, sendModalIds, standing, withWho } from './send-modal.ts';
import { skipFeedback } from './skip-feedback.ts';
import {
  registerWithdrawal,
  type WithdrawalHands,
  withdrawalForm,
} from './withdrawal-listeners.ts';

/** What these words borrow: finding the deal that was meant, for which each then opens its form. */
export interface FeedbackWordHands {
  readonly findDeal: (call: Call, word: 'feedback' | 'revisit') => Promise<Reply>;
}

/** The words of `/deal` about the buyer's voice, about coming back, and about stepping away. */
export function feedbackSubcommands(deps: ListenerDeps, hands: FeedbackWordHands): Subcommand[] {
  return [
    {
      word: 'feedback',
      does: 'asks them early to tell us plainly, and later what to do better',
      usage: '/deal feedback Acme',
      needs: 'nothing',
      run: (call) => hands.findDeal(call, 'feedback'),
    },
    {
      word: 'revisit',
      does: 'says when to look at a lost deal again',
      usage: '/deal revisit Acme',
      needs: 'nothing',
      run: (call) => hands.findDeal(call, 'revisit'),
    },
    {
      word: 'note',
      does: 'steps away from a deal they do not dare to decide, with a note',
      usage: '/deal note Acme',
      needs: 'deal',
      run: async (call, deal) =>
        openFrom(deps, call, await withdrawalForm(deps, call.actor, deal.id)),
    },
  ];
}

/** The form of a deal that was picked by its name. */
export type FormFor = (actor: Person, dealId: DealId) => Promise<Modal | Refusal>;

/** The forms for deals that were lost, by their words. */
export function lostForms(deps: ListenerDeps): Readonly<Record<'feedback' | 'revisit', FormFor>> {
  return {
    feedback: (actor, dealId) => feedbackForm(deps, actor, dealId),
    revisit: (actor, dealId) => revisitForm(deps, actor, dealId),
  };
}

/** On an open deal the early question, on a lost one the note to the buyer. */
async function feedbackForm(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const { store, calendars } = deps;
  const now = deps.clock.now();
  return store.transaction(async (tx) => {
    const deal: Deal | Refusal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    if (deal.status === 'open') {
      const open = await reachDeal(tx, actor, dealId, 'change');
      return isRefusal(open) ? open : buildAgreeModal(deal, newId(now));
    }
    const known = await reachFeedbackOfDeal(tx, actor, dealId, { now, calendars });
    return isRefusal(known) ? known : buildSendModal(known);
  });
}

/** The forms and buttons of the buyer's voice, of coming back and of stepping away. */
export function registerFeedback(deps: ListenerDeps, hands: WithdrawalHands): void {
  registerAsking(deps);
  registerReplies(deps);
  registerRevisits(deps);
  registerWithdrawal(deps, hands);
}

function registerAsking(deps: ListenerDeps): void {
  onSubmit(deps, agreeModalIds.view, async ({ actor, ...sent }) => {
    const { dealId, answer } = readAgreeModal(sent);
    const deal = await agreeFeedback(deps, actor, dealId, answer);
    return isRefusal(deal) ? deal : { do: 'show', modal: buildAgreedModal(deal) };
  });

  onClick(deps, followUpIds.feedbackNote, async (click) =>
    openFrom(deps, click, await formOf(deps, click, buildSendModal)),
  );

  onClick(deps, followUpIds.feedbackSkip, async ({ actor, value, view }) => {
    const known = await skipFeedback(deps, actor, value as FeedbackRequestId);
    if (isRefusal(known)) return known;
    deps.wake();
    return view ? undefined : sentence(`${dealTitle(known.deal)}: ${standing(known)}`);
  });

  for (const id of [sendModalIds.sender, sendModalIds.contact]) {
    onClick(deps, id, (click) => handleWho(deps, click));
  }

  onSubmit(deps, sendModalIds.view, async ({ actor, ...sent }) => {
    const { id, userId, form } = readSendModal(sent);
    const sender = await personOf(deps, userId);
    const result = await sendFeedback(deps, actor, id, { ...form, sender });
    if (isRefusal(result)) return result;
    const line = `${dealTitle(result.known.deal)}: ${standing(result.known)}`;
    return { do: 'show', modal: buildResultModal({ title: 'Saved', lines: [[leaf(line)]] }) };
  });
}

function registerReplies(deps: ListenerDeps): void {
  onClick(deps, followUpIds.feedbackReply, async (click) =>
    openFrom(deps, click, await formOf(deps, click, buildReplyModal)),
  );

  onSubmit(deps, replyModalIds.view, async ({ actor, ...sent }) => {
    const { id, form } = readReplyModal(sent);
    const kept = await keepReply(deps, actor, id, form);
    return isRefusal(kept) ? kept : { do: 'show', modal: buildRepliedModal(kept) };
  });
}

/** The form of a request somebody clicked, from current state. */
async function formOf(
  deps: ListenerDeps,
  { actor, value }: Click,
  build: (known: Parameters<typeof buildSendModal>[0]) => Modal,
): Promise<Modal | Refusal> {
  const at = { now: deps.clock.now(), calendars: deps.calendars };
  const id = value as FeedbackRequestId;
  const known = await deps.store.read((tx) => reachFeedback(tx, actor, id, at));
  return isRefusal(known) ? known : build(known);
}

/** Other people are another note: it is written anew. */
async function handleWho(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const { view, actor, form: shown } = click;
  if (!view) return undefined;
  const { id, userId, form } = readSendModal({ view, form: shown });
  const sender = await personOf(deps, userId);
  const at = { now: deps.clock.now(), calendars: deps.calendars };
  const known = await deps.store.read((tx) => reachFeedback(tx, actor, id, at));
  if (isRefusal(known)) return known;
  const modal = buildSendModal(withWho(known, { sender, contactId: form.contactId }));
  await deps.gateway.updateView({ viewId: view.id, view: modal });
  return undefined;
}

async function personOf(
  deps: ListenerDeps,
  userId: string | undefined,
): Promise<Person | undefined> {
  return userId ? deps.knowPerson({ teamId: deps.workspaceId, userId }) : undefined;
}
