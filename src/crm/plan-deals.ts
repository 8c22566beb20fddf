import { noAccount } from '../domain/deal.ts';
import type { Homework } from '../domain/homework.ts';
import { type AccountId, type DealId, newId, type PersonId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { AccountRecord, DealWrites, KnownDeal, PersonRecord } from '../store/import.ts';
import { changeDeal } from './change-deal.ts';
import { createDeal } from './create-deal.ts';
import type { CrmDeal, OwnerRef, RejectedCells } from './deal-source.ts';
import type { ImportSettings } from './import-settings.ts';
import { createPerson } from './new-person.ts';
import { createOwnerIndex, type OwnerIndex } from './owners.ts';

/** The owner of deals whose CRM names none. */
const noOwner = 'No owner yet';

/** What the store knows of the deals of one batch, and what earlier batches made. */
export interface KnownRecords {
  readonly deals: ReadonlyMap<string, KnownDeal>;
  /** By folded name. */
  readonly accounts: ReadonlyMap<string, AccountRecord>;
  /** Steps of open deals that the CRM says are lost. */
  readonly steps: ReadonlyMap<DealId, readonly Homework[]>;
  readonly owners: OwnerIndex;
}

/** What was seen and deliberately not followed. */
export interface LeftAlone {
  /** Open deals whose CRM has another date. */
  dates: number;
  /** Deals that ended here and are open in the CRM. */
  reopened: number;
  /** Deals that ended otherwise in the CRM. */
  endings: number;
}

export interface DealPlan {
  readonly writes: DealWrites;
  readonly rejected: RejectedCells[];
  imported: number;
  updated: number;
  unchanged: number;
  readonly leftAlone: LeftAlone;
  /** Whose each imported deal is. */
  readonly owners: PersonId[];
}

/** Decides what becomes of a batch of the CRM's deals; writes nothing itself. */
export function planDeals(
  deals: readonly CrmDeal[],
  known: KnownRecords,
  settings: ImportSettings,
): DealPlan {
  const plan: DealPlan = {
    writes: { accounts: [], people: [], newDeals: [], changedDeals: [], losses: [], events: [] },
    rejected: [],
    imported: 0,
    updated: 0,
    unchanged: 0,
    leftAlone: { dates: 0, reopened: 0, endings: 0 },
    owners: [],
  };
  const accountOf = createAccountFinder(known, plan, settings);
  const ownerOf = createOwnerFinder(known, plan, settings);
  for (const deal of deals) {
    const before = known.deals.get(deal.crmId);
    const ownerId = before && isNobody(deal.owner) ? before.deal.ownerId : ownerOf(deal.owner);
    if (isRefusal(ownerId)) {
      plan.rejected.push({ line: deal.line, reason: ownerId.message, cells: deal.cells });
      continue;
    }
    plan.owners.push(ownerId);
    if (before) {
      const account = deal.account
        ? accountOf(deal.account)
        : { id: before.deal.accountId, name: before.account };
      const steps = known.steps.get(before.deal.id) ?? [];
      changeDeal(plan, deal, { before, ownerId, account, steps }, settings);
    } else {
      createDeal(plan, deal, { ownerId, account: accountOf(deal.account ?? noAccount) }, settings);
    }
  }
  return plan;
}

function createAccountFinder(
  known: KnownRecords,
  plan: DealPlan,
  { workspaceId, now }: ImportSettings,
): (name: string) => AccountRecord {
  const byName = new Map<string, AccountRecord>();
  const made = new Map<string, AccountRecord>();
  const find = (name: string) => {
    const nameKey = foldName(name);
    const found = known.accounts.get(nameKey) ?? made.get(nameKey);
    if (found) return found;
    const account = { id: newId<AccountId>(now), workspaceId, name, nameKey };
    made.set(nameKey, account);
    plan.writes.accounts.push(account);
    return account;
  };
  return (name) => {
    const account = byName.get(name) ?? find(name);
    byName.set(name, account);
    return account;
  };
}

function isNobody({ name, email, crmId }: OwnerRef): boolean {
  return (name ?? email ?? crmId) === undefined;
}

/** An owner nobody matches becomes a person of that name, so no deal is lost. */
function createOwnerFinder(
  known: KnownRecords,
  plan: DealPlan,
  settings: ImportSettings,
): (ref: OwnerRef) => PersonId | Refusal {
  const found = new Map<string, PersonId | Refusal>();
  const made = createOwnerIndex([]);
  const make = (ref: OwnerRef) => {
    const person = createPlaceholder(ref, settings);
    plan.writes.people.push(person);
    made.add(person);
    return person.id;
  };
  return (ref) => {
    const key = [ref.email, ref.crmId, ref.name].join('\n');
    const before = found.get(key);
    if (before) return before;
    const named = isNobody(ref) ? { ...ref, name: noOwner } : ref;
    const owner = known.owners.find(named) ?? made.find(named) ?? make(named);
    found.set(key, owner);
    return owner;
  };
}

function createPlaceholder(ref: OwnerRef, settings: ImportSettings): PersonRecord {
  const name = ref.name ?? ref.email ?? `Owner ${ref.crmId ?? ''}`;
  const { crmId = null, email = null } = ref;
  return { ...createPerson(name, settings), crmId, email };
}
