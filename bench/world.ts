import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../src/store/store.ts';
import { buildCrmDatabase, type CrmDatabase, teamZone } from './crm-database.ts';
import { type BenchPostgres, settlePostgres, startBenchPostgres } from './postgres.ts';
import {
  type Environment,
  findProgram,
  type Program,
  type Running,
  startServer,
} from './processes.ts';
import { type SlackStub, startSlackStub } from './slack-stub.ts';
import { signingSecret, type Target, targetAt } from './slash-load.ts';

type Start = () => Promise<Running>;

/** What sections share; each thing is made when a section first asks for it. */
export interface World {
  readonly program: Program;
  /** A folder that goes when the run ends. */
  readonly cwd: string;
  /** Undefined where Postgres is not installed. */
  postgres(): Promise<BenchPostgres | undefined>;
  stub(): Promise<SlackStub>;
  crm(engine: Engine): Promise<CrmDatabase>;
  /** A database that nobody has used, not migrated yet. @returns its URL. */
  emptyDatabase(engine: Engine, name: string): Promise<string>;
  /** What a process of the app needs to know. */
  envOf(databaseUrl: string, apiUrl: string): Environment;
  startHomeroom(crm: CrmDatabase): Start;
  startBare(): Start;
  /** Starts servers, one after the other, and stops them after `work`. */
  withServers<const Starts extends readonly Start[], Result>(
    starts: Starts,
    work: (targets: { [At in keyof Starts]: Target }) => Promise<Result>,
  ): Promise<Result>;
  close(): Promise<void>;
}

const bareBolt = fileURLToPath(new URL('bare-bolt.mjs', import.meta.url));

export function createWorld(cwd: string): World {
  const program = findProgram();
  const postgres = once(startBenchPostgres);
  const crmOn = {
    sqlite: once(async () => buildCrmDatabase(await emptyDatabase('sqlite', 'crm'))),
    postgres: once(async () => {
      const crm = await buildCrmDatabase(await emptyDatabase('postgres', 'crm'));
      await settlePostgres(crm.url);
      return crm;
    }),
  };
  const stub = once(async () => startSlackStub((await crmOn.sqlite()).people));

  async function emptyDatabase(engine: Engine, name: string): Promise<string> {
    if (engine === 'sqlite') return `file:${join(cwd, `${name}.db`)}`;
    const server = await postgres();
    if (!server) throw new Error('There is no Postgres on this machine');
    return server.createDatabase(name);
  }

  async function start(args: readonly string[], databaseUrl: string): Promise<Running> {
    const env = envOf(databaseUrl, (await stub()).apiUrl);
    return startServer(program, args, { cwd, env: { ...env, TEAM_ZONE: teamZone } });
  }

  return {
    program,
    cwd,
    postgres,
    stub,
    crm: (engine) => crmOn[engine](),
    emptyDatabase,
    envOf,
    startHomeroom:
      ({ url }) =>
      () =>
        start([program.main, 'start'], url),
    startBare: () => () => start([bareBolt], ''),
    withServers,
    close: async () => {
      if (stub.asked()) await (await stub()).close();
      if (postgres.asked()) await (await postgres())?.stop();
    },
  };
}

function envOf(databaseUrl: string, apiUrl: string): Environment {
  return {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'error',
  };
}

async function withServers<const Starts extends readonly Start[], Result>(
  starts: Starts,
  work: (targets: { [At in keyof Starts]: Target }) => Promise<Result>,
): Promise<Result> {
  const running: Running[] = [];
  try {
    for (const start of starts) running.push(await start());
    const targets = running.map(({ port }) => targetAt(port));
    return await work(targets as { [At in keyof Starts]: Target });
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
}

/** Makes something when it is first asked for, and gives the same from then on. */
function once<Made>(make: () => Promise<Made>) {
  let made: Promise<Made> | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.assign(get, { asked: () => made !== undefined });
}
