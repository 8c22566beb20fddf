import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn } from '../../../sandbox/server/blocks.ts';
import { addDays, day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { type ContactId, newId, type TouchId } from '../../../src/domain/ids.ts';
import type { Turn } from '../../../src/domain/rally.ts';
import { ensureContact, saveDealContact } from '../../../src/store/contacts.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { know, openDealFor, resend, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { answer, wordsOn } from '../../support/shown.ts';

const today = day('2026-11-23');

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** A deal three weeks old with a yes to its date, one contact in touch and one step of each side. */
async function knownDeal(changes: Partial<Deal> = {}): Promise<Deal> {
  const anna = await know(world, world.anna);
  const deal = await plantDeal(world, anna, { dateAgreedOn: day('2026-11-10'), ...changes });
  await addSteps(world, deal, [
    { title: 'List who signs', agreedOn: day('2026-11-20') },
    { title: 'Send the pack', side: 'seller' },
  ]);
  const dana = { accountId: deal.accountId, name: 'Dana Lee', title: 'CFO' };
  await world.app.store.transaction(async (tx) => {
    const { id: contactId } = await ensureContact(tx, deal.workspaceId, dana, world.clock.now());
    const on = { dealId: deal.id, contactId };
    await saveDealContact(tx, deal.workspaceId, on, { role: 'decider', engagedOn: today });
  });
  return deal;
}

async function wrote(deal: Deal, side: Turn['side'], daysAgo: number): Promise<void> {
  const on = addDays(today, -daysAgo);
  await world.app.store.transaction((tx) =>
    insertTouch(tx, deal.workspaceId, {
      id: newId<TouchId>(world.clock.now()),
      dealId: deal.id,
      at: new Date(`${on}T12:00:00Z`),
      on,
      side,
      kind: 'email',
      contactId: undefined as ContactId | undefined,
      homeworkId: undefined,
      note: undefined,
      expectsReply: true,
      advance: false,
      byId: deal.ownerId,
    }),
  );
}

async function why(): Promise<string> {
  await runDeal(world, world.anna, 'plan acme');
  await settle(world, world.anna.press(answer(world.anna), 'plan_why'));
  return wordsOn(world.anna.topView());
}

describe('the health of a plan', () => {
  it('is a number with its band, its two largest reasons and one action each', async () => {
    const deal = await knownDeal();
    await wrote(deal, 'seller', 0);
    await runDeal(world, world.anna, 'plan acme');
    const { text } = answer(world.anna);
    expect(text).toMatch(/\nHealth \d+ · (steady|watch): how well the plan is being kept\n/);
    const reasons = text
      .split('\n')
      .filter((line) =>
        /^(Both sides work|Next step|Plan and pace|Answers|Date kept|People): /.test(line),
      );
    expect(reasons).toHaveLength(2);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z][a-z ]+: \S.*\. [A-Z].*\.$/);
  });

  it('says what holds it down', async () => {
    const deal = await knownDeal();
    await wrote(deal, 'seller', 13);
    await runDeal(world, world.anna, 'plan acme');
    expect(answer(world.anna).text).toContain('Health 49 · at risk: ');
    expect(answer(world.anna).text).toContain(
      'Held at 49 because they have been quiet for longer than usual.',
    );
  });

  it('is a dash while the plan is new, and says that it is too early', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'plan acme');
    const shown = wordsOn(answer(world.anna));
    expect(shown).toContain('*Health — · new*\ntoo early to say: the plan is less than three days');
    expect(answer(world.anna).text).not.toMatch(/Health \d/);
  });

  it('is taken apart in all six parts, with what would lift each', async () => {
    const deal = await knownDeal();
    await wrote(deal, 'buyer', 6);
    const shown = await why();
    const parts = [
      ['Both sides work', 25],
      ['Next step', 20],
      ['Plan and pace', 20],
      ['Answers', 15],
      ['Date kept', 10],
      ['People', 10],
    ] as const;
    for (const [name, weight] of parts)
      expect(shown).toMatch(new RegExp(`${name} · \\d+ of ${weight}\\n`));
    expect(shown).toContain('We owe them an answer since 4 business days. Answer that first.');
    expect(shown).toContain('Held at 49 because we owe them something');
    expect(shown).toContain('how well the plan is being kept');
  });

  it('shows a dash for a part nobody knows anything of', async () => {
    await knownDeal();
    expect(await why()).toContain('Answers · — of 15\nNo word is logged yet.');
  });

  it('is never called a chance of winning', async () => {
    await knownDeal();
    const shown = await why();
    expect(`${shown} ${answer(world.anna).text}`).not.toMatch(
      /chance|probab|likely|odds|forecast|\bwin\b/i,
    );
  });

  it('is not told of a deal that somebody may not see', async () => {
    await knownDeal();
    await runDeal(world, world.anna, 'plan acme');
    const secret = await plantDeal(world, await know(world, world.ben), {
      account: 'Globex',
      privacy: 'restricted',
    });
    await settle(world, world.anna.press(answer(world.anna), 'plan_why'));
    const before = world.anna.topView().id;
    await resend(world, 'block_actions', { pressed: secret.id });
    expect(answer(world.anna).text).toContain('That deal is not here any more');
    expect(world.anna.topView().id).toBe(before);
  });
});

describe('the copy for the buyer', () => {
  it('is their view as text and as CSV, without a word of ours about them', async () => {
    const deal = await knownDeal({ problem: 'They fear the board', dateDriver: 'Our quarter' });
    await addSteps(world, deal, [{ title: '=HYPERLINK("x")', doneWhen: 'a, "b"' }]);
    await runDeal(world, world.anna, 'plan acme');
    await settle(world, world.anna.press(answer(world.anna), 'plan_copy'));
    const view = world.anna.topView();
    const copied = elementsIn(view.blocks).map(({ element }) => String(element['initial_value']));
    expect(copied).toHaveLength(2);
    expect(copied[0]).toContain('Your steps\n• List who signs — Dana Lee, by Fri 27 Nov (agreed)');
    expect(copied[0]).toContain('Our steps\n• Send the pack — Anna Snelling, by Fri 27 Nov');
    expect(copied[1]).toContain(
      `You,"'=HYPERLINK(""x"")",Dana Lee,2026-11-27,2026-11-27,"a, ""b""",proposed,`,
    );
    expect(copied.join()).not.toMatch(/homework|health|board|quarter/i);
    await submit(world, world.anna);
    expect(() => world.anna.topView()).toThrow();
  });

  it('goes on in further inputs when forty steps are longer than one holds', async () => {
    const deal = await knownDeal();
    await addSteps(
      world,
      deal,
      Array.from({ length: 40 }, () => ({ title: 't'.repeat(150), doneWhen: 'w'.repeat(300) })),
    );
    await runDeal(world, world.anna, 'plan acme');
    await settle(world, world.anna.press(answer(world.anna), 'plan_copy'));
    expect(wordsOn(world.anna.topView())).toMatch(
      /As text, part 1 of \d+ .*For a spreadsheet \(CSV\), part 1 of \d+/,
    );
  });
});
