import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { NudgeKind } from '../../../src/domain/nudge.ts';
import type { Person } from '../../../src/domain/person.ts';
import { noteModalIds } from '../../../src/features/nudges/note-modal.ts';
import { nudgeIds } from '../../../src/features/nudges/nudge-buttons.ts';
import { addHelper, closeDeal } from '../../../src/store/deals.ts';
import { askAbout } from '../../support/asked.ts';
import { know, resend, resubmit, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: Deal;
let pack: Homework;
let signers: Homework;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  acme = await plantDeal(world, anna);
  const steps = await addSteps(world, acme, [
    { side: 'seller', title: 'Send the pack', dueOn: day('2026-11-20') },
    { title: 'List who signs', dueOn: day('2026-11-25'), whyForThem: 'Nobody is asked twice' },
  ]);
  [pack, signers] = steps as [Homework, Homework];
});
afterEach(() => world.stop());

async function ask(kind: NudgeKind, step?: Homework): Promise<SandboxMessage> {
  const about = { kind, deal: acme, ...(step ? { step } : {}) };
  return askAbout(world, world.anna, anna, about);
}

async function openNote(kind: NudgeKind, step?: Homework): Promise<string> {
  const bundle = await ask(kind, step);
  await settle(world, world.anna.press(bundle, nudgeIds.note));
  const { initial_value } = textInput();
  return String(initial_value);
}

function textInput(): Record<string, unknown> {
  const block = world.anna.topView().blocks.find(({ block_id }) => block_id === noteModalIds.text);
  return (block as unknown as { element: Record<string, unknown> }).element;
}

const bundle = () => world.anna.dm().at(-1) as SandboxMessage;
const items = () => rowsOf(world.app.store, 'nudgeItems');
const touches = () => rowsOf(world.app.store, 'touches');

describe('a note to the buyer', () => {
  it('says what we owe first, then asks for their one step', async () => {
    expect(await openNote('ask_them', signers)).toBe(
      [
        'Hi Dana,',
        'From us first: “Send the pack”, which we meant to finish by Fri 20 Nov.',
        'One small step on your side would help us both: “List who signs” by Wed 25 Nov. Why: Nobody is asked twice.',
        'Does Wed 25 Nov suit you?',
      ].join('\n\n'),
    );
    expect(wordsOn(world.anna.topView())).toContain('Nothing leaves this app.');
  });

  it('that was sent is a turn of ours, an answer, and the step is asked for', async () => {
    await openNote('ask_them', signers);
    expect(await submit(world, world.anna, { [noteModalIds.text]: 'Hi Dana, …' })).toMatchObject({
      ok: true,
    });
    expect(world.anna.modals()).toEqual([]);
    expect(await touches()).toMatchObject([
      {
        side: 'seller',
        kind: 'email',
        expectsReply: true,
        contactId: signers.doer.contactId,
        advance: false,
      },
    ]);
    const saved = (await stepsOf(world, acme.id)).find(({ id }) => id === signers.id);
    expect(saved).toMatchObject({ status: 'proposed', askedOn: '2026-11-23' });
    expect(await items()).toMatchObject([{ answer: 'note_sent', nextCheckOn: '2026-11-26' }]);
    expect(bundle().text).toBe('All answered. Thank you.');
    expect(wordsOn(bundle())).toContain('Sent:');
    expect(world.anna.dm()).toHaveLength(1);
  });

  it('is logged once, however often the submission comes', async () => {
    await openNote('ask_them', signers);
    await submit(world, world.anna);
    await resubmit(world);
    expect(await touches()).toHaveLength(1);
    const asked = (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);
    expect(asked).toEqual(['touch_logged', 'homework_asked']);
  });

  it('about a step that they agreed to does not ask for it again', async () => {
    const { app } = world;
    const { homework } = await app.store.read(async (tx) => tx.tables);
    await app.store.transaction((tx) =>
      tx.update(homework).set({ status: 'agreed', agreedOn: day('2026-11-20') }),
    );
    await openNote('buyer_soon', signers);
    await submit(world, world.anna);
    expect(await touches()).toHaveLength(1);
    expect((await stepsOf(world, acme.id)).map(({ askedOn }) => askedOn)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('leaves no trace when it is not sent', async () => {
    await openNote('ask_them', signers);
    await world.anna.close(world.anna.topView());
    expect(await touches()).toEqual([]);
    expect(await items()).toMatchObject([{ answer: null }]);
  });

  it('has no words about a step that was done from another screen', async () => {
    const message = await ask('ask_them', signers);
    const { homework } = await world.app.store.read(async (tx) => tx.tables);
    await world.app.store.transaction((tx) => tx.update(homework).set({ status: 'done' }));
    await settle(world, world.anna.press(message, nudgeIds.note));
    expect(world.anna.modals()).toEqual([]);
    expect(answer(world.anna).text).toContain('not open any more');
  });

  it('says that the deal was won when it was won meanwhile', async () => {
    await openNote('ask_them', signers);
    const end = { status: 'won', closedOn: acme.openedOn, closedAt: world.clock.now() } as const;
    await world.app.store.transaction((tx) => closeDeal(tx, acme, end));
    const result = await submit(world, world.anna);
    expect(Object.values(result.errors ?? {})).toEqual([expect.stringContaining('was won')]);
    expect(await touches()).toEqual([]);
  });
});

describe('a note about a whole deal', () => {
  it.each([
    ['no_decider', 'an introduction to whoever decides at Acme'],
    ['one_contact', 'a colleague at Acme'],
    ['their_yes', 'a yes to Fri 18 Dec'],
    ['silence', 'one line from you about “List who signs”'],
  ] as const)('about %s asks for one small thing', async (kind, words) => {
    expect(await draftOf(kind)).toContain(words);
  });

  it('that offers them a step of ours does not promise that step as well', async () => {
    const text = await draftOf('carry');
    expect(text).toContain('“Send the pack” might be better in your hands');
    expect(text).not.toContain('From us first');
    expect(pack.side).toBe('seller');
  });
});

/** Whether a stall still lasts is not asked before the words are shown. */
async function draftOf(kind: NudgeKind): Promise<string> {
  const first = await ask('ask_them', signers);
  const { nudgeItems } = await world.app.store.read(async (tx) => tx.tables);
  await world.app.store.transaction((tx) =>
    tx.update(nudgeItems).set({ kind, homeworkId: null, subject: `${kind}:${acme.id}` }),
  );
  await settle(world, world.anna.press(first, nudgeIds.note));
  return String(textInput()['initial_value']);
}

it('is not shown to a colleague who presses a button that was never theirs', async () => {
  await ask('ask_them', signers);
  const [item] = await items();
  const ben = await know(world, world.ben);
  await world.app.store.transaction((tx) => addHelper(tx, ben.workspaceId, acme.id, ben.id));
  const about = { kind: 'ask_them', deal: acme, step: signers } as const;
  const bens = await askAbout(world, world.ben, ben, about);
  await settle(world, world.ben.press(bens, nudgeIds.note));
  await world.ben.close(world.ben.topView());
  await resend(world, 'block_actions', { pressed: String(item?.id) });
  expect(world.ben.modals()).toEqual([]);
  expect(answer(world.ben).text).toContain('not yours');
});
