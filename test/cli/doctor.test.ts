import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedFromManifest } from '../../sandbox/server/manifest.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server/sandbox.ts';
import type { ChannelId, WorkspaceId } from '../../src/domain/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { saveWorkspace } from '../../src/store/people.ts';
import type { Engine, Store } from '../../src/store/store.ts';
import { newFolder, runCli, slow } from '../support/cli.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { rowsOf, runRaw } from '../support/rows.ts';
import { createSeed } from '../support/seed.ts';
import { engines, newDatabaseUrl } from '../support/test-store.ts';

const clock = createManualClock('2026-11-23T14:30:00Z');
const workspaceId = 'T0TEAM' as WorkspaceId;
const manifest = seedFromManifest(new URL('../../manifest.yml', import.meta.url));

let sandbox: Sandbox;

async function openSlack(changes: { without?: string[]; withApp?: boolean } = {}): Promise<void> {
  const { without = [], withApp = true } = changes;
  sandbox = await createSandbox({
    clock,
    team: { id: workspaceId, name: 'Globex Sales', zone: 'UTC' },
    users: [],
    channels: [
      { id: 'C0LOST', name: 'closed-lost', withApp },
      { id: 'C0ACME', name: 'deal-acme' },
      { id: 'C0GONE', name: 'deal-globex', withApp: false },
    ],
    app: {
      ...manifest,
      scopes: manifest.scopes.filter((scope) => !without.includes(scope)),
      botToken: 'xoxb-hunter2',
      appToken: 'xapp-hunter2',
      signingSecret: 'hunter2',
    },
  });
}

afterEach(() => sandbox.stop());

function envOf(databaseUrl: string): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: 'xoxb-hunter2',
    SLACK_APP_TOKEN: 'xapp-hunter2',
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_URL: databaseUrl,
  };
}

/** What it says of each check, and how it ended; no run of it may show a secret. */
async function runDoctor(env: Record<string, string>) {
  const { code, stdout, stderr } = await runCli(['doctor'], env);
  expect(stdout + stderr).not.toContain('hunter2');
  const lines = stdout.split('\n').flatMap((line) => {
    const [, level, check, says] = /^(ok|warn|fail) +(.+?) {2,}(.+)$/.exec(line) ?? [];
    return check ? [[check, `${level}: ${says}`] as const] : [];
  });
  const details = stdout.split('\n').flatMap((line) => /^ {6}- (.*)$/.exec(line)?.[1] ?? []);
  return { code, stderr, says: Object.fromEntries(lines), details };
}

/** An open deal with a channel the app is in, one with a channel it is not in, and two bad messages. */
async function fill(url: string): Promise<void> {
  const store = await openStore(url);
  await store.transaction((tx) =>
    saveWorkspace(tx, { id: workspaceId, name: 'Globex Sales', now: clock.now() }),
  );
  const seed = createSeed({ store, workspaceId }, clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  await seed.deal({ account: 'Acme', owner: anna });
  await seed.deal({ account: 'Globex', owner: anna });
  await seed.deal({ account: 'Secret', owner: anna, privacy: 'restricted' });
  await placeDeals(store);
  await store.transaction((tx) =>
    enqueue(tx, workspaceId, clock.now(), [
      { kind: 'nudge_planned', key: 'n1', target: 'U0LEFT', payload: {} },
      { kind: 'loss_listed', key: 'l1', target: 'C0LOST', payload: {} },
    ]),
  );
  await store.transaction((tx) =>
    runRaw(tx, sql`update outbox set state = 'dead', detail = 'user_not_found' where key = 'n1'`),
  );
  await store.transaction((tx) =>
    runRaw(tx, sql`update outbox set state = 'unknown', detail = 'timeout' where key = 'l1'`),
  );
  await store.close();
}

async function placeDeals(store: Store): Promise<void> {
  const places = [
    ['acme', 'C0ACME'],
    ['globex', 'C0GONE'],
    ['secret', 'C0HIDDEN'],
  ] as const;
  for (const [key, channel] of places) {
    await store.transaction((tx) =>
      runRaw(
        tx,
        sql`update deals set channel_id = ${channel as ChannelId} where search_key like ${`${key}%`}`,
      ),
    );
  }
}

describe.each(engines)('homeroom doctor on %s', slow, (engine: Engine) => {
  it('finds all well, writes a line for each check and ends with 0', async () => {
    await openSlack();
    const url = await newDatabaseUrl(engine);
    await (await openStore(url)).close();
    const { code, stderr, says, details } = await runDoctor(envOf(url));
    expect({ code, stderr, details }).toEqual({ code: 0, stderr: '', details: [] });
    expect(says).toEqual({
      environment: 'ok: every variable is sound',
      'Slack token': 'ok: it is @homeroom in Globex Sales (T0TEAM)',
      'Slack scopes': `ok: all ${manifest.scopes.length}`,
      'app token': 'ok: Slack gives it a socket',
      database: expect.stringMatching(/^ok: (file|postgres):\S+ takes changes$/),
      migrations: expect.stringMatching(/^ok: all \d+ applied$/),
      clock: `ok: agrees with Slack's${engine === 'postgres' ? " and the database server's" : ''}`,
      'loss channel': 'ok: the app is in #closed-lost (C0LOST)',
      'finding channels': 'ok: none named: the loss channel takes what is found',
      'deal channels': 'ok: the app is in all 0',
      messages: 'ok: none failed',
    });
  });

  it('names channels the app is not in and messages in trouble, and only warns', async () => {
    await openSlack({ without: ['users:read.email'] });
    const url = await newDatabaseUrl(engine);
    await fill(url);
    const { code, says, details } = await runDoctor(envOf(url));
    expect(code).toBe(0);
    expect(says['Slack scopes']).toMatch(
      /^warn: users:read\.email not granted: add it under "OAut/,
    );
    expect(says['deal channels']).toMatch(
      /^warn: the app is not in 2 channels of open deals, .* type \/invite @homeroom there$/,
    );
    expect(says['messages']).toBe(
      'warn: 1 failed for good: mend what is named, they are not sent again; 1 message may or may not have arrived: look for them in Slack',
    );
    expect(details).toEqual([
      'users:read.email is optional: without it people of the CRM are matched by name alone',
      'C0GONE: Globex · Core platform',
      'C0HIDDEN: a restricted deal',
      '2026-11-23T14:30:00.000Z loss_listed to C0LOST: unknown, timeout',
      '2026-11-23T14:30:00.000Z nudge_planned to U0LEFT: dead, user_not_found',
    ]);
  });

  it('does not migrate: it names what is to come and what is too new', async () => {
    await openSlack();
    const url = await newDatabaseUrl(engine);
    const store = await openStore(url);
    const journal =
      engine === 'sqlite' ? sql`__drizzle_migrations` : sql`drizzle.__drizzle_migrations`;
    await store.transaction((tx) =>
      runRaw(
        tx,
        sql`delete from ${journal} where created_at > (select min(created_at) from ${journal})`,
      ),
    );
    expect((await runDoctor(envOf(url))).says['migrations']).toMatch(
      /^warn: 0001_guards, 0002_outbox_order.* to come: "homeroom start" applies them/,
    );
    expect((await store.migrations()).applied).toBe(1);
    await store.transaction((tx) =>
      runRaw(tx, sql`insert into ${journal} (hash, created_at) values ('x', 9000000000000)`),
    );
    const { code, says } = await runDoctor(envOf(url));
    expect(code).toBe(1);
    expect(says['migrations']).toMatch(/^fail: 1 migration of a newer build: install that build/);
    await store.close();
  });
});

describe('homeroom doctor', slow, () => {
  let url: string;

  beforeEach(async () => {
    url = await newDatabaseUrl('sqlite');
  });

  it('looks at the database though Slack cannot be reached', async () => {
    await openSlack();
    await fill(url);
    const env = envOf(url);
    await sandbox.stop();
    const { code, stderr, says } = await runDoctor(env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '2 checks failed.\n' });
    expect(says['Slack token']).toMatch(
      /^fail: Slack at \S+ cannot be reached \(ECONNREFUSED\): lo/,
    );
    expect(says['app token']).toMatch(/^fail: Slack at \S+ cannot be reached/);
    expect(says['database']).toMatch(/^ok/);
    expect(says['messages']).toMatch(/^warn: 1 failed for good/);
    expect(says['loss channel']).toBe('warn: not checked: the Slack token comes first');
    const store = await openStore(url);
    expect(await rowsOf(store, 'deals')).toHaveLength(3);
    await store.close();
  });

  it('looks at what it can of a faulty environment, and at no database there is none of', async () => {
    await openSlack();
    const { code, says, details } = await runDoctor({
      ...envOf(url),
      CURRENCY: 'hunter2',
      DATABASE_URL: `file:${join(newFolder(), 'none.db')}`,
    });
    expect(code).toBe(1);
    expect(says['environment']).toMatch(/^fail: 1 fault: /);
    expect(details).toEqual(['CURRENCY: must be a three-letter currency code such as EUR']);
    expect(says['Slack token']).toMatch(/^ok/);
    expect(says['database']).toMatch(/^warn: file:\S+none\.db is not there yet: "homeroom start"/);
  });

  it('names tokens Slack does not take, without them, and scopes the app cannot work without', async () => {
    await openSlack({ without: ['chat:write'], withApp: false });
    const env = { ...envOf(url), SLACK_APP_TOKEN: 'xapp-hunter2-old' };
    const { code, says, details } = await runDoctor(env);
    expect(code).toBe(1);
    expect(says['Slack scopes']).toMatch(/^fail: chat:write not granted: /);
    expect(details).toContain('chat:write is required: no message can be sent');
    expect(says['app token']).toMatch(
      /^fail: .* did not take SLACK_APP_TOKEN \(invalid_auth\): co/,
    );
    expect(says['loss channel']).toMatch(
      /^fail: the app is in no channel closed-lost, .* type \/invite @homeroom there/,
    );
    const wrong = await runDoctor({ ...env, SLACK_BOT_TOKEN: 'xoxb-hunter2-old' });
    expect(wrong.says['Slack token']).toMatch(
      /^fail: .* did not take SLACK_BOT_TOKEN \(invalid_auth\): copy it again from "OAuth/,
    );
  });

  it('fails loss and finding channels that another company reads, or is about to', async () => {
    await openSlack();
    await sandbox.share('C0LOST', 'T0BUYER');
    sandbox.offerToShare('C0ACME', 'T0BUYER');
    const named = { FINDING_CHANNELS: 'product=deal-acme,finance=nowhere' };
    const { code, says, details } = await runDoctor({ ...envOf(url), ...named });
    expect(code).toBe(1);
    expect(says['loss channel']).toBe(
      'fail: nothing goes to #closed-lost (C0LOST): it is shared with another company, or about to be. End the sharing, or name a channel of your own in LOSS_CHANNEL',
    );
    expect(says['finding channels']).toMatch(/^fail: nothing can be told in 2 channels: /);
    expect(details).toEqual([
      'deal-acme: it is shared with another company, or about to be',
      'nowhere: type /invite @homeroom there; the app is not in it',
    ]);
  });

  it.each([
    ['warns of', 120_000, 0, /^warn: 1[12]\d s behind Slack's: set it by NTP/],
    ['fails', -600_000, 1, /^fail: (59|60)\d s ahead of Slack's: .* Slack's requests are refused$/],
  ])('%s a clock that is off by %d ms', async (_what, offMs, code, said) => {
    await openSlack();
    await (await openStore(url)).close();
    const proxy = await startProxy(offMs);
    const { port } = proxy.address() as AddressInfo;
    const result = await runDoctor({
      ...envOf(url),
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    });
    proxy.close();
    expect(result.says['clock']).toMatch(said);
    expect(result.code).toBe(code);
  });
});

/** Slack with another time in its answers. */
async function startProxy(offMs: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(`${sandbox.url}${request.url}`, {
      method: 'POST',
      body: Buffer.concat(chunks).toString(),
      headers: { authorization, 'content-type': type },
    });
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'x-oauth-scopes': answer.headers.get('x-oauth-scopes') ?? '',
      date: new Date(Date.now() + offMs).toUTCString(),
    });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
