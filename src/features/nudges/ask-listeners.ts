import type { ListenerDeps } from '../../deps.ts';
import { helpRoles } from '../../domain/help.ts';
import type { NudgeItemId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { HelpFormFor } from '../../slack/help-actions.ts';
import { type Click, onClick } from '../../slack/listen.ts';
import type { Tx } from '../../store/store.ts';
import { keepAnswer, reachItem } from './answer-nudge.ts';
import { nudgeIds } from './nudge-buttons.ts';

/** What asking for help from a bundle borrows. */
export interface AskHands {
  readonly helpFormFor: HelpFormFor;
}

/** *Need help*, and the buttons that name whose help: each opens the form, filled in. */
export function registerAsks(deps: ListenerDeps, hands: AskHands): void {
  const roles = helpRoles.join('|');
  onClick(deps, new RegExp(`^${nudgeIds.help}(_(${roles}))?$`), (click) =>
    openHelp(deps, hands, click),
  );
}

async function openHelp(
  deps: ListenerDeps,
  { helpFormFor }: AskHands,
  { actor, actionId, value, triggerId, responseUrl }: Click,
): Promise<Refusal | undefined> {
  const item = await deps.store.read((tx) => reachItem(tx, actor, value as NudgeItemId));
  if (isRefusal(item)) return item;
  const { id: itemId, dealId, kind, homeworkId } = item;
  const named = actionId.slice(nudgeIds.help.length + 1);
  const role = helpRoles.find((known) => known === named);
  const from = { itemId, kind, homeworkId, responseUrl };
  const view = await helpFormFor(actor, { dealId, role, from });
  if (isRefusal(view)) return view;
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

/** Answers a question by the request it led to, in the request's own transaction. */
export function answerAskedWith({ calendars }: Pick<ListenerDeps, 'calendars'>) {
  return async (
    tx: Tx,
    actor: Click['actor'],
    itemId: NudgeItemId,
    now: Date,
  ): ReturnType<typeof reachItem> => {
    const item = await reachItem(tx, actor, itemId);
    if (isRefusal(item)) return item;
    await keepAnswer(tx, actor, item, { answer: 'help_asked', now, calendars });
    return item;
  };
}
