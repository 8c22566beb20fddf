import type { Deps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import { dayIn } from '../../domain/calendar.ts';
import { type Deal, dealTitle, type OpenDeal, unknownSoFar } from '../../domain/deal.ts';
import type { ChannelId, DealId } from '../../domain/ids.ts';
import { parseMoney } from '../../domain/money.ts';
import type { Person } from '../../domain/person.ts';
import { readDecisionOn } from '../../domain/plan-rules.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { segmentOf } from '../../domain/segment.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { ensureAccount } from '../../store/accounts.ts';
import {
  type DealWithCircle,
  findDeal,
  findDealOfChannel,
  findOpenDealNamed,
  insertDeal,
} from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';

/** What `/deal new` asks; every text as it was typed. */
export interface NewDealForm {
  /** Given when the form was opened, so that the same form sent twice starts one deal. */
  readonly dealId: DealId;
  readonly account: string | undefined;
  readonly name: string | undefined;
  readonly amount: string | undefined;
  readonly decisionOn: string | undefined;
  readonly dateDriver: string | undefined;
  /** The channel the deal shall live in, if it was ticked. */
  readonly channelId: ChannelId | undefined;
}

/**
 * Starts a deal owned by `actor`. The decision date given here is the original one for ever
 * (METHOD §3.3, 1). A second open deal of the same account and name is refused; the same form again
 * answers with the deal it started.
 */
export async function openDeal(
  deps: Deps & { team: { zone: string; currency: string } },
  actor: Person,
  form: NewDealForm,
): Promise<Deal | Refusal> {
  const now = deps.clock.now();
  const today = dayIn(now, actor.zone);
  const read = readForm(form, today, deps.team.currency);
  if (isRefusal(read)) return read;
  return deps.store.transaction(async (tx) => {
    const started = await findDeal(tx, actor.workspaceId, form.dealId);
    if (started && can(actor, 'view', started.deal, started.circle)) return started.deal;
    const here = form.channelId && (await findDealOfChannel(tx, actor.workspaceId, form.channelId));
    if (here) return channelTaken(actor, here);
    const same = await findOpenDealNamed(tx, actor.workspaceId, read);
    if (same) return nameTaken(actor, same);
    const account = await ensureAccount(tx, actor.workspaceId, read.account, now);
    const deal: OpenDeal = {
      ...unknownSoFar(today),
      segment: segmentOf(read.amount),
      ...read,
      id: form.dealId,
      workspaceId: actor.workspaceId,
      accountId: account.id,
      account: account.name,
      ownerId: actor.id,
      originalDecisionOn: read.decisionOn,
      zone: actor.zone,
      status: 'open',
      openedOn: today,
      channelId: form.channelId,
      privacy: 'team',
      imported: false,
      version: 1,
    };
    if (!(await insertDeal(tx, deal))) {
      throw new AppError(`Deal '${dealTitle(deal)}' was free when looked up, yet is taken`, {
        code: 'deal_conflict',
      });
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      side: 'seller',
      kind: 'deal_opened',
      payload: { decisionOn: read.decisionOn, dateDriver: read.dateDriver ?? null },
    });
    return deal;
  });
}

function channelTaken(actor: Person, { deal, circle }: DealWithCircle): Refusal {
  const title = can(actor, 'view', deal, circle) ? dealTitle(deal) : 'Another deal';
  return refuse('channel_taken', `${title} lives in that channel already.`, 'channel');
}

/** Names the other deal only to those who may know of it. */
function nameTaken(actor: Person, { deal, circle }: DealWithCircle): Refusal {
  const message = can(actor, 'view', deal, circle)
    ? `${dealTitle(deal)} is open already. /deal plan ${deal.account} shows it, or give this one another name.`
    : 'That name is taken. Give this deal another one.';
  return refuse('deal_exists', message, 'name');
}

function readForm(form: NewDealForm, today: Deal['openedOn'], currency: string) {
  const account = readLine(form.account, { field: 'account', what: 'The account', max: 100 });
  if (isRefusal(account)) return account;
  const name = readLine(form.name, { field: 'name', what: 'The deal’s name', max: 100 });
  if (isRefusal(name)) return name;
  const typed = cleanLine(form.amount ?? '');
  const amount = typed === '' ? undefined : parseMoney(typed, currency);
  if (isRefusal(amount)) return { ...amount, field: 'amount' };
  const decisionOn = readDecisionOn(form.decisionOn, today, 'decision_on');
  if (isRefusal(decisionOn)) return decisionOn;
  const driver = cleanLine(form.dateDriver ?? '');
  const dateDriver =
    driver === ''
      ? undefined
      : readLine(driver, { field: 'date_driver', what: 'The reason for the date', max: 300 });
  if (isRefusal(dateDriver)) return dateDriver;
  return { account, name, amount, decisionOn, dateDriver };
}
