import { expect } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { ActResult, SandboxMessage } from '../../../sandbox/server/contract.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { ours } from '../../support/homework.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import type { FaultWorld } from './fault-world.ts';
import type { AppProcess } from './processes.ts';
import { historyOf, lossThread, seedDeals, seedLosses, seedSteps, tableOf } from './seeded.ts';

/** Something a person does, up to the moment they do it, and what has to come of it. */
export interface Tap {
  /** Brings the person to the point of doing it. */
  prepare(world: FaultWorld, app: AppProcess): Promise<void>;
  act(world: FaultWorld): Promise<ActResult>;
  /** What Slack or the person does about a dead process once there is one that lives. */
  again(world: FaultWorld, first: ActResult): Promise<void>;
  check(world: FaultWorld): Promise<void>;
}

const bundle = ({ anna }: FaultWorld) => anna.dm()[0] as SandboxMessage;
const plan = ({ anna }: FaultWorld) => anna.ephemerals().at(0) as SandboxMessage;

/** Done, on whatever message shows the step. */
function pressDone(
  shown: (world: FaultWorld) => SandboxMessage,
  finished: RegExp,
  prepare: Tap['prepare'],
): Tap {
  const press = (world: FaultWorld) => world.anna.press(shown(world), stepIds.done);
  return {
    prepare: async (world, app) => {
      await seedSteps(world, await seedDeals(world));
      await prepare(world, app);
    },
    act: press,
    again: async (world) => {
      // Whoever still sees the button presses it again.
      if (actionsOn(shown(world)).includes(stepIds.done)) await press(world);
    },
    check: async (world) => {
      expect(await historyOf(world)).toEqual(['homework_done']);
      const steps = await tableOf(world, 'homework');
      expect(steps.map(({ title, status }) => [title, status])).toEqual([
        ['Send the pack', 'done'],
        ['Book the demo', 'proposed'],
      ]);
      expect(wordsOn(shown(world))).toMatch(finished);
      expect(actionsOn(shown(world))).not.toContain(stepIds.done);
    },
  };
}

const doneInNudge = pressDone(bundle, /Done: Send the pack/, async (world, app) => {
  world.goTo('2026-11-24T14:00:00Z');
  await app.tick();
  await app.deliver();
});

const doneInPlan = pressDone(plan, /Done \(1\) Send the pack/, (world) =>
  command(world, world.anna, 'plan Acme'),
);

/** Submits the form that is open, and once more when Slack said that this went wrong. */
function submitForm(values: Record<string, unknown>): Pick<Tap, 'act' | 'again'> {
  const act = ({ anna }: FaultWorld) => anna.submit(anna.topView(), values);
  return {
    act,
    again: async (world, first) => {
      if (!first.ok) await act(world);
    },
  };
}

const giveHomework: Tap = {
  prepare: async (world) => {
    await seedDeals(world);
    await command(world, world.anna, 'homework Acme');
    await world.anna.choose(world.anna.topView(), 'plan_assign_side', 'seller');
    await world.settled();
  },
  ...submitForm(ours),
  check: async (world) => {
    expect(await historyOf(world)).toEqual(['homework_assigned']);
    const steps = await tableOf(world, 'homework');
    expect(steps.map(({ title, status }) => ({ title, status }))).toEqual([
      { title: ours.title, status: 'proposed' },
    ]);
    expect(world.anna.topView().blocks.filter(({ type }) => type === 'input')).toEqual([]);
  },
};

const loseDeal: Tap = {
  prepare: async (world) => {
    await seedDeals(world);
    await command(world, world.anna, 'lost Acme');
    await world.anna.submit(world.anna.topView());
    await world.settled();
    await world.anna.choose(world.anna.topView(), 'outcome', 'none');
    await world.settled();
  },
  ...submitForm({
    no_decision_kind: 'unknown',
    why_class: 'outsold',
    reason: 'ppl.no_decider',
    own_words: 'We met her in the last week',
    fixable: 'partly',
  }),
  check: async (world) => {
    expect(await historyOf(world)).toEqual(['deal_lost']);
    expect(await tableOf(world, 'losses')).toMatchObject([
      { reasonCode: 'ppl.no_decider', ownWords: 'We met her in the last week' },
    ]);
    const deals = await tableOf(world, 'deals');
    expect(deals.map(({ searchKey, status }) => [searchKey.split(' ')[0], status])).toEqual([
      ['acme', 'lost'],
      ['globex', 'open'],
    ]);
  },
};

const replyInThread: Tap = {
  prepare: async (world, app) => {
    const seeded = await seedDeals(world);
    await seedLosses(world, seeded);
    world.goTo('2026-11-26T15:00:00Z');
    await app.tick();
    await app.deliver();
  },
  act: async (world) => {
    const threadTs = lossThread(world)[0]?.ts ?? '';
    return world.ben.say('closed-lost', 'I saw it in week two', { threadTs });
  },
  again: (world) => world.sandbox.retryEvents(),
  check: async (world) => {
    expect(await tableOf(world, 'lossThreadReplies')).toMatchObject([{ slackUserId: 'U0BEN' }]);
    expect(lossThread(world)).toHaveLength(3);
    expect(lossThread(world)[0]?.text).toContain('1 reply from 1 person so far.');
  },
};

async function command(world: FaultWorld, actor: Actor, line: string): Promise<void> {
  const result = await actor.command('/deal', line);
  if (!result.ok) throw new Error(result.error);
  await world.settled();
}

/** What a person can do that has to survive the process. */
export const taps = {
  'Done in a nudge': doneInNudge,
  'Done in a plan': doneInPlan,
  'a step given': giveHomework,
  'a deal lost': loseDeal,
  'a reply in the loss thread': replyInThread,
} as const satisfies Record<string, Tap>;
