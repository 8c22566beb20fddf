import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportResult } from '../../src/crm/contract.ts';
import { importDeals } from '../../src/crm/import-deals.ts';
import { importPeople } from '../../src/crm/import-people.ts';
import { createImportWorld, done, type ImportWorld } from './import-world.ts';

const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../sandbox/data/${name}`, import.meta.url));

/** The file as plain text says it: it has no quotes, so splitting is reading. */
const read = (name: string) =>
  readFileSync(pathOf(name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

const toIso = (us = '') => {
  const [month = '', date = '', year = ''] = us.split('/');
  return us === '' ? null : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
};

const sorted = (texts: readonly string[]) => [...texts].sort((a, b) => (a < b ? -1 : 1));

describe('the real export', () => {
  const rows = read('sales_pipeline.csv');
  const team = read('sales_teams.csv');
  let world: ImportWorld;
  let peopleResult: ImportResult;
  let dealsResult: ImportResult;

  beforeAll(async () => {
    world = await createImportWorld();
    peopleResult = done(await importPeople(world, { input: pathOf('sales_teams.csv') }));
    dealsResult = done(await importDeals(world, { input: pathOf('sales_pipeline.csv') }));
  });

  it('brings in every agent and every manager once', async () => {
    const agents = team.map(([agent = '']) => agent);
    const managers = new Set(team.map(([, manager]) => manager));
    expect(peopleResult).toMatchObject({ imported: agents.length + managers.size, rejected: 0 });
    const people = await world.readPeople();
    const reps = people.filter(({ role }) => role === 'rep').map(({ name }) => name);
    expect(sorted(reps)).toEqual(sorted(agents));
    expect(
      new Set(people.filter(({ role }) => role === 'manager').map(({ name }) => name)),
    ).toEqual(managers);
  });

  it('gives every agent the manager of the file', async () => {
    const people = await world.readPeople();
    const nameOf = new Map(people.map(({ id, name }) => [id, name]));
    const pairs = people
      .filter(({ managerId }) => managerId)
      .map(({ name, managerId }) => [name, managerId && nameOf.get(managerId)] as const);
    expect(new Map(pairs)).toEqual(new Map(team.map(([agent = '', manager]) => [agent, manager])));
  });

  it('brings in every deal with its stage, owner, account, amount and dates', async () => {
    expect(dealsResult).toMatchObject({
      imported: rows.length,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      unmatchedOwners: [],
      warnings: [],
    });
    const stageOf: Record<string, string> = {
      Won: 'won',
      Lost: 'lost',
      Engaging: 'open',
      Prospecting: 'open',
    };
    const expected = rows
      .map(([id, agent, product, account, stage = '', engaged, closed, value]) => ({
        id,
        owner: agent,
        name: product,
        account: account || 'No account yet',
        status: stageOf[stage],
        openedOn: toIso(engaged) ?? '2018-01-10',
        closedOn: stageOf[stage] === 'open' ? null : toIso(closed),
        decisionOn: null,
        cents: stage === 'Won' ? Number(value) * 100 : null,
      }))
      .sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
    const found = (await world.readDeals()).map(({ deal, owner, account }) => ({
      id: deal.crmId,
      owner,
      name: deal.name,
      account,
      status: deal.status,
      openedOn: deal.openedOn,
      closedOn: deal.closedOn,
      decisionOn: deal.decisionOn,
      cents: deal.amountMinor,
    }));
    expect(found).toEqual(expected);
  });

  it('keeps a loss with its facts for every lost deal, logged at noon of its day', async () => {
    const lost = rows.filter(([, , , , stage]) => stage === 'Lost');
    const found = await world.readLosses();
    const dayOf = (iso: string | null) => Date.parse(iso ?? '') / 86_400_000;
    expect(
      sorted(
        found.map(
          ({ lostOn, loggedAt, facts }) => `${lostOn} ${loggedAt.toISOString()} ${facts.daysOpen}`,
        ),
      ),
    ).toEqual(
      sorted(
        lost.map(([, , , , , engaged, closed]) => {
          const [from, to] = [toIso(engaged), toIso(closed)];
          return `${to} ${to}T12:00:00.000Z ${dayOf(to) - dayOf(from)}`;
        }),
      ),
    );
    expect(found.every(({ facts, outcome }) => facts.steps === undefined && outcome === null)).toBe(
      true,
    );
  });

  it('writes one event for every deal', async () => {
    const events = await world.readEvents();
    const deals = await world.readDeals();
    expect(new Map(events.map(({ dealId, kind, payload }) => [dealId, { kind, payload }]))).toEqual(
      new Map(
        deals.map(({ deal }) => [
          deal.id,
          { kind: 'deal_imported', payload: { status: deal.status } },
        ]),
      ),
    );
    expect(events).toHaveLength(deals.length);
  });

  it('changes nothing when it is imported again', async () => {
    const before = await world.readDeals();
    const rowsBefore = await world.countRows();
    expect(done(await importPeople(world, { input: pathOf('sales_teams.csv') }))).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: 41,
    });
    expect(done(await importDeals(world, { input: pathOf('sales_pipeline.csv') }))).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: rows.length,
    });
    expect(await world.readDeals()).toEqual(before);
    expect(await world.countRows()).toBe(rowsBefore);
  });

  it('names the owners nobody knows, and keeps their deals', async () => {
    const bare = await createImportWorld();
    const result = done(await importDeals(bare, { input: pathOf('sales_pipeline.csv') }));
    const counts = new Map<string, number>();
    for (const [, agent = ''] of rows) counts.set(agent, (counts.get(agent) ?? 0) + 1);
    expect(new Map(result.unmatchedOwners.map(({ name, deals }) => [name, deals]))).toEqual(counts);
    expect(await bare.readDeals()).toHaveLength(rows.length);
  });
});
