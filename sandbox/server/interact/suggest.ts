import { validateOptions } from '../block-kit.ts';
import { elementsIn } from '../blocks.ts';
import type { Act, ActResult } from '../contract.ts';
import { isObject, listOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import { blocksOf, envelope, holderOf, situation } from './payload.ts';

type OptionsAct = Extract<Act, { do: 'options' }>;

const defaultMinQuery = 3;
const external = new Set(['external_select', 'multi_external_select']);

/** Asks the app for the options of an external select, as typing in it does. */
export async function suggest(
  slack: Slack,
  userId: string,
  { container, blockId, actionId, query }: OptionsAct,
): Promise<ActResult> {
  const holder = holderOf(slack, userId, container);
  if (!holder) return { ok: false, error: 'That is not there any more.' };
  const found = elementsIn(blocksOf(holder)).find(
    (placed) => placed.blockId === blockId && placed.actionId === actionId,
  );
  if (!found || !external.has(found.element.type)) {
    return { ok: false, error: `There is no external select ${blockId}/${actionId}.` };
  }
  const { min_query_length: least = defaultMinQuery } = found.element;
  if (query.length < Number(least)) return { ok: true, options: [] };
  const ack = await slack.delivery.send('interactive', 'block_suggestion', {
    ...envelope(slack.world, userId, 'block_suggestion'),
    ...situation(slack, userId, holder),
    block_id: blockId,
    action_id: actionId,
    value: query,
  });
  if (!ack.ok) return { ok: false, error: 'The options could not be loaded.' };
  return offer(ack.body);
}

function offer(answer: unknown): ActResult {
  const [violation] = validateOptions(answer);
  if (violation) {
    const { message, pointer } = violation;
    return { ok: false, error: `The options are not valid: ${message} [json-pointer:${pointer}]` };
  }
  const { options, option_groups } = isObject(answer) ? answer : {};
  if (option_groups === undefined) return { ok: true, options: listOf(options) };
  return { ok: true, optionGroups: listOf(option_groups) };
}
