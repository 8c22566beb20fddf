import type { ListenerDeps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import { type Day, dayIn } from '../../domain/calendar.ts';
import { type Deal, dealTitle, type OpenDeal, unknownSoFar } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import type { Person } from '../../domain/person.ts';
import { segmentFor } from '../../domain/playbook.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { ensureAccount } from '../../store/accounts.ts';
import {
  type DealWithCircle,
  findDeal,
  findDealOfChannel,
  findOpenDealNamed,
  insertDeal,
} from '../../store/deals.ts';
import { appendEvents, type DealEvent } from '../../store/events.ts';
import { insertManyHomework, listHomework } from '../../store/homework.ts';
import { listPlaybooks } from '../../store/playbooks.ts';
import type { Tx } from '../../store/store.ts';
import { type NewDeal, type NewDealForm, readNewDeal } from './new-form.ts';
import { draftSteps, type NewPlan, type NewPlanForm, planSteps, readNewPlan } from './new-plan.ts';

type NewDealDeps = Pick<ListenerDeps, 'store' | 'clock' | 'team' | 'calendars'>;

/** A deal that was started, with its plan. */
export interface StartedDeal {
  readonly deal: Deal;
  readonly steps: readonly Homework[];
}

/** Whether a deal could be started like this: what the first page is told before the second comes. */
export async function checkNewDeal(
  deps: NewDealDeps,
  actor: Person,
  form: NewDealForm,
): Promise<NewDeal | Refusal> {
  const today = dayIn(deps.clock.now(), actor.zone);
  const read = readNewDeal(form, today, deps.team.currency);
  if (isRefusal(read)) return read;
  return (await deps.store.read((tx) => refuseTaken(tx, actor, form, read))) ?? read;
}

/**
 * Starts a deal owned by `actor` with the steps of a playbook, all or nothing. The decision date
 * given here is the original one for ever (METHOD §3.3, 1). A second open deal of the same account
 * and name is refused; the same form again answers with the deal it started.
 */
export async function openDeal(
  deps: NewDealDeps,
  actor: Person,
  form: { readonly start: NewDealForm; readonly plan: NewPlanForm },
): Promise<StartedDeal | Refusal> {
  const now = deps.clock.now();
  const today = dayIn(now, actor.zone);
  const read = readNewDeal(form.start, today, deps.team.currency);
  if (isRefusal(read)) return read;
  return deps.store.transaction(async (tx) => {
    const started = await findDeal(tx, actor.workspaceId, form.start.dealId);
    if (started && can(actor, 'view', started.deal, started.circle)) {
      return { deal: started.deal, steps: await listHomework(tx, started.deal.id) };
    }
    const playbooks = await listPlaybooks(tx, actor.workspaceId);
    const chosen = readNewPlan(form.plan, read, playbooks);
    if (isRefusal(chosen)) return chosen;
    const taken = await refuseTaken(tx, actor, form.start, read);
    if (taken) return taken;
    const account = await ensureAccount(tx, actor.workspaceId, read.account, now);
    const deal = draftDeal({ actor, today, form: form.start, read, chosen, account });
    if (!(await insertDeal(tx, deal))) {
      throw new AppError(`Deal '${dealTitle(deal)}' was free when looked up, yet is taken`, {
        code: 'deal_conflict',
      });
    }
    const plan = planSteps(chosen, read.decisionOn, today, deps.calendars);
    const steps = draftSteps(deal, plan, actor, now);
    await insertManyHomework(tx, actor.workspaceId, steps);
    await appendEvents(tx, eventsOf(deal, steps, actor, now));
    return { deal, steps };
  });
}

function draftDeal(given: {
  actor: Person;
  today: Day;
  form: NewDealForm;
  read: NewDeal;
  chosen: NewPlan;
  account: { readonly id: Deal['accountId']; readonly name: string };
}): OpenDeal {
  const { actor, today, form, read, chosen, account } = given;
  const { playbook, ...facts } = chosen;
  return {
    ...unknownSoFar(today),
    ...read,
    ...facts,
    segment: segmentFor(playbook?.key, read.amount),
    playbook: playbook && { key: playbook.key, version: playbook.version },
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
}

function eventsOf(
  deal: OpenDeal,
  steps: readonly Homework[],
  actor: Person,
  at: Date,
): DealEvent[] {
  const { workspaceId, decisionOn, dateDriver, playbook } = deal;
  const common = { workspaceId, dealId: deal.id, at, actorId: actor.id };
  return [
    {
      ...common,
      side: 'seller',
      kind: 'deal_opened',
      payload: { decisionOn, dateDriver: dateDriver ?? null, playbook: playbook ?? null },
    },
    ...steps.map(
      ({ id, side, dueOn }): DealEvent => ({
        ...common,
        side,
        kind: 'homework_assigned',
        payload: { homeworkId: id, dueOn, paired: false },
      }),
    ),
  ];
}

async function refuseTaken(
  tx: Tx,
  actor: Person,
  { channelId, dealId }: NewDealForm,
  named: NewDeal,
): Promise<Refusal | undefined> {
  const here = channelId && (await findDealOfChannel(tx, actor.workspaceId, channelId));
  if (here && here.deal.id !== dealId) return channelTaken(actor, here);
  const same = await findOpenDealNamed(tx, actor.workspaceId, named);
  return same && same.deal.id !== dealId ? nameTaken(actor, same) : undefined;
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
