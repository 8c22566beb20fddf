import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, isBusinessDay } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { keepCalm, setStep } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { daysFrom } from '../../support/nudge-values.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna, decisionOn: day('2027-06-30') });
  await keepCalm(world, seed, acme);
});
afterEach(() => world.stop());

/** Lives through the mornings of some days; what Anna reads about a step on each of them. */
async function liveThrough(first: string, last: string, title: string): Promise<string[]> {
  const read: string[] = [];
  for (const on of daysFrom(first, last).filter((one) => isBusinessDay(one))) {
    const before = world.anna.dm().length;
    await world.goTo(`${on}T14:00:00Z`);
    const lines = world.anna
      .dm()
      .slice(before)
      .flatMap(({ text }) => text.split('\n'));
    const about = lines.find((line) => line.includes(title));
    if (about) read.push(`${on}: ${about.replace(/^.*?: /, '')}`);
  }
  return read;
}

describe('what nobody answers', () => {
  it('about a step of ours is asked from two business days on, every third, and then weekly', async () => {
    await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-26', doer: anna });
    expect(await liveThrough('2026-11-24', '2026-12-18', 'Send the pack')).toEqual([
      '2026-11-24: “Send the pack” is due Thu 26 Nov. On track?',
      '2026-11-26: Today: “Send the pack” for Acme. Done by tonight?',
      '2026-11-30: “Send the pack” slipped past Thu 26 Nov. What gets in the way?',
      '2026-12-07: Asked three times: “Send the pack”. Still worth doing?',
      '2026-12-14: “Send the pack” has had no answer three times. Does it still matter?',
    ]);
  });

  it('about a step of theirs is asked from three business days on, every fourth, and then weekly', async () => {
    const signers = await seed.step(acme, {
      title: 'Name signers',
      dueOn: '2026-11-25',
      doer: 'Dana',
    });
    await setStep(world.app, signers, { status: 'agreed', agreedOn: day('2026-11-23') });
    expect(await liveThrough('2026-11-24', '2026-12-18', 'Name signers')).toEqual([
      expect.stringMatching(/^2026-11-24: Dana’s step “Name signers” is due Wed 25 Nov\./),
      expect.stringMatching(/^2026-11-30: “Name signers” by Dana is 3 business days past/),
      expect.stringMatching(/^2026-12-04: Dana meant to finish “Name signers” by Wed 25 Nov\./),
      '2026-12-07: Asked three times: “Name signers”. Still worth doing?',
      '2026-12-14: “Name signers” has had no answer three times. Does it still matter?',
    ]);
  });

  it('comes again every third business day while it is answered and still late', async () => {
    await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-20', doer: anna });
    const read = await liveThrough('2026-11-24', '2026-12-04', 'Send the pack');
    expect(read.map((line) => line.split(':')[0])).toEqual([
      '2026-11-24',
      '2026-11-27',
      '2026-12-02',
    ]);
    expect(new Set(read.map((line) => line.split(': ')[1])).size).toBe(2);
  });

  it('waits in a block of its own, with ways to keep it, shrink it or let it go', async () => {
    const pack = await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-20', doer: anna });
    await liveThrough('2026-11-24', '2026-12-07', 'Send the pack');
    const weekly = world.anna.dm().at(-1);
    if (!weekly) throw new Error('Nothing came.');
    expect(wordsOn(weekly)).toContain('Once a week: what has had no answer so far.');
    expect(actionsOn(weekly)).toEqual([
      'nudge_say_keep_going',
      stepIds.reword,
      stepIds.drop,
      'nudge_more',
    ]);
    await world.anna.press(weekly, 'nudge_say_keep_going');
    await world.sandbox.settled();
    expect(wordsOn(world.anna.dm().at(-1) ?? weekly)).toContain(`Kept: ${pack.title}`);
    const later = await liveThrough('2026-12-08', '2026-12-21', 'Send the pack');
    expect(later).toEqual([
      expect.stringMatching(/^2026-12-21: “Send the pack” (slipped past|was due) Fri 20 Nov/),
    ]);
  });
});
