import type { Deps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import { type Day, dayIn, daysBetween } from '../../domain/calendar.ts';
import {
  type ClosedDeal,
  type Deal,
  dealTitle,
  type OpenDeal,
  unknownSoFar,
} from '../../domain/deal.ts';
import type { DealId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDecisionOn } from '../../domain/plan-rules.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { listDealContacts, saveDealContact } from '../../store/contacts.ts';
import {
  addHelper,
  findDeal,
  findDealOfChannel,
  findOpenDealNamed,
  insertDeal,
} from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What `/deal reopen` asks; every text as it was typed. */
export interface ReopenForm {
  readonly decisionOn: string | undefined;
  readonly whatChanged: string | undefined;
  /** `yes` or `no`; asked only soon after the loss. */
  readonly wasReal: string | undefined;
}

/** What follows in the same transaction when a lost deal begins again as another one. */
export type WhenReopened = (
  tx: Tx,
  moved: {
    readonly workspaceId: WorkspaceId;
    readonly from: DealId;
    readonly to: DealId;
    readonly now: Date;
  },
) => Promise<void>;

/** A loss that comes back within these calendar days is asked about: was it one? */
const soonDays = 30;

/** Whether a deal was lost so lately that one has to ask if it was lost at all. */
export function isSoon({ closedOn }: Pick<ClosedDeal, 'closedOn'>, today: Day): boolean {
  return daysBetween(closedOn, today) <= soonDays;
}

/** A lost deal that `actor` may begin again, or why not. */
export async function reachLostDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
): Promise<ClosedDeal | Refusal> {
  const deal = await reachDeal(tx, actor, dealId, 'change');
  if (isRefusal(deal)) return deal;
  if (deal.status === 'open') return openAlready(deal);
  if (deal.status !== 'lost') {
    return refuse(
      'not_lost',
      `${dealTitle(deal)} was not lost, so there is nothing to reopen. /deal new starts the next one.`,
    );
  }
  const same = await findOpenDealNamed(tx, actor.workspaceId, deal);
  if (!same) return deal;
  return can(actor, 'view', same.deal, same.circle)
    ? openAlready(same.deal)
    : refuse('deal_exists', 'That name is taken by an open deal. Start this one with /deal new.');
}

function openAlready(deal: Deal): Refusal {
  return refuse(
    'deal_exists',
    `${dealTitle(deal)} is open already. /deal plan ${deal.account} shows it.`,
  );
}

/**
 * Begins a lost deal again as a new one: the old one and its loss stay as they are and count where
 * they counted (METHOD §3.3, 20). The same `newDealId` twice begins once.
 */
export async function reopenDeal(
  deps: Deps,
  actor: Person,
  input: { readonly fromId: DealId; readonly newDealId: DealId; readonly form: ReopenForm },
  whenReopened: WhenReopened = async () => {},
): Promise<OpenDeal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const begun = await findDeal(tx, actor.workspaceId, input.newDealId);
    if (begun?.deal.status === 'open' && can(actor, 'view', begun.deal, begun.circle)) {
      return begun.deal;
    }
    const old = await reachLostDeal(tx, actor, input.fromId);
    if (isRefusal(old)) return old;
    const today = dayIn(now, old.zone);
    const read = readReopenForm(input.form, isSoon(old, today), today);
    if (isRefusal(read)) return read;
    const deal: OpenDeal = {
      ...(await carriedOver(tx, actor, old, today)),
      id: input.newDealId,
      decisionOn: read.decisionOn,
      originalDecisionOn: read.decisionOn,
    };
    if (!(await insertDeal(tx, deal))) {
      throw new AppError(`Deal '${dealTitle(deal)}' was free when looked up, yet is taken`, {
        code: 'deal_conflict',
      });
    }
    await bringPeople(tx, actor, old, deal);
    const { workspaceId } = actor;
    await whenReopened(tx, { workspaceId, from: old.id, to: deal.id, now });
    const base = { workspaceId: actor.workspaceId, at: now, actorId: actor.id };
    const { decisionOn, whatChanged, wasReal } = read;
    await appendEvent(tx, {
      ...base,
      dealId: deal.id,
      kind: 'deal_reopened',
      payload: { from: old.id, decisionOn, whatChanged },
    });
    if (wasReal !== undefined) {
      const payload = { to: deal.id, wasReal };
      await appendEvent(tx, { ...base, dealId: old.id, kind: 'reopened_soon', payload });
    }
    return deal;
  });
}

/** What the new cycle knows from the first; its dates, phase and plan begin anew. */
async function carriedOver(tx: Tx, actor: Person, old: ClosedDeal, today: Day) {
  const { status: _, closedOn: __, closedAt: ___, ...facts } = old;
  const owner = await findPerson(tx, actor.workspaceId, old.ownerId);
  const taken = old.channelId && (await findDealOfChannel(tx, actor.workspaceId, old.channelId));
  const { kind, segment, problem, buyerRegion } = old;
  return {
    ...facts,
    ...unknownSoFar(today),
    kind,
    segment,
    problem,
    buyerRegion,
    dateDriver: undefined,
    ownerId: owner?.active ? owner.id : actor.id,
    channelId: taken ? undefined : old.channelId,
    reopenedFromId: old.id,
    openedOn: today,
    imported: false,
    version: 1,
    status: 'open',
  } as const;
}

/** The same helpers and contacts; when word last went both ways belongs to the first cycle. */
async function bringPeople(tx: Tx, actor: Person, old: Deal, deal: OpenDeal): Promise<void> {
  const { workspaceId } = actor;
  const circle = (await findDeal(tx, workspaceId, old.id))?.circle;
  const helpers: readonly PersonId[] = circle?.helperIds ?? [];
  for (const helper of helpers) await addHelper(tx, workspaceId, deal.id, helper);
  for (const { id: contactId, role } of await listDealContacts(tx, old.id)) {
    await saveDealContact(tx, workspaceId, { dealId: deal.id, contactId }, role ? { role } : {});
  }
}

function readReopenForm(form: ReopenForm, soon: boolean, today: Day) {
  const decisionOn = readDecisionOn(form.decisionOn, today, 'decision_on');
  if (isRefusal(decisionOn)) return decisionOn;
  const whatChanged = readLine(form.whatChanged, {
    field: 'what_changed',
    what: 'What changed',
    max: 300,
  });
  if (isRefusal(whatChanged)) return whatChanged;
  if (!soon) return { decisionOn, whatChanged, wasReal: undefined };
  if (form.wasReal !== 'yes' && form.wasReal !== 'no') {
    return refuse('no_answer', 'Say whether it was a real loss. It counts either way.', 'was_real');
  }
  return { decisionOn, whatChanged, wasReal: form.wasReal === 'yes' };
}
