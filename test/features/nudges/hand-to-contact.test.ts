import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { handToContact, reassignHomework } from '../../../src/features/plan/change-homework.ts';
import { stepFormIds } from '../../../src/features/plan/step-forms.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { ensureContact } from '../../../src/store/contacts.ts';
import { askAbout } from '../../support/asked.ts';
import { know, resubmit, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: Deal;
let signers: Homework;
let bundle: SandboxMessage;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  acme = await plantDeal(world, anna);
  const agreed = {
    status: 'agreed',
    askedVia: 'call',
    reaction: 'keen',
    askedOn: day('2026-11-09'),
    agreedOn: day('2026-11-10'),
    dueOn: day('2026-11-16'),
  } as const;
  [signers] = (await addSteps(world, acme, [agreed])) as [Homework];
  const about = { kind: 'buyer_late', deal: acme, step: signers } as const;
  bundle = await askAbout(world, world.anna, anna, about);
});
afterEach(() => world.stop());

const step = async () => (await stepsOf(world, acme.id))[0];

async function openForm(typed: string): Promise<void> {
  await settle(world, world.anna.press(bundle, stepIds.handOver));
  await world.anna.options(world.anna.topView(), stepFormIds.contact, typed);
}

describe('“Other person” on a step of theirs', () => {
  it('asks for somebody at their end and makes the step a proposal to them', async () => {
    await openForm('Sam Roe, Legal');
    expect(wordsOn(world.anna.topView())).toContain('It is a proposal again until they say yes.');
    expect(
      await submit(world, world.anna, { [stepFormIds.contact]: 'Add Sam Roe, Legal' }),
    ).toMatchObject({ ok: true });
    expect(await step()).toMatchObject({
      id: signers.id,
      doer: { name: 'Sam Roe', personId: undefined },
      ...{ status: 'proposed', askedOn: undefined, agreedOn: undefined },
      ...{ askedVia: undefined, reaction: undefined },
      dueOn: '2026-11-16',
    });
    const [shown] = world.anna.dm();
    expect(shown?.text).toBe('All answered. Thank you.');
    expect(wordsOn(shown as SandboxMessage)).toContain('To be asked: List who signs');
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind, side }) => [kind, side])).toEqual([['homework_reassigned', 'buyer']]);
    const contacts = await rowsOf(world.app.store, 'contacts');
    const sam = contacts.find(({ name }) => name === 'Sam Roe');
    expect(sam).toMatchObject({ title: 'Legal' });
    const onDeal = await rowsOf(world.app.store, 'dealContacts');
    expect(onDeal.map(({ contactId }) => contactId)).toContain(sam?.id);
  });

  it('is saved once, however often the form comes', async () => {
    await openForm('Sam Roe, Legal');
    await submit(world, world.anna, { [stepFormIds.contact]: 'Add Sam Roe, Legal' });
    await resubmit(world);
    expect(await rowsOf(world.app.store, 'events')).toHaveLength(1);
  });

  it('keeps the yes when the person stays the same', async () => {
    const said = { formId: 'same', contact: String(signers.doer.contactId) };
    await handToContact({ store: world.app.store, clock: world.clock }, anna, signers.id, said);
    expect(await step()).toMatchObject({ status: 'agreed', agreedOn: '2026-11-10', version: 1 });
  });

  it('is for nobody who works somewhere else', async () => {
    const globex = await plantDeal(world, anna, { account: 'Globex' });
    const kim = { accountId: globex.accountId, name: 'Kim Park', title: undefined };
    const { id } = await world.app.store.transaction((tx) =>
      ensureContact(tx, anna.workspaceId, kim, world.clock.now()),
    );
    const deps = { store: world.app.store, clock: world.clock };
    const said = { formId: 'elsewhere', contact: id };
    expect(await handToContact(deps, anna, signers.id, said)).toMatchObject({ code: 'no_doer' });
    expect(await step()).toMatchObject({ doer: { name: 'Dana Lee' }, status: 'agreed' });
  });
});

describe('a step', () => {
  it('of ours still goes to a colleague, and never to them', async () => {
    const deps = { store: world.app.store, clock: world.clock };
    const ours = { side: 'seller', title: 'Send the pack', dueOn: day('2026-11-27') } as const;
    const steps = await addSteps(world, acme, [ours]);
    const pack = steps.find(({ side }) => side === 'seller') as Homework;
    const said = { formId: 'ours', contact: String(signers.doer.contactId) };
    expect(await handToContact(deps, anna, pack.id, said)).toMatchObject({ code: 'not_theirs' });
    const ben = await know(world, world.ben);
    expect(await reassignHomework(deps, anna, pack.id, ben.id)).toMatchObject({
      step: { doer: { personId: ben.id } },
    });
  });

  it('of theirs never goes to a colleague', async () => {
    const deps = { store: world.app.store, clock: world.clock };
    expect(await reassignHomework(deps, anna, signers.id, anna.id)).toMatchObject({
      code: 'not_ours',
    });
  });

  it('that needs better words gets them first', async () => {
    const { homework } = await world.app.store.read(async (tx) => tx.tables);
    await world.app.store.transaction((tx) => tx.update(homework).set({ status: 'needs_rewrite' }));
    const deps = { store: world.app.store, clock: world.clock };
    const said = { formId: 'words', contact: 'new:Sam Roe, Legal' };
    expect(await handToContact(deps, anna, signers.id, said)).toMatchObject({
      code: 'needs_words',
    });
  });
});
