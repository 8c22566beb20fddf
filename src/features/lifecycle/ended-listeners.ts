import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { Call, Reply } from '../../slack/subcommand.ts';
import { findLossOfDeal } from '../../store/losses.ts';
import type { Tx } from '../../store/store.ts';
import {
  findAnyDeals,
  findLostDeals,
  findOpenOrLostDeals,
  findReviewedDeals,
} from './find-ended.ts';
import {
  buildInvalidModal,
  buildInvalidResultModal,
  invalidModalIds,
  readInvalidModal,
} from './invalid-modal.ts';
import { invalidateDeal, reachVoidable, type WhenInvalid } from './invalidate-deal.ts';
import { buildPickMessage, type ClosedWord, pickIds, readPickedWord } from './pick-message.ts';
import { isSoon, reachLostDeal, reopenDeal, type WhenReopened } from './reopen-deal.ts';
import {
  buildReopenedModal,
  buildReopenModal,
  readReopenModal,
  reopenModalIds,
} from './reopen-modal.ts';

/** The form a word opens for a deal that ended. */
export type FormFor = (actor: Person, dealId: DealId) => Promise<Modal | Refusal>;

/** The forms that other features have for deals that were lost. */
export type LostForms = Readonly<Record<'feedback' | 'revisit' | 'review', FormFor>>;

/** What begins a deal again does for what waited for it. */
export interface EndedHands {
  readonly lostForms: LostForms;
  readonly whenReopened: WhenReopened;
  readonly whenInvalid: WhenInvalid;
}

/** What can be done with a deal that ended: begin again, or take it out. */
export function registerEnded(deps: ListenerDeps, hands: EndedHands): void {
  const forms = formsFor(deps, hands.lostForms);
  onClick(deps, pickIds.pick, (click, acknowledge) =>
    handlePickClick(deps, forms, click, acknowledge),
  );

  onSubmit(deps, reopenModalIds.view, async (submission) => {
    const asked = readReopenModal(submission);
    const deal = await reopenDeal(deps, submission.actor, asked, hands.whenReopened);
    if (isRefusal(deal)) return deal;
    const { workspaceId } = deps;
    const lesson = await deps.store.read((tx) => findLossOfDeal(tx, workspaceId, asked.fromId));
    const today = dayIn(deps.clock.now(), deal.zone);
    return { do: 'show', modal: buildReopenedModal({ deal, lesson, today }) };
  });

  onSubmit(deps, invalidModalIds.view, async (submission) => {
    const asked = readInvalidModal(submission);
    const deal = await invalidateDeal(deps, submission.actor, asked, hands.whenInvalid);
    if (isRefusal(deal)) return deal;
    return { do: 'show', modal: buildInvalidResultModal(deal) };
  });
}

export function handleReopenCommand(deps: ListenerDeps, call: Call): Promise<Reply> {
  return run(deps, call, 'reopen', findLostDeals, (...on) => reopenModal(deps, ...on));
}

/** Finds the deal that was meant and opens a form of another feature for it. */
export function handleLostCommand(
  deps: ListenerDeps,
  call: Call,
  word: keyof LostForms,
  forms: LostForms,
): Promise<Reply> {
  const finders = {
    feedback: findOpenOrLostDeals,
    revisit: findLostDeals,
    review: findReviewedDeals,
  };
  return run(deps, call, word, finders[word], forms[word]);
}

export function handleInvalidCommand(deps: ListenerDeps, call: Call): Promise<Reply> {
  return run(deps, call, 'invalid', findAnyDeals, (...on) => invalidModal(deps, ...on));
}

async function run(
  deps: ListenerDeps,
  call: Call,
  word: ClosedWord,
  find: (tx: Tx, call: Call) => Promise<Deal[] | Refusal>,
  form: FormFor,
): Promise<Reply> {
  const found = await deps.store.read((tx) => find(tx, call));
  if (isRefusal(found)) return found;
  const [first] = found;
  if (first && found.length === 1) return openModal(deps, call, form, first.id);
  return buildPickMessage(word, found, dayIn(deps.clock.now(), call.actor.zone));
}

function formsFor(deps: ListenerDeps, others: LostForms): Readonly<Record<ClosedWord, FormFor>> {
  return {
    reopen: (...on) => reopenModal(deps, ...on),
    invalid: (...on) => invalidModal(deps, ...on),
    ...others,
  };
}

async function handlePickClick(
  deps: ListenerDeps,
  forms: Readonly<Record<ClosedWord, FormFor>>,
  click: Click,
  acknowledge: () => Promise<void>,
): Promise<Refusal | undefined> {
  const word = readPickedWord(click.blockId);
  if (!word) return undefined;
  const refused = await openModal(deps, click, forms[word], click.value as DealId);
  if (refused) return refused;
  await acknowledge();
  if (click.responseUrl) await deps.responder.remove(click.responseUrl);
  return undefined;
}

async function openModal(
  deps: ListenerDeps,
  { actor, triggerId }: { actor: Person; triggerId: string },
  form: FormFor,
  dealId: DealId,
): Promise<Refusal | undefined> {
  const view = await form(actor, dealId);
  if (isRefusal(view)) return view;
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

async function reopenModal(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const now = deps.clock.now();
  return deps.store.read(async (tx) => {
    const deal = await reachLostDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, deal.zone);
    const lesson = await findLossOfDeal(tx, deps.workspaceId, deal.id);
    const soon = isSoon(deal, today);
    return buildReopenModal({ deal, newDealId: newId(now), lesson, soon, today });
  });
}

async function invalidModal(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const moment = { now: deps.clock.now(), calendars: deps.calendars };
  const deal = await deps.store.read((tx) => reachVoidable(tx, actor, dealId, moment));
  return isRefusal(deal) ? deal : buildInvalidModal(deal);
}
