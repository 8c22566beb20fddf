import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId, SlackUserId } from '../../src/domain/ids.ts';
import { ensureAccount } from '../../src/store/accounts.ts';
import { ensureContact, findContact, searchContacts } from '../../src/store/contacts.ts';
import { firstSeen } from '../../src/store/inbox.ts';
import {
  findOperator,
  findPerson,
  findPersonBySlackId,
  findUnlinkedPerson,
  findWorkspace,
  listManagerChain,
  listZones,
  savePerson,
  saveWorkspace,
} from '../../src/store/people.ts';
import {
  elsewhere,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;

describe.each(engines)('people on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('read back as they were saved, with the days they work', async () => {
    const { anna } = world;
    expect(await world.run(findPerson, workspaceId, anna.id)).toEqual(anna);
    const bySlack = await world.run(findPersonBySlackId, workspaceId, 'U0ANNA' as SlackUserId);
    expect(bySlack).toEqual({ ...anna, seenAt: now });
    expect(await world.run(findPerson, elsewhere, anna.id)).toBeUndefined();
  });

  it('are replaced as a whole', async () => {
    const changed = { ...world.anna, name: 'Anna Sørensen', active: false, email: undefined };
    await world.run(savePerson, changed, undefined);
    expect(await world.run(findPerson, workspaceId, changed.id)).toEqual(changed);
  });

  it('whom Slack does not know yet are found by address, else by a name of their own', async () => {
    const lee = await world.seed.person(undefined, 'Dana Lee', { email: 'Dana@Example.com' });
    await world.seed.person(undefined, 'Sam Twin');
    await world.seed.person(undefined, 'Sam Twin');
    const find = (name: string, email?: string) =>
      world.run(findUnlinkedPerson, workspaceId, { name, email });
    expect((await find('Somebody', 'dana@example.COM'))?.id).toBe(lee.id);
    expect((await find('DANA  lee'))?.id).toBe(lee.id);
    expect(await find('Sam Twin')).toBeUndefined();
    expect(await find('Anna Snelling')).toBeUndefined();
  });

  it('have managers who are followed upwards, and a circle ends', async () => {
    const ids = ['P1', 'P2', 'P3', 'P1'] as PersonId[];
    for (const [at, id] of ids.slice(0, 3).entries()) {
      const managerId = ids[at + 1];
      await world.run(savePerson, { ...world.anna, slackUserId: undefined, id, managerId }, now);
    }
    expect(await world.run(listManagerChain, workspaceId, 'P1' as PersonId)).toEqual(['P2', 'P3']);
  });

  it('live in zones, and somebody runs the workspace', async () => {
    await world.seed.person('U0MIA', 'Mia Brandt', { role: 'manager', zone: 'Europe/Berlin' });
    await world.seed.person(undefined, 'Nobody Known', { zone: 'Asia/Kolkata', role: 'admin' });
    const zones = await world.run(listZones, workspaceId);
    expect([...zones].sort()).toEqual(['America/New_York', 'Europe/Berlin']);
    expect((await world.run(findOperator, workspaceId))?.name).toBe('Mia Brandt');
    await world.seed.person('U0ADA', 'Ada Admin', { role: 'admin' });
    expect((await world.run(findOperator, workspaceId))?.name).toBe('Ada Admin');
  });

  it('belong to a workspace that follows its name in Slack', async () => {
    await world.run(saveWorkspace, { id: workspaceId, name: 'Globex', now });
    const newYear = new Date('2027-01-01T00:00:00Z');
    await world.run(saveWorkspace, { id: workspaceId, name: 'Globex Sales', now: newYear });
    expect(await world.run(findWorkspace, workspaceId)).toMatchObject({
      name: 'Globex Sales',
      createdAt: now,
    });
    expect(await world.run(findWorkspace, elsewhere)).toBeUndefined();
  });

  it('at a buyer are made once, keep their title and take a new one', async () => {
    const account = await world.run(ensureAccount, workspaceId, 'Acme', now);
    expect(await world.run(ensureAccount, workspaceId, 'ACME!', now)).toEqual(account);
    const ensure = (name: string, title?: string) =>
      world.run(ensureContact, workspaceId, { accountId: account.id, name, title }, now);
    const dana = await ensure('Dana Lee', 'CFO');
    expect(await ensure('dana lee')).toEqual(dana);
    expect(await ensure('Dana Lee', 'COO')).toEqual({ ...dana, title: 'COO' });
    await ensure('100% Sure');
    expect(await world.run(findContact, workspaceId, dana.id)).toMatchObject({ title: 'COO' });
    const names = async (text: string) =>
      (await world.run(searchContacts, account.id, text, 5)).map(({ name }) => name);
    expect(await names('LEE')).toEqual(['Dana Lee']);
    expect(await names('')).toEqual(['100% Sure', 'Dana Lee']);
  });

  it('are heard once, however often Slack says it, also at the same time', async () => {
    const heard = await Promise.all(
      Array.from({ length: 4 }, () => world.run(firstSeen, workspaceId, 'event:1', now)),
    );
    expect(heard.filter(Boolean)).toHaveLength(1);
    expect(await world.run(firstSeen, elsewhere, 'event:1', now)).toBe(true);
  });

  it('may have a name no database likes', async () => {
    const odd = await world.seed.person('U0ODD', 'O\'Neil "x" \\ %_ \u{1F600} \ud800 \0end');
    const found = await world.run(findPerson, workspaceId, odd.id);
    expect(found?.name).toMatch(/^O'Neil "x" \\ %_ \u{1F600} \ufffd+ \0?end$/u);
  });
});
