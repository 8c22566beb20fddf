import type { ListenerDeps } from '../../deps.ts';
import { dayIn, sayWeekday } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { onClick, onSubmit } from '../../slack/listen.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { countOpenDealsOf, listOwnOpenDeals } from '../../store/deals.ts';
import { listHomework, listNextSteps } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { listSlips } from '../../store/slips.ts';
import { reachDate } from './date-state.ts';
import { buildListMessage, listLimit } from './list-message.ts';
import { loseDeal } from './lose-deal.ts';
import { findLossHint } from './loss-hint.ts';
import { buildLostModal, buildLostResultModal, lostModalIds, readLostModal } from './lost-modal.ts';
import { handleNewCommand, registerNewDeal } from './new-listeners.ts';
import { winDeal } from './win-deal.ts';
import { buildWonModal, buildWonResultModal, readWonModal, wonModalIds } from './won-modal.ts';

/** The words of `/deal` about deals themselves. */
export function dealSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'new',
      does: 'starts a deal with the day they decide',
      usage: '/deal new Acme',
      needs: 'nothing',
      run: (call) => handleNewCommand(deps, call),
    },
    {
      word: 'list',
      does: 'shows your open deals and what is next on each',
      usage: '/deal list',
      needs: 'nothing',
      run: (call) => handleListCommand(deps, call),
    },
    {
      word: 'won',
      does: 'closes a deal they said yes to',
      usage: '/deal won Acme',
      needs: 'deal',
      run: (call, deal) => handleWonCommand(deps, call, deal.id),
    },
    {
      word: 'lost',
      does: 'closes a deal they said no to, in under 90 seconds',
      usage: '/deal lost Acme',
      needs: 'deal',
      run: (call, deal) => handleLostCommand(deps, call, deal.id),
    },
  ];
}

/** The modals of those words. */
export function registerDeals(deps: ListenerDeps): void {
  registerNewDeal(deps);

  onSubmit(deps, wonModalIds.view, async ({ actor, view }) => {
    const deal = await winDeal(deps, actor, readWonModal(view));
    if (isRefusal(deal)) return deal;
    const steps = await deps.store.read((tx) => listHomework(tx, deal.id));
    return { do: 'show', modal: buildWonResultModal(deal, steps) };
  });

  onClick(deps, lostModalIds.outcome, async ({ view, form }) => {
    if (!view) return undefined;
    const { deal, loss } = readLostModal({ view, form });
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    await deps.gateway.updateView({ viewId: view.id, view: buildLostModal(deal, loss.outcome) });
    return undefined;
  });

  onSubmit(deps, lostModalIds.view, async (submission) => {
    const { deal, loss } = readLostModal(submission);
    const closed = await loseDeal(deps, submission.actor, deal.id, loss);
    if (isRefusal(closed)) return closed;
    const { lossChannel, lossThreadAt } = deps.team;
    const day = sayWeekday(lossThreadAt.weekday);
    return { do: 'show', modal: buildLostResultModal(closed, day, lossChannel) };
  });
}

async function handleListCommand(deps: ListenerDeps, call: Call): Promise<Reply> {
  const today = dayIn(deps.clock.now(), call.actor.zone);
  return deps.store.read(async (tx) => {
    const mine = await listOwnOpenDeals(tx, call.actor, listLimit);
    const total = await countOpenDealsOf(tx, call.actor);
    const ids = mine.map((deal) => deal.id);
    const slips = await listSlips(tx, mine);
    return buildListMessage(mine, total, await listNextSteps(tx, ids), slips, today);
  });
}

async function handleWonCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: Parameters<typeof reachOpenDeal>[2],
): Promise<Reply> {
  const state = await deps.store.read((tx) => reachDate(deps, tx, call.actor, dealId));
  if (isRefusal(state)) return state;
  await deps.gateway.openView({ triggerId: call.triggerId, view: buildWonModal(state) });
  return undefined;
}

async function handleLostCommand(
  deps: ListenerDeps,
  call: Call,
  dealId: Parameters<typeof reachOpenDeal>[2],
): Promise<Reply> {
  const { actor, triggerId } = call;
  const lost = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const hint = await findLossHint(tx, actor, deal, deps.clock.now());
    return { id: deal.id, title: dealTitle(deal), hint };
  });
  if (isRefusal(lost)) return lost;
  const view = buildLostModal(lost, undefined);
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}
