import { elementsIn, type PlacedElement } from '../blocks.ts';
import type { Act, ActResult } from '../contract.ts';
import { impossibleChoice, kindOf, stateWith } from '../element-state.ts';
import type { JsonObject } from '../json.ts';
import type { Slack } from '../slack.ts';
import { blocksOf, envelope, type Holder, holderOf, situation } from './payload.ts';

type BlockAction = Extract<Act, { do: 'block_action' }>;

/** A click or a choice: kept on the person's screen, and told to the app where it dispatches. */
export async function actOnBlock(
  slack: Slack,
  userId: string,
  { container, blockId, actionId, chosen = {}, state }: BlockAction,
): Promise<ActResult> {
  const holder = holderOf(slack, userId, container);
  if (!holder) return { ok: false, error: 'That is not there any more.' };
  const placed = elementsIn(blocksOf(holder)).find(
    (candidate) => candidate.blockId === blockId && candidate.actionId === actionId,
  );
  if (!placed) return { ok: false, error: `There is no element ${blockId}/${actionId}.` };
  const impossible = impossibleChoice(placed.element, chosen);
  if (impossible) return { ok: false, error: impossible };
  if (state) slack.typed.remember(container, userId, state);
  rememberChoice(slack, userId, container, placed, chosen);
  if (placed.block.type === 'input' && !placed.block.dispatch_action) return { ok: true };
  return dispatch(slack, userId, holder, placed, chosen);
}

function rememberChoice(
  slack: Slack,
  userId: string,
  container: BlockAction['container'],
  { blockId, actionId, element }: PlacedElement,
  chosen: JsonObject,
): void {
  const kind = kindOf(element);
  if (!kind) return;
  const entered = stateWith(element, chosen[kind.field]);
  slack.typed.remember(container, userId, { [blockId]: { [actionId]: entered } });
}

async function dispatch(
  slack: Slack,
  userId: string,
  holder: Holder,
  placed: PlacedElement,
  chosen: JsonObject,
): Promise<ActResult> {
  const { world, hooks, triggers } = slack;
  const origin =
    holder.type === 'view'
      ? { userId, channelId: holder.open.channelId, viewId: holder.open.view.id }
      : { userId, channelId: holder.channel.id };
  const responseUrl =
    holder.type === 'view'
      ? {}
      : {
          response_url: slack.origin + hooks.issue(userId, holder.channel.id, holder.message).path,
        };
  const ack = await slack.delivery.send('interactive', 'block_actions', {
    ...envelope(world, userId, 'block_actions'),
    ...situation(slack, userId, holder),
    trigger_id: triggers.issue(origin),
    ...responseUrl,
    actions: [{ ...actionShape(placed), ...chosen, action_ts: world.stamps.ts() }],
  });
  return ack.ok ? { ok: true } : { ok: false, error: `${world.app.name} did not respond.` };
}

function actionShape({ blockId, actionId, element }: PlacedElement): JsonObject {
  const { type, text, value, placeholder } = element;
  const isButton = type === 'button' || type === 'icon_button';
  return {
    type,
    block_id: blockId,
    action_id: actionId,
    ...(text === undefined ? {} : { text }),
    ...(isButton && value !== undefined ? { value } : {}),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
}
