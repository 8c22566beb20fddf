import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { changeHomework } from '../../../src/store/homework.ts';
import { keepCalm } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;
let mia: Person;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  mia = await seed.person('U0MIA', 'Mia Brandt', { zone: 'Europe/Berlin' });
  acme = await seed.deal({ account: 'Acme', owner: anna, decisionOn: day('2027-12-10') });
});
afterEach(() => world.stop());

describe('a morning’s bundle', () => {
  it('arrives at nine in each reader’s own zone', async () => {
    await seed.step(acme, { title: 'Send the security pack', dueOn: '2026-11-24', doer: anna });
    await seed.step(acme, { title: 'Check the contract', dueOn: '2026-11-24', doer: mia });
    await world.goTo('2026-11-24T07:59:00Z');
    expect(world.mia.dm()).toHaveLength(0);
    await world.goTo('2026-11-24T08:00:00Z');
    expect(world.mia.dm()).toHaveLength(1);
    await world.goTo('2026-11-24T13:59:00Z');
    expect(world.anna.dm()).toHaveLength(0);
    await world.goTo('2026-11-24T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
    expect(world.mia.dm()).toHaveLength(1);
  });

  it.each([
    ['New York, spring', 'U0ANNA', '2027-03-12T14:00:00Z', '2027-03-15T13:00:00Z'],
    ['New York, autumn', 'U0ANNA', '2027-11-05T13:00:00Z', '2027-11-08T14:00:00Z'],
    ['Berlin, spring', 'U0MIA', '2027-03-26T08:00:00Z', '2027-03-29T07:00:00Z'],
    ['Berlin, autumn', 'U0MIA', '2027-10-29T07:00:00Z', '2027-11-01T08:00:00Z'],
  ])('stays at nine when the clocks change (%s)', async (_name, reader, friday, monday) => {
    const doer = reader === 'U0ANNA' ? anna : mia;
    for (const dueOn of [friday, monday].map((iso) => iso.slice(0, 10))) {
      await seed.step(acme, { title: 'Send the security pack', dueOn, doer });
    }
    const arrived = () => world.sandbox.as(reader).dm().length;
    const minuteBefore = (iso: string) => new Date(Date.parse(iso) - 60_000).toISOString();
    await world.goTo(minuteBefore(friday));
    expect(arrived()).toBe(0);
    await world.goTo(friday);
    expect(arrived()).toBe(1);
    await world.goTo(minuteBefore(monday));
    expect(arrived()).toBe(1);
    await world.goTo(monday);
    expect(arrived()).toBe(2);
  });

  it('holds everything a person is asked that day, the most valuable first, in one message', async () => {
    const amount = { minor: 9_000_000, currency: 'USD' };
    const globex = await seed.deal({ account: 'Globex', owner: anna, amount });
    await keepCalm(world, seed, acme);
    await keepCalm(world, seed, globex);
    await seed.step(acme, { title: 'Name the signers', dueOn: '2026-11-25', doer: 'Dana Lee' });
    await seed.step(globex, { title: 'Draft the contract', dueOn: '2026-11-24', doer: anna });
    await seed.step(acme, { title: 'Send the security pack', dueOn: '2026-11-20', doer: anna });
    await seed.step(globex, { title: 'Book the kick-off', dueOn: '2026-12-24', doer: anna });
    await world.goTo('2026-11-24T14:00:00Z');
    const [bundle, ...more] = world.anna.dm();
    expect(more).toEqual([]);
    expect(bundle?.text.split('\n')).toEqual([
      '3 questions for today, the most valuable first.',
      expect.stringMatching(/^Globex · Core platform: .*“Draft the contract”/),
      expect.stringMatching(
        /^Acme · Core platform: “Send the security pack” slipped past Fri 20 Nov/,
      ),
      expect.stringMatching(/^Acme · Core platform: “Name the signers” is meant for Dana Lee/),
    ]);
  });

  it('does not come at the weekend; two business days on it asks what fell due meanwhile', async () => {
    await seed.step(acme, { title: 'Send the security pack', dueOn: '2026-11-28', doer: anna });
    await world.goTo('2026-11-27T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
    await world.goTo('2026-11-28T14:00:00Z');
    await world.goTo('2026-11-29T14:00:00Z');
    await world.goTo('2026-11-30T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
    await world.goTo('2026-12-01T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(2);
    expect(world.anna.dm()[1]?.text).toContain('slipped past Sat 28 Nov.');
  });

  it('comes on Sunday to somebody who works from Sunday to Thursday', async () => {
    const noa = await seed.person('U0BEN', 'Noa Levi', { workDays: [0, 1, 2, 3, 4] });
    await seed.step(acme, { title: 'Send the security pack', dueOn: '2026-11-25', doer: noa });
    await world.goTo('2026-11-27T14:00:00Z');
    expect(world.ben.dm()).toHaveLength(0);
    await world.goTo('2026-11-29T14:00:00Z');
    expect(world.ben.dm()).toHaveLength(1);
  });

  it('asks nobody on the day of the install about a morning before it', async () => {
    await seed.step(acme, { title: 'Send the security pack', dueOn: '2026-11-23', doer: anna });
    await seed.step(acme, { title: 'Draft the contract', dueOn: '2026-11-24', doer: anna });
    await world.goTo('2026-11-23T16:00:00Z');
    expect(world.anna.dm()).toHaveLength(0);
    await world.goTo('2026-11-24T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
  });

  it('asks two business days after they were asked, however far away the step is', async () => {
    const step = await seed.step(acme, {
      title: 'List signers',
      dueOn: '2027-01-14',
      doer: 'Dana Lee',
    });
    await world.app.store.transaction((tx) =>
      changeHomework(tx, acme.workspaceId, step, { askedOn: day('2026-11-23') }),
    );
    await world.goTo('2026-11-24T14:00:00Z');
    expect(JSON.stringify(world.anna.dm())).not.toContain('List signers');
    await world.goTo('2026-11-25T14:00:00Z');
    expect(world.anna.dm().at(-1)?.text).toContain('Did Dana Lee say yes to “List signers”');
  });
});
