import { seedFromManifest } from '../../../sandbox/server/manifest.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/server/sandbox.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { startBalancer } from './balancer.ts';
import { type AppProcess, startProcess } from './processes.ts';

/** How Slack reaches the replicas: over a socket each, or by a balancer in front of both. */
export type Road = 'Socket Mode' | 'HTTP';

/** Two processes of the app on one database and one clock, which only moves when it is told to. */
export interface ReplicaWorld {
  readonly sandbox: Sandbox;
  readonly replicas: readonly [AppProcess, AppProcess];
  readonly store: Store;
  readonly seed: Seed;
  goTo(instant: string): void;
  advance(ms: number): void;
  stop(): Promise<void>;
}

const zone = 'America/New_York';
export const memberIds = Array.from({ length: 6 }, (_, index) => `U0MEMBER${index}`);

export async function startReplicas(
  databaseUrl: string,
  road: Road,
  startAt: string,
): Promise<ReplicaWorld> {
  const clock = createManualClock(startAt);
  const sandbox = await createSandbox({
    clock,
    team: { id: 'T0TEAM', name: 'Globex Sales', zone },
    users: memberIds.map((id) => ({ id, name: id.toLowerCase(), tz: zone })),
    channels: [{ id: 'C0LOST', name: 'closed-lost', members: memberIds }],
    app: {
      ...seedFromManifest(new URL('../../../manifest.yml', import.meta.url)),
      botToken: 'xoxb-test',
      appToken: 'xapp-test',
      signingSecret: 'sshh',
    },
  });
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    ...(road === 'HTTP' ? {} : { SLACK_APP_TOKEN: 'xapp-test' }),
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_URL: databaseUrl,
    TEAM_ZONE: zone,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const running: AppProcess[] = [];
  const tellTime = () => {
    for (const one of running) if (!one.killed) one.setTime(clock.now());
  };
  const advance = (ms: number) => {
    clock.advance(Math.max(0, ms));
    tellTime();
  };
  const onSleep = (ms: number) => {
    advance(ms);
    return clock.now();
  };
  const begin = () => startProcess({ env, now: clock.now(), onSleep });
  const replicas = await Promise.all([begin(), begin()]);
  running.push(...replicas);
  const balancer = await startBalancer();
  for (const { port } of replicas) balancer.add(port);
  if (road === 'HTTP') sandbox.connectHttp(balancer.url);
  const store = await openStore(databaseUrl);
  return {
    sandbox,
    replicas,
    store,
    seed: createSeed({ store, workspaceId: 'T0TEAM' as WorkspaceId }, clock),
    goTo: (instant) => {
      clock.set(instant);
      tellTime();
    },
    advance,
    stop: async () => {
      for (const one of running) if (!one.killed) await one.end();
      await balancer.stop();
      await sandbox.stop();
      await store.close();
    },
  };
}
