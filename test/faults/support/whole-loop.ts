import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import { allDeals, openDealFor, runDeal, settle, stepsOf, submit } from '../../support/deals.ts';
import type { World } from '../../support/homeroom.ts';
import { openStepForm, ours, theirs } from '../../support/homework.ts';
import { answer } from '../../support/shown.ts';

/** A part of what a team does with the app; nothing of it waits for what another part sets off. */
export type Chapter = (world: World) => Promise<void>;

const must = async (act: Promise<{ ok: boolean }>) => {
  const result = await act;
  if (!result.ok) throw new Error(JSON.stringify(result));
};

async function stepCalled(world: World, title: string): Promise<Homework> {
  const [deal] = await allDeals(world);
  const steps = deal ? await stepsOf(world, deal.id) : [];
  const found = steps.find((step) => step.title === title);
  if (!found) throw new Error(`There is no step '${title}'.`);
  return found;
}

async function press(world: World, action: string, title: string): Promise<void> {
  const { id } = await stepCalled(world, title);
  await runDeal(world, world.anna, 'plan Acme');
  await must(settle(world, world.anna.press(answer(world.anna), action, { value: id })));
}

const startDeals: Chapter = async (world) => {
  const { anna, ben } = world;
  await runDeal(world, anna, 'nwe Acme');
  await openDealFor(world, anna, { channel: 'deal-acme' });
  await openDealFor(world, ben, { account: 'Initech' });
  await runDeal(world, ben, 'list');
};

const planSteps: Chapter = async (world) => {
  const { anna } = world;
  const returned = { return_title: 'Draft the approval map', return_due_on: '2026-11-25' };
  await openStepForm(world, anna, { deal: 'Acme' });
  await must(settle(world, anna.press(anna.topView(), 'plan_assign_more')));
  await must(submit(world, anna, { ...theirs, ...returned }));
  await must(settle(world, anna.press(anna.topView(), 'plan_add')));
  await must(settle(world, anna.choose(anna.topView(), 'plan_assign_side', 'seller')));
  await must(submit(world, anna, { ...ours, due_on: '2026-11-24' }));
  await must(settle(world, anna.press(anna.topView(), 'plan_add')));
  await must(settle(world, anna.choose(anna.topView(), 'plan_assign_side', 'seller')));
  await must(submit(world, anna, { ...ours, title: 'Book the room' }));
  await anna.close(anna.topView());
};

/** Twice another date, so that the first move comes again after the second. */
const changeSteps: Chapter = async (world) => {
  const { anna } = world;
  await press(world, 'plan_done', 'Draft the approval map');
  await press(world, 'plan_move', 'List who signs');
  await must(submit(world, anna, { due_on: '2026-11-30' }));
  await press(world, 'plan_move', 'List who signs');
  await must(submit(world, anna, { due_on: '2026-12-02' }));
  await press(world, 'plan_drop', 'Book the room');
  await must(submit(world, anna, { reason: 'They have one' }));
};

const changePeople: Chapter = async (world) => {
  for (const realName of ['Ben Sommer', 'Ben Okafor-Sommer']) {
    world.clock.advance(2_000);
    await world.sandbox.setUser('U0BEN', { realName });
    await world.sandbox.settled();
  }
};

const answerMorning: Chapter = async (world) => {
  const bundle = world.ben.dm()[0] as SandboxMessage;
  const { id } = await stepCalled(world, ours.title);
  await must(settle(world, world.ben.press(bundle, 'plan_done', { value: id })));
};

const closeDeals: Chapter = async (world) => {
  const { anna, ben } = world;
  await runDeal(world, anna, 'lost Acme');
  await must(submit(world, anna));
  await must(settle(world, anna.choose(anna.topView(), 'outcome', 'rival')));
  const loss = {
    competitor: 'Globex',
    why_class: 'outsold',
    reason: 'com.price_value',
    own_words: 'We met her late',
    fixable: 'partly',
  };
  await must(submit(world, anna, loss));
  await anna.close(anna.topView());
  await runDeal(world, ben, 'won Initech');
  await must(submit(world, ben));
  await ben.close(ben.topView());
};

const talk: Chapter = async (world) => {
  const { anna, ben, mia } = world;
  const [{ ts: threadTs }] = anna.messages('closed-lost') as [SandboxMessage];
  await settle(world, ben.say('closed-lost', 'I saw it late', { threadTs }));
  await settle(world, mia.say('closed-lost', 'So did I', { threadTs }));
  await settle(world, ben.say('closed-lost', 'Let us meet the signer first', { threadTs }));
  await settle(world, anna.say('closed-lost', 'Not in the thread'));
};

/** The whole loop, from two new deals to a talk about the one that was lost. */
export const wholeLoop: readonly { readonly at: string; readonly chapter: Chapter }[] = [
  { at: '2026-11-23T14:40:00Z', chapter: startDeals },
  { at: '2026-11-23T15:00:00Z', chapter: planSteps },
  { at: '2026-11-23T15:30:00Z', chapter: changeSteps },
  { at: '2026-11-23T16:00:00Z', chapter: changePeople },
  { at: '2026-11-24T14:00:00Z', chapter: answerMorning },
  { at: '2026-11-24T18:00:00Z', chapter: closeDeals },
  { at: '2026-11-26T15:00:00Z', chapter: talk },
];
