import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDealFor, resubmit, settle, stepsOf, submit, winAsAdmin } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, ours, theirs } from '../../support/homework.ts';
import { addSteps } from '../../support/planted.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await openDealFor(world, world.anna);
});
afterEach(() => world.stop());

const openForm = (side?: 'buyer' | 'seller') =>
  openStepForm(world, world.anna, side ? { side } : {});

describe('a step that cannot be', () => {
  /** Submits, and expects the form to stay, one error, and nothing saved. */
  async function refusal(values: Record<string, unknown>) {
    const { ok, errors } = await submit(world, world.anna, values);
    expect(ok).toBe(false);
    expect(inputsOn(world.anna.topView())).toContain('title');
    await expectNothingSaved();
    return errors;
  }

  async function expectNothingSaved() {
    const [steps, people] = await world.app.store.read(async (tx) => [
      await tx.select().from(tx.tables.homework),
      await tx.select().from(tx.tables.contacts),
    ]);
    expect({ steps, people }).toEqual({ steps: [], people: [] });
  }

  it.each([
    [
      'a day that has passed',
      { due_on: '2026-11-20' },
      'due_on',
      'Fri 20 Nov has passed. Pick today or later.',
    ],
    [
      'a day after the decision',
      { due_on: '2026-12-21' },
      'due_on',
      'They decide on Fri 18 Dec. Pick a day up to then.',
    ],
    ['a step of spaces', { title: '  ' }, 'title', 'The step is missing.'],
    ['nothing to see when done', { done_when: '\u200f' }, 'done_when', '“Done when” is missing.'],
    [
      'a vague ask',
      { title: 'Review our deck', done_when: 'They have reviewed it' },
      'title',
      'Say what comes out of it, such as: “Mark what must change in our deck before a yes”.',
    ],
    [
      'nothing in “done when”',
      { done_when: 'Done' },
      'done_when',
      'Say what both sides can see then, such as: “Names and order are in the shared document”.',
    ],
    [
      'no reason for them',
      { why_for_them: ' \u200f' },
      'why_for_them',
      'Why it is worth their time is missing.',
    ],
    [
      'our step in return that only waits',
      { return_title: 'Follow up' },
      'return_title',
      'Waiting is fine. What are we doing meanwhile?',
    ],
    [
      'our step after the decision',
      { return_title: 'Draft', return_due_on: '2026-12-21' },
      'return_due_on',
      'They decide on Fri 18 Dec. Pick a day up to then.',
    ],
    [
      'our step in the past',
      { return_title: 'Draft', return_due_on: '2026-11-20' },
      'return_due_on',
      'Fri 20 Nov has passed. Pick today or later.',
    ],
  ])('is refused: %s', async (_what, values, field, words) => {
    await openForm();
    if (field === 'return_due_on') {
      await settle(world, world.anna.press(world.anna.topView(), 'plan_assign_more'));
    }
    expect(await refusal({ ...theirs, ...values })).toEqual({ [field]: words });
  });

  it('is refused when it opens a step of another plan', async () => {
    const globex = await openDealFor(world, world.anna, { account: 'Globex' });
    await addSteps(world, globex, [{}]);
    const [foreign] = await stepsOf(world, globex.id);
    await openStepForm(world, world.anna, { deal: 'acme' });
    const refused = await submit(world, world.anna, { ...theirs, title: '  ' });
    expect(refused.ok).toBe(false);
    const values = { title: 'List who signs', unlocks: { value: foreign?.id } };
    expect(await resubmit(world, values)).toEqual({
      response_action: 'errors',
      errors: { unlocks: 'Pick what it opens.' },
    });
  });

  it('needs somebody who does it there', async () => {
    await openForm();
    const { contact, ...others } = theirs;
    expect(Object.keys((await refusal(others)) ?? {})).toEqual(['contact']);
  });

  it.each([
    ['U0ROBOT', 'Robo is an app. Pick a colleague who can do it.'],
    ['U0LEFT', 'Lou Left is no longer in this workspace. Pick somebody else.'],
    ['U0GUEST', 'Gus Guest is a guest here. Pick a full member.'],
    ['USLACKBOT', 'Slackbot is an app. Pick a colleague who can do it.'],
  ])('is refused for %s', async (person, words) => {
    await openForm('seller');
    expect(await refusal({ ...ours, person })).toEqual({ person: words });
  });

  it.each([
    ['title', 'The step has 3000 characters. Please keep it to 150.'],
    ['done_when', '“Done when” has 3000 characters. Please keep it to 300.'],
    ['return_title', 'Our step in return has 3000 characters. Please keep it to 150.'],
  ])(
    'is refused with 3,000 characters in %s, whatever the client let through',
    async (field, words) => {
      await openForm();
      await refusal({ ...theirs, return_title: 'Draft', title: '  ' });
      const values = { title: 'List who signs', [field]: 'x'.repeat(3_000) };
      expect(await resubmit(world, values)).toEqual({
        response_action: 'errors',
        errors: { [field]: words },
      });
      await expectNothingSaved();
    },
  );

  it.each([
    [`new:${'x'.repeat(3_000)}`, 'Their name has 3000 characters. Please keep it to 80.'],
    ['new:  , CFO', 'Their name is missing.'],
    ['01NOBODY', 'Who does it there? Type a name, like Dana Lee, CFO.'],
  ])('is refused for a contact that nobody offered', async (value, words) => {
    await openForm();
    await refusal({ ...theirs, title: '  ' });
    const body = await resubmit(world, { title: 'List who signs', contact: { value } });
    expect(body).toEqual({ response_action: 'errors', errors: { contact: words } });
    await expectNothingSaved();
  });

  it('is refused when somebody closed the deal meanwhile, and what was typed stays', async () => {
    await openForm();
    await winAsAdmin(world, 'acme');
    const errors = await refusal({ ...theirs, return_title: 'Draft the map' });
    expect(errors).toEqual({
      return_title: expect.stringContaining('Acme · Core platform was won on Mon 23 Nov'),
    });
  });

  it('is refused on top of the form when the side changes after the deal ended', async () => {
    await openForm();
    await winAsAdmin(world, 'acme');
    await settle(world, world.anna.choose(world.anna.topView(), 'plan_assign_side', 'seller'));
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform was won on');
    await world.anna.close(world.anna.topView());
    expect(inputsOn(world.anna.topView())).toContain('contact');
  });

  it('is refused on top of the answer when another one is asked for after the deal ended', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    await winAsAdmin(world, 'acme');
    await settle(world, world.anna.press(world.anna.topView(), 'plan_add'));
    expect(wordsOn(world.anna.topView())).toContain('its plan no longer changes');
    expect(world.anna.modals()).toHaveLength(2);
  });
});
