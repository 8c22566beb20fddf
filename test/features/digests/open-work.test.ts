import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainCalendars } from '../../../src/domain/calendar.ts';
import type { ReviewId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { loadWeek } from '../../../src/features/digests/week-figures.ts';
import { buildWeekDigest } from '../../../src/features/digests/week-message.ts';
import { weekSpan } from '../../../src/features/digests/week-span.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;

const friday = '2026-11-27T20:00:00Z';

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'manager' });
  anna = await seed.person('U0ANNA', 'Anna Snelling', { managerId: ben.id });
});
afterEach(() => world.stop());

const inChannel = (words: string) =>
  world.anna.messages('closed-lost').filter(({ text }) => text.includes(words));
const digests = () => inChannel('The week to');

async function lose(account: string) {
  const deal = await seed.deal({ account, owner: anna });
  await seed.loss(deal, { loggedAt: '2026-11-25T15:00:00Z', reasonCode: 'com.price_value' });
  return deal;
}

describe('what a digest says of the talk and of open deals', () => {
  it('says how often the weekly talk was skipped, and how many were held in a row', async () => {
    await lose('Acme');
    await world.goTo('2026-11-26T15:00:00Z');
    await world.goTo(friday);
    expect(digests()[0]?.text).not.toContain('skipped');
    expect(digests()[0]?.text).toContain(
      'The weekly talk: open, nobody has spoken yet (before: —)',
    );
    // Nobody speaks, and then nobody is there to open the next one.
    await world.goTo('2026-12-10T15:00:00Z');
    await world.goTo('2026-12-11T20:00:00Z');
    const { text } = digests().at(-1) ?? { text: '' };
    expect(text).toContain('The weekly talk was skipped in 2 of the last 3 weeks.');
    expect(text).toContain('The weekly talk: held (before: held in 0 of 2 weeks)');
    await world.goTo('2026-12-17T15:00:00Z');
    await world.goTo('2026-12-18T20:00:00Z');
    expect(digests().at(-1)?.text).toContain(
      'The weekly talk: held (before: held in 1 of 3 weeks, 2 weeks in a row by now)',
    );
  });

  it('takes a week for held in which somebody spoke', async () => {
    await lose('Acme');
    await world.goTo('2026-11-26T15:00:00Z');
    const [parent] = inChannel('closed lost this week');
    await world.ben.say('closed-lost', 'We heard of the budget late.', {
      threadTs: parent?.ts ?? '',
    });
    await world.goTo(friday);
    expect(digests()[0]?.text).toContain('The weekly talk: held (before: —)');
  });

  it('names the largest deals that are held up, with count and worth, and no private one', async () => {
    const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });
    const held = [
      await seed.deal({ account: 'Acme', owner: anna, amount: usd(5_000) }),
      await seed.deal({ account: 'Globex', owner: anna, amount: usd(70_000) }),
      await seed.deal({ account: 'Hooli', owner: anna }),
      await seed.deal({ account: 'Umbrella', owner: anna, amount: usd(90) }),
      await seed.deal({ account: 'Secret', owner: anna, privacy: 'restricted' }),
    ];
    await world.app.store.transaction(async (tx) => {
      await tx.insert(tx.tables.stalls).values(
        held.map(({ id }, at) => ({
          id: `01RISK${at}` as never,
          workspaceId: world.app.workspaceId,
          dealId: id,
          code: 'ball_with_us' as const,
          severity: 'stall' as const,
          evidence: { value: 5, limit: 4 },
          firstOn: '2026-11-24' as never,
          lastOn: '2026-11-27' as never,
        })),
      );
    });
    const lossThreadAt = { weekday: 4, time: '10:00' };
    const team = { zone: 'America/New_York', currency: 'USD', lossThreadAt };
    const span = weekSpan(new Date(friday), team.zone, { weekday: 5, time: '15:00' });
    const week = await world.app.store.read((tx) =>
      loadWeek(tx, world.app.workspaceId, span, { team, calendars: plainCalendars }),
    );
    const opening = { purpose: undefined, today: span.dueOn, late: false };
    const { text } = buildWeekDigest(week, opening);
    expect(text).toContain(
      'Open deals that something holds up: 4, $75,090 in 3 of them (before: —)',
    );
    expect(text).toContain(
      'A second pair of eyes would help, the largest of 4 deals held up: Globex · Core platform, Acme · Core platform, Umbrella · Core platform.',
    );
    expect(text).not.toContain('Secret');
  });

  it('counts threads in which nobody but the owner spoke for a week', async () => {
    const deal = await lose('Acme');
    const other = await lose('Globex');
    const review = (dealId: typeof deal.id, ts: string) => ({
      id: `01SILENT${ts}` as ReviewId,
      workspaceId: world.app.workspaceId,
      dealId,
      kind: 'loss' as const,
      size: 'quick' as const,
      state: 'talking' as const,
      ownerId: anna.id,
      openedAt: new Date('2026-11-18T15:00:00Z'),
      channelId: 'C0LOST' as never,
      threadTs: ts as never,
      version: 1,
    });
    await world.app.store.transaction(async (tx) => {
      await tx.insert(tx.tables.reviews).values([review(deal.id, '1.1'), review(other.id, '1.2')]);
      const at = new Date('2026-11-19T15:00:00Z');
      const said = { workspaceId: world.app.workspaceId, messageTs: '1.3' as never, at };
      await tx.insert(tx.tables.reviewReplies).values([
        { ...said, reviewId: '01SILENT1.1' as ReviewId, slackUserId: 'U0ANNA' as never },
        { ...said, reviewId: '01SILENT1.2' as ReviewId, slackUserId: 'U0BEN' as never },
      ]);
    });
    await world.goTo(friday);
    expect(digests()[0]?.text).toContain('Threads a week old, silent but for the owner: 1 of 2');
  });
});
