import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { allDeals, know, resubmit, runDeal, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

const rest = { until: '2027-01-12', reason: 'Budget freeze', restart: 'The January round' };
const kinds = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);

async function pause(values: Partial<typeof rest> = {}) {
  await runDeal(world, world.anna, 'pause acme');
  return submit(world, world.anna, { ...rest, ...values });
}

describe('/deal pause', () => {
  it('lets a deal rest until a day, with the reason, and leaves its date alone', async () => {
    expect(await pause()).toEqual({ ok: true });
    expect(await allDeals(world)).toMatchObject([
      {
        status: 'open',
        pausedUntil: '2027-01-12',
        pauseReason: 'Budget freeze · goes on with: The January round',
        decisionOn: '2026-12-18',
      },
    ]);
    expect(await kinds()).toEqual(['deal_paused']);
    const words = wordsOn(world.anna.topView());
    expect(words).toContain('Paused until Tue 12 Jan 2027: Budget freeze');
    expect(words).toContain('when it goes on, it needs a new one');
    await runDeal(world, world.anna, 'list');
    expect(wordsOn(answer(world.anna))).toContain('paused until Tue 12 Jan 2027 · decides');
  });

  it('takes a pause of sixty days and refuses one of sixty-one, saying why', async () => {
    expect(await pause({ until: '2027-01-23' })).toMatchObject({
      errors: { until: expect.stringMatching(/^A pause lasts 60 days at most.*Fri 22 Jan 2027/) },
    });
    expect(await submit(world, world.anna, { until: '2027-01-22' })).toEqual({ ok: true });
  });

  it.each([
    ['a day that is not after today', { until: '2026-11-23' }, 'until'],
    ['an empty reason', { reason: '  ' }, 'reason'],
    ['nothing that makes it go on', { restart: '  ' }, 'restart'],
  ])('refuses %s under its input', async (_what, values, field) => {
    expect(Object.keys((await pause(values)).errors ?? {})).toEqual([field]);
    expect(await allDeals(world)).toMatchObject([{ version: 1 }]);
  });

  it('pauses once when the form comes twice, also after somebody went on with it', async () => {
    await pause();
    await resubmit(world);
    await runDeal(world, world.anna, 'resume acme');
    await resubmit(world);
    expect(await kinds()).toEqual(['deal_paused', 'deal_resumed']);
    expect((await allDeals(world))[0]?.pausedUntil).toBeUndefined();
  });

  it('does not make a running pause longer', async () => {
    await pause();
    expect((await pause({ until: '2027-01-20' })).errors).toMatchObject({
      restart: expect.stringContaining('is paused until Tue 12 Jan 2027 already. /deal resume'),
    });
  });

  it('is refused to a colleague who is not on the deal', async () => {
    for (const word of ['pause', 'resume', 'split', 'reassign']) {
      await runDeal(world, world.ben, `${word} acme`);
      expect(answer(world.ben).text, word).toContain('belongs to Anna Snelling');
    }
    expect(world.ben.modals()).toEqual([]);
    expect(await allDeals(world)).toMatchObject([{ status: 'open', version: 1, id: acme.id }]);
  });
});

describe('/deal resume', () => {
  it('ends a pause', async () => {
    await pause();
    await runDeal(world, world.anna, 'resume acme');
    expect(answer(world.anna).text).toMatch(/^Acme · Core platform goes on\./);
    const [deal] = await allDeals(world);
    expect(deal).toMatchObject({ pausedUntil: undefined, decisionOn: '2026-12-18' });
    expect(deal?.pauseReason).toBeUndefined();
  });

  it('asks for a new date when the decision date passed meanwhile, and moves none itself', async () => {
    await pause();
    world.clock.set('2027-01-13T15:00:00Z');
    await runDeal(world, world.anna, 'resume acme');
    expect(answer(world.anna).text).toContain(
      'Its decision date, Fri 18 Dec 2026, passed while it rested: choose the new one with them.',
    );
    expect(actionsOn(answer(world.anna))).toEqual(['deals_run_date']);
    expect(await allDeals(world)).toMatchObject([{ decisionOn: day('2026-12-18') }]);
  });

  it('says so when there is nothing to end', async () => {
    await runDeal(world, world.anna, 'resume acme');
    expect(answer(world.anna).text).toContain('is not paused. /deal pause lets it rest');
    expect(await kinds()).toEqual([]);
  });
});
