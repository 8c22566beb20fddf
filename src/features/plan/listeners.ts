import type { ListenerDeps } from '../../deps.ts';
import type { Deal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { onClick } from '../../slack/listen.ts';
import type { ShowPlace } from '../../slack/show-again.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { assignModalFor, registerAssign } from './assign-listeners.ts';
import { showPlan } from './show-plan.ts';
import { registerSteps } from './step-listeners.ts';

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
  registerAssign(deps);
  onClick(deps, stepIds.show, ({ actor, value }) => showPlan(deps, actor, value as DealId));
}

async function handleHomeworkCommand(deps: ListenerDeps, call: Call, deal: Deal): Promise<Reply> {
  const view = await assignModalFor(deps, call.actor, { dealId: deal.id, side: 'buyer' });
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
