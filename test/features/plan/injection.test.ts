import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../sandbox/server/json.ts';
import { allDeals, runDeal, settle, stepsOf, submit, submitNew } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosingBy } from '../../support/losses.ts';
import { answer, wordsOn } from '../../support/shown.ts';

const said = '<!channel> <@U0BEN> *b* `c` ~s~ <https://evil.example|hi> & https://evil.example';
const turned = '\u202e\u200f\u2067\u0007';
const nasty = `${turned}${said}${turned}`;
/** The same, as short as a contact's option allows. */
const saidShort = '<!here> <@U0BEN> *b* `c` <https://e.example|hi>';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** Everything the app ever told Slack: calls, answers and acknowledgements. */
function everythingSent(): unknown[] {
  const { calls, deliveries } = world.sandbox;
  return [...calls.map(({ args }) => args), ...deliveries.map(({ ack }) => ack)];
}

function objectsIn(node: unknown): JsonObject[] {
  if (typeof node === 'string' && node.startsWith('{')) return objectsIn(JSON.parse(node));
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  return isObject(node) ? [node, ...Object.values(node).flatMap(objectsIn)] : [];
}

/** Whether Slack would read this object's `text` as mrkdwn: a text object of it, or a message. */
function isMrkdwn({ type, text }: JsonObject): boolean {
  return typeof text === 'string' && (type === 'mrkdwn' || type === undefined);
}

function expectHarmless(): void {
  const sent = objectsIn(everythingSent());
  const marked = sent.filter(isMrkdwn).map(({ text }) => String(text));
  expect(marked.length).toBeGreaterThan(0);
  for (const text of marked) expect(text).not.toMatch(/<[!@#]|<http/);
  const live = ['user', 'usergroup', 'broadcast', 'channel', 'link', 'emoji'];
  expect(sent.filter(({ type }) => live.includes(String(type)))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(JSON.stringify(everythingSent())).not.toMatch(/[\u202e\u200f\u2067\u0007]|\\u0007/);
  const parsed = sent.filter(({ parse, link_names }) => parse === 'full' || link_names);
  expect(parsed).toEqual([]);
}

async function openNastyDeal(): Promise<void> {
  await runDeal(world, world.anna, `new ${nasty}`);
  const first = { name: nasty, amount: '', decision_on: '2026-12-18', date_driver: nasty };
  await submitNew(world, world.anna, first, { playbook_new: 'blank', cost_of_missing: nasty });
}

describe('text that pretends to be something else', () => {
  it('stays text in a deal, its picker, its list and its plan', async () => {
    await openNastyDeal();
    expect(wordsOn(world.anna.topView())).toContain(`${said} decides on`);
    await runDeal(world, world.anna, 'plan evil');
    // The name of the account is the name of the deal, and a title says it once.
    expect(wordsOn(answer(world.anna))).toContain(said);
    expect(answer(world.anna).text).toContain('&lt;!channel&gt; &lt;@U0BEN&gt;');
    await runDeal(world, world.anna, 'list');
    expect(wordsOn(answer(world.anna))).toContain(said);
    await runDeal(world, world.anna, 'won evil');
    expect(wordsOn(world.anna.topView())).toContain(said);
    await runDeal(world, world.ben, 'plan');
    await world.ben.options(answer(world.ben), 'deals_pick', nasty);
    expectHarmless();
  });

  it.each(['', 'plan ', 'homewrk '])(
    'stays text in what is answered to “/deal %s…”',
    async (word) => {
      await runDeal(world, world.anna, `${word}${nasty}`, { channel: 'general' });
      const shown = answer(world.anna, 'general');
      expect(wordsOn(shown)).toContain('<!channel>');
      expect(shown.text).toContain('&lt;!channel&gt;');
      expectHarmless();
    },
  );

  it('stays text in a step, its contact, its changes and what is said of them', async () => {
    await openNastyDeal();
    await runDeal(world, world.anna, 'homework', { channel: 'general' });
    await world.anna.options(world.anna.topView(), 'contact', `${turned}${saidShort}, CFO`);
    await submit(world, world.anna, {
      title: nasty,
      contact: `Add ${saidShort}, CFO`,
      done_when: `Seen: ${nasty}`,
      why_for_them: nasty,
      return_title: nasty,
    });
    expect(wordsOn(world.anna.topView())).toContain(`${said} — ${saidShort}, by`);
    await runDeal(world, world.anna, 'homework');
    await world.anna.options(world.anna.topView(), 'contact', '');

    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    const [only] = await allDeals(world);
    const [first, second] = only ? await stepsOf(world, only.id) : [];
    const theirs = first?.side === 'buyer' ? first : second;
    await settle(world, world.anna.press(card, 'plan_step', { value: theirs?.id ?? '' }));
    expect(wordsOn(world.anna.topView())).toContain(`Done when: Seen: ${said}`);
    expect(wordsOn(world.anna.topView())).toContain(`Worth their time: ${said}`);
    await world.anna.close(world.anna.topView());
    await settle(world, world.anna.press(card, 'plan_move', { value: first?.id ?? '' }));
    expect(wordsOn(world.anna.topView())).toContain(said);
    await submit(world, world.anna, { due_on: '2026-11-25' });
    await settle(world, world.anna.press(card, 'plan_drop', { value: second?.id ?? '' }));
    await submit(world, world.anna, { reason: nasty });
    await settle(world, world.anna.press(card, 'plan_done', { value: first?.id ?? '' }));
    expect(wordsOn(answer(world.anna))).toContain(`Done (1) ${said}`);
    expectHarmless();
  });

  it('stays text in refusals', async () => {
    await openNastyDeal();
    await runDeal(world, world.anna, `new ${nasty}`);
    const again = { name: nasty, amount: '', decision_on: '2026-12-18' };
    const { errors } = await submit(world, world.anna, again);
    expect(errors?.['name']).toContain(said);
    expect(
      (await submit(world, world.anna, { ...again, amount: `${turned}<!here> *12*` })).errors,
    ).toEqual({
      amount: expect.stringContaining('“<!here> *12*” is not an amount'),
    });
    await runDeal(world, world.ben, 'homework evil');
    expect(answer(world.ben).text).toContain('&lt;!channel&gt;');
    expect(wordsOn(answer(world.ben))).toContain(`${said} belongs to Anna Snelling`);
    expectHarmless();
  });

  it('stays text in a lost deal', async () => {
    await openNastyDeal();
    await runDeal(world, world.anna, 'list');
    await startLosingBy(world, world.anna, 'rival');
    await submit(world, world.anna, {
      ...asked(world.anna, goodLoss),
      competitor: nasty,
      reason: 'unk.silent',
      own_words: nasty,
    });
    expect(wordsOn(world.anna.topView())).toContain(said);
    expectHarmless();
  });
});
