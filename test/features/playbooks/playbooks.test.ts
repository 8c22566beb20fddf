import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import { smbPlaybook } from '../../../src/domain/playbook-smb.ts';
import { playbookListIds } from '../../../src/features/playbooks/list-message.ts';
import { playbookModalIds } from '../../../src/features/playbooks/playbook-modal.ts';
import { findPlaybook } from '../../../src/store/playbooks.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await know(world, world.ben, { role: 'manager' });
});
afterEach(() => world.stop());

async function open(actor: Actor, key = 'smb'): Promise<void> {
  await runDeal(world, actor, 'playbook');
  await settle(world, actor.press(answer(actor), playbookListIds.open, { value: key }));
}

function pick(key: string) {
  return settle(world, world.ben.choose(world.ben.topView(), playbookModalIds.pick, key));
}

function press(what: 'up' | 'down' | 'remove' | 'add') {
  return settle(world, world.ben.press(world.ben.topView(), playbookModalIds[what]));
}

/** The key of the step that is open for wording, by the inputs on the screen. */
function openKey(): string {
  const field = inputsOn(world.ben.topView()).find((id) => id.startsWith('title_'));
  if (!field) throw new Error('No step is open.');
  return field.slice('title_'.length);
}

function newest(key = 'smb') {
  return world.app.store.read((tx) => findPlaybook(tx, world.app.workspaceId, { key }));
}

async function keysOf(key = 'smb') {
  return (await newest(key))?.steps.map((step) => step.key);
}

const before = smbPlaybook.steps.map(({ key }) => key);

describe('/deal playbook', () => {
  it('lists every playbook with its version', async () => {
    await runDeal(world, world.anna, 'playbook');
    const words = wordsOn(answer(world.anna));
    expect(words).toContain('SMB quick decision · version 1, 10 steps over 15 business days');
    expect(words).toContain('Enterprise: security, legal, procurement · version 1, 21 steps');
    expect(actionsOn(answer(world.anna))).toHaveLength(5);
  });

  it('shows a rep a playbook to read, with nothing to press', async () => {
    await open(world.anna, 'ent');
    const modal = world.anna.topView();
    expect(actionsOn(modal)).toEqual([]);
    expect(modal.submit).toBeFalsy();
    expect(wordsOn(modal)).toContain('A manager or an admin can change it.');
    expect(wordsOn(modal)).toContain('Not used yet.');
  });

  it('lets an admin change it as well as a manager', async () => {
    await know(world, world.admin, { role: 'admin' });
    for (const actor of [world.ben, world.admin]) {
      await open(actor);
      expect(actionsOn(actor.topView())).toContain(playbookModalIds.pick);
    }
  });

  it('does not save for somebody who is no manager any more', async () => {
    await open(world.ben);
    await pick('offer');
    await press('up');
    await know(world, world.ben, { role: 'rep' });
    const { errors } = await submit(world, world.ben);
    expect(Object.values(errors ?? {}).join()).toContain(
      'A manager or an admin changes a playbook',
    );
    expect(await newest()).toMatchObject({ version: 1 });
  });
});

describe('a manager changes a playbook', () => {
  it('step by step in one go, and it is the next version', async () => {
    await open(world.ben);
    await pick('inputs');
    expect(inputsOn(world.ben.topView())).toEqual(
      ['title', 'side', 'leadBd', 'durationBd', 'gate', 'doneWhen', 'why'].map(
        (name) => `${name}_inputs`,
      ),
    );
    await submitLater({ title_inputs: 'Send three real files', leadBd_inputs: '12' });
    await pick('terms');
    await submitLater({ side_terms: 'both', gate_terms: ['gate'], durationBd_terms: '3' });
    await press('up');
    expect(wordsOn(world.ben.topView())).toContain('Send three real files · their step · 12 days');
    expect(await newest()).toMatchObject({ version: 1 });
    expect(
      await submit(world, world.ben, { doneWhen_terms: 'All answered', why_terms: 'Trust' }),
    ).toEqual({ ok: true });

    const saved = await newest();
    expect(saved).toMatchObject({ version: 2, name: smbPlaybook.name, spanBd: 15 });
    expect(saved?.steps.map(({ key }) => key)).toEqual(swapped('payer', 'terms'));
    expect(saved?.steps.find(({ key }) => key === 'inputs')).toEqual({
      ...smbPlaybook.steps.find(({ key }) => key === 'inputs'),
      title: 'Send three real files',
      leadBd: 12,
    });
    expect(saved?.steps.find(({ key }) => key === 'terms')).toMatchObject({
      side: 'both',
      gate: true,
      durationBd: 3,
      doneWhen: 'All answered',
      why: 'Trust',
    });
    const first = await world.app.store.read((tx) =>
      findPlaybook(tx, world.app.workspaceId, { key: 'smb', version: 1 }),
    );
    expect(first).toEqual(smbPlaybook);
  });

  it('adds a step behind the one that is open, and removes another', async () => {
    await open(world.ben);
    await pick('offer');
    await press('add');
    const key = openKey();
    expect(key).not.toBe('offer');
    await submitLater({
      [`title_${key}`]: 'Walk through the offer together',
      [`doneWhen_${key}`]: 'They asked their questions',
      [`why_${key}`]: 'A read offer is half an offer',
      [`leadBd_${key}`]: '-2',
    });
    await pick('try');
    await press('remove');
    expect(wordsOn(world.ben.topView())).not.toContain('One named user tries');
    expect(await submit(world, world.ben)).toEqual({ ok: true });
    const expected = before.flatMap((one) => (one === 'offer' ? [one, key] : [one]));
    expect(await keysOf()).toEqual(expected.filter((one) => one !== 'try'));
    expect((await newest())?.steps.find((step) => step.key === key)).toMatchObject({ leadBd: -2 });
  });

  it('moves a step no further than the ends', async () => {
    await open(world.ben);
    await pick('problem');
    await press('up');
    await press('down');
    await press('down');
    expect(await submit(world, world.ben)).toEqual({ ok: true });
    expect((await keysOf())?.slice(0, 3)).toEqual(['date', 'inputs', 'problem']);
  });

  it('again from the result, on top of the new version', async () => {
    await open(world.ben);
    await pick('problem');
    await press('remove');
    await submit(world, world.ben);
    expect(wordsOn(world.ben.topView())).toContain('is at version 2.');
    await settle(world, world.ben.press(world.ben.topView(), playbookListIds.open));
    await pick('date');
    await press('remove');
    await submit(world, world.ben);
    expect(await newest()).toMatchObject({ version: 3 });
    expect(await keysOf()).toEqual(before.slice(2));
  });

  it.each([
    ['title_offer', ' ', 'What is done is missing.'],
    ['doneWhen_offer', ' ', '“Done when” is missing.'],
    ['leadBd_offer', '1.5', 'Give a whole number from -120 to 400.'],
    ['durationBd_offer', '0', 'Give a whole number from 1 to 60.'],
  ])('and is refused %s of “%s” under its field', async (field, value, words) => {
    await open(world.ben);
    await pick('offer');
    await press('up');
    await submit(world, world.ben, { why_offer: ' ' });
    const body = await resubmit(world, { why_offer: 'Why', [field]: value });
    expect(body).toMatchObject({ errors: { [field]: words } });
    expect(await newest()).toMatchObject({ version: 1 });
  });

  it('keeps a step open that is not worded yet when another is chosen', async () => {
    await open(world.ben);
    await press('add');
    const key = openKey();
    await pick('offer');
    expect(wordsOn(world.ben.topView())).toContain('What is done is missing.');
    await world.ben.close(world.ben.topView());
    expect(openKey()).toBe(key);
    await press('remove');
    await pick('offer');
    expect(openKey()).toBe('offer');
  });

  it('says when nothing has changed', async () => {
    await open(world.ben);
    await submit(world, world.ben);
    expect(wordsOn(world.ben.topView())).toContain('Nothing is changed yet');
    expect(await newest()).toMatchObject({ version: 1 });
  });

  it('never over what somebody else saved meanwhile', async () => {
    await know(world, world.admin, { role: 'admin' });
    await open(world.ben);
    await pick('offer');
    await press('up');
    await open(world.admin);
    await settle(world, world.admin.choose(world.admin.topView(), playbookModalIds.pick, 'try'));
    await settle(world, world.admin.press(world.admin.topView(), playbookModalIds.remove));
    await submit(world, world.admin);
    const { errors } = await submit(world, world.ben);
    expect(Object.values(errors ?? {}).join()).toContain('Somebody saved version 2 meanwhile');
    expect(await keysOf()).toEqual(before.filter((key) => key !== 'try'));
  });

  it('once, though Slack delivers the form twice', async () => {
    await open(world.ben);
    await pick('offer');
    await press('up');
    await submit(world, world.ben);
    expect(JSON.stringify(await resubmit(world))).toContain('is at version 2.');
    expect(await newest()).toMatchObject({ version: 2 });
  });

  it('of a large playbook is asked to save before the form holds too much', async () => {
    await open(world.ben, 'ent');
    const long = 'x'.repeat(300);
    for (const key of ['outcome', 'map', 'date', 'premortem', 'intake']) {
      await pick(key);
      await submitLater({ [`why_${key}`]: long, [`doneWhen_${key}`]: long });
    }
    await pick('execs');
    expect(wordsOn(world.ben.topView())).toContain('That is much for one go.');
    await world.ben.close(world.ben.topView());
    await submit(world, world.ben);
    expect((await newest('ent'))?.steps.filter(({ why }) => why === long)).toHaveLength(5);
  });
});

function swapped(one: string, other: string): string[] {
  return before.map((key) => (key === one ? other : key === other ? one : key));
}

/** Types into the open form without sending it: the next click takes it along. */
async function submitLater(values: Record<string, unknown>): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    await world.ben.choose(world.ben.topView(), field, value);
  }
  await world.sandbox.settled();
}
