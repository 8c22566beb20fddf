import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { addHelper } from '../../../src/store/deals.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addContact, loseAs } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

const request = async () => (await rowsOf(world.app.store, 'feedbackRequests'))[0];
const kinds = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);
const view = () => world.anna.topView();
const shown = () => JSON.stringify(view().blocks);

/** Days on which nothing but the app's own jobs happens. */
async function on(dayAndTime: string) {
  await world.goTo(`2026-${dayAndTime}:00Z`);
}

async function lose(contact = true) {
  if (contact) await addContact(world, acme);
  await loseAs(world, anna, acme);
}

describe('a loss', () => {
  it('drafts the question for the next business day, for the manager who was not selling', async () => {
    await lose();
    expect(await request()).toMatchObject({
      dealId: acme.id,
      senderId: ben.id,
      state: 'drafted',
      draftedOn: '2026-11-24',
      agreed: false,
    });
  });

  it('asks nobody who said no beforehand', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'no' });
    await lose();
    expect(await request()).toMatchObject({ state: 'not_agreed' });
    await runDeal(world, world.anna, 'feedback Acme');
    expect(wordsOn(view())).toContain('Nobody is to ask them');
    expect(inputsOn(view())).toEqual([]);
  });

  it('asks nobody we stepped away from, for the 60 days of quiet', async () => {
    await addContact(world, acme);
    await loseAs(world, anna, acme, { outcome: 'we_withdrew', underlyingOutcome: 'none' });
    expect(await request()).toBeUndefined();
    await runDeal(world, world.anna, 'feedback Acme');
    expect(answer(world.anna).text).toContain('nobody writes to them before Fri 22 Jan 2027');
  });

  it('picks no stranger for a private deal', async () => {
    const mia = await know(world, world.mia, { managerId: ben.id });
    const secret = await plantDeal(world, anna, { account: 'Secret', privacy: 'restricted' });
    await world.app.store.transaction((tx) => addHelper(tx, anna.workspaceId, secret.id, ben.id));
    await loseAs(world, anna, secret);
    expect((await request())?.senderId).toBe(ben.id);
    expect((await request())?.senderId).not.toBe(mia.id);
  });
});

describe('/deal feedback on a lost deal', () => {
  it('shows the note before its time, and keeps who asks whom', async () => {
    await lose();
    await runDeal(world, world.anna, 'feedback Acme');
    expect(view().submit?.text).toBe('Keep it');
    expect(wordsOn(view())).toContain('Best sent from Mon 30 Nov on');
    expect(shown()).toContain('Please do not soften it for us.');
    expect(shown()).toContain('Subject: What should we do better?');
    expect(await submit(world, world.anna)).toMatchObject({ ok: true });
    expect(await request()).toMatchObject({ state: 'drafted', senderId: ben.id });
  });

  it('marks it sent from the fifth business day, by a person, once; nothing leaves the app', async () => {
    await lose();
    await on('11-30T15:00');
    const before = world.sandbox.deliveries.length;
    await runDeal(world, world.anna, 'feedback Acme');
    expect(view().submit?.text).toBe('I sent it');
    await submit(world, world.anna);
    await resubmit(world);
    expect(await request()).toMatchObject({ state: 'sent', sentOn: '2026-11-30' });
    expect((await kinds()).filter((kind) => kind === 'feedback_asked')).toHaveLength(1);
    expect(before).toBeGreaterThan(0);
  });

  it('offers one reminder from the tenth, then none', async () => {
    await lose();
    await on('11-30T15:00');
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna);
    await runDeal(world, world.anna, 'feedback Acme');
    expect(view().submit).toBeUndefined();
    expect(wordsOn(view())).toContain('One reminder from Mon 7 Dec on');
    await on('12-07T15:00');
    await runDeal(world, world.anna, 'feedback Acme');
    expect(shown()).toContain('A last try: one word is plenty.');
    await submit(world, world.anna);
    expect(await request()).toMatchObject({ state: 'reminded', remindedOn: '2026-12-07' });
    await runDeal(world, world.anna, 'feedback Acme');
    expect(view().submit).toBeUndefined();
    expect(wordsOn(view())).toContain('That is enough');
  });

  it('rests after twenty business days, and still takes an answer', async () => {
    await lose();
    await on('12-21T15:00');
    expect(await request()).toMatchObject({ state: 'closed', closedOn: '2026-12-21' });
    await runDeal(world, world.anna, 'feedback Acme');
    expect(wordsOn(view())).toContain('An answer that comes late counts.');
    await settle(world, world.anna.press(view(), followUpIds.feedbackReply));
    await submit(world, world.anna, { choices: ['speed'] });
    expect(await request()).toMatchObject({ state: 'replied', choices: ['speed'] });
  });

  it('waits until somebody names whom to ask', async () => {
    await lose(false);
    await on('11-30T15:00');
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { contact: 'Dana Lee' });
    expect(await request()).toMatchObject({ state: 'sent' });
    expect((await rowsOf(world.app.store, 'contacts')).map(({ name }) => name)).toEqual([
      'Dana Lee',
    ]);
  });

  it('writes the note anew for another sender', async () => {
    await lose();
    await know(world, world.mia);
    await runDeal(world, world.anna, 'feedback Acme');
    await settle(world, world.anna.choose(view(), 'sender', 'U0MIA'));
    expect(shown()).toContain('Mia Brandt');
    await submit(world, world.anna);
    expect((await request())?.senderId).not.toBe(ben.id);
  });

  it('refuses a guest as the one who asks, under the input', async () => {
    await lose();
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna);
    expect(await resubmit(world, { sender: 'U0GUEST' })).toMatchObject({
      errors: { sender: expect.stringContaining('Pick a colleague who is a full member') },
    });
  });

  it('is asked in the sender’s morning, who may also let it be', async () => {
    await lose();
    await on('11-30T14:05');
    const asks = (one: SandboxMessage) => actionsOn(one).includes(followUpIds.feedbackNote);
    const asked = world.ben.dm().findLast(asks) as SandboxMessage;
    await settle(world, world.ben.press(asked, followUpIds.feedbackNote));
    expect(world.ben.topView().title.text).toBe('Ask for feedback');
    await settle(world, world.ben.press(asked, followUpIds.feedbackSkip));
    expect(await request()).toMatchObject({ state: 'not_agreed' });
    expect((await kinds()).at(-1)).toBe('feedback_skipped');
  });

  it('is closed to who neither asks nor works on the deal', async () => {
    await lose();
    await know(world, world.mia);
    await runDeal(world, world.mia, 'feedback Acme');
    expect(answer(world.mia).text).toContain('belongs to Anna Snelling');
  });

  it('lets the one who asks in, though the deal is not theirs', async () => {
    await lose();
    await runDeal(world, world.ben, 'feedback Acme');
    expect(world.ben.topView().title.text).toBe('Ask for feedback');
  });
});
