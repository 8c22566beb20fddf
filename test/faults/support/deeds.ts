import type { Actor } from '../../../sandbox/server/actor.ts';
import { elementsIn } from '../../../sandbox/server/blocks.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { assignModalIds } from '../../../src/features/plan/assign-modal.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { ours } from '../../support/homework.ts';
import { inputsOn } from '../../support/shown.ts';
import { type Deed, type Draws, type Life, openForm } from './life.ts';
import { lossThread } from './seeded.ts';

/** The jobs that are due, and what they send. */
export const beat: Deed = async (life) => {
  await life.app().tick();
  await life.app().deliver();
  return true;
};

/** Gives a colleague a step under a title of its own. */
export function giveStep(actor: Actor, account: string, title: string, dueOn: string): Deed {
  return async (life) => {
    if (!(await openForm(life, actor, `homework ${account}`))) return false;
    if (!inputsOn(actor.topView()).includes(assignModalIds.person)) {
      await actor.choose(actor.topView(), 'plan_assign_side', 'seller');
      await life.world.settled();
      if (!inputsOn(actor.topView()).includes(assignModalIds.person)) return false;
    }
    const values = { ...ours, title, person: actor.id, due_on: dueOn };
    return submit(life, actor, values);
  };
}

/** Closes a deal as lost. */
export function loseDeal(actor: Actor, account: string): Deed {
  return async (life) => {
    if (!(await openForm(life, actor, `lost ${account}`))) return false;
    if (inputsOn(actor.topView()).includes('ask_the_decider')) {
      await actor.submit(actor.topView());
      await life.world.settled();
      if (!inputsOn(actor.topView()).includes('outcome')) return false;
    }
    if (!inputsOn(actor.topView()).includes('reason')) {
      await actor.choose(actor.topView(), 'outcome', 'none');
      await life.world.settled();
      if (!inputsOn(actor.topView()).includes('reason')) return false;
    }
    return submit(life, actor, {
      no_decision_kind: 'unknown',
      why_class: 'outsold',
      reason: 'ppl.no_decider',
      own_words: 'Met too late',
      fixable: 'partly',
    });
  };
}

/** Submits the form and closes what the app makes of it. A refusal tells that it was done before. */
async function submit(
  life: Life,
  actor: Actor,
  values: Readonly<Record<string, string>>,
): Promise<boolean> {
  const result = await actor.submit(actor.topView(), values);
  await life.world.settled();
  const refused = Object.values(result.errors ?? {}).join(' ');
  if (!result.ok && !/was lost on/.test(refused)) return false;
  await actor.close(actor.topView());
  return true;
}

/** Presses Done on the first step of a bundle; whoever still sees the button presses again. */
export function pressDone(actor: Actor, { ts }: SandboxMessage, stepId: string): Deed {
  const find = () => actor.dm().find((message) => message.ts === ts) as SandboxMessage;
  const isAsked = () => doneButtons(find()).includes(stepId);
  return async (life) => {
    if (isAsked()) await actor.press(find(), stepIds.done, { value: stepId });
    await life.world.settled();
    return !isAsked();
  };
}

/** A bundle that still asks about something, and the step it asks first. */
export function findAsked(actor: Actor): { message: SandboxMessage; stepId: string } | undefined {
  const message = actor.dm().findLast((one) => doneButtons(one).length > 0);
  const [stepId] = message ? doneButtons(message) : [];
  return message && stepId ? { message, stepId } : undefined;
}

/** The steps that can be marked as done where they are asked about. */
function doneButtons({ blocks }: SandboxMessage): string[] {
  return elementsIn(blocks).flatMap(({ actionId, element }) =>
    actionId === stepIds.done && element.value ? [element.value] : [],
  );
}

/** Says something in the newest loss thread. Said once; what the app missed Slack tells it again. */
export function replyOnce(actor: Actor, threadTs: string): Deed {
  let said = false;
  return async (life) => {
    if (!said) {
      said = true;
      await actor.say('closed-lost', 'I saw it coming', { threadTs });
    }
    await life.world.settled();
    return true;
  };
}

/** The parents of the weekly threads so far, oldest first. */
export function threadParents(life: Life): SandboxMessage[] {
  return lossThread(life.world).filter((message) => keyOf(message).startsWith('loss_thread:'));
}

/** The key under which a message of the app was queued. */
export function keyOf({ metadata }: Pick<SandboxMessage, 'metadata'>): string {
  return String(metadata?.event_payload['key'] ?? '');
}

/** One of the things a person does on an ordinary day. */
export function drawPerson(draws: Draws, { world }: Life): Actor {
  return draws.of([world.anna, world.ben]);
}
