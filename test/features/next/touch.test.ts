import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { newId, type TouchId } from '../../../src/domain/ids.ts';
import { listDealContacts } from '../../../src/store/contacts.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { know, resend, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await plantDeal(world, await know(world, world.anna));
});
afterEach(() => world.stop());

const openForm = () => runDeal(world, world.anna, 'touch acme');
const log = (values: Record<string, unknown> = {}) =>
  submit(world, world.anna, { moved: 'nothing_yet', ...values });
const theirTurn = () => settle(world, world.anna.choose(world.anna.topView(), 'side', 'buyer'));
const touches = () => rowsOf(world.app.store, 'touches');
const top = () => wordsOn(world.anna.topView());

describe('logging a turn', () => {
  it('keeps what we wrote, and says that it is their turn', async () => {
    await openForm();
    await log({ kind: 'call' });
    expect(await touches()).toMatchObject([
      {
        dealId: acme.id,
        on: '2026-11-23',
        side: 'seller',
        kind: 'call',
        expectsReply: true,
        advance: false,
        homeworkId: null,
      },
    ]);
    expect(top()).toContain('It is their turn. An answer usually takes 2 business days.');
    const events = await rowsOf(world.app.store, 'events');
    expect(events.filter(({ kind }) => kind === 'touch_logged')).toMatchObject([
      { side: 'seller', payload: { kind: 'call', expectsReply: true } },
    ]);
  });

  it('keeps what they answered, whom we heard and what it moved', async () => {
    const [step] = await addSteps(world, acme, [{ title: 'List who signs' }]);
    await openForm();
    await theirTurn();
    await log({ contact: 'Dana Lee, CFO', moved: 'List who signs' });
    expect(await touches()).toMatchObject([
      { side: 'buyer', expectsReply: false, advance: true, homeworkId: step?.id },
    ]);
    const people = await world.app.store.read((tx) => listDealContacts(tx, acme.id));
    expect(people).toMatchObject([{ name: 'Dana Lee', engagedOn: '2026-11-23' }]);
    expect(top()).toContain('Nobody owes an answer. Our next move: ');
  });

  it('keeps their words with their turn, and asks for none of ours', async () => {
    await openForm();
    expect(inputsOn(world.anna.topView())).not.toContain('words');
    await theirTurn();
    await log({ words: '  We have to walk before we run ' });
    expect(await touches()).toMatchObject([{ note: 'We have to walk before we run' }]);
  });

  it('is no two-way contact while only we wrote', async () => {
    await addSteps(world, acme, [{ title: 'List who signs' }]);
    await openForm();
    await log({ contact: 'Dana Lee, CFO' });
    const people = await world.app.store.read((tx) => listDealContacts(tx, acme.id));
    expect(people).toMatchObject([{ name: 'Dana Lee', engagedOn: undefined }]);
  });

  it('says that it is our turn when they asked something', async () => {
    await openForm();
    await theirTurn();
    await log({ expects_reply_buyer: ['yes'] });
    expect(top()).toContain('It is our turn: they wait for an answer.');
    await world.anna.close(world.anna.topView());
    world.clock.set('2026-11-25T14:30:00Z');
    await runDeal(world, world.anna, 'next acme');
    expect(wordsOn(answer(world.anna))).toContain('They have waited 2 business days.');
    await settle(world, world.anna.press(answer(world.anna), 'touch_ours'));
    expect(world.anna.topView().title.text).toBe('We wrote');
    await log();
    expect(top()).toContain('It is their turn.');
  });

  it('asks with a tick that follows the side', async () => {
    await openForm();
    expect(inputsOn(world.anna.topView())).toContain('expects_reply_seller');
    await theirTurn();
    expect(world.anna.topView().title.text).toBe('They answered');
    expect(inputsOn(world.anna.topView())).toContain('expects_reply_buyer');
    await log();
    expect(await touches()).toMatchObject([{ side: 'buyer', expectsReply: false }]);
  });

  it('keeps a turn once when Slack delivers it twice', async () => {
    await openForm();
    await log();
    await resubmit(world);
    expect(await touches()).toHaveLength(1);
    expect(top()).toContain('It is their turn.');
  });

  it.each([
    [{ moved: { value: 'no-such-step' } }, 'moved', 'That step is no longer open.'],
    [{ moved: null }, 'moved', 'What did it move? Pick a step, or “Nothing yet”.'],
    [{ kind: { value: 'pigeon' } }, 'kind', 'Pick how it went'],
  ])('refuses %j under its input', async (values, field, message) => {
    await addSteps(world, acme, [{ title: 'List who signs' }]);
    await openForm();
    await log();
    const ack = await resend(world, 'view_submission', { values });
    expect(ack).toMatchObject({
      response_action: 'errors',
      errors: { [field]: expect.stringContaining(message) },
    });
    expect(await touches()).toHaveLength(1);
  });

  it('lets nobody log on a deal that is not theirs', async () => {
    await runDeal(world, world.ben, 'touch acme');
    expect(world.ben.modals()).toHaveLength(0);
    expect(wordsOn(answer(world.ben))).toContain('belongs to Anna Snelling');
  });
});

describe('one tap on the plan card', () => {
  it.each([
    ['touch_ours', 'We wrote', 'seller'],
    ['touch_theirs', 'They answered', 'buyer'],
  ])('%s opens the form with the side chosen', async (id, title, side) => {
    await runDeal(world, world.anna, 'plan acme');
    await settle(world, world.anna.press(answer(world.anna), id));
    expect(world.anna.topView().title.text).toBe(title);
    await log();
    expect(await touches()).toMatchObject([{ side, expectsReply: side === 'seller' }]);
  });

  it('shows what is next', async () => {
    await runDeal(world, world.anna, 'plan acme');
    await settle(world, world.anna.press(answer(world.anna), 'deals_run_next'));
    expect(wordsOn(answer(world.anna))).toContain('Our move: ');
  });
});

describe('turns that move nothing', () => {
  /** Turns to and fro on the days before today, the last of them theirs. */
  async function rally(turns: number): Promise<void> {
    await world.app.store.transaction(async (tx) => {
      for (let n = 0; n < turns; n += 1) {
        const at = new Date(world.clock.now().getTime() - (turns - n) * 86_400_000);
        await insertTouch(tx, acme.workspaceId, {
          id: newId<TouchId>(at),
          dealId: acme.id,
          at,
          on: addDays(day('2026-11-23'), n - turns),
          side: (turns - n) % 2 === 0 ? 'seller' : 'buyer',
          kind: 'email',
          contactId: undefined,
          expectsReply: false,
          advance: false,
          homeworkId: undefined,
          note: undefined,
          byId: acme.ownerId,
        });
      }
    });
  }

  it('are counted, and an invitation is drafted about the tightest step', async () => {
    await addSteps(world, acme, [{ title: 'List who signs' }]);
    await rally(6);
    await openForm();
    await log();
    expect(top()).toContain('7 turns have moved nothing in the plan. No turn has moved it yet.');
    await settle(world, world.anna.press(world.anna.topView(), 'next_invite'));
    expect(JSON.stringify(world.anna.topView().blocks)).toContain(
      'Could we take 15 minutes together on “List who signs” instead of writing?',
    );
  });

  it('are no trouble while one of them moved the plan lately', async () => {
    await addSteps(world, acme, [{ title: 'List who signs' }]);
    await rally(6);
    await openForm();
    await log({ moved: 'List who signs' });
    expect(top()).not.toContain('moved nothing');
    expect(actionsOn(world.anna.topView())).not.toContain('next_invite');
  });
});
