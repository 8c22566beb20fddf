import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day, sayDay } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { newId, type TouchId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { insertNudges } from '../../../src/store/nudges.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { know, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';

let world: World;
let anna: Person;
let ben: Person;
let lines: string[];

beforeEach(async () => {
  world = await startWorld();
  const mia = await know(world, world.mia, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: mia.id });
  ben = await know(world, world.ben, { managerId: mia.id });
  lines = [];
});
afterEach(() => world.stop());

const usd = (whole: number) => ({ minor: whole * 100, currency: 'USD' });

/** Our question that nobody has answered. */
async function asked({ workspaceId, id: dealId }: Deal, on: string): Promise<void> {
  const at = new Date(`${on}T15:00:00Z`);
  await world.app.store.transaction((tx) =>
    insertTouch(tx, workspaceId, {
      ...{ id: newId<TouchId>(at), dealId, at, on: day(on), side: 'seller', kind: 'email' },
      ...{ expectsReply: true, advance: false, byId: anna.id },
      ...{ contactId: undefined, homeworkId: undefined, note: undefined },
    }),
  );
}

/** They have had bundles for two weeks: nothing is new to them. */
async function plantHabit(): Promise<void> {
  const none = { asked: [], held: [] };
  const planned = [anna, ben].map(({ id: personId }) => ({ personId, ...none }));
  await world.app.store.transaction((tx) =>
    insertNudges(tx, anna.workspaceId, day('2026-11-10'), planned, world.clock.now()),
  );
}

/** A team of two reps with four deals, each in another kind of trouble. */
async function plantTeam(): Promise<{ answers: string }> {
  const acme = await plantDeal(world, anna, { amount: usd(120_000), segment: 'mid' });
  await addSteps(world, acme, [
    { side: 'seller', title: 'Send the security pack', dueOn: day('2026-11-20') },
    {
      title: 'Name who signs',
      dueOn: day('2026-11-25'),
      status: 'agreed',
      agreedOn: day('2026-11-18'),
      askedOn: day('2026-11-16'),
    },
    { title: 'Score the draft', dueOn: day('2026-12-02'), askedOn: day('2026-11-20') },
  ]);
  const globex = await plantDeal(world, anna, {
    ...{ account: 'Globex', amount: usd(80_000), segment: 'mid' },
  });
  const [answers] = await addSteps(world, globex, [
    { side: 'seller', title: 'Answer the data questions', dueOn: day('2026-11-18') },
  ]);
  if (!answers) throw new Error('Globex has no step.');
  const initech = await plantDeal(world, ben, {
    ...{ account: 'Initech', amount: usd(9_000), segment: 'smb', decisionOn: day('2027-01-29') },
    ...{ originalDecisionOn: day('2027-01-29') },
  });
  await asked(initech, '2026-11-12');
  const umbrella = await plantDeal(world, ben, {
    ...{ account: 'Umbrella', amount: usd(40_000), privacy: 'restricted' },
    ...{ decisionOn: day('2026-11-24'), originalDecisionOn: day('2026-11-24') },
  });
  await addSteps(world, umbrella, [
    { side: 'seller', title: 'Book the kick-off', dueOn: day('2026-12-03') },
  ]);
  return { answers: answers.id };
}

const people = () =>
  [
    ['Anna', world.anna],
    ['Ben', world.ben],
    ['Mia', world.mia],
  ] as const;

/** Berlin's morning, then New York's; what arrived goes into the transcript. */
async function morning(on: string): Promise<void> {
  const had = new Map(people().map(([name, actor]) => [name, actor.dm().length]));
  lines.push('', `## ${sayDay(day(on), day(on))}`, '');
  await world.goTo(`${on}T08:00:00Z`);
  await world.goTo(`${on}T14:00:00Z`);
  for (const [name, actor] of people()) {
    const fresh = actor.dm().slice(had.get(name));
    if (fresh.length === 0) lines.push(`${name} hears nothing.`);
    for (const { text } of fresh) write(`${name} reads:`, text);
  }
}

function write(who: string, text: string): void {
  lines.push(who, ...text.split('\n').map((line) => `> ${line}`), '');
}

const bundleOf = (actor: Actor): SandboxMessage => actor.dm().at(-1) as SandboxMessage;

/** Presses an answer of the newest bundle, and shows what became of it. */
async function tap(actor: Actor, name: string, button: string, about: string): Promise<void> {
  const bundle = bundleOf(actor);
  const label = `${button}: ${about}`;
  const element = buttonsOf(bundle).find((one) => one.accessibility_label === label);
  if (!element) throw new Error(`${name} has no button “${label}”: ${bundle.text}`);
  await actor.press(bundle, element.action_id, { value: element.value });
  await world.sandbox.settled();
  lines.push(`${name} taps *${button}* (${about}).`);
}

async function fill(actor: Actor, values: Readonly<Record<string, string>>): Promise<void> {
  const result = await submit(world, actor, values);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  await world.deliver();
}

interface ShownButton {
  readonly action_id: string;
  readonly value: string;
  readonly text?: { readonly text: string };
  readonly accessibility_label?: string;
}

function buttonsOf({ blocks }: SandboxMessage): ShownButton[] {
  return (blocks as readonly { type: string; elements?: unknown }[]).flatMap((block) =>
    block.type === 'actions' ? (block.elements as ShownButton[]).filter((one) => one.text) : [],
  );
}

it('asks the right things of one team over ten working days, and is silent otherwise', async () => {
  await plantHabit();
  const { answers } = await plantTeam();
  await morning('2026-11-24');
  await tap(world.anna, 'Anna', 'Done now', 'Send the security pack');
  write('Her message is now:', bundleOf(world.anna).text);
  await morning('2026-11-25');
  await morning('2026-11-26');
  await morning('2026-11-27');
  await morning('2026-11-30');
  await tap(world.anna, 'Anna', 'Not yet', 'Score the draft');
  write('Her message is now:', bundleOf(world.anna).text);
  await morning('2026-12-01');
  await morning('2026-12-02');
  await tap(world.ben, 'Ben', 'Come back later', 'Initech · Core platform');
  await fill(world.ben, {
    until: '2027-01-11',
    reason: 'Their budget opens in January',
    restart: 'The budget mail of their finance team',
  });
  write('His message is now:', bundleOf(world.ben).text);
  await morning('2026-12-03');
  await tap(world.mia, 'Mia', 'Take an item', 'Globex · Core platform');
  await fill(world.mia, { step: answers });
  write('Her message is now:', bundleOf(world.mia).text);
  await morning('2026-12-04');
  await morning('2026-12-07');
  await expect(lines.join('\n')).toMatchFileSnapshot('./ten-days.md');
});
