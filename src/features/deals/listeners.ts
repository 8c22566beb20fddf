import type { ListenerDeps, WhenEnded } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { onSubmit } from '../../slack/listen.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { countOpenDealsOf, listOwnOpenDeals } from '../../store/deals.ts';
import { listHomework, listNextSteps } from '../../store/homework.ts';
import type { reachOpenDeal } from '../../store/reach-deal.ts';
import { listSlips } from '../../store/slips.ts';
import { reachDate } from './date-state.ts';
import { buildListMessage, listLimit } from './list-message.ts';
import { handleNewCommand, type NewDealHands, registerNewDeal } from './new-listeners.ts';
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
  ];
}

/** The modals of those words. */
export function registerDeals(
  deps: ListenerDeps,
  hands: NewDealHands & { readonly whenEnded: readonly WhenEnded[] },
): void {
  registerNewDeal(deps, hands);

  onSubmit(deps, wonModalIds.view, async ({ actor, view }) => {
    const deal = await winDeal(deps, actor, readWonModal(view), hands.whenEnded);
    if (isRefusal(deal)) return deal;
    const steps = await deps.store.read((tx) => listHomework(tx, deal.id));
    return { do: 'show', modal: buildWonResultModal(deal, steps) };
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
