import type { Deps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import { type DealId, type HomeworkId, newId } from '../../domain/ids.ts';
import { type Money, parseMoney } from '../../domain/money.ts';
import type { Person } from '../../domain/person.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { segmentOf } from '../../domain/segment.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { listDealContacts, saveDealContact } from '../../store/contacts.ts';
import {
  addHelper,
  changeDeal,
  findDeal,
  findOpenDealNamed,
  insertDeal,
} from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHomework, insertHomework, listHomework } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { dealChanged } from './deal-changed.ts';

/** What `/deal split` asks; every text as it was typed. */
export interface SplitForm {
  readonly name: string | undefined;
  readonly amount: string | undefined;
  /** What is left on the first lot; empty leaves its amount as it is. */
  readonly leftAmount: string | undefined;
  readonly stepIds: readonly string[];
}

/** Both lots after a split, and how many steps went to the second. */
export interface SplitDeals {
  readonly first: OpenDeal;
  readonly second: OpenDeal;
  readonly moved: number;
}

/**
 * Makes two deals of one, so that one lot can be won without the other (METHOD part 5). The second
 * begins with the date that stands as its own first one; ticked steps move to it as new ones that
 * supersede the old. The same `newDealId` twice splits once.
 */
export async function splitDeal(
  deps: Deps & { team: { currency: string } },
  actor: Person,
  input: { readonly dealId: DealId; readonly newDealId: DealId; readonly form: SplitForm },
): Promise<SplitDeals | Refusal> {
  const now = deps.clock.now();
  const read = readSplitForm(input.form, deps.team.currency);
  if (isRefusal(read)) return read;
  return deps.store.transaction(async (tx) => {
    const first = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(first)) return first;
    const made = (await findDeal(tx, actor.workspaceId, input.newDealId))?.deal;
    if (made?.status === 'open' && made.accountId === first.accountId) {
      return { first, second: made, moved: (await listHomework(tx, made.id)).length };
    }
    const taken = await refuseTakenName(tx, actor, { account: first.account, name: read.name });
    if (taken) return taken;
    const second = secondLot(first, read, input.newDealId);
    if (!(await insertDeal(tx, second))) {
      throw new AppError(`Deal '${dealTitle(second)}' was free when looked up, yet is taken`, {
        code: 'deal_conflict',
      });
    }
    const left = read.leftAmount ? { amount: read.leftAmount } : {};
    if (!(await changeDeal(tx, first, left))) return dealChanged;
    await linkPeople(tx, first, second);
    const moving = (await listHomework(tx, first.id)).filter(
      (step) => isOpen(step) && input.form.stepIds.includes(step.id),
    );
    const steps = await moveSteps(tx, second, moving, now);
    const base = { workspaceId: actor.workspaceId, at: now, actorId: actor.id };
    const payloads = [
      { dealId: first.id, payload: { to: second.id, steps, leftAmount: read.leftAmount ?? null } },
      { dealId: second.id, payload: { from: first.id, steps } },
    ];
    for (const event of payloads) await appendEvent(tx, { ...base, ...event, kind: 'deal_split' });
    return { first: { ...first, ...left }, second, moved: steps.length };
  });
}

async function refuseTakenName(
  tx: Tx,
  actor: Person,
  named: Pick<OpenDeal, 'account' | 'name'>,
): Promise<Refusal | undefined> {
  const same = await findOpenDealNamed(tx, actor.workspaceId, named);
  if (!same) return undefined;
  const message = can(actor, 'view', same.deal, same.circle)
    ? `${dealTitle(same.deal)} is open already. Give the second lot another name.`
    : 'That name is taken. Give the second lot another one.';
  return refuse('deal_exists', message, 'name');
}

/** The second lot knows all that the first knows, but lives in no channel. */
function secondLot(
  first: OpenDeal,
  { name, amount }: { name: string; amount: Money | undefined },
  id: DealId,
): OpenDeal {
  return {
    ...first,
    id,
    name,
    amount,
    segment: segmentOf(amount),
    originalDecisionOn: first.decisionOn,
    channelId: undefined,
    version: 1,
  };
}

async function linkPeople(tx: Tx, first: OpenDeal, second: OpenDeal): Promise<void> {
  const { workspaceId, id: dealId } = second;
  const circle = (await findDeal(tx, workspaceId, first.id))?.circle;
  for (const helper of circle?.helperIds ?? []) await addHelper(tx, workspaceId, dealId, helper);
  for (const { id: contactId, role, engagedOn } of await listDealContacts(tx, first.id)) {
    const facts = { ...(role ? { role } : {}), ...(engagedOn ? { engagedOn } : {}) };
    await saveDealContact(tx, workspaceId, { dealId, contactId }, facts);
  }
}

async function moveSteps(
  tx: Tx,
  to: OpenDeal,
  moving: readonly Homework[],
  now: Date,
): Promise<{ from: HomeworkId; to: HomeworkId }[]> {
  const moved: { from: HomeworkId; to: HomeworkId }[] = [];
  for (const step of moving) {
    const id = newId<HomeworkId>(now);
    await insertHomework(tx, to.workspaceId, { ...step, id, dealId: to.id, version: 1 }, undefined);
    await changeHomework(tx, to.workspaceId, step, { status: 'superseded' });
    moved.push({ from: step.id, to: id });
  }
  return moved;
}

function readSplitForm(form: SplitForm, currency: string) {
  const name = readLine(form.name, { field: 'name', what: 'The second lot’s name', max: 100 });
  if (isRefusal(name)) return name;
  const amount = readAmount(form.amount, currency, 'amount');
  if (isRefusal(amount)) return amount;
  const leftAmount = readAmount(form.leftAmount, currency, 'left_amount');
  if (isRefusal(leftAmount)) return leftAmount;
  return { name, amount, leftAmount };
}

function readAmount(text: string | undefined, currency: string, field: string) {
  const typed = cleanLine(text ?? '');
  if (typed === '') return undefined;
  const amount = parseMoney(typed, currency);
  return isRefusal(amount) ? { ...amount, field } : amount;
}
