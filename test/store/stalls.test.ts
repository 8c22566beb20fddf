import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Day, day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import type { Stall } from '../../src/domain/stalls.ts';
import type { TeamRules } from '../../src/domain/team-rules.ts';
import type { Tables } from '../../src/store/schema.ts';
import {
  clearStallsAtRest,
  listDealsToJudge,
  listDealZones,
  listOpenStalls,
  listStallsOfDeal,
  type StallWrites,
  saveStalls,
  seeStalls,
} from '../../src/store/stalls.ts';
import { loadRulesOfOwners, saveTeamRules } from '../../src/store/team-rules.ts';
import { rowsOf } from '../support/rows.ts';
import {
  elsewhere,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

const zone = 'America/New_York';
const monday = day('2026-11-23');
const tuesday = day('2026-11-24');
const wednesday = day('2026-11-25');
const silence: Stall = {
  code: 'buyer_silence',
  severity: 'watch',
  evidence: { value: 6, limit: 6 },
};

let world: StoreWorld;
let acme: OpenDeal;
let globex: OpenDeal;

const opening = (deal: OpenDeal, changes: Partial<Stall> = {}) => ({
  ...silence,
  ...changes,
  dealId: deal.id,
});
const save = (writes: Partial<StallWrites>, on: Day) =>
  world.run(
    saveStalls,
    workspaceId,
    { opened: [], changed: [], cleared: [], ...writes },
    { today: on, now },
  );
const see = (today: Day, ...deals: OpenDeal[]) =>
  world.run(
    seeStalls,
    deals.map(({ id }) => id),
    today,
  );
const on = (firstOn: Day, lastOn = firstOn) => ({ firstOn, lastOn });
const openOf = async (deal: OpenDeal) =>
  (await world.run(listOpenStalls, [deal.id])).get(deal.id) ?? [];
const idOf = async (deal: OpenDeal) => {
  const [stall] = await openOf(deal);
  if (!stall) throw new Error(`Nothing holds up ${deal.account}`);
  return stall.id;
};
const change = (deal: OpenDeal, values: Partial<Tables['deals']['$inferSelect']>) =>
  world.store.transaction(async (tx) => {
    const { deals } = tx.tables;
    await tx.update(deals).set(values).where(eq(deals.id, deal.id));
  });

describe.each(engines)('stalls on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    acme = await world.seed.deal({ account: 'Acme', owner: world.anna });
    globex = await world.seed.deal({ account: 'Globex', owner: world.anna });
  });
  afterEach(() => world.store.close());

  it('are kept from the first day to the last, and stay in the history of their deal', async () => {
    await save({ opened: [opening(acme)] }, monday);
    const id = await idOf(acme);
    const first = { ...silence, id, firstOn: monday, lastOn: monday };
    expect(await openOf(acme)).toEqual([first]);

    const worse = {
      ...first,
      severity: 'stall',
      evidence: { value: 7, limit: 7 },
      lastOn: tuesday,
    } as const;
    await save({ changed: [{ ...worse, dealId: acme.id }] }, tuesday);
    expect(await openOf(acme)).toEqual([worse]);

    expect(await see(wednesday, acme, globex)).toBe(1);
    expect(await openOf(acme)).toEqual([{ ...worse, lastOn: wednesday }]);

    await save({ cleared: [id] }, day('2026-11-26'));
    expect(await openOf(acme)).toEqual([]);
    await save({ opened: [opening(acme)] }, day('2026-12-01'));
    expect(await world.run(listStallsOfDeal, acme.id)).toMatchObject([
      { firstOn: '2026-12-01', clearedOn: undefined },
      { firstOn: monday, lastOn: wednesday, clearedOn: '2026-11-26', severity: 'stall' },
    ]);
    expect(await world.run(listStallsOfDeal, globex.id)).toEqual([]);
  });

  it('are listed for many deals at once, each with its own', async () => {
    const later = { code: 'phase_age' } as const;
    await save({ opened: [opening(acme), opening(acme, later), opening(globex)] }, monday);
    const byDeal = await world.run(listOpenStalls, [acme.id, globex.id]);
    expect(byDeal.get(acme.id)?.map(({ code }) => code)).toEqual(['buyer_silence', 'phase_age']);
    expect(byDeal.get(globex.id)?.map(({ code }) => code)).toEqual(['buyer_silence']);
  });

  it('are there once a deal and code: what is open already stays as it is', async () => {
    await save({ opened: [opening(acme)] }, monday);
    const before = await rowsOf(world.store, 'stalls');
    const again = [opening(acme, { severity: 'stall' }), opening(globex)];
    await save({ opened: again }, tuesday);
    expect(await openOf(acme)).toEqual([{ ...silence, id: before[0]?.id, ...on(monday) }]);
    expect(await openOf(globex)).toMatchObject([{ ...silence, ...on(tuesday) }]);
    expect(await rowsOf(world.store, 'stalls')).toHaveLength(2);
  });

  it('keep the day they ended when somebody else ends or changes them once more', async () => {
    await save({ opened: [opening(acme)] }, monday);
    const [stall] = await openOf(acme);
    if (!stall) throw new Error('Nothing holds up Acme');
    await save({ cleared: [stall.id] }, tuesday);
    await save({ cleared: [stall.id] }, wednesday);
    await save({ changed: [{ ...stall, severity: 'stall', dealId: acme.id }] }, wednesday);
    expect(await world.run(listStallsOfDeal, acme.id)).toMatchObject([{ clearedOn: tuesday }]);
  });

  it('are seen on a day with the deals that were judged, and only once', async () => {
    await save({ opened: [opening(acme), opening(globex)] }, monday);
    expect(await see(tuesday, acme)).toBe(1);
    expect(await see(tuesday, acme)).toBe(0);
    expect(await openOf(acme)).toMatchObject([on(monday, tuesday)]);
    expect(await openOf(globex)).toMatchObject([on(monday)]);
  });

  it('never get an earlier last day, and an ended one is not seen again', async () => {
    await save({ opened: [opening(acme), opening(globex)] }, tuesday);
    expect(await see(monday, acme, globex)).toBe(0);
    expect(await openOf(acme)).toMatchObject([{ lastOn: tuesday }]);
    await save({ cleared: [await idOf(globex)] }, tuesday);
    expect(await see(wednesday, acme, globex)).toBe(1);
    expect(await openOf(acme)).toMatchObject([{ lastOn: wednesday }]);
    expect(await world.run(listStallsOfDeal, globex.id)).toMatchObject([
      { lastOn: tuesday, clearedOn: tuesday },
    ]);
  });

  it('are written in more than one piece when there are many', async () => {
    const codes = ['no_power', 'phase_age', 'quiet_gap', 'unmutual'] as const;
    const deals = Array.from({ length: 1_600 }, (_, at) => ({ ...acme, id: `D${at}` }) as OpenDeal);
    const listed = () =>
      world.run(
        listOpenStalls,
        deals.map(({ id }) => id),
      );
    const opened = deals.flatMap((deal) => codes.map((code) => opening(deal, { code })));
    await save({ opened }, monday);
    const changed = [...(await listed())].flatMap(([dealId, stalls]) =>
      stalls.map((stall) => ({ ...stall, dealId, severity: 'stall', lastOn: tuesday }) as const),
    );
    await save({ changed }, tuesday);
    const worse = [...(await listed()).values()].flat();
    expect(worse.filter(({ severity }) => severity === 'stall')).toHaveLength(6_400);
    expect(worse.filter(({ lastOn }) => lastOn === tuesday)).toHaveLength(6_400);
    await save({ cleared: worse.map(({ id }) => id) }, wednesday);
    expect((await listed()).size).toBe(0);
  });

  it('end when their deal has closed, or is paused in that zone', async () => {
    await save({ opened: [opening(acme), opening(globex)] }, monday);
    const clear = (where: string, today = tuesday) =>
      world.run(clearStallsAtRest, workspaceId, { zone: where, today });
    expect(await clear(zone)).toBe(0);
    await change(acme, { status: 'won' });
    await change(globex, { pausedUntil: wednesday });
    expect(await world.run(clearStallsAtRest, elsewhere, { zone, today: tuesday })).toBe(0);
    expect(await clear('Europe/Berlin')).toBe(1);
    expect(await clear(zone, wednesday)).toBe(0);
    expect(await clear(zone)).toBe(1);
    expect(await world.run(listStallsOfDeal, globex.id)).toMatchObject([{ clearedOn: tuesday }]);
  });
});

describe.each(engines)('the deals to judge on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    acme = await world.seed.deal({ account: 'Acme', owner: world.anna });
    globex = await world.seed.deal({ account: 'Globex', owner: world.anna });
  });
  afterEach(() => world.store.close());

  it('are the open ones of a zone that no pause holds on that day', async () => {
    const toJudge = (today: Day, where = zone) =>
      world.run(listDealsToJudge, workspaceId, { zone: where, today });
    expect(await toJudge(monday)).toEqual([acme.id, globex.id].sort());
    await change(globex, { pausedUntil: tuesday });
    expect(await toJudge(monday)).toEqual([acme.id]);
    expect(await toJudge(tuesday)).toHaveLength(2);
    await change(acme, { status: 'lost' });
    expect(await toJudge(monday)).toEqual([]);
    expect(await toJudge(tuesday, 'Europe/Berlin')).toEqual([]);
  });

  it('are in the zones that have an open deal, with a date or without', async () => {
    await change(acme, { zone: 'Asia/Kolkata' });
    expect(await world.run(listDealZones, workspaceId)).toEqual([zone, 'Asia/Kolkata']);
    await change(acme, { status: 'lost' });
    expect(await world.run(listDealZones, workspaceId)).toEqual([zone]);
    expect(await world.run(listDealZones, elsewhere)).toEqual([]);
  });

  it('are judged by the newest rules of whoever leads their owner', async () => {
    const ben = await world.seed.person('U0BEN', 'Ben Okafor', { role: 'manager' });
    const cleo = await world.seed.person('U0CLEO', 'Cleo Ray', { managerId: ben.id });
    expect(await world.run(loadRulesOfOwners, workspaceId)).toEqual(new Map());
    const by = { personId: ben.id, now };
    const rulesOf = (watch: number): TeamRules => ({
      norms: {},
      thresholds: { no_next_step: { watch, stall: 9 } },
    });
    for (const version of [0, 1]) {
      const team = { managerId: ben.id, version, rules: rulesOf(version + 3) };
      expect(await world.run(saveTeamRules, workspaceId, team, by)).toBe(true);
    }
    expect(await world.run(loadRulesOfOwners, workspaceId)).toEqual(
      new Map([[cleo.id, rulesOf(4)]]),
    );
    expect(await world.run(loadRulesOfOwners, elsewhere)).toEqual(new Map());
  });
});
