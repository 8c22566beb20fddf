import type { DealEventKind } from '../domain/events.ts';
import type { Homework } from '../domain/homework.ts';
import { type AccountId, newId, type PersonId } from '../domain/ids.ts';
import { computeFactTrail } from '../domain/loss.ts';
import { foldName } from '../domain/names.ts';
import type { DealRecord, EventRecord, KnownDeal } from '../store/import.ts';
import { createLoss } from './create-deal.ts';
import type { CrmDeal } from './deal-source.ts';
import type { ImportSettings } from './import-settings.ts';
import type { DealPlan, LeftAlone } from './plan-deals.ts';

interface Known {
  readonly before: KnownDeal;
  readonly ownerId: PersonId;
  readonly account: { readonly id: AccountId; readonly name: string };
  readonly steps: readonly Homework[];
}

/**
 * Plans what a known deal becomes. The CRM owns owner, amount, name, account and the end of an open
 * deal. It never moves a date that is set, never reopens, and an empty cell erases nothing.
 */
export function changeDeal(
  plan: DealPlan,
  deal: CrmDeal,
  known: Known,
  settings: ImportSettings,
): void {
  const before = known.before.deal;
  const after = { ...before, ...followFacts(deal, known), ...followEnd(deal, before, settings) };
  noteLeftAlone(plan.leftAlone, deal, before);
  const changes = describeChanges(before, after, deal);
  if (changes.length === 0) {
    plan.unchanged += 1;
    return;
  }
  plan.updated += 1;
  plan.writes.changedDeals.push({ ...after, version: before.version + 1 });
  for (const change of changes) plan.writes.events.push(createEvent(before, change, settings));
  if (deal.status === 'lost' && before.status === 'open') {
    // First heard of now, so talked about now, whatever its date (METHOD part 5, late-logged).
    const facts = computeFactTrail(before, known.steps, deal.closedOn);
    const end = { loggedAt: settings.now, facts };
    plan.writes.losses.push(createLoss(before, deal, end, settings));
  }
}

interface Change {
  readonly kind: DealEventKind;
  readonly payload: Record<string, unknown>;
}

/** One event for each thing that changed; none when nothing did. */
function describeChanges(before: DealRecord, after: DealRecord, deal: CrmDeal): Change[] {
  const changes: Change[] = [];
  const facts = factColumns.filter((column) => before[column] !== after[column]);
  if (facts.length > 0) {
    const changed = facts.map((column) => [column, [before[column], after[column]]]);
    changes.push({ kind: 'deal_imported', payload: { changed: Object.fromEntries(changed) } });
  }
  if (before.ownerId !== after.ownerId) {
    changes.push({ kind: 'deal_reassigned', payload: { from: before.ownerId, to: after.ownerId } });
  }
  if (before.decisionOn !== after.decisionOn) {
    changes.push({ kind: 'decision_date_set', payload: { decisionOn: after.decisionOn } });
  }
  if (before.status === after.status) return changes;
  if (deal.status === 'lost') {
    const { outcome = null, reasonCode = null } = deal.loss;
    changes.push({ kind: 'deal_lost', payload: { outcome, reasonCode } });
  } else {
    changes.push({ kind: 'deal_won', payload: {} });
  }
  return changes;
}

function createEvent(
  deal: DealRecord,
  { kind, payload }: Change,
  { workspaceId, now }: ImportSettings,
): EventRecord {
  const id = newId(now);
  return { id, workspaceId, dealId: deal.id, at: now, actorId: null, side: null, kind, payload };
}

const factColumns = ['name', 'accountId', 'amountMinor', 'currency'] as const;

function followFacts(deal: CrmDeal, { before, ownerId, account }: Known): Partial<DealRecord> {
  const name = deal.name ?? deal.account ?? before.deal.name;
  const renamed = name !== before.deal.name || account.id !== before.deal.accountId;
  return {
    name,
    ownerId,
    accountId: account.id,
    ...(renamed && { searchKey: foldName(`${account.name} ${name}`) }),
    ...(deal.amount && { amountMinor: deal.amount.minor, currency: deal.amount.currency }),
  };
}

function followEnd(
  deal: CrmDeal,
  before: DealRecord,
  { now }: ImportSettings,
): Partial<DealRecord> {
  if (before.status !== 'open') return {};
  if (deal.status !== 'open') {
    return { status: deal.status, closedOn: deal.closedOn, closedAt: now };
  }
  if (before.decisionOn || !deal.decisionOn) return {};
  // The first date of a deal that had none: nothing moves.
  return {
    decisionOn: deal.decisionOn,
    originalDecisionOn: before.originalDecisionOn ?? deal.decisionOn,
  };
}

function noteLeftAlone(leftAlone: LeftAlone, deal: CrmDeal, before: DealRecord): void {
  if (before.status === 'open') {
    const moved =
      deal.status === 'open' &&
      deal.decisionOn !== undefined &&
      before.decisionOn !== null &&
      deal.decisionOn !== before.decisionOn;
    if (moved) leftAlone.dates += 1;
  } else if (deal.status === 'open') {
    leftAlone.reopened += 1;
  } else if (deal.status !== before.status) {
    leftAlone.endings += 1;
  }
}
