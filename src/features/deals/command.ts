import type { ListenerDeps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { closestWord } from '../../domain/names.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { onClick, onSuggest } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import { commandPayload } from '../../slack/payloads.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { refuseOutsider, sentence, trouble } from '../../slack/words.ts';
import { listRecentDeals, searchOpenDeals } from '../../store/deals.ts';
import { findMeantDeal } from '../../store/find-deal.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { listSlips } from '../../store/slips.ts';
import {
  buildDidYouMeanMessage,
  buildHelpMessage,
  buildMenuMessage,
  buildPickMessage,
  commandIds,
  dealOption,
} from './command-messages.ts';

/**
 * Registers `/deal`, the buttons that stand for it and the picker that asks which deal was meant.
 * Each word brings its own `Subcommand`; what a word needs is found here, once for all.
 */
export function registerDealCommand(deps: ListenerDeps, subcommands: readonly Subcommand[]): void {
  deps.bolt.command('/deal', async ({ ack, body }) => {
    await ack();
    const payload = commandPayload.parse(body);
    const answer = (reply: Reply) => tell(deps, payload.response_url, reply);
    try {
      const actor = await deps.knowPerson({ teamId: payload.team_id, userId: payload.user_id });
      const call = {
        actor,
        channelId: payload.channel_id as Call['channelId'],
        channelName: payload.channel_name,
        triggerId: payload.trigger_id,
        responseUrl: payload.response_url,
      };
      await answer(refuseOutsider(actor) ?? (await runLine(deps, subcommands, payload.text, call)));
    } catch (error) {
      await answer(sentence(trouble(error, deps.report(error, '/deal'))));
    }
  });

  onClick(deps, /^deals_run/, async (click, acknowledge) => {
    await acknowledge();
    const call = callOf(click);
    if (!call) return undefined;
    await tell(deps, call.responseUrl, await runLine(deps, subcommands, click.value, call));
    return undefined;
  });

  onClick(deps, commandIds.pick, async (click, acknowledge) => {
    const word = click.blockId.slice(commandIds.pickBlock.length);
    const subcommand = subcommands.find((known) => known.word === word);
    const call = callOf(click);
    if (!call || !subcommand || subcommand.needs === 'nothing') return undefined;
    const deal = await deps.store.read((tx) => reachDeal(tx, click.actor, click.value as DealId));
    if (isRefusal(deal)) return deal;
    await acknowledge();
    const reply = await subcommand.run(call, deal);
    if (reply) await tell(deps, call.responseUrl, reply, { replace: true });
    else await deps.responder.remove(call.responseUrl);
    return undefined;
  });

  onSuggest(deps, commandIds.pick, async ({ actor, typed }) => {
    const today = dayIn(deps.clock.now(), actor.zone);
    const { deals, slips } = await deps.store.read(async (tx) => {
      const found = await searchOpenDeals(tx, actor, typed, 50);
      const recent = typed === '' ? await listRecentDeals(tx, actor, 5) : [];
      const others = found.filter(({ id }) => !recent.some((deal) => deal.id === id));
      const offered = [...recent, ...others];
      return { deals: offered, slips: await listSlips(tx, offered) };
    });
    return { options: deals.map((deal) => dealOption(deal, today, slips.get(deal.id))) };
  });
}

type CallPlace = Omit<Call, 'text'>;

function callOf(click: {
  actor: Call['actor'];
  triggerId: string;
  responseUrl: string | undefined;
  channelId: Call['channelId'] | undefined;
  channelName: string;
}): Call | undefined {
  if (!click.responseUrl || !click.channelId) return undefined;
  const { actor, triggerId, responseUrl, channelId, channelName } = click;
  return { actor, triggerId, responseUrl, channelId, channelName, text: '' };
}

async function runLine(
  deps: ListenerDeps,
  subcommands: readonly Subcommand[],
  line: string,
  place: CallPlace,
): Promise<Reply> {
  const [typed = '', ...others] = cleanLine(line).split(' ');
  const text = shorten(others.join(' '), 150);
  const word = typed.toLowerCase();
  if (word === '') return buildMenuMessage();
  if (word === 'help') return buildHelpMessage(subcommands);
  const subcommand = subcommands.find((known) => known.word === word);
  if (!subcommand) return unknownWord(subcommands, shorten(typed, 40), text);
  const call = { ...place, text };
  if (subcommand.needs === 'nothing') return subcommand.run(call);
  const search = await deps.store.read((tx) => findMeantDeal(tx, call.actor, call));
  if (search.found === 'one') return subcommand.run(call, search.deal);
  if (subcommand.needs === 'deal_if_named' && text === '') return subcommand.run(call);
  const candidates: readonly Deal[] = search.found === 'several' ? search.deals : [];
  const slips = await deps.store.read((tx) => listSlips(tx, candidates));
  const today = dayIn(deps.clock.now(), call.actor.zone);
  return buildPickMessage(word, text, candidates, today, slips);
}

function unknownWord(subcommands: readonly Subcommand[], typed: string, rest: string): Message {
  const words = [...subcommands.map(({ word }) => word), 'help'];
  const meant = closestWord(typed.toLowerCase(), words);
  return meant
    ? buildDidYouMeanMessage(typed, meant, rest)
    : buildHelpMessage(subcommands, `“${typed}” is not a word I know. These are:`);
}

async function tell(
  deps: ListenerDeps,
  responseUrl: string,
  reply: Reply,
  options: { replace?: boolean } = {},
): Promise<void> {
  if (!reply) return;
  if (isRefusal(reply)) return deps.responder.answer(responseUrl, sentence(reply.message), options);
  const { inChannel, ...message } = reply;
  // An answer for all cannot replace a message that only one person sees.
  await deps.responder.answer(responseUrl, message, inChannel ? { inChannel } : options);
}
