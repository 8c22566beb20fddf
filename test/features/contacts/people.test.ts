import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { listDealContacts } from '../../../src/store/contacts.ts';
import { know, resubmit, runDeal, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await plantDeal(world, await know(world, world.anna), { segment: 'mid' });
});
afterEach(() => world.stop());

const show = () => runDeal(world, world.anna, 'people acme core');
const shown = () => wordsOn(answer(world.anna));
const press = (id: string, value?: string) =>
  settle(world, world.anna.press(answer(world.anna), id, value ? { value } : {}));
const people = () => world.app.store.read((tx) => listDealContacts(tx, acme.id));

async function add(values: Record<string, unknown>): Promise<void> {
  await show();
  await press('people_add');
  const result = await submit(world, world.anna, values);
  if (!result.ok) throw new Error(JSON.stringify(result));
  await world.anna.close(world.anna.topView());
}

async function edit(name: string): Promise<void> {
  const found = (await people()).find((contact) => contact.name === name);
  await show();
  await press('people_edit', `${acme.id}:${found?.id}`);
}

describe('the people on a deal', () => {
  it('shows that nobody is known yet', async () => {
    await show();
    expect(shown()).toContain('We know nobody yet. Who feels the problem, and who decides?');
  });

  it('shows each with part, power, stance and last contact, and who is missing', async () => {
    await add({
      name: 'Dana Lee',
      title: 'CFO',
      role: 'champion',
      power: 'advises',
      stance: 'for',
    });
    await show();
    expect(shown()).toContain(
      'Dana Lee, CFO\nChampion · advises · for it · no two-way contact yet',
    );
    expect(shown()).toContain('We know one person.');
    expect(shown()).toContain('We have not met who decides.');
    expect(answer(world.anna).text).toContain('Dana Lee, CFO');
  });

  it('keeps a dash for what is not known', async () => {
    await add({ name: 'Dana Lee' });
    await show();
    expect(shown()).toContain('part — · power — · stance —');
  });

  it('says when the decider is known and not in touch, and no more once they are', async () => {
    await add({ name: 'Dana Lee', role: 'decider' });
    await add({ name: 'Raj Patel' });
    await show();
    expect(shown()).toContain('Dana Lee decides, and we are not in touch.');
    expect(shown()).not.toContain('We know one person');
    await runDeal(world, world.anna, 'touch acme');
    await settle(world, world.anna.choose(world.anna.topView(), 'side', 'buyer'));
    await submit(world, world.anna, { contact: 'Dana Lee', moved: 'nothing_yet' });
    await world.anna.close(world.anna.topView());
    await show();
    expect(shown()).not.toContain('decides, and we are not in touch');
    expect(shown()).toContain('last two-way contact Mon 23 Nov');
  });

  it('counts whoever has a step as on the deal', async () => {
    await addSteps(world, acme, [{ title: 'List who signs' }]);
    await show();
    expect(shown()).toContain('Dana Lee, CFO');
  });

  it('changes what is known, also back to nothing', async () => {
    await add({ name: 'Dana Lee', title: 'CFO', role: 'champion' });
    await edit('Dana Lee');
    await submit(world, world.anna, {
      name: 'Dana Lee-Ortiz',
      title: '',
      role: null,
      power: 'signs',
    });
    expect(await people()).toMatchObject([
      { name: 'Dana Lee-Ortiz', title: undefined, role: undefined, power: 'signs' },
    ]);
  });

  it('refuses the name of somebody else there', async () => {
    await add({ name: 'Dana Lee' });
    await add({ name: 'Raj Patel' });
    await edit('Raj Patel');
    const result = await submit(world, world.anna, { name: 'dana lee' });
    expect(result).toMatchObject({
      errors: { name: 'Dana Lee is in the list of Acme already. Add what tells them apart.' },
    });
    expect((await people()).map(({ name }) => name)).toEqual(['Dana Lee', 'Raj Patel']);
  });

  it('keeps somebody new once when Slack delivers it twice', async () => {
    await show();
    await press('people_add');
    await submit(world, world.anna, { name: 'Dana Lee' });
    await resubmit(world);
    const events = await rowsOf(world.app.store, 'events');
    expect(events.filter(({ kind }) => kind === 'contact_saved')).toHaveLength(1);
  });

  it('shows them without buttons to whoever only sees the deal', async () => {
    await add({ name: 'Dana Lee' });
    await runDeal(world, world.ben, 'people acme');
    expect(wordsOn(answer(world.ben))).toContain('Dana Lee');
    expect(actionsOn(answer(world.ben))).toEqual([]);
  });
});

describe('somebody who left the company', () => {
  const leave = async () => {
    await edit('Dana Lee');
    await settle(world, world.anna.press(world.anna.topView(), 'people_left'));
  };

  it('leaves open steps that need a new name, on every deal of the account', async () => {
    const other = await plantDeal(world, await know(world, world.anna), { name: 'Add-on' });
    await addSteps(world, acme, [
      { title: 'List who signs', status: 'agreed', agreedOn: day('2026-11-20') },
      { title: 'Name the owner', status: 'done', doneOn: day('2026-11-20') },
    ]);
    await addSteps(world, other, [{ title: 'Score the offer' }]);
    await leave();
    expect(wordsOn(world.anna.topView())).toContain(
      '1 open step needs a new name: “List who signs”.',
    );
    expect(await stepsOf(world, acme.id)).toMatchObject([
      { title: 'List who signs', status: 'proposed', agreedOn: undefined, doer: { name: '—' } },
      { title: 'Name the owner', status: 'done', doer: { name: 'Dana Lee' } },
    ]);
    expect(await stepsOf(world, other.id)).toMatchObject([{ doer: { contactId: undefined } }]);
    const events = await rowsOf(world.app.store, 'events');
    expect(events.filter(({ kind }) => kind === 'contact_left')).toHaveLength(2);
  });

  it('no longer counts, and is shown as gone', async () => {
    await add({ name: 'Dana Lee', role: 'decider' });
    await add({ name: 'Raj Patel' });
    await leave();
    expect(wordsOn(world.anna.topView())).toContain(
      'Ask Raj Patel to introduce whoever takes over.',
    );
    await world.anna.close(world.anna.topView());
    await show();
    expect(shown()).toContain('Dana Lee\nLeft the company on Mon 23 Nov');
    expect(shown()).toContain('We know one person.');
    expect(shown()).toContain('We have not met who decides.');
  });

  it('is followed by asking for an introduction', async () => {
    await add({ name: 'Dana Lee' });
    await leave();
    await settle(world, world.anna.press(world.anna.topView(), 'people_introduce'));
    const form = world.anna.topView();
    expect(JSON.stringify(form.blocks)).toContain(
      'Introduce us to whoever takes over from Dana Lee',
    );
    expect(JSON.stringify(form.blocks)).toContain('"initial_date":"2026-11-30"');
  });

  it('is back when they turn out to be there', async () => {
    await add({ name: 'Dana Lee' });
    await leave();
    await world.anna.close(world.anna.topView());
    await edit('Dana Lee');
    expect(actionsOn(world.anna.topView())).not.toContain('people_left');
    await submit(world, world.anna);
    expect(await people()).toMatchObject([{ name: 'Dana Lee', leftOn: undefined }]);
  });
});
