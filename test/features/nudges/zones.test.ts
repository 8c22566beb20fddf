import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addDays,
  type Day,
  day,
  dayIn,
  instantAt,
  weekdayOf,
} from '../../../src/domain/calendar.ts';
import type { Person } from '../../../src/domain/person.ts';
import { insertNudges } from '../../../src/store/nudges.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
});
afterEach(() => world.stop());

const monToFri = [1, 2, 3, 4, 5];
const people = [
  { id: 'U0ANNA', zone: 'America/New_York', workDays: monToFri },
  { id: 'U0MIA', zone: 'Europe/Berlin', workDays: monToFri },
  { id: 'U0BEN', zone: 'Australia/Sydney', workDays: monToFri },
  { id: 'U0ADMIN', zone: 'Asia/Kolkata', workDays: monToFri },
  { id: 'U0SUN', zone: 'Asia/Kolkata', workDays: [0, 1, 2, 3, 4] },
];
const daysAround = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
const hourMs = 60 * 60_000;

/** Somebody whose first week is over, with a step due on each of the days. */
async function seedReader(
  { id, zone, workDays }: (typeof people)[number],
  days: readonly Day[],
): Promise<Person> {
  const { store, workspaceId } = world.app;
  const reader = await seed.person(id, `Reader ${id}`, { zone, workDays });
  const decisionOn = day('2028-06-30');
  const deal = await seed.deal({ account: `Buyer of ${id}`, owner: reader, decisionOn });
  for (const dueOn of days) await seed.step(deal, { title: `Due ${dueOn}`, dueOn, doer: reader });
  const before = [{ personId: reader.id, asked: [], held: [] }];
  await store.transaction((tx) =>
    insertNudges(tx, workspaceId, day('2026-11-02'), before, world.clock.now()),
  );
  return reader;
}

describe('around the night in which clocks change', () => {
  it.each([
    ['New York, spring', '2027-03-14'],
    ['Berlin, spring', '2027-03-28'],
    ['Sydney, autumn', '2027-04-04'],
    ['Sydney, spring', '2027-10-03'],
    ['Berlin, autumn', '2027-10-31'],
    ['New York, autumn', '2027-11-07'],
  ])(
    'each business day has one bundle at nine, everywhere (%s)',
    async (_name, sunday) => {
      const days = daysAround.map((offset) => addDays(day(sunday), offset));
      await world.sandbox.addUser({
        id: 'U0SUN',
        name: 'noa',
        realName: 'Noa Levi',
        tz: 'Asia/Kolkata',
      });
      for (const one of people) await seedReader(one, days);
      // From where the first of the days begins to where the last one ends, half an hour at a time.
      const end = instantAt(addDays(days.at(-1) as Day, 1), '00:00', 'America/New_York').getTime();
      const start = instantAt(days[0] as Day, '00:00', 'Australia/Sydney').getTime();
      for (let at = start; at < end; at += hourMs / 2) await world.goTo(new Date(at).toISOString());
      for (const { id, zone, workDays } of people) {
        const sent = world.sandbox
          .as(id)
          .dm()
          .map(({ ts }) => new Date(Number(ts) * 1000))
          .filter((at) => days.includes(dayIn(at, zone)));
        const expected = days
          .filter((on) => workDays.includes(weekdayOf(on)))
          .map((on) => instantAt(on, '09:00', zone));
        const onDays = sent.map((at) => dayIn(at, zone));
        expect([id, onDays]).toEqual([id, expected.map((at) => dayIn(at, zone))]);
        for (const [place, at] of expected.entries()) {
          const lateMs = (sent[place]?.getTime() ?? 0) - at.getTime();
          expect(lateMs).toBeGreaterThanOrEqual(0);
          // They go out one after the other, so that Slack can keep up.
          expect(lateMs).toBeLessThan(60_000);
        }
      }
    },
    60_000,
  );
});
