import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { ChannelId, WorkspaceId } from '../../../src/domain/ids.ts';
import { know, openDealFor, resend, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { theirs } from '../../support/homework.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

const hidden = {
  account: 'Acme',
  name: 'Secret merger',
  channelId: 'C0ACME' as ChannelId,
};

describe.each([
  ['a restricted deal', { privacy: 'restricted' as const }],
  ['a deal of another workspace', { workspaceId: 'T0OTHER' as WorkspaceId }],
])('%s, for those it is not meant for,', (_name, changes) => {
  let world: World;
  let secret: Deal;
  beforeEach(async () => {
    world = await startWorld();
    const ben = await know(world, world.ben);
    secret = await plantDeal(world, ben, { ...hidden, ...changes });
    await addSteps(world, secret, [{ title: 'Sign in secret' }]);
  });
  afterEach(() => world.stop());

  async function expectUntouched(): Promise<void> {
    const steps = await rowsOf(world.app.store, 'homework');
    expect(steps).toMatchObject([{ status: 'proposed', version: 1 }]);
    expect(wordsOn({ blocks: world.anna.modals().flatMap(({ blocks }) => blocks) })).not.toContain(
      'ecret',
    );
  }

  it.each(['secret merger', 'acme', 'secrt mergr', 'acme secret merger'])(
    'is not found as “%s”',
    async (typed) => {
      await runDeal(world, world.anna, `plan ${typed}`);
      expect(answer(world.anna).text).toMatch(/^No open deal is called/);
      const offered = await world.anna.options(answer(world.anna), 'deals_pick', '');
      expect(offered).toEqual([]);
    },
  );

  it.each(['plan', 'homework', 'won', 'lost'])(
    'is not understood by /deal %s in its channel',
    async (word) => {
      await runDeal(world, world.anna, word, { channel: 'deal-acme' });
      expect(answer(world.anna, 'deal-acme').text).toBe('Which deal?');
      await expectUntouched();
    },
  );

  it('is in nobody else’s picker or candidates', async () => {
    await openDealFor(world, world.anna, { name: 'One' });
    await openDealFor(world, world.anna, { name: 'Two' });
    await runDeal(world, world.anna, 'plan acme');
    expect(answer(world.anna).text).toBe('2 open deals are close to “acme”. Which one?');
    await runDeal(world, world.anna, 'plan');
    const offered = await world.anna.options(answer(world.anna), 'deals_pick', 'acme');
    expect(offered.map(({ text }) => text.text)).toEqual(['Acme · One', 'Acme · Two']);
    await runDeal(world, world.anna, 'list');
    expect(answer(world.anna).text).not.toContain('ecret');
  });

  it('answers the choice of it as that of a deal that never was', async () => {
    await openDealFor(world, world.anna, { name: 'One' });
    await openDealFor(world, world.anna, { name: 'Two' });
    await runDeal(world, world.anna, 'won acme');
    await settle(world, world.anna.choose(answer(world.anna), 'deals_pick', 'Acme · One'));
    for (const chosen of [secret.id, '01NEVERWAS']) {
      await resend(world, 'block_actions', { chosen });
      expect(answer(world.anna).text).toBe(
        'That deal is not here any more. /deal list shows the ones you have.',
      );
    }
    expect(wordsOn(world.anna.topView())).toContain('Acme · One');
  });

  it.each(['add', 'show'])('answers the button %s as a deal that never was', async (what) => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, what === 'add' ? 'plan' : 'list');
    await settle(world, world.anna.press(answer(world.anna), `plan_${what}`));
    const answers = [];
    for (const pressed of [secret.id, '01NEVERWAS']) {
      await resend(world, 'block_actions', { pressed });
      answers.push(answer(world.anna).text);
    }
    expect(answers[0]).toBe('That deal is not here any more. /deal list shows the ones you have.');
    expect(answers[1]).toBe(answers[0]);
    await expectUntouched();
  });

  it.each(['done', 'move', 'drop'])(
    'answers %s of its step as a step that never was',
    async (what) => {
      const [step] = await rowsOf(world.app.store, 'homework');
      const mine = await openDealFor(world, world.anna);
      await addSteps(world, mine, [{}]);
      await runDeal(world, world.anna, 'plan');
      await settle(world, world.anna.press(answer(world.anna), `plan_${what}`));
      const answers = [];
      for (const pressed of [step?.id ?? '', '01NEVERWAS']) {
        await resend(world, 'block_actions', { pressed });
        answers.push(answer(world.anna).text);
      }
      expect(answers[0]).toBe('That step is not here any more. /deal plan shows what is.');
      expect(answers[1]).toBe(answers[0]);
      const rows = await rowsOf(world.app.store, 'homework');
      expect(rows.find(({ id }) => id === step?.id)).toMatchObject({ version: 1 });
    },
  );

  it('answers a forged form as a deal that never was', async () => {
    const mine = await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'homework');
    const view = world.anna.topView();
    const meta = JSON.parse(view.private_metadata ?? '{}') as { dealId: string };
    expect(meta.dealId).toBe(mine.id);
    await world.anna.options(view, 'contact', 'Dana Lee');
    await submit(world, world.anna, { ...theirs, contact: 'Add Dana Lee', title: ' ' });
    const sent = world.sandbox.deliveries.findLast(({ type }) => type === 'view_submission');
    const forged = (sent?.payload ?? {}) as { view?: { private_metadata: string } };
    if (forged.view) {
      forged.view.private_metadata = JSON.stringify({ ...meta, dealId: secret.id });
    }
    const ack = await settle(world, world.sandbox.redeliverLast('view_submission'));
    expect(JSON.stringify(ack)).toContain('That deal is not here any more');
    expect(JSON.stringify(ack)).not.toContain('ecret');
    await expectUntouched();
  });
});

describe('a restricted deal, for its own people,', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
    const mia = await know(world, world.mia, { role: 'manager' });
    const ben = await know(world, world.ben, { managerId: mia.id });
    await plantDeal(world, ben, { ...hidden, privacy: 'restricted' });
  });
  afterEach(() => world.stop());

  it.each(['ben', 'mia', 'admin'] as const)('is found by %s', async (who) => {
    if (who === 'admin') await know(world, world.admin, { role: 'admin' });
    await runDeal(world, world[who], 'plan secret');
    expect(answer(world[who]).text).toContain('Acme · Secret merger');
    const actions = actionsOn(answer(world[who]));
    for (const own of ['plan_add', 'touch_ours', 'plan_copy']) expect(actions).toContain(own);
  });
});
