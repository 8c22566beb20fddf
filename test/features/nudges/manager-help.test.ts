import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { addDays, type Day, day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { DealEventKind } from '../../../src/domain/events.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import { newId, type StallId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { managerModalIds } from '../../../src/features/nudges/manager-modals.ts';
import { managerIds } from '../../../src/slack/manager-actions.ts';
import { appendEvent } from '../../../src/store/events.ts';
import { listPrecedents } from '../../../src/store/precedents.ts';
import { askAbout } from '../../support/asked.ts';
import { know, resubmit, runDeal, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;
let pack: Homework;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna);
  const late = { side: 'seller', title: 'Send the pack', dueOn: day('2026-11-10') } as const;
  [pack] = (await addSteps(world, acme, [late])) as [Homework];
});
afterEach(() => world.stop());

interface Past {
  readonly firstOn: string;
  readonly clearedOn: string;
  readonly did?: DealEventKind;
  readonly didOn?: string;
}

/** A deal that was held up by having no step ahead, and what somebody did about it. */
async function heldUp(deal: Deal, { firstOn, clearedOn, did, didOn }: Past): Promise<void> {
  const { workspaceId, id: dealId } = deal;
  await world.app.store.transaction(async (tx) => {
    await tx.insert(tx.tables.stalls).values({
      id: newId<StallId>(world.clock.now()),
      ...{ workspaceId, dealId, code: 'no_next_step', severity: 'stall' },
      evidence: { value: 5, limit: 4 },
      firstOn: firstOn as Day,
      lastOn: addDays(clearedOn as Day, -1),
      clearedOn: clearedOn as Day,
    });
    if (!did) return;
    const at = new Date(`${didOn ?? clearedOn}T15:00:00Z`);
    await appendEvent(tx, { workspaceId, dealId, at, kind: did });
  });
}

const ask = () => askAbout(world, world.ben, ben, { kind: 'manager_help', deal: acme });
const bundle = () => world.ben.dm().at(-1) as SandboxMessage;
const items = () => rowsOf(world.app.store, 'nudgeItems');
const offers = async () =>
  (await rowsOf(world.app.store, 'events'))
    .filter(({ kind }) => kind === 'help_offered')
    .map(({ actorId, payload }) => [actorId, payload]);
const october = { firstOn: '2026-10-05', clearedOn: '2026-10-09' };
const smaller = { did: 'homework_reworded', didOn: '2026-10-07' } as const;

function draft(): string {
  const block = world.ben
    .topView()
    .blocks.find(({ block_id }) => block_id === managerModalIds.text) as unknown as {
    element: { initial_value: string };
  };
  return block.element.initial_value;
}

describe('a manager’s question', () => {
  it('says what is seen, what they could do and what worked elsewhere, in that order', async () => {
    const globex = await plantDeal(world, anna, { account: 'Globex' });
    await heldUp(globex, { ...october, ...smaller });
    expect((await ask()).text).toMatch(
      /What I see on Acme \(Anna Snelling\): No step lies ahead\..*\nWhat could help: sit down with Anna .*\nWhat worked elsewhere: Globex was held up the same way in October: they made a step smaller, and it moved 2 days later\.\n/,
    );
  });

  it('says that nothing is known yet when nothing is', async () => {
    expect((await ask()).text).toContain('What worked elsewhere: none yet.');
  });
});

describe('what worked elsewhere', () => {
  const found = () =>
    world.app.store.read((tx) =>
      listPrecedents(tx, anna.workspaceId, ['no_next_step'], day('2026-11-23')),
    );

  it.each<[string, Partial<Deal>, Past]>([
    ['a private deal', { privacy: 'restricted' }, { ...october, ...smaller }],
    ['a deal that was lost', { status: 'lost' }, { ...october, ...smaller }],
    ['a deal that moved by itself', {}, october],
    ['what was done before it was held up', {}, { ...october, ...smaller, didOn: '2026-10-01' }],
    ['a deal that was put to rest', {}, { ...october, did: 'deal_paused' }],
    [
      'what is older than a year',
      {},
      { firstOn: '2025-10-06', clearedOn: '2025-10-09', did: 'homework_done' },
    ],
  ])('is never %s', async (_name, changes, past) => {
    const closed = changes.status
      ? { closedOn: day('2026-11-01'), closedAt: new Date('2026-11-01T15:00:00Z') }
      : {};
    const globex = await plantDeal(world, anna, { account: 'Globex', ...changes, ...closed });
    await heldUp(globex, past);
    expect(await found()).toEqual([]);
  });

  it('is the newest, and the last thing that was done about it', async () => {
    const globex = await plantDeal(world, anna, { account: 'Globex' });
    const initech = await plantDeal(world, anna, { account: 'Initech' });
    await heldUp(globex, { ...october, ...smaller });
    await heldUp(initech, {
      firstOn: '2026-09-01',
      clearedOn: '2026-09-04',
      did: 'homework_done',
    });
    const known = await found();
    expect(known).toHaveLength(2);
    expect(known.find(({ account }) => account === 'Globex')).toMatchObject({
      did: 'homework_reworded',
      didOn: '2026-10-07',
      clearedOn: '2026-10-09',
    });
  });
});

describe('*Offer this*', () => {
  it('has words in the same order, which the manager sends', async () => {
    await settle(world, world.ben.press(await ask(), managerIds.offer));
    expect(draft()).toBe(
      [
        'Hi Anna, thank you for carrying Acme · Core platform.',
        'What I see: No step lies ahead. We owe them something.',
        'What I could do: sit down with you for 15 minutes and find the smallest next step.',
        'What worked elsewhere: I know of nothing like it yet.',
        'Would that help?',
      ].join('\n\n'),
    );
    expect(await submit(world, world.ben)).toMatchObject({ ok: true });
    await resubmit(world);
    await world.deliver();
    expect(world.ben.modals()).toEqual([]);
    expect(bundle().text).toBe('All answered. Thank you.');
    expect(await items()).toMatchObject([{ answer: 'help_offered' }]);
    expect(await offers()).toEqual([[ben.id, { way: 'offer' }]]);
    // Nothing goes out in the manager’s name.
    const targets = (await rowsOf(world.app.store, 'outbox')).map(({ target }) => target);
    expect(targets).not.toContain(anna.slackUserId);
    expect(world.anna.dm()).toEqual([]);
  });
});

it('*Ask first* has one question, which the manager sends', async () => {
  await settle(world, world.ben.press(await ask(), managerIds.askFirst));
  expect(draft()).toContain('What would help most?');
  expect(draft().match(/\?/g)).toHaveLength(1);
  await submit(world, world.ben);
  expect(await offers()).toEqual([[ben.id, { way: 'ask_first' }]]);
  expect(world.anna.dm()).toEqual([]);
});

describe('*Take an item*', () => {
  it('hands an open step of ours over to the manager', async () => {
    await settle(world, world.ben.press(await ask(), managerIds.take));
    await submit(world, world.ben, { [managerModalIds.step]: pack.id });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ doer: { personId: ben.id } }]);
    expect(await items()).toMatchObject([{ answer: 'help_offered' }]);
    expect(await offers()).toEqual([[ben.id, { way: 'take' }]]);
  });

  it('says what to do instead when nothing is left to take', async () => {
    const { homework } = await world.app.store.read(async (tx) => tx.tables);
    await world.app.store.transaction((tx) => tx.update(homework).set({ personId: ben.id }));
    await settle(world, world.ben.press(await ask(), managerIds.take));
    expect(world.ben.modals()).toEqual([]);
    expect(answer(world.ben).text).toContain('“Offer this” has words');
  });
});

it('nothing of it works for somebody who is no manager of the owner any more', async () => {
  const message = await ask();
  await know(world, world.ben, { role: 'rep' });
  await know(world, world.anna, { managerId: undefined });
  for (const id of Object.values(managerIds)) await settle(world, world.ben.press(message, id));
  expect(world.ben.modals()).toEqual([]);
  expect(wordsOn(answer(world.ben))).toContain('belongs to Anna Snelling');
  expect(await offers()).toEqual([]);
});

describe('the message about a second slip', () => {
  /** Anna’s deal slipped twice, and Ben was told. */
  async function secondSlip(): Promise<SandboxMessage> {
    world.clock.set('2026-11-25T14:30:00Z');
    for (const to of ['2026-12-23', '2026-12-30']) {
      await runDeal(world, world.anna, 'date Acme');
      await settle(world, world.anna.press(world.anna.topView(), 'deals_date_move_it'));
      const why = { side: 'us', reason: 'Their board meets later', tried: ['help'] };
      await submit(world, world.anna, { decision_on: to, ...why });
      await world.anna.close(world.anna.topView());
    }
    await world.deliver();
    return bundle();
  }

  it('has the same three parts and the same three ways to help, before and after *Seen*', async () => {
    const told = await secondSlip();
    expect(told.text).toMatch(
      /What I see: it moved its decision a second time: [\s\S]*What could help: join one call [\s\S]*What worked elsewhere: none yet\./,
    );
    const ways = Object.values(managerIds);
    expect(actionsOn(told)).toEqual(['deals_date_seen', ...ways]);
    await settle(world, world.ben.press(told, 'deals_date_seen'));
    expect(actionsOn(bundle())).toEqual(ways);
  });

  it('lets the manager offer a hand, without a question of a bundle', async () => {
    await settle(world, world.ben.press(await secondSlip(), managerIds.offer));
    expect(draft()).toContain('Hi Anna, thank you for carrying Acme · Core platform.');
    expect(await submit(world, world.ben)).toMatchObject({ ok: true });
    expect(wordsOn(world.ben.topView())).toContain('the plan knows that you offered');
    expect(await offers()).toEqual([[ben.id, { way: 'offer' }]]);
    expect(await items()).toEqual([]);
  });

  it('lets them take a step', async () => {
    await settle(world, world.ben.press(await secondSlip(), managerIds.take));
    await submit(world, world.ben, { [managerModalIds.step]: pack.id });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ doer: { personId: ben.id } }]);
  });
});
