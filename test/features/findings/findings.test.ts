import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day } from '../../../src/domain/calendar.ts';
import { newId, type RevisitId } from '../../../src/domain/ids.ts';
import type { Review } from '../../../src/domain/review.ts';
import { raiseFindings } from '../../../src/features/findings/raise-findings.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { countFindings, insertFindings } from '../../../src/store/findings.ts';
import { resubmit, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual, thursdays } from '../reviews/ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual({ env: { FINDING_CHANNELS: 'product=general' } });
});
afterEach(() => world.stop());

const wednesday = '2026-11-25T14:30:00Z';
const findings = () => rowsOf(world.app.store, 'findings');
const inProduct = () => world.ben.messages('general');
const message = () => inProduct().at(-1) as SandboxMessage;
const mustHave = { reasonCode: 'prd.must_have', evidence: 'said' } as const;

async function raise(review: Review, shareExtract = false): Promise<void> {
  const now = world.clock.now();
  await world.app.store.transaction((tx) => raiseFindings(tx, { review, now, shareExtract }));
}

/** A loss that lacked something, told to product on Wednesday morning. */
async function tell(loss: object = mustHave, review: Partial<Review> = released): Promise<Review> {
  const made = await world.lose('Acme', review, {}, loss);
  await raise(made);
  await world.goTo(wednesday);
  return made;
}

async function press(who: RitualWorld['anna'], id: string, on = message()): Promise<void> {
  await settle(world, who.press(on, id));
}

describe('a released loss', () => {
  it('tells each place its reasons name once, with the owner’s line and how we know', async () => {
    const contributing = ['prd.must_have', 'prd.gap_nice', 'fit.no_problem', 'val.no_number'];
    const review = await world.lose(
      'Acme',
      released,
      {},
      {
        ...mustHave,
        contributing,
        ownWords: 'We heard of single sign-on in the last week',
      },
    );
    await raise(review);
    await raise(review);
    const rows = await findings();
    expect(rows.map(({ place, reasonCode }) => [place, reasonCode])).toEqual([
      ['product', 'prd.must_have'],
      ['enablement', 'fit.no_problem'],
    ]);
    for (const row of rows) {
      expect(row.text).toContain('“We heard of single sign-on in the last week”');
      expect([row.evidence, row.state]).toEqual(['said', 'received']);
    }
  });

  it('tells nobody to be cheaper or to copy a rival', async () => {
    await tell({ ...mustHave, ownWords: 'We should cut the price next time' });
    expect((await findings()).map(({ text }) => text).join()).not.toMatch(/cut the price/);
  });

  it('of a restricted deal says nothing unless its owner lets it out, and never its name', async () => {
    const facts = { privacy: 'restricted' } as const;
    const review = await world.lose('Initrode', released, facts, mustHave);
    await raise(review);
    expect(await findings()).toEqual([]);
    await raise(review, true);
    await world.goTo(wednesday);
    expect(wordsOn(message())).toContain('From a private deal');
    for (const one of inProduct()) {
      expect(one.text + wordsOn(one)).not.toMatch(/Initrode|Core platform/);
    }
  });
});

describe('the findings of a day', () => {
  it('come as one message a channel, the loss channel for places without one', async () => {
    await raise(await world.lose('Acme', released, {}, mustHave));
    const other = { reasonCode: 'prd.must_have', contributing: ['fit.no_problem'] };
    await raise(await world.lose('Globex', released, {}, other));
    await world.goTo(wednesday);
    expect(inProduct()).toHaveLength(1);
    expect(message().text).toMatch(/^2 findings from lost deals\./);
    expect(wordsOn(message())).toContain('Named in 2 of 2 losses in 90 days');
    expect(wordsOn(message())).toMatch(/From Acme · Core platform · They said it/);
    const lost = world.anna.messages('closed-lost').filter(({ text }) => /finding/.test(text));
    expect(lost).toHaveLength(1);
    await world.goTo('2026-11-25T16:00:00Z');
    await world.goTo('2026-11-27T14:30:00Z');
    expect(inProduct()).toHaveLength(1);
  });

  it('wait for a business day', async () => {
    await raise(await world.lose('Acme', released, {}, mustHave));
    world.clock.set('2026-11-28T14:30:00Z');
    await world.goTo('2026-11-28T14:30:00Z');
    expect(inProduct()).toEqual([]);
    await world.goTo('2026-11-30T14:30:00Z');
    expect(inProduct()).toHaveLength(1);
  });
});

describe('a department', () => {
  it('accepts one, ships it, and the thread it came from hears what and by whom', async () => {
    await world.lose('Acme', released, {}, mustHave);
    await world.goTo(thursdays[0]);
    const [row] = await rowsOf(world.app.store, 'reviews');
    await raise(row as unknown as Review);
    await world.goTo('2026-11-27T14:30:00Z');
    await press(world.ben, 'finding_accept');
    expect(wordsOn(message())).toContain('Ben Okafor took it on.');
    expect(actionsOn(message())).toEqual(['finding_ship']);
    await press(world.ben, 'finding_ship');
    await submit(world, world.ben, { note: 'Single sign-on for all plans' });
    await world.deliver();
    expect(wordsOn(message())).toContain('Shipped by Ben Okafor: Single sign-on for all plans');
    expect(actionsOn(message())).toEqual([]);
    const card = world.tops().at(-1);
    const reply = world.under(card).at(-1);
    expect(reply?.text).toMatch(/shipped: Single sign-on for all plans\..*By Ben Okafor/);
  });

  it('ships for its owner alone, and twice changes nothing', async () => {
    await tell();
    await press(world.ben, 'finding_accept');
    await press(world.mia, 'finding_ship');
    const refused = await submit(world, world.mia, { note: 'SSO' });
    expect(JSON.stringify(refused)).toContain('Ben Okafor took this on');
  });

  it('makes a lost deal worth another look on the day the must-have ships', async () => {
    const review = await tell();
    await press(world.ben, 'finding_accept');
    await press(world.ben, 'finding_ship');
    await submit(world, world.ben, { note: 'Single sign-on' });
    const [revisit] = await rowsOf(world.app.store, 'revisits');
    expect(revisit).toMatchObject({
      dealId: review.dealId,
      on: '2026-11-25',
      state: 'raised',
      trigger: 'Single sign-on shipped',
    });
  });

  it('asks the owner about it the next morning, whatever day was planned before', async () => {
    const { workspaceId, dealId } = await tell();
    await world.app.store.transaction((tx) =>
      tx.insert(tx.tables.revisits).values({
        ...{ id: newId<RevisitId>(world.clock.now()), workspaceId, dealId, state: 'waiting' },
        ...{ on: day('2027-05-24'), trigger: 'What they needed has shipped' },
      }),
    );
    await press(world.ben, 'finding_accept');
    await press(world.ben, 'finding_ship');
    await submit(world, world.ben, { note: 'Single sign-on' });
    await resubmit(world);
    expect(await rowsOf(world.app.store, 'revisits')).toMatchObject([
      { on: '2026-11-25', state: 'raised', trigger: 'Single sign-on shipped' },
    ]);
    await world.goTo('2026-11-26T14:05:00Z');
    const asked = world.anna.dm().find(({ text }) => text.includes('“Single sign-on shipped”'));
    expect(asked?.text).toContain('Acme');
  });

  it('that ships what somebody wrote by hand about a must-have raises it, too', async () => {
    const { workspaceId, id: reviewId } = await world.lose('Acme', released, {}, mustHave);
    const by = { workspaceId, reviewId, evidence: 'said', createdById: world.rep.id } as const;
    const given = { ...by, reasonCode: undefined, text: 'They need single sign-on' } as const;
    const now = world.clock.now();
    await world.app.store.transaction((tx) =>
      insertFindings(tx, [{ ...given, place: 'product' }], now),
    );
    await world.goTo(wednesday);
    await press(world.ben, 'finding_accept');
    await press(world.ben, 'finding_ship');
    await submit(world, world.ben, { note: 'Single sign-on' });
    expect((await rowsOf(world.app.store, 'revisits')).map(({ state }) => state)).toEqual([
      'raised',
    ]);
  });

  it('that ships something else raises nothing', async () => {
    await tell({ reasonCode: 'prd.integration', evidence: 'said' });
    await press(world.ben, 'finding_accept');
    await press(world.ben, 'finding_ship');
    await submit(world, world.ben, { note: 'A connector' });
    expect(await rowsOf(world.app.store, 'revisits')).toEqual([]);
  });

  it('declines with a word why', async () => {
    await tell();
    await press(world.ben, 'finding_decline');
    const empty = await submit(world, world.ben, { note: ' ' });
    expect(empty.ok).toBe(false);
    await submit(world, world.ben, { note: 'Planned for spring' });
    expect(wordsOn(message())).toContain('Declined: Planned for spring');
    expect((await findings()).map(({ state }) => state)).toEqual(['declined']);
  });

  it('has one owner when two accept at once', async () => {
    await tell();
    const on = message();
    await settle(
      world,
      Promise.all([world.ben.press(on, 'finding_accept'), world.mia.press(on, 'finding_accept')]),
    );
    const [row] = await findings();
    expect(row?.state).toBe('accepted');
    expect([world.peer.id, world.boss.id]).toContain(row?.ownerId);
    const span = { since: new Date(0), until: world.clock.now() };
    const counted = await world.app.store.read((tx) =>
      countFindings(tx, world.app.workspaceId, span),
    );
    expect(counted).toEqual([{ place: 'product', state: 'accepted', findings: 1 }]);
  });
});

describe('a finding by hand', () => {
  async function open(who: RitualWorld['anna'], facts: object = {}): Promise<SandboxMessage> {
    await world.lose('Acme', released, facts, mustHave);
    await world.goTo(thursdays[0]);
    const card = world.tops().at(-1) as SandboxMessage;
    await settle(world, who.press(card, followUpIds.sendFinding));
    return card;
  }

  it('is sent from the card of a review, and goes out the next business morning', async () => {
    await open(world.ben);
    const sent = await submit(world, world.ben, { place: 'product', text: 'Ask for SSO first' });
    expect(sent.ok).toBe(true);
    await world.goTo('2026-11-27T14:30:00Z');
    expect(wordsOn(message())).toContain('Ask for SSO first');
  });

  it('that says to be cheaper asks in private what was worth paying for, once', async () => {
    await open(world.ben);
    const text = 'We should just lower our price';
    await submit(world, world.ben, { place: 'finance', text });
    expect(wordsOn(world.ben.topView())).toContain(
      'Which difference, worth paying for, did we leave out?',
    );
    expect(await findings()).toEqual([]);
    await submit(world, world.ben, { place: 'finance', text: 'Show what a day of delay costs' });
    expect((await findings()).map((row) => row.text)).toEqual(['Show what a day of delay costs']);
  });
});
