import { noAccount } from '../domain/deal.ts';
import type { PersonId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { count } from '../domain/text.ts';
import {
  type AccountRecord,
  listAccountRecords,
  listDealsOfCrm,
  listHomeworkOfDeals,
  listPersonRecords,
  saveDealWrites,
} from '../store/import.ts';
import type { Tx } from '../store/store.ts';
import type { ImportDeps, ImportOptions, ImportResult } from './contract.ts';
import { openCsvDeals } from './csv-deal-source.ts';
import type { CrmDeal, DealSource } from './deal-source.ts';
import { createImportSettings, type ImportSettings } from './import-settings.ts';
import { createOwnerIndex, type OwnerIndex } from './owners.ts';
import { type DealPlan, planDeals } from './plan-deals.ts';
import { checkRejectsPath } from './rejects.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * Brings the deals of a CSV export in. Running it again changes nothing that is in already, so an
 * import that broke off is mended by running it again. A refusal means the form of the file is
 * wrong; unless its sentence says otherwise, nothing was written.
 */
export async function importDeals(
  deps: ImportDeps,
  options: ImportOptions,
): Promise<ImportResult | Refusal> {
  const { rejectsPath, dryRun } = options;
  const badPath = rejectsPath && !dryRun && (await checkRejectsPath(rejectsPath, options.input));
  if (badPath) return badPath;
  const source = await openCsvDeals(deps, options);
  if (isRefusal(source)) return source;
  try {
    return await importSource(deps, options, source);
  } finally {
    await source.close();
  }
}

/** What one batch hands on to the next. */
interface Session {
  readonly settings: ImportSettings;
  readonly owners: OwnerIndex;
  readonly accounts: Map<string, AccountRecord>;
  /** People this import made for owners it did not find, and how many deals they have. */
  readonly unmatched: Map<PersonId, { readonly name: string; deals: number }>;
  readonly leftAlone: DealPlan['leftAlone'];
}

async function importSource(
  deps: ImportDeps,
  options: ImportOptions,
  source: DealSource,
): Promise<ImportResult | Refusal> {
  const people = await deps.store.read((tx) => listPersonRecords(tx, deps.workspaceId));
  const session: Session = {
    settings: createImportSettings(deps),
    owners: createOwnerIndex(people),
    accounts: new Map(),
    unmatched: new Map(),
    leftAlone: { dates: 0, reopened: 0, endings: 0 },
  };
  const tally = createTally(options, source);
  for await (const batch of source.batches) {
    if (isRefusal(batch)) return sayWhatIsIn(batch, tally, options);
    for (const row of batch.rejected) tally.reject(row);
    if (batch.deals.length > 0) {
      const plan = await saveBatch(deps, options, session, batch.deals);
      keepForNext(session, plan);
      tally.add(plan);
    }
    await tally.flush();
  }
  const unmatched = [...session.unmatched.values()].sort((a, b) => b.deals - a.deals);
  return tally.finish(unmatched, [...source.warnings, ...sayLeftAlone(session.leftAlone)]);
}

function saveBatch(
  { store }: ImportDeps,
  { dryRun }: ImportOptions,
  session: Session,
  deals: readonly CrmDeal[],
): Promise<DealPlan> {
  const planIn = async (tx: Tx) => {
    const known = await loadKnown(tx, session, deals);
    return planDeals(deals, known, session.settings);
  };
  if (dryRun) return store.read(planIn);
  return store.transaction(async (tx) => {
    const plan = await planIn(tx);
    await saveDealWrites(tx, plan.writes, session.settings.now);
    return plan;
  });
}

async function loadKnown(tx: Tx, session: Session, deals: readonly CrmDeal[]) {
  const { workspaceId } = session.settings;
  const names = new Set(deals.map(({ account }) => account ?? noAccount));
  const keys = new Set([...names].map(foldName));
  const missing = [...keys].filter((key) => !session.accounts.has(key));
  for (const account of await listAccountRecords(tx, workspaceId, missing)) {
    session.accounts.set(account.nameKey, account);
  }
  const known = await listDealsOfCrm(
    tx,
    workspaceId,
    deals.map(({ crmId }) => crmId),
  );
  const lostNow = deals.flatMap(({ crmId, status }) => {
    const before = known.get(crmId)?.deal;
    return status === 'lost' && before?.status === 'open' ? [before.id] : [];
  });
  const steps = await listHomeworkOfDeals(tx, workspaceId, lostNow);
  return { deals: known, accounts: session.accounts, steps, owners: session.owners };
}

/** Only what was committed may be built upon. */
function keepForNext(session: Session, plan: DealPlan): void {
  for (const account of plan.writes.accounts) session.accounts.set(account.nameKey, account);
  for (const person of plan.writes.people) {
    session.owners.add(person);
    session.unmatched.set(person.id, { name: person.name, deals: 0 });
  }
  for (const ownerId of plan.owners) {
    const unmatched = session.unmatched.get(ownerId);
    if (unmatched) unmatched.deals += 1;
  }
  session.leftAlone.dates += plan.leftAlone.dates;
  session.leftAlone.reopened += plan.leftAlone.reopened;
  session.leftAlone.endings += plan.leftAlone.endings;
}

function sayLeftAlone({ dates, reopened, endings }: DealPlan['leftAlone']): string[] {
  const has = (n: number) => (n === 1 ? 'has' : 'have');
  const are = (n: number) => (n === 1 ? 'is' : 'are');
  return [
    ...(dates > 0
      ? [
          `${count(dates, 'deal')} ${has(dates)} another date in the CRM; dates move with /deal date.`,
        ]
      : []),
    ...(reopened > 0
      ? [
          `${count(reopened, 'deal')} ended here and ${are(reopened)} open in the CRM; close them there.`,
        ]
      : []),
    ...(endings > 0
      ? [`${count(endings, 'deal')} ended otherwise in the CRM; what was said here stays.`]
      : []),
  ];
}

/** The file breaks off after rows that are in; they stay, and importing them again does no harm. */
function sayWhatIsIn(refusal: Refusal, tally: Tally, { dryRun }: ImportOptions): Refusal {
  const { imported, updated } = tally.counts();
  if (dryRun || imported + updated === 0) return refusal;
  const rows = count(imported + updated, 'row');
  return { ...refusal, message: `${refusal.message} The ${rows} before it stay.` };
}
