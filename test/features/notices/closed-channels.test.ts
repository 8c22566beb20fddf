import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn } from '../../../sandbox/server/blocks.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { findingIds } from '../../../src/features/findings/findings-message.ts';
import { raiseFindings } from '../../../src/features/findings/raise-findings.ts';
import { runDeal, settle, submit } from '../../support/deals.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { type RitualWorld, released, startRitual, thursdays } from '../reviews/ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual({ env: { FINDING_CHANNELS: 'product=general' } });
});
afterEach(() => world.stop());

const buyer = 'T0BUYER';
const wednesday = '2026-11-25T14:30:00Z';
const thursday = '2026-11-26T14:30:00Z';
const friday = '2026-11-27T20:00:00Z';
const nextFriday = '2026-12-04T20:00:00Z';

const inChannel = (name = 'closed-lost') =>
  world.anna.messages(name).filter(({ user }) => user === world.sandbox.app.userId);
const told = () =>
  world.mia.dm().flatMap(({ text }) => (text.startsWith('I could not post') ? [text] : []));
const posts = () => world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');

const ways = [
  {
    closed: 'shared with another company',
    close: (id: string) => world.sandbox.share(id, buyer),
    open: (id: string) => world.sandbox.unshare(id),
    words: /it is shared with another company/,
  },
  {
    closed: 'archived',
    close: (id: string) => world.sandbox.archive(id),
    open: async (id: string) => world.sandbox.unarchive(id),
    words: /it is archived|Make or restore it/,
  },
];

async function raiseFinding() {
  const mustHave = { reasonCode: 'prd.must_have', evidence: 'said' } as const;
  const review = await world.lose('Acme', released, {}, mustHave);
  const now = world.clock.now();
  await world.app.store.transaction((tx) =>
    raiseFindings(tx, { review, now, shareExtract: false }),
  );
}

describe.each(ways)('a channel that is $closed', ({ close, open, words }) => {
  it('gets no weekly thread, one word about it is said, and the next week tells once', async () => {
    await world.lose('Acme', released);
    await world.lose('Globex', released);
    await close('C0LOST');
    await world.goTo(thursdays[0]);
    await world.goTo('2026-11-26T18:00:00Z');
    await world.goTo(friday);
    expect(inChannel()).toEqual([]);
    expect(told()).toEqual([expect.stringMatching(words)]);
    expect(told()[0]).toMatch(/^I could not post the weekly closed-lost thread in #closed-lost: /);
    await open('C0LOST');
    await world.goTo(thursdays[1]);
    const [parent] = world.tops();
    expect(world.under(parent).map(({ text }) => text.split(' · ')[0])).toEqual(['Acme', 'Globex']);
    const seen = inChannel().length;
    await world.goTo('2026-12-03T18:00:00Z');
    expect(inChannel()).toHaveLength(seen);
    expect(told()).toHaveLength(1);
  });

  it('gets no digest until it is ours again', async () => {
    await world.lose('Acme', released);
    await close('C0LOST');
    await world.goTo(friday);
    expect(inChannel()).toEqual([]);
    expect(told()).toHaveLength(1);
    await open('C0LOST');
    await world.goTo(nextFriday);
    const digests = inChannel().filter(({ text }) => text.includes('The week to'));
    expect(digests).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });

  it('gets no findings; the next business morning brings them once', async () => {
    await raiseFinding();
    await close('C0GENERAL');
    await world.goTo(wednesday);
    expect(inChannel('general')).toEqual([]);
    expect(told()).toEqual([expect.stringMatching(words)]);
    expect(told()[0]).toContain('in #general: ');
    await open('C0GENERAL');
    await world.goTo(thursday);
    await world.goTo(friday);
    expect(inChannel('general')).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });

  it('gets nothing more of a talk that was going on, and all of it once it is ours again', async () => {
    const review = await world.lose('Acme', released);
    await world.goTo(thursdays[0]);
    const card = world.tops()[1];
    const before = inChannel();
    expect(before.length).toBeGreaterThan(2);
    await close('C0LOST');
    await world.goTo('2026-11-30T15:00:00Z');
    expect(inChannel()).toEqual(before);
    expect(told()).toHaveLength(1);
    expect((await world.again(review)).state).toBe('talking');
    await open('C0LOST');
    await world.goTo('2026-11-30T16:01:00Z');
    const more = inChannel().filter(({ ts }) => !before.some((old) => old.ts === ts));
    expect(more.length).toBeGreaterThan(0);
    expect(more.every(({ threadTs }) => threadTs === card?.ts)).toBe(true);
    await world.goTo('2026-11-30T19:00:00Z');
    expect(new Set(inChannel().map(({ text }) => text)).size).toBe(inChannel().length);
    expect(told()).toHaveLength(1);
  });
});

describe('whether a channel is shared', () => {
  beforeEach(() => world.lose('Acme', released));

  it.each([
    ['a rate limit', { kind: 'rate_limited', retryAfter: 30 }],
    ['an outage', { kind: 'server_error', status: 503 }],
    ['a fault of Slack’s', { kind: 'platform', error: 'internal_error' }],
  ] as const)(
    'is asked again after %s, and the thread is then posted once',
    async (_what, fault) => {
      world.sandbox.faults.add({ method: 'conversations.info', times: 3, ...fault });
      await world.goTo(thursdays[0]);
      expect(world.tops()[0]?.text).toContain('1 deal closed lost');
      expect(inChannel().filter(({ text }) => text.startsWith('Acme'))).toHaveLength(2);
      expect(told()).toEqual([]);
    },
  );

  it.each([
    ['missing_scope', /a permission is missing\. Install the app again .* groups:read/],
    ['method_not_supported_for_channel_type', /Slack said method_not_supported/],
  ])('that Slack does not tell (%s) means no', async (error, remedy) => {
    world.sandbox.faults.add({ method: 'conversations.info', kind: 'platform', error });
    await world.goTo(thursdays[0]);
    expect(inChannel()).toEqual([]);
    expect(told()).toEqual([expect.stringMatching(remedy)]);
  });

  it('is heard of at once, between two posts', async () => {
    let count = 0;
    const second = () => {
      count += 1;
      if (count === 2) void world.sandbox.share('C0LOST', buyer);
      return false;
    };
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'timeout', when: second });
    await world.goTo(thursdays[0]);
    // What was on its way while the channel was being shared is out; nothing follows it.
    expect(posts().filter(({ args }) => args['channel'] === 'C0LOST').length).toBeLessThan(4);
    expect(told()).toHaveLength(1);
  });

  it('costs one question a minute', async () => {
    for (const account of ['Globex', 'Hooli', 'Initech']) await world.lose(account, released);
    await world.goTo(thursdays[0]);
    const asked = world.sandbox.calls.filter(({ method }) => method === 'conversations.info');
    expect(inChannel().length).toBeGreaterThan(8);
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});

describe('a deal’s channel that the buyer reads', () => {
  it('gets no thank-you card by itself', async () => {
    await plantDeal(world, world.rep, { channelId: 'C0ACME' as never });
    await world.sandbox.share('C0ACME', buyer);
    await runDeal(world, world.anna, 'won', { channel: 'deal-acme' });
    await submit(world, world.anna);
    await world.deliver();
    expect(inChannel('deal-acme').filter(({ ephemeralTo }) => !ephemeralTo)).toEqual([]);
    expect(told()).toEqual([expect.stringMatching(/shared with another company.*Thank them in p/)]);
  });
});

describe('somebody of another company', () => {
  const sue = () => world.sandbox.as('U0SUE');

  beforeEach(async () => {
    await raiseFinding();
    await world.goTo(thursdays[0]);
    const seed = { id: 'U0SUE', name: 'sue', realName: 'Sue Lister', teamId: buyer };
    await world.sandbox.addUser(seed);
    for (const id of ['C0LOST', 'C0GENERAL']) {
      await world.sandbox.share(id, buyer);
      await world.sandbox.invite(id, 'U0SUE');
    }
  });

  it('who presses any button of what stood there sees nothing of it', async () => {
    const before = await rowsOf(world.app.store, 'reviewEntries');
    const standing = [...inChannel(), ...inChannel('general')];
    let pressed = 0;
    for (const message of standing) {
      for (const { actionId, blockId, element } of elementsIn(message.blocks)) {
        if (element.type !== 'button') continue;
        await settle(
          world,
          sue().press(message, actionId, { blockId, value: element.value ?? '' }),
        );
        pressed += 1;
        expect(sue().modals()).toEqual([]);
        const answer = sue().ephemerals(message.channel).at(-1);
        expect([answer?.ephemeralTo, answer?.text]).toEqual([
          'U0SUE',
          'Homeroom is for full members of this workspace. Ask the person who invited you for the plan.',
        ]);
      }
    }
    expect(pressed).toBeGreaterThan(3);
    await world.deliver();
    expect(await rowsOf(world.app.store, 'reviewEntries')).toEqual(before);
    const people = await rowsOf(world.app.store, 'people');
    expect(people.find(({ slackUserId }) => slackUserId === 'U0SUE')?.standing).toBe('guest');
  });

  it('reads no answer that a colleague gives there', async () => {
    const message = inChannel('general').at(-1) as SandboxMessage;
    await settle(world, world.ben.press(message, findingIds.accept));
    expect(inChannel('general').find(({ ts }) => ts === message.ts)).toEqual(message);
    expect(world.ben.ephemerals('general').at(-1)).toMatchObject({
      ephemeralTo: 'U0BEN',
      text: expect.stringMatching(/shared with another company/),
    });
    expect((await rowsOf(world.app.store, 'findings'))[0]?.state).toBe('accepted');
  });

  it('with a colleague’s name does not become that colleague', async () => {
    await world.seed.person(undefined, 'Tom Twin');
    await world.sandbox.addUser({ id: 'U0TWIN', name: 'tom', realName: 'Tom Twin', teamId: buyer });
    await world.sandbox.invite('C0LOST', 'U0TWIN');
    const card = world.tops()[1] as SandboxMessage;
    const [first] = elementsIn(card.blocks);
    await settle(world, world.sandbox.as('U0TWIN').press(card, first?.actionId ?? ''));
    const twins = (await rowsOf(world.app.store, 'people')).filter(
      ({ name }) => name === 'Tom Twin',
    );
    expect(twins.map(({ slackUserId, standing }) => [slackUserId, standing])).toEqual(
      expect.arrayContaining([
        [null, 'member'],
        ['U0TWIN', 'guest'],
      ]),
    );
  });
});
