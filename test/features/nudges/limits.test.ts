import { afterEach, beforeEach, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { type NudgeKind, subjectOf } from '../../../src/domain/nudge.ts';
import type { PlannedItem } from '../../../src/domain/nudge-plan.ts';
import { insertNudges, nudgeKey } from '../../../src/store/nudges.ts';
import { enqueue } from '../../../src/store/outbox.ts';
import { setStep } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const tuesday = day('2026-11-24');
const dueOn = day('2026-11-19');
/** What the forms let through at most. */
const longest = { account: 80, deal: 80, title: 150, name: 80 };
const wide = (letter: string, length: number) => letter.repeat(length);

const daily: readonly NudgeKind[] = [
  'buyer_late',
  'item_late',
  'ask_yes',
  'ask_them',
  'buyer_soon',
];
const weekly: readonly NudgeKind[] = ['still_worth', 'still_worth', 'still_worth'];

it.each([
  ['as they are', 'W', 0, 4_000],
  ['escaped', '&', 1, 40_000],
])(
  'the fullest bundle in its longest words, %s, is one that Slack takes',
  async (_how, letter, variant, most) => {
    const { app, clock } = world;
    const { store, workspaceId } = app;
    const seed = createSeed(app, clock);
    const anna = await seed.person('U0ANNA', wide('A', longest.name));
    const lou = await seed.person(undefined, wide('L', longest.name), { managerId: anna.id });
    const asked: PlannedItem[] = [];
    for (const [place, kind] of [...daily, ...weekly].entries()) {
      const account = `${place}${wide('W', longest.account - 1)}`;
      const deal = await seed.deal({ account, name: wide('M', longest.deal), owner: anna });
      const isOurs = kind === 'item_late' || kind === 'still_worth';
      const step = await seed.step(deal, {
        title: wide(letter, longest.title),
        dueOn,
        doer: isOurs ? lou : wide('D', longest.name),
      });
      if (kind === 'ask_yes') await setStep(app, step, { askedOn: dueOn });
      if (kind.startsWith('buyer')) await setStep(app, step, { status: 'agreed', agreedOn: dueOn });
      const about = { kind, dealId: deal.id, homeworkId: step.id };
      asked.push({ ...about, subject: subjectOf(about), dueOn, severity: undefined, variant });
    }
    const held = asked.map(({ dealId, homeworkId, kind }) => ({
      ...{ dealId, homeworkId, kind },
      reason: 'budget' as const,
    }));
    clock.set('2026-11-24T14:00:00Z');
    await store.transaction(async (tx) => {
      const bundle = { personId: anna.id, asked, held };
      const kept = await insertNudges(tx, workspaceId, tuesday, [bundle], clock.now());
      const nudgeId = kept.get(anna.id);
      if (!nudgeId) throw new Error('The bundle was not kept.');
      await enqueue(tx, workspaceId, clock.now(), [
        { kind: 'nudge_planned', key: nudgeKey(nudgeId), target: 'U0ANNA', payload: { nudgeId } },
      ]);
    });
    await world.deliver();
    expect(await rowsOf(store, 'outbox')).toMatchObject([{ state: 'sent', detail: null }]);
    const [message] = world.anna.dm();
    expect(message?.blocks.filter(({ type }) => type === 'actions')).toHaveLength(8);
    expect(message?.blocks.length).toBeLessThanOrEqual(50);
    expect(message?.text).toMatch(/^8 questions for today/);
    expect(message?.text.length).toBeLessThanOrEqual(most);
  },
);
