import type { OpenDeal } from '../../src/domain/deal.ts';
import type { Homework } from '../../src/domain/homework.ts';
import { changeHomework } from '../../src/store/homework.ts';
import type { World } from './homeroom.ts';
import type { Seed } from './seed.ts';

/** A year of business days and more. */
const longBd = 400;

/**
 * Gives the buyer something to do up to the decision that they said yes to, so that nothing holds
 * the deal up by itself and a bundle asks about what a test puts into it.
 */
export async function keepCalm({ app }: World, seed: Seed, deal: OpenDeal): Promise<void> {
  const { decisionOn } = deal;
  if (!decisionOn) throw new Error(`${deal.account} has no decision date.`);
  const step = await seed.step(deal, { title: 'Try it out', dueOn: decisionOn, doer: 'Nora Vane' });
  await setStep(app, step, { status: 'agreed', agreedOn: deal.openedOn, durationBd: longBd });
}

/** Changes a step as if a use case had. */
export async function setStep(
  { store, workspaceId }: World['app'],
  step: Homework,
  change: Parameters<typeof changeHomework>[3],
): Promise<void> {
  await store.transaction((tx) => changeHomework(tx, workspaceId, step, change));
}
