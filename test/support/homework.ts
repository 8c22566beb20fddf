import type { Actor } from '../../sandbox/server/actor.ts';
import { runDeal, settle } from './deals.ts';
import type { World } from './homeroom.ts';

/** What `/deal homework` asks of a step of theirs, filled in well. */
export const theirs = {
  title: 'List who signs',
  contact: 'Add Dana Lee, CFO',
  due_on: '2026-11-27',
  done_when: 'Names are in the document',
  why_for_them: 'Nobody is asked twice',
};

/** The same for a step of ours. */
export const ours = {
  title: 'Send the security pack',
  person: 'U0BEN',
  due_on: '2026-11-27',
  done_when: 'They have it',
};

/** Opens the form for a step; for one of theirs the contact is offered as if it had been typed. */
export async function openStepForm(
  world: World,
  actor: Actor,
  { side = 'buyer', deal = '' }: { side?: 'buyer' | 'seller'; deal?: string } = {},
): Promise<void> {
  await runDeal(world, actor, `homework ${deal}`);
  if (side === 'seller')
    await settle(world, actor.choose(actor.topView(), 'plan_assign_side', 'seller'));
  else await actor.options(actor.topView(), 'contact', 'Dana Lee, CFO');
}
