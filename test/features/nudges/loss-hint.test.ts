import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { NudgeAnswer } from '../../../src/domain/nudge.ts';
import type { Person } from '../../../src/domain/person.ts';
import { addHelper } from '../../../src/store/deals.ts';
import { answerItem } from '../../../src/store/nudges.ts';
import { askAbout } from '../../support/asked.ts';
import { know, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosingBy } from '../../support/losses.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';

let world: World;
let anna: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

/** Somebody answered a question about the deal, at noon of a day. */
async function answered(person: Person, on: string, answer: NudgeAnswer): Promise<void> {
  world.clock.set(`${on}T17:00:00Z`);
  const actor = person.id === anna.id ? world.anna : world.ben;
  await askAbout(world, actor, person, { kind: 'still_worth', deal: acme });
  const items = await rowsOf(world.app.store, 'nudgeItems');
  const item = items.at(-1) as { id: Parameters<typeof answerItem>[1]['id'] };
  const said = { answer, by: person.id, at: world.clock.now(), nextCheckOn: undefined };
  await world.app.store.transaction((tx) => answerItem(tx, item, said));
}

async function reasonShown(outcome = 'rival'): Promise<Record<string, unknown>> {
  await startLosingBy(world, world.anna, outcome, 'Acme');
  const block = world.anna.topView().blocks.find(({ block_id }) => block_id === 'reason');
  return block as unknown as Record<string, unknown>;
}

it('starts from what was answered last, says so, and is theirs to change', async () => {
  await answered(anna, '2026-11-23', 'holds_rival');
  await answered(anna, '2026-11-24', 'holds_budget');
  await answered(anna, '2026-11-25', 'on_track');
  expect(await reasonShown()).toMatchObject({
    element: { initial_option: { value: 'out.budget_gone' } },
    hint: {
      text: expect.stringMatching(
        /^You said on Tue 24 Nov: it waits for their budget\. Pick another if it was something else\. Budget is often/,
      ),
    },
  });
  const own = { reason: 'cmp.trusted', own_words: 'They knew the other team' };
  const saved = { ...asked(world.anna, goodLoss), ...own };
  expect(await submit(world, world.anna, saved)).toMatchObject({ ok: true });
  expect(await rowsOf(world.app.store, 'losses')).toMatchObject([{ reasonCode: 'cmp.trusted' }]);
});

it('is kept when nothing else is chosen', async () => {
  await answered(anna, '2026-11-24', 'holds_legal');
  await reasonShown();
  const { reason: _, why_class: __, ...rest } = goodLoss;
  await submit(world, world.anna, asked(world.anna, rest));
  expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
    { reasonCode: 'rsk.legal', whyClass: 'outsold' },
  ]);
});

it('names the colleague who answered', async () => {
  const ben = await know(world, world.ben);
  await world.app.store.transaction((tx) => addHelper(tx, ben.workspaceId, acme.id, ben.id));
  await answered(ben, '2026-11-24', 'holds_us');
  expect(JSON.stringify(await reasonShown())).toContain('Ben Okafor said on Tue 24 Nov');
});

it('starts empty when no answer tells anything about it', async () => {
  await answered(anna, '2026-11-24', 'on_track');
  const shown = await reasonShown();
  expect(shown['hint']).toBeUndefined();
  expect(JSON.stringify(shown)).not.toContain('initial_option');
});

it('asks for no reason of a deal that was never real', async () => {
  await answered(anna, '2026-11-24', 'holds_budget');
  expect(await reasonShown('invalid')).toBeUndefined();
});
