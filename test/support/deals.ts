import type { Actor, PlainValues } from '../../sandbox/server/actor.ts';
import type { StateValues } from '../../sandbox/server/contract.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { Homework } from '../../src/domain/homework.ts';
import type { DealId, SlackUserId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import { findDeal } from '../../src/store/deals.ts';
import { listHomework } from '../../src/store/homework.ts';
import { findPersonBySlackId, savePerson } from '../../src/store/people.ts';
import type { World } from './homeroom.ts';

/** Types `/deal …` and waits for everything that follows from it. */
export async function runDeal(
  { sandbox }: World,
  actor: Actor,
  line: string,
  options: { channel?: string } = {},
): Promise<void> {
  const result = await actor.command('/deal', line, options);
  if (!result.ok) throw new Error(result.error);
  await sandbox.settled();
}

/** Submits the modal on top and waits; the result holds the errors under the inputs. */
export async function submit({ sandbox }: World, actor: Actor, values: PlainValues = {}) {
  const result = await actor.submit(actor.topView(), values);
  await sandbox.settled();
  return result;
}

/** Waits for what an act sets off. */
export async function settle<Result>({ sandbox }: World, act: Promise<Result>): Promise<Result> {
  const result = await act;
  await sandbox.settled();
  return result;
}

/**
 * Sends the newest submission or click again with other values in it: what a real client would not
 * let through, or what was on its way when something else happened.
 * @returns what the app acknowledged it with.
 */
export async function resend(
  { sandbox }: World,
  type: 'view_submission' | 'block_actions',
  change: { values?: PlainValues; pressed?: string; chosen?: string } = {},
): Promise<unknown> {
  const { values = {}, pressed, chosen } = change;
  const sent = sandbox.deliveries.findLast((delivery) => delivery.type === type);
  const { view, actions } = (sent?.payload ?? {}) as SentPayload;
  for (const [field, value] of Object.entries(values)) {
    const [element] = Object.values(view?.state.values[field] ?? {});
    if (!element) throw new Error(`The newest ${type} has no input '${field}'.`);
    const key = Object.keys(element).find((name) => name !== 'type') ?? 'value';
    element[key] = value;
  }
  if (pressed !== undefined) Object.assign(actions?.[0] ?? {}, { value: pressed });
  if (chosen !== undefined) {
    Object.assign(actions?.[0] ?? {}, { selected_option: { value: chosen } });
  }
  const ack = await sandbox.redeliverLast(type);
  await sandbox.settled();
  if (!ack.ok) throw new Error(ack.reason);
  return ack.body;
}

interface SentPayload {
  readonly view?: { readonly state: { readonly values: StateValues } };
  readonly actions?: readonly Record<string, unknown>[];
}

export function resubmit(world: World, values: PlainValues = {}): Promise<unknown> {
  return resend(world, 'view_submission', { values });
}

/** What `/deal new` asks, filled in well. */
export const goodDeal = {
  account: 'Acme',
  name: 'Core platform',
  amount: '12k',
  decision_on: '2026-12-18',
  date_driver: 'Their old contract ends',
};

/** What the second page is given where a test wants to begin with an empty plan. */
export const blankPlan = { playbook_new: 'blank' };

/** Submits both pages of `/deal new`; the result is the one of the page that was not taken. */
export async function submitNew(
  world: World,
  actor: Actor,
  values: PlainValues,
  plan: PlainValues = blankPlan,
) {
  const first = await submit(world, actor, values);
  return first.ok ? submit(world, actor, plan) : first;
}

/** Starts a deal with an empty plan as a person does, in the channel it shall live in if one is named. */
export async function openDealFor(
  world: World,
  actor: Actor,
  { channel, ...values }: Partial<typeof goodDeal> & { channel?: string } = {},
): Promise<Deal> {
  await runDeal(world, actor, 'new', channel ? { channel } : {});
  const here = channel ? { channel: ['here'] } : {};
  const result = await submitNew(world, actor, { ...goodDeal, ...values, ...here });
  if (!result.ok) throw new Error(JSON.stringify(result.errors ?? result.error));
  await actor.close(actor.topView());
  const newest = (await allDeals(world)).at(-1);
  if (!newest) throw new Error('No deal was saved.');
  return newest;
}

/** Somebody who runs the workspace closes a deal as won while others are at it. */
export async function winAsAdmin(world: World, name: string): Promise<void> {
  await know(world, world.admin, { role: 'admin' });
  await runDeal(world, world.admin, `won ${name}`);
  const result = await submit(world, world.admin);
  if (!result.ok) throw new Error(result.error);
}

/** Every deal of the workspace in the order they were started. */
export async function allDeals({ app }: World): Promise<Deal[]> {
  return app.store.read(async (tx) => {
    const rows = await tx
      .select({ id: tx.tables.deals.id })
      .from(tx.tables.deals)
      .orderBy(tx.tables.deals.id);
    const found = await Promise.all(rows.map(({ id }) => findDeal(tx, app.workspaceId, id)));
    return found.flatMap((known) => (known ? [known.deal] : []));
  });
}

export function stepsOf({ app }: World, dealId: DealId): Promise<Homework[]> {
  return app.store.read((tx) => listHomework(tx, dealId));
}

/** The person behind an actor, changed if asked; the app hears of them with their first command. */
export async function know(
  world: World,
  actor: Actor,
  changes: Partial<Person> = {},
): Promise<Person> {
  const { app } = world;
  const find = () =>
    app.store.read((tx) => findPersonBySlackId(tx, app.workspaceId, actor.id as SlackUserId));
  if (!(await find())) await runDeal(world, actor, 'help');
  const known = await find();
  if (!known) throw new Error(`${actor.id} is not known after a command.`);
  const { seenAt, ...person } = { ...known, ...changes };
  await app.store.transaction((tx) => savePerson(tx, person, seenAt));
  return person;
}
