import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { type DateRevisionId, newId, type TouchId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { insertRevision } from '../../../src/store/revisions.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { know, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, loseDealFor, startLosingBy } from '../../support/losses.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld({ env: { BIG_DEAL: '50000' } });
  const ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

async function said(note: string, on: string, side: 'buyer' | 'seller' = 'buyer'): Promise<void> {
  const at = new Date(`${on}T12:00:00Z`);
  await world.app.store.transaction((tx) =>
    insertTouch(tx, acme.workspaceId, {
      id: newId<TouchId>(at),
      dealId: acme.id,
      at,
      on: day(on),
      side,
      kind: 'call',
      contactId: undefined,
      expectsReply: false,
      advance: false,
      homeworkId: undefined,
      note,
      byId: anna.id,
    }),
  );
}

async function moved(reason: string, side: 'us' | 'buyer'): Promise<void> {
  await world.app.store.transaction((tx) =>
    insertRevision(tx, acme.workspaceId, {
      id: newId<DateRevisionId>(world.clock.now()),
      dealId: acme.id,
      fromOn: day('2026-12-01'),
      toOn: day('2026-12-18'),
      at: world.clock.now(),
      on: day('2026-11-20'),
      byId: anna.id,
      kind: 'slip',
      side,
      reason,
      tried: [],
      acknowledged: false,
    }),
  );
}

const blockOf = (field: string, actor = world.anna) =>
  actor.topView().blocks.find(({ block_id }) => block_id === field) as unknown as
    | { hint?: { text: string } }
    | undefined;

const only = 'Such words can be fear: you know best, and only you see this.';

describe('words on a deal that may be fear', () => {
  it('are quoted to its owner with where they stand, the last ones, and nothing is chosen', async () => {
    await said('Too much change for us this year', '2026-11-18');
    await said('Dana: we have to walk before we run', '2026-11-20');
    await startLosingBy(world, world.anna, 'none', 'Acme');
    expect(blockOf('no_decision_kind')?.hint?.text).toBe(
      `“walk before we run” stands in what they said on Fri 20 Nov. ${only}`,
    );
    expect(JSON.stringify(blockOf('no_decision_kind'))).not.toContain('initial_option');
    const values = { ...asked(world.anna, goodLoss), no_decision_kind: 'rational' };
    expect(await submit(world, world.anna, values)).toMatchObject({ ok: true });
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { noDecisionKind: 'rational', fearTags: [] },
    ]);
  });

  it('are not for a manager who closes it', async () => {
    await said('The team is not right yet', '2026-11-20');
    await startLosingBy(world, world.ben, 'none', 'Acme');
    expect(blockOf('no_decision_kind', world.ben)).toBeDefined();
    expect(JSON.stringify(world.ben.topView())).not.toContain('not right yet');
  });

  it('stand in why they moved the date or would not do a step, never in words of ours', async () => {
    await said('We are not ready', '2026-11-20', 'seller');
    await moved('The team is not ready', 'us');
    await startLosingBy(world, world.anna, 'none', 'Acme');
    expect(blockOf('no_decision_kind')?.hint).toBeUndefined();
    await world.anna.close(world.anna.topView());
    const declined = { status: 'declined', dropReason: 'Not ready for this' } as const;
    await addSteps(world, acme, [{ title: 'Name a pilot team', ...declined }]);
    await startLosingBy(world, world.anna, 'none', 'Acme');
    expect(blockOf('no_decision_kind')?.hint?.text).toContain(
      '“Not ready for this” stands in why “Name a pilot team” fell.',
    );
    await world.anna.close(world.anna.topView());
    await moved('They need to be sure', 'buyer');
    await startLosingBy(world, world.anna, 'none', 'Acme');
    expect(blockOf('no_decision_kind')?.hint?.text).toContain(
      '“need to be sure” stands in why the date moved on Fri 20 Nov.',
    );
  });

  it('are not looked for where they decided something', async () => {
    await said('Not the right time for us', '2026-11-20');
    await startLosingBy(world, world.anna, 'rival', 'Acme');
    expect(wordsOn(world.anna.topView())).not.toContain(only);
  });
});

describe('a big deal', () => {
  beforeEach(async () => {
    acme = await plantDeal(world, anna, {
      account: 'Globex',
      amount: { minor: 90_000_00, currency: 'USD' },
    });
  });

  it('quotes them beside what may have held them back, too', async () => {
    await said('It is too big a step', '2026-11-20');
    await startLosingBy(world, world.anna, 'we_withdrew', 'Globex');
    const values = { ...asked(world.anna, goodLoss), underlying_outcome: 'none' };
    await submit(world, world.anna, values);
    expect(blockOf('fear_tags')?.hint?.text).toContain('“too big a step” stands in');
  });

  it('looks at what they said when it was typed last, and only asks for a thought', async () => {
    const values = { outcome: 'none', stated_words: 'It is not the right time for us' };
    await loseDealFor(world, world.anna, 'Globex', values);
    expect(wordsOn(world.anna.topView())).toContain(
      `“not the right time for us” stands in what they said. ${only}`,
    );
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([{ noDecisionKind: 'unknown' }]);
  });

  it('says nothing more where the owner said that it was fear', async () => {
    const values = { no_decision_kind: 'fear', stated_words: 'Not the right time for us' };
    await loseDealFor(world, world.anna, 'Globex', { outcome: 'none', ...values });
    expect(wordsOn(world.anna.topView())).not.toContain(only);
  });
});
