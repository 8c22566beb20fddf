import { Readable } from 'node:stream';
import { asc, eq } from 'drizzle-orm';
import type { ImportDeps, ImportOptions, ImportResult } from '../../src/crm/contract.ts';
import { importDeals } from '../../src/crm/import-deals.ts';
import { importPeople } from '../../src/crm/import-people.ts';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts';
import type { SlackUserFact } from '../../src/domain/slack-user.ts';
import type { Tables } from '../../src/store/schema.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { rowsOf } from '../support/rows.ts';
import { openTestStore } from '../support/test-store.ts';

type Input = string | Buffer | readonly Buffer[];

/** A store, a clock and the two imports, fed with text instead of files. */
export interface ImportWorld extends ImportDeps {
  readonly clock: ManualClock;
  people(input: Input, options?: Partial<ImportOptions>): Promise<ImportResult | Refusal>;
  deals(input: Input, options?: Partial<ImportOptions>): Promise<ImportResult | Refusal>;
  /** Every deal with its account and owner, by the CRM's id. */
  readDeals(): ReturnType<typeof selectDeals>;
  readPeople(): Promise<Tables['people']['$inferSelect'][]>;
  readLosses(): Promise<Tables['losses']['$inferSelect'][]>;
  readEvents(): Promise<Tables['events']['$inferSelect'][]>;
  countRows(): Promise<number>;
}

const workspaceId = 'T0TEAM' as WorkspaceId;

export async function createImportWorld(
  given: { slackUsers?: readonly SlackUserFact[]; zone?: string } = {},
): Promise<ImportWorld> {
  const store = await openTestStore();
  const { slackUsers } = given;
  const deps = {
    store,
    clock: createManualClock('2018-01-10T09:00:00Z'),
    workspaceId,
    defaultZone: given.zone ?? 'UTC',
    defaultCurrency: 'USD',
    ...(slackUsers ? { slackUsers: async () => slackUsers } : {}),
  };
  return {
    ...deps,
    people: (input, options = {}) => importPeople(deps, { ...options, input: toStream(input) }),
    deals: (input, options = {}) => importDeals(deps, { ...options, input: toStream(input) }),
    readDeals: () => selectDeals(deps),
    readPeople: async () =>
      (await rowsOf(store, 'people')).sort((a, b) => (a.name < b.name ? -1 : 1)),
    readLosses: () => rowsOf(store, 'losses'),
    readEvents: () => rowsOf(store, 'events'),
    countRows: async () => {
      let sum = 0;
      for (const name of ['accounts', 'people', 'deals', 'losses', 'events'] as const) {
        sum += (await rowsOf(store, name)).length;
      }
      return sum;
    },
  };
}

function toStream(input: Input): Readable {
  return Readable.from(typeof input === 'string' || Buffer.isBuffer(input) ? [input] : input);
}

function selectDeals({ store }: Pick<ImportDeps, 'store'>) {
  return store.read(async (tx) => {
    const { accounts, deals, people } = tx.tables;
    return tx
      .select({ deal: deals, account: accounts.name, owner: people.name })
      .from(deals)
      .innerJoin(accounts, eq(accounts.id, deals.accountId))
      .innerJoin(people, eq(people.id, deals.ownerId))
      .orderBy(asc(deals.crmId));
  });
}

/** The result of an import that is expected to be none of a refusal. */
export function done(result: ImportResult | Refusal): ImportResult {
  if (isRefusal(result)) throw new Error(`Refused: ${result.message}`);
  return result;
}

/** The sentence of an import that is expected to be refused. */
export function refused(result: ImportResult | Refusal): string {
  if (!isRefusal(result)) throw new Error(`Imported ${result.imported}, expected a refusal`);
  return result.message;
}

/** The single deal there is. */
export async function onlyDeal(world: ImportWorld) {
  const [first, ...more] = await world.readDeals();
  if (!first || more.length > 0) throw new Error(`Expected one deal, found ${more.length + 1}`);
  return first;
}

export function slackUser(
  id: string,
  name: string,
  facts: Partial<SlackUserFact> = {},
): SlackUserFact {
  return {
    id: id as SlackUserFact['id'],
    name,
    email: undefined,
    zone: undefined,
    deleted: false,
    isBot: false,
    isGuest: false,
    isAdmin: false,
    ...facts,
  };
}
