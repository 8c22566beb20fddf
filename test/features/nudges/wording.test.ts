import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Day, day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { keepCalm, setStep } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
  await keepCalm(world, seed, acme);
});
afterEach(() => world.stop());

/** How far the buyer is with a step. */
interface Theirs {
  readonly askedOn?: Day;
  readonly agreedOn?: Day;
}

/** What Anna reads on Tuesday 24 November about one step. */
async function read(
  title: string,
  dueOn: string,
  doer: Person | string,
  { askedOn, agreedOn }: Theirs = {},
): Promise<string> {
  const step = await seed.step(acme, { title, dueOn, doer });
  if (askedOn) await setStep(world.app, step, { askedOn });
  if (agreedOn) await setStep(world.app, step, { agreedOn, status: 'agreed' });
  await world.goTo('2026-11-24T14:00:00Z');
  return world.anna.dm()[0]?.text.split('\n')[1] ?? '';
}

/** The labels of the buttons, and what the menu offers. */
function answersOn(): string[] {
  const rows = world.anna.dm()[0]?.blocks.filter(({ type }) => type === 'actions') ?? [];
  expect(rows).toHaveLength(1);
  const { elements } = rows[0] as unknown as { elements: Element[] };
  return elements.flatMap(
    ({ text, options = [] }) => text?.text ?? options.map((one) => one.text.text),
  );
}

interface Element {
  readonly text?: { readonly text: string };
  readonly options?: readonly { readonly text: { readonly text: string } }[];
  readonly accessibility_label?: string;
}

const menu = ['Not a problem', 'Snooze…', 'My mornings…'];

describe('what a bundle asks', () => {
  const about = 'Acme · Core platform: ';
  const agreedOn = day('2026-11-02');

  it.each([
    [
      '2026-11-19',
      '“Send the pack” slipped past Thu 19 Nov. What gets in the way?',
      ['Done now', 'Stuck: need someone', 'Another date', 'Should not exist'],
    ],
    [
      '2026-11-24',
      'Today: “Send the pack” for Acme. Done by tonight?',
      ['Done', 'By tonight', 'Hand over'],
    ],
    [
      '2026-11-26',
      '“Send the pack” is due Thu 26 Nov. On track?',
      ['On track', 'Done', 'Need help', 'New plan'],
    ],
  ])('asks about our own step due on %s', async (dueOn, asked, answers) => {
    expect(await read('Send the pack', dueOn, anna)).toBe(about + asked);
    expect(answersOn()).toEqual([...answers, ...menu]);
  });

  it.each([
    [
      '2026-11-19',
      '“Name the signers” by Dana Lee is 3 business days past Thu 19 Nov. Usual reply: 2 business days. Make it smaller, share it, or drop it?',
      ['Smaller', 'Share it', 'Other person', 'Drop', 'Show note'],
    ],
    [
      '2026-11-26',
      'Dana Lee’s step “Name the signers” is due Thu 26 Nov. A useful note is ready. Send it?',
      ['Show note', 'Already moving', 'Done', 'Skip'],
    ],
  ])(
    'asks the owner about the step of theirs due on %s, by name',
    async (dueOn, asked, answers) => {
      expect(await read('Name the signers', dueOn, 'Dana Lee', { agreedOn })).toBe(about + asked);
      expect(answersOn()).toEqual([...answers, ...menu]);
    },
  );

  it('reminds of nothing the buyer has not been asked for, and asks whether to ask', async () => {
    expect(await read('Name the signers', '2026-11-19', 'Dana Lee')).toBe(
      `${about}“Name the signers” was meant for Dana Lee by Thu 19 Nov, and nobody has asked yet. Ask today?`,
    );
    expect(answersOn()).toEqual(['Show note', 'We asked them', 'Another date', 'Drop', ...menu]);
  });

  it('asks what they said two business days after they were asked', async () => {
    const askedOn = day('2026-11-20');
    expect(await read('Name the signers', '2026-12-01', 'Dana Lee', { askedOn })).toBe(
      `${about}Did Dana Lee say yes to “Name the signers” for Tue 1 Dec?`,
    );
    expect(answersOn()).toEqual(['Yes', 'Not yet', 'They won’t', 'It confused them', ...menu]);
  });

  it('names a colleague who has left, whose step is now the owner’s to answer', async () => {
    const lou = await seed.person('U0LEFT', 'Lou Left', { active: false });
    expect(await read('Send the pack', '2026-11-24', lou)).toBe(
      `${about}Today: “Send the pack” (Lou Left’s) for Acme. Done by tonight?`,
    );
  });

  it('says the year of a day in another one', async () => {
    const asked = await read('Send the pack', '2025-11-24', anna);
    expect(asked).toBe(
      `${about}“Send the pack” slipped past Mon 24 Nov 2025. What gets in the way?`,
    );
  });

  it('tells screen readers which step a button is about', async () => {
    await read('Send the pack', '2026-11-24', anna);
    const rows = world.anna.dm()[0]?.blocks.filter(({ type }) => type === 'actions') ?? [];
    expect(rows[0]).toMatchObject({
      elements: [
        { accessibility_label: 'Done: Send the pack' },
        { accessibility_label: 'By tonight: Send the pack' },
        { accessibility_label: 'Hand over: Send the pack' },
        { type: 'overflow' },
      ],
    });
  });

  it('shows what a person typed as they typed it, and lets none of it act', async () => {
    await read('<!channel> *now* `rm`', '2026-11-24', anna);
    const message = world.anna.dm()[0];
    expect(message?.text).toContain('Today: “&lt;!channel&gt; *now* `rm`” for Acme.');
    expect(JSON.stringify(message?.blocks)).toContain('“<!channel> *now* `rm`”');
    expect(JSON.stringify(message?.blocks)).not.toContain('"type":"mrkdwn"');
  });
});

it('asks five of many questions, in words and in blocks, and says where the rest is', async () => {
  const title = 'x'.repeat(150);
  for (let n = 0; n < 6; n += 1) {
    const deal = await seed.deal({ account: `Buyer ${n}`, owner: anna });
    await keepCalm(world, seed, deal);
    for (let at = 0; at < 10; at += 1)
      await seed.step(deal, { title, dueOn: '2026-11-20', doer: 'Dana Lee' });
  }
  await world.goTo('2026-11-24T14:00:00Z');
  const [message, ...more] = world.anna.dm();
  expect(more).toEqual([]);
  const lines = message?.text.split('\n') ?? [];
  expect(lines[0]).toBe('5 questions for today, the most valuable first.');
  expect(lines.slice(1, -1).filter((line) => line.includes(title))).toHaveLength(5);
  expect(lines).toHaveLength(7);
  const held =
    /^Held back: 55 matters \(Buyer \d, Buyer \d, Buyer \d, 3 more\)\. \/deal nudges shows them\.$/;
  expect(lines[6]).toMatch(held);
  expect(message?.blocks.filter(({ type }) => type === 'actions')).toHaveLength(5);
  expect(message && wordsOn(message)).toContain(lines[6]);
});
