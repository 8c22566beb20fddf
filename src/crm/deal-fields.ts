import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { type Columns, type FieldAliases, matchColumns, sayColumns } from './columns.ts';

export type DealField =
  | 'id'
  | 'name'
  | 'product'
  | 'account'
  | 'owner'
  | 'owner_email'
  | 'owner_id'
  | 'amount'
  | 'currency'
  | 'status'
  | 'stage'
  | 'opened_on'
  | 'closed_on'
  | 'expected_on'
  | 'outcome'
  | 'reason'
  | 'competitor';

// As exported by Salesforce, HubSpot, Pipedrive, Dynamics, Zoho and Maven Analytics.
const aliases: FieldAliases<DealField> = {
  id: [
    'opportunity id',
    'deal id',
    'crm id',
    'record id',
    'hs object id',
    'deal record id',
    '(do not modify) opportunity',
    'opportunity number',
    'deal number',
    'id',
  ],
  name: [
    'opportunity name',
    'deal name',
    'deal title',
    'potential name',
    'topic',
    'opportunity',
    'name',
    'title',
    'subject',
  ],
  product: ['product', 'product name', 'products'],
  account: [
    'account name',
    'account',
    'company name',
    'company',
    'associated company',
    'primary company',
    'associated company names',
    'organization name',
    'organization',
    'organisation',
    'deal organization',
    'potential customer',
    'customer name',
    'customer',
    'client',
  ],
  owner: [
    'deal owner',
    'opportunity owner',
    'owner name',
    'owner',
    'sales agent',
    'sales rep',
    'salesperson',
    'rep',
    'agent',
    'account executive',
    'assigned to',
    'record owner',
  ],
  owner_email: [
    'owner email',
    'deal owner email',
    'opportunity owner email',
    'rep email',
    'sales rep email',
  ],
  owner_id: ['owner id', 'deal owner id', 'opportunity owner id', 'hubspot owner id'],
  amount: [
    'amount',
    'deal amount',
    'opportunity amount',
    'deal value',
    'close value',
    'value',
    'actual revenue',
    'est revenue',
    'estimated revenue',
    'total amount',
    'deal size',
    'contract value',
  ],
  currency: [
    'currency',
    'currency code',
    'currency iso code',
    'deal currency',
    'deal currency code',
    'amount currency',
    'opportunity currency',
  ],
  status: ['status', 'deal status', 'opportunity status'],
  stage: [
    'deal stage',
    'stage',
    'opportunity stage',
    'stage name',
    'sales stage',
    'pipeline stage',
    'phase',
  ],
  opened_on: [
    'engage date',
    'create date',
    'created date',
    'created on',
    'created at',
    'creation date',
    'date created',
    'deal created',
    'deal deal created',
    'open date',
    'opened on',
    'start date',
    'created',
    'created time',
  ],
  closed_on: [
    'close date',
    'closed date',
    'actual close date',
    'closed on',
    'closed at',
    'date closed',
    'deal closed on',
    'deal deal closed on',
    'closing date',
    'end date',
  ],
  expected_on: [
    'expected close date',
    'deal expected close date',
    'est close date',
    'estimated close date',
    'expected closing date',
    'expected close',
    'forecast close date',
    'target close date',
    'decision date',
  ],
  outcome: ['outcome', 'loss outcome'],
  reason: [
    'loss reason',
    'lost reason',
    'closed lost reason',
    'deal lost reason',
    'reason lost',
    'reason for loss',
    'reason for lost',
  ],
  competitor: [
    'competitor',
    'competitor name',
    'main competitor',
    'main competitor(s)',
    'primary competitor',
    'lost to',
  ],
};

/** Finds a deal file's columns; refuses a file without id, owner, or stage. */
export function matchDealColumns(
  header: readonly string[],
  map: Readonly<Record<string, string>>,
): Columns<DealField> | Refusal {
  const columns = matchColumns(header, map, aliases);
  if (isRefusal(columns)) return columns;
  if (columns.id === undefined) return refuseMissing('deal’s id', 'id', header);
  if (columns.stage === undefined && columns.status === undefined) {
    return refuseMissing('deal’s stage (open, won, lost)', 'stage', header);
  }
  if ((columns.owner ?? columns.owner_email ?? columns.owner_id) === undefined) {
    return refuseMissing('deal’s owner', 'owner', header);
  }
  return columns;
}

function refuseMissing(what: string, field: DealField, header: readonly string[]): Refusal {
  return refuse(
    `no_${field}`,
    `No column looks like the ${what}. Name it with --map "Your column=${field}". ${sayColumns(header)}`,
  );
}
