import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { businessDaysBetween, day } from '../../../src/domain/calendar.ts';
import { entPlaybook } from '../../../src/domain/playbook-ent.ts';
import { newPlanModalIds } from '../../../src/features/deals/new-plan-modal.ts';
import { insertPlaybook } from '../../../src/store/playbooks.ts';
import {
  allDeals,
  goodDeal,
  know,
  resend,
  runDeal,
  settle,
  stepsOf,
  submit,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const farDecision = '2027-07-30';

async function openSecondPage(values: Partial<typeof goodDeal> = {}): Promise<void> {
  await runDeal(world, world.anna, 'new');
  const result = await submit(world, world.anna, { ...goodDeal, ...values });
  expect(result).toEqual({ ok: true });
  expect(world.anna.topView().callback_id).toBe(newPlanModalIds.view);
}

function choose(field: string, value: string) {
  return settle(world, world.anna.choose(world.anna.topView(), field, value));
}

function chosenPlaybook(): unknown {
  const block = world.anna
    .topView()
    .blocks.find(({ block_id: id }) => id?.startsWith(newPlanModalIds.playbook));
  return JSON.parse(JSON.stringify(block)).element.initial_option.value;
}

/** The preview alone: what stands between the playbook and the next question. */
function preview(): string[] {
  const { blocks } = world.anna.topView();
  const start = blocks.findIndex(({ block_id: id }) => id?.startsWith(newPlanModalIds.playbook));
  const end = blocks.findIndex(({ block_id: id }) => id === newPlanModalIds.costOfMissing);
  return blocks.slice(start + 1, end).map((block) => wordsOn({ blocks: [block] }));
}

async function theDeal() {
  const [only] = await allDeals(world);
  if (!only) throw new Error('There is no deal.');
  return only;
}

describe('the second page of /deal new', () => {
  it('asks for the way to the date, with the playbook of that size chosen', async () => {
    await openSecondPage({ amount: '50k' });
    expect(inputsOn(world.anna.topView())).toEqual([
      'kind',
      'playbook_new',
      'cost_of_missing',
      'live_on',
      'region',
      'rival',
    ]);
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform');
    for (const name of [
      'SMB quick',
      'Mid-market',
      'Enterprise',
      'Outsourcing',
      'Renewal',
      'Blank plan',
    ]) {
      expect(wordsOn(world.anna.topView())).toContain(name);
    }
    expect(chosenPlaybook()).toBe('mid');
  });

  it.each([
    ['', 'smb'],
    ['9,999', 'smb'],
    ['10k', 'mid'],
    ['€250k', 'ent'],
  ])('for an amount of “%s” suggests %s', async (amount, key) => {
    await openSecondPage({ amount });
    expect(chosenPlaybook()).toBe(key);
  });

  it('suggests again when the kind changes, and keeps what was typed', async () => {
    await openSecondPage({ amount: '250k', decision_on: farDecision });
    await choose('playbook_new', 'svc');
    expect(preview()[0]).toContain('20 steps');
    await choose('kind', 'renewal');
    expect(chosenPlaybook()).toBe('ren');
    expect(preview()[0]).toContain('15 steps');
    expect(await submit(world, world.anna, { cost_of_missing: 'A year' })).toEqual({ ok: true });
    expect(await theDeal()).toMatchObject({
      kind: 'renewal',
      playbook: { key: 'ren', version: 1 },
      segment: 'ent',
      costOfMissing: 'A year',
      amount: { minor: 25_000_000 },
      dateDriver: goodDeal.date_driver,
    });
  });

  it('remembers a first page full of signs', async () => {
    const signs = '"\\\u00e9\ud83d\ude00';
    const values = {
      account: signs.repeat(20),
      name: signs.repeat(19),
      date_driver: signs.repeat(60),
    };
    await openSecondPage(values);
    expect(world.anna.topView().private_metadata?.length).toBeLessThan(3_000);
    await choose('playbook_new', 'blank');
    expect(await submit(world, world.anna)).toEqual({ ok: true });
    expect(await theDeal()).toMatchObject({ name: values.name, dateDriver: values.date_driver });
  });

  it('refuses to be live before they decide', async () => {
    await openSecondPage();
    const { errors } = await submit(world, world.anna, { live_on: '2026-12-17' });
    expect(errors).toEqual({ live_on: 'They decide on Fri 18 Dec. Pick that day or a later one.' });
    expect(await allDeals(world)).toEqual([]);
    expect(await submit(world, world.anna, { live_on: '2026-12-18' })).toEqual({ ok: true });
    expect(await theDeal()).toMatchObject({ liveOn: '2026-12-18' });
  });

  it('refuses a deal that somebody else started meanwhile', async () => {
    await openSecondPage();
    await runDeal(world, world.ben, 'new');
    await submit(world, world.ben, goodDeal);
    await submit(world, world.ben);
    const { errors } = await submit(world, world.anna);
    expect(Object.values(errors ?? {})).toEqual([expect.stringContaining('is open already')]);
    expect(await allDeals(world)).toHaveLength(1);
  });
});

describe('the preview of a plan', () => {
  it('names the first step, at most twelve lines, and leaves nothing out when it fits', async () => {
    await openSecondPage({ amount: '250k', decision_on: farDecision });
    const [count, items = '', ...rest] = preview();
    expect(count).toMatch(/^21 steps, the first due \w+ \d+ \w+( 2027)?\.$/);
    expect(items).toContain('and 15 more until');
    expect(rest).toEqual([]);
    expect(await allDeals(world)).toEqual([]);
  });

  it('says which optional steps have no time and how far the rest is squeezed', async () => {
    // 30 business days for a way of 115.
    await openSecondPage({ amount: '250k', decision_on: '2027-01-04' });
    const words = preview().join('\n');
    const dropped = entPlaybook.steps.filter(
      ({ gate, leadBd, durationBd }) => !gate && leadBd + durationBd > 30,
    );
    expect(dropped.length).toBeGreaterThan(2);
    expect(words).toContain(`No time for ${dropped.length} optional steps: `);
    for (const { title } of dropped) expect(words).toContain(title);
    const gates = entPlaybook.steps.filter(({ gate }) => gate);
    const needed = Math.max(...gates.map(({ leadBd, durationBd }) => leadBd + durationBd));
    expect(words).toContain(`Lead times are squeezed to ${Math.round((30 / needed) * 100)} %.`);

    expect(await submit(world, world.anna)).toEqual({ ok: true });
    const steps = await stepsOf(world, (await theDeal()).id);
    expect(steps).toHaveLength(entPlaybook.steps.length - dropped.length);
    for (const { dueOn, leadBd } of steps) {
      expect(dueOn >= '2026-11-23').toBe(true);
      expect(dueOn <= '2027-01-04' || (leadBd ?? 0) < 0).toBe(true);
    }
  });

  it('of a decision today puts every step on today, none before', async () => {
    await openSecondPage({ decision_on: '2026-11-23' });
    expect(preview().join('\n')).toContain(
      'No business day is left: every step is due right away.',
    );
    await submit(world, world.anna);
    const steps = await stepsOf(world, (await theDeal()).id);
    const before = steps.filter(({ leadBd }) => (leadBd ?? 0) >= 0);
    expect(new Set(before.map(({ dueOn }) => dueOn))).toEqual(new Set(['2026-11-23']));
  });

  it('of a blank plan says that it is empty', async () => {
    await openSecondPage();
    await choose('playbook_new', 'blank');
    expect(preview()).toEqual(['An empty plan: you add the steps one by one.']);
    await submit(world, world.anna);
    expect(await theDeal()).toMatchObject({ playbook: undefined });
    expect(await stepsOf(world, (await theDeal()).id)).toEqual([]);
  });

  it('leaves out the holidays of where they are', async () => {
    // Epiphany, 6 January 2027, is a holiday in Bavaria alone.
    await openSecondPage({ decision_on: '2027-01-07' });
    await choose('playbook_new', 'smb');
    const plain = preview().join('\n');
    const offered = await world.anna.options(world.anna.topView(), 'region', 'bayern');
    expect(offered.map(({ text }) => text.text)).toEqual(['Bayern, Germany']);
    await choose('region', 'DE-BY');
    expect(preview().join('\n')).not.toBe(plain);
    expect(await submit(world, world.anna)).toEqual({ ok: true });
    expect(await theDeal()).toMatchObject({ buyerRegion: 'DE-BY' });
    const steps = await stepsOf(world, (await theDeal()).id);
    const terms = steps.find(({ stepKey }) => stepKey === 'terms');
    expect(terms).toMatchObject({ leadBd: 2, dueOn: '2027-01-04' });
    expect(businessDaysBetween(day('2027-01-04'), day('2027-01-07'))).toBe(3);
  });
});

describe('a deal with a playbook', () => {
  it('starts with every step, its reason, its gate and who does it, and a line of history each', async () => {
    await openSecondPage({ amount: '250k', decision_on: farDecision });
    expect(await submit(world, world.anna)).toEqual({ ok: true });
    expect(wordsOn(world.anna.topView())).toContain('21 steps to get there. First: ');
    const deal = await theDeal();
    expect(deal).toMatchObject({
      playbook: { key: 'ent', version: 1 },
      segment: 'ent',
      kind: 'new',
    });
    const anna = await know(world, world.anna);
    const steps = await stepsOf(world, deal.id);
    expect(steps).toHaveLength(21);
    for (const template of entPlaybook.steps) {
      const step = steps.find(({ stepKey }) => stepKey === template.key);
      const ours = template.side === 'seller' || template.side === 'both';
      expect(step).toMatchObject({
        title: template.title,
        side: template.side,
        doneWhen: template.doneWhen,
        whyForThem: template.why,
        gate: template.gate,
        leadBd: template.leadBd,
        durationBd: template.durationBd,
        status: 'proposed',
        doer: { personId: ours ? anna.id : undefined, contactId: undefined },
      });
      if (!ours) expect(step?.doer.name).toBe('—');
      expect(step?.originalDueOn).toBe(step?.dueOn);
    }
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind }) => kind)).toEqual([
      'deal_opened',
      ...steps.map(() => 'homework_assigned'),
    ]);
  });

  it('that Slack delivers twice starts once, with its steps once', async () => {
    await openSecondPage({ amount: '500' });
    await submit(world, world.anna);
    const steps = await rowsOf(world.app.store, 'homework');
    expect(steps).toHaveLength(10);
    await resend(world, 'view_submission');
    expect(await allDeals(world)).toHaveLength(1);
    expect(await rowsOf(world.app.store, 'homework')).toHaveLength(10);
  });

  it('keeps the version it began with when the playbook gets another', async () => {
    await openSecondPage({ amount: '500' });
    await submit(world, world.anna);
    const anna = await know(world, world.anna);
    const [step] = entPlaybook.steps;
    if (!step) throw new Error('no step');
    const shorter = { key: 'smb', version: 2, name: 'SMB, shorter', spanBd: 5, steps: [step] };
    await world.app.store.transaction((tx) =>
      insertPlaybook(tx, world.app.workspaceId, shorter, {
        personId: anna.id,
        now: world.clock.now(),
      }),
    );
    await openSecondPage({ name: 'Support', amount: '' });
    expect(wordsOn(world.anna.topView())).toContain('SMB, shorter · 1 step');
    await submit(world, world.anna);
    const deals = await allDeals(world);
    expect(deals.map(({ playbook }) => playbook?.version)).toEqual([1, 2]);
    const counts = await Promise.all(
      deals.map(async ({ id }) => (await stepsOf(world, id)).length),
    );
    expect(counts).toEqual([10, 1]);
  });
});
