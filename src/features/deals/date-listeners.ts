import type { ListenerDeps } from '../../deps.ts';
import { parseDay, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type DateRevisionId, type DealId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { bold, leaf, type Modal } from '../../slack/blocks.ts';
import { dateLine } from '../../slack/date-line.ts';
import { onClick, onSubmit } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { type AgreedDate, agreeDate } from './date-agree.ts';
import { nameFirstDate } from './date-first.ts';
import { buildFirstDateModal, firstDateModalIds, readFirstDateModal } from './date-first-modal.ts';
import { keepDate } from './date-keep.ts';
import { buildKeepModal, buildKeptModal, keepModalIds, readKeepModal } from './date-keep-modal.ts';
import { seeSlips } from './date-manager.ts';
import { buildSlipMessage, dateMessageIds } from './date-messages.ts';
import { moveDate } from './date-move.ts';
import {
  buildMoveDateModal,
  buildMovedModal,
  type Dated,
  moveDateModalIds,
  readChosenDay,
  readMoveDateModal,
} from './date-move-modal.ts';
import { type DateState, reachDate } from './date-state.ts';

/** The word of `/deal` about the decision date. */
export function dateSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'date',
      does: 'shows how to keep the decision date, and moves it when nothing else helps',
      usage: '/deal date Acme',
      needs: 'deal',
      run: async (call, deal) => {
        const view = await modalFor(deps, call.actor, deal.id, 'keep');
        if (isRefusal(view)) return view;
        await deps.gateway.openView({ triggerId: call.triggerId, view });
        return undefined;
      },
    },
  ];
}

/** The modals and buttons about dates, wherever they stand. */
export function registerDate(deps: ListenerDeps): void {
  onSubmit(deps, firstDateModalIds.view, async ({ actor, ...submission }) => {
    const { dealId, decisionOn } = readFirstDateModal(submission);
    const named = await nameFirstDate(deps, actor, dealId, decisionOn);
    if (isRefusal(named)) return named;
    return { do: 'show', modal: buildDateSavedModal(named, 'has a decision date.') };
  });

  onSubmit(deps, keepModalIds.view, async ({ actor, ...submission }) => {
    const { dealId, form } = readKeepModal(submission);
    const kept = await keepDate(deps, actor, dealId, form);
    return isRefusal(kept) ? kept : { do: 'show', modal: buildKeptModal(kept) };
  });

  onSubmit(deps, moveDateModalIds.view, async ({ actor, ...submission }) => {
    const { dealId, form } = readMoveDateModal(submission);
    const moved = await moveDate(deps, actor, dealId, form);
    if (isRefusal(moved)) return moved;
    return { do: 'show', modal: buildMovedModal(moved) };
  });

  onClick(deps, keepModalIds.move, async ({ actor, value, view: shown }) => {
    const view = await modalFor(deps, actor, value as DealId, 'move');
    if (isRefusal(view)) return view;
    if (shown) await deps.gateway.updateView({ viewId: shown.id, hash: shown.hash, view });
    return undefined;
  });

  onClick(deps, moveDateModalIds.decisionOn, async ({ actor, view: shown, form }) => {
    if (shown?.callback_id !== moveDateModalIds.view) return undefined;
    const { dealId, form: typed } = readMoveDateModal({ form, view: shown });
    const state = await deps.store.read((tx) => reachDate(deps, tx, actor, dealId));
    if (isRefusal(state) || !hasDate(state)) return isRefusal(state) ? state : undefined;
    const view = buildMoveDateModal(state, typed, readChosenDay(form));
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    await deps.gateway.updateView({ viewId: shown.id, view });
    return undefined;
  });

  onClick(deps, keepModalIds.agreed, async ({ actor, value, view: shown }) => {
    const [dealId, seenOn] = value.split(' ');
    const agreed = await agreeDate(deps, actor, dealId as DealId, parseDay(seenOn ?? ''));
    if (isRefusal(agreed)) return agreed;
    const view = buildDateSavedModal(agreed, agreedWords(agreed));
    if (shown) await deps.gateway.updateView({ viewId: shown.id, view });
    return undefined;
  });

  onClick(deps, dateMessageIds.seen, async ({ actor, value, responseUrl }, acknowledge) => {
    const [dealId, revisionId] = value.split(' ');
    const news = await seeSlips(deps, actor, dealId as DealId, revisionId as DateRevisionId);
    if (isRefusal(news)) return news;
    await acknowledge();
    const message = buildSlipMessage(news);
    if (responseUrl) await deps.responder.answer(responseUrl, message, { replace: true });
    return undefined;
  });
}

/** A date that has passed can only be moved; one that is not there can only be set. */
async function modalFor(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
  want: 'keep' | 'move',
): Promise<Modal | Refusal> {
  const state = await deps.store.read((tx) => reachDate(deps, tx, actor, dealId));
  if (isRefusal(state)) return state;
  if (!hasDate(state)) return buildFirstDateModal(state.deal);
  const id = newId<DateRevisionId>(deps.clock.now());
  const { decisionOn } = state.deal;
  return want === 'move' || decisionOn < state.today
    ? buildMoveDateModal(state, { revisionId: id, fromOn: decisionOn }, undefined)
    : buildKeepModal(state, id);
}

function hasDate(state: DateState): state is Dated {
  return state.deal.decisionOn !== undefined;
}

function buildDateSavedModal(state: DateState, words: string): Modal {
  return buildResultModal({
    title: 'Saved',
    lines: [[bold(dealTitle(state.deal)), leaf(` ${words}`)], dateLine(state).leaves],
  });
}

function agreedWords({ deal, today }: AgreedDate): string {
  return `has a date they agreed to, noted on ${sayDay(deal.dateAgreedOn, today)}.`;
}
