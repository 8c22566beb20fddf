import type { Actor, PlainValues } from '../../sandbox/server/actor.ts';
import { plainCalendars } from '../../src/domain/calendar.ts';
import { runDeal, settle, submit } from './deals.ts';
import type { World } from './homeroom.ts';
import { inputsOn } from './shown.ts';

/** What the form about a lost deal is given where a test does not care. */
export const goodLoss = {
  competitor: 'Initech',
  no_decision_kind: 'unknown',
  why_class: 'outsold',
  reason: 'com.price_value',
  evidence: 'said',
  own_words: 'I would meet the signer in week one',
  fixable: 'partly',
};

/** What ending a deal needs, for tests that end it without a form. */
export function endingDeps({ app, clock }: World) {
  const team = { bigDeal: undefined, winReviews: 1, zone: 'America/New_York' };
  return { store: app.store, clock, calendars: plainCalendars, team };
}

/** Types `/deal lost …` and goes past the moves that are left to the page that asks how it ended. */
export async function startLosing(
  world: World,
  actor: Actor,
  name = '',
  options: { channel?: string; fight?: PlainValues } = {},
): Promise<void> {
  const { channel } = options;
  await runDeal(world, actor, `lost ${name}`.trim(), channel ? { channel } : {});
  const result = await submit(world, actor, options.fight ?? {});
  if (!result.ok) throw new Error(JSON.stringify(result));
}

/** The same, and chooses the outcome. */
export async function startLosingBy(
  world: World,
  actor: Actor,
  outcome: string,
  name = '',
  fight: PlainValues = {},
): Promise<void> {
  await startLosing(world, actor, name, { fight });
  await settle(world, actor.choose(actor.topView(), 'outcome', outcome));
}

/** What the page on top asks of all that is given. */
export function asked(actor: Actor, given: PlainValues): PlainValues {
  const inputs = inputsOn(actor.topView());
  return Object.fromEntries(Object.entries(given).filter(([field]) => inputs.includes(field)));
}

/**
 * Closes a deal as lost as a person does, page by page, and leaves the result open. `values` are by
 * field, over all pages, `outcome` too; what they leave out is `goodLoss`. @returns the answer to the
 * last page.
 */
export async function loseDealFor(
  world: World,
  actor: Actor,
  name: string,
  values: PlainValues = {},
) {
  await startLosing(world, actor, name, {});
  const { outcome = 'rival', ...rest } = values;
  await settle(world, actor.choose(actor.topView(), 'outcome', outcome));
  const given = { ...goodLoss, ...rest };
  const first = await submit(world, actor, asked(actor, given));
  const more = actor.modals().at(-1);
  if (!first.ok || !more || !inputsOn(more).includes('contributing')) return first;
  return submit(world, actor, asked(actor, given));
}
