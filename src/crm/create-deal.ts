import type { Day } from '../domain/calendar.ts';
import { type DealId, type LossId, newId, type PersonId } from '../domain/ids.ts';
import { computeFactTrail, type FactTrail } from '../domain/loss.ts';
import { reasonSetVersion } from '../domain/loss-reasons.ts';
import { segmentOf } from '../domain/segment.ts';
import {
  type AccountRecord,
  type DealRecord,
  type LossRecord,
  untoldOfDeal,
  untoldOfLoss,
} from '../store/import.ts';
import type { CrmDeal, CrmLoss } from './deal-source.ts';
import type { ImportSettings } from './import-settings.ts';
import type { DealPlan } from './plan-deals.ts';

/** Plans a deal that is new here, with its loss if it was lost. */
export function createDeal(
  plan: DealPlan,
  deal: CrmDeal,
  { ownerId, account }: { ownerId: PersonId; account: AccountRecord },
  settings: ImportSettings,
): void {
  const { workspaceId, zone, now } = settings;
  const name = deal.name ?? deal.account ?? `Deal ${deal.crmId}`;
  const id = newId<DealId>(now);
  const openedOn = findOpening(deal, settings.today);
  const closedOn = deal.status === 'open' ? null : deal.closedOn;
  const closedAt = closedOn && settings.loggedAtOf(closedOn);
  const decisionOn = deal.status === 'open' ? (deal.decisionOn ?? null) : null;
  const record: DealRecord = {
    ...untoldOfDeal,
    segment: segmentOf(deal.amount),
    id,
    workspaceId,
    accountId: account.id,
    crmId: deal.crmId,
    name,
    searchKey: `${account.nameKey} ${settings.fold(name)}`.trim(),
    ownerId,
    amountMinor: deal.amount?.minor ?? null,
    currency: deal.amount?.currency ?? null,
    decisionOn,
    originalDecisionOn: decisionOn,
    dateDriver: null,
    zone,
    status: deal.status,
    privacy: 'team',
    channelId: null,
    openedOn,
    closedOn,
    closedAt,
    imported: true,
    version: 1,
  };
  plan.imported += 1;
  plan.writes.newDeals.push(record);
  if (deal.status === 'lost' && closedAt) {
    const facts = computeFactTrail(record, [], deal.closedOn);
    plan.writes.losses.push(createLoss(record, deal, { loggedAt: closedAt, facts }, settings));
  }
}

/** A deal cannot open after it ended, though CRMs say so of deals somebody entered late. */
function findOpening(deal: CrmDeal, today: Day): Day {
  if (deal.status === 'open') return deal.openedOn ?? today;
  return deal.openedOn && deal.openedOn < deal.closedOn ? deal.openedOn : deal.closedOn;
}

/** The loss of a deal the CRM says is lost. */
export function createLoss(
  deal: Pick<DealRecord, 'id'>,
  crm: { readonly closedOn: Day; readonly loss: CrmLoss },
  { loggedAt, facts }: { loggedAt: Date; facts: FactTrail },
  { workspaceId, now }: ImportSettings,
): LossRecord {
  return {
    ...untoldOfLoss,
    id: newId<LossId>(now),
    workspaceId,
    dealId: deal.id,
    lostOn: crm.closedOn,
    loggedAt,
    outcome: crm.loss.outcome ?? null,
    competitor: crm.loss.competitor ?? null,
    reasonCode: crm.loss.reasonCode ?? null,
    reasonSetVersion,
    ownWords: crm.loss.ownWords ?? null,
    facts,
  };
}
