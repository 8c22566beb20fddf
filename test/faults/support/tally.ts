import { expect } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { FaultWorld } from './fault-world.ts';
import { tableOf } from './seeded.ts';

/** What changes a message that is there, and posts none. */
const updates: ReadonlySet<string> = new Set([
  'loss_thread_replied',
  'loss_entry_changed',
  'review_card_changed',
  'review_changed',
  'nudge_changed',
]);

/** Every message of the app's, wherever it is. */
function allMessages({ anna, ben, admin, sandbox }: FaultWorld): SandboxMessage[] {
  const inChannels = ['general', 'closed-lost'].flatMap((channel) => anna.messages(channel));
  const inDms = [anna, ben, admin].flatMap((actor) => actor.messages('dm'));
  return [...inChannels, ...inDms].filter(({ user }) => user === sandbox.app.userId);
}

/**
 * Holds what the outbox believes against what is in Slack: what was sent is there once, what is in
 * doubt once at most, what was dropped never, and nothing waits any more. @returns how many rows
 * ended in which state.
 */
export async function expectLedgerTrue(world: FaultWorld): Promise<Record<string, number>> {
  const arrived = new Map<string, number>();
  for (const { metadata } of allMessages(world)) {
    const key = String(metadata?.event_payload['key']);
    arrived.set(key, (arrived.get(key) ?? 0) + 1);
  }
  const states: Record<string, number> = {};
  for (const { kind, key, state, detail } of await tableOf(world, 'outbox')) {
    states[state] = (states[state] ?? 0) + 1;
    const count = arrived.get(key) ?? 0;
    arrived.delete(key);
    const said = `${kind} ${key} is ${state} (${detail}) and arrived ${count} times`;
    if (updates.has(kind)) expect(state, said).toMatch(/^(sent|dropped)$/);
    else if (state === 'unknown') expect(count, said).toBeLessThanOrEqual(1);
    else expect([state, count], said).toEqual(state === 'sent' ? ['sent', 1] : [state, 0]);
    expect(['sent', 'unknown', 'dropped', 'dead'], said).toContain(state);
  }
  expect([...arrived], 'messages nobody has planned').toEqual([]);
  return states;
}
