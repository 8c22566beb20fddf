import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { createApp } from '../../src/app.ts';
import { readConfig, type WeeklyTime } from '../../src/config.ts';
import { importDeals } from '../../src/crm/import-deals.ts';
import { importPeople } from '../../src/crm/import-people.ts';
import { dayIn } from '../../src/domain/calendar.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { createLog } from '../../src/log.ts';
import { seedFromManifest } from '../server/manifest.ts';
import { createSandbox } from '../server/sandbox.ts';
import { readCrmExport } from './crm-export.ts';
import { createMovableClock } from './movable-clock.ts';
import { demoPeople, peopleCsv } from './people.ts';
import { nextBusinessMorning, nextWeekly, presets } from './presets.ts';

/** The running demo. */
export interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

const teamZone = 'America/New_York';
const secrets = { bot: 'xoxb-demo', signing: 'demo-signing-secret' };
const hourMs = 60 * 60_000;

const uiFolder = fileURLToPath(new URL('../ui/dist', import.meta.url));

/**
 * Starts a local Slack with the real app in it, over signed HTTP, and fills it from the CRM export
 * through the same import an operator uses; without `deals` with its people alone.
 */
export async function startDemo(
  options: { port?: number; now?: Date; deals?: boolean } = {},
): Promise<Demo> {
  await buildUi();
  const clock = createMovableClock(options.now ?? new Date());
  const crm = await readCrmExport(dayIn(clock.now(), teamZone));
  const people = demoPeople(crm.team);
  const weekly: Readonly<Record<string, WeeklyTime>> = {
    ritual_day: { weekday: 4, time: '10:00' },
    digest_day: { weekday: 5, time: '15:00' },
  };
  const everybody = people.map(({ id }) => id);
  let tick = async (): Promise<unknown> => undefined;

  const presetInstant = (id: string, userId: string) => {
    const zone = people.find((person) => person.id === userId)?.tz ?? teamZone;
    const ritual = weekly[id];
    return ritual
      ? nextWeekly(clock.now(), teamZone, ritual)
      : nextBusinessMorning(clock.now(), zone);
  };
  const sandbox = await createSandbox({
    port: options.port ?? 0,
    uiFolder,
    clock: {
      now: () => clock.now(),
      presets: () => [...presets],
      presetInstant,
      // Hour by hour, so that every morning on the way has its nudges, as it would have had.
      moveTo: async (instant) => {
        while (clock.now() < instant) {
          const next = new Date(Math.min(clock.now().getTime() + hourMs, instant.getTime()));
          clock.jumpTo(next);
          await tick();
        }
      },
    },
    team: { id: 'T0DEMO', name: 'Demo Sales', zone: teamZone },
    users: people,
    channels: [
      { id: 'C0GENERAL', name: 'general', members: everybody, topic: 'Everybody, everything' },
      {
        id: 'C0LOST',
        name: 'closed-lost',
        members: everybody,
        topic: 'Every Thursday at 10:00: what the week’s losses teach us',
      },
      {
        id: 'C0PRODUCT',
        name: 'product-feedback',
        members: everybody,
        topic: 'What buyers missed, and what became of it',
      },
      {
        id: 'C0ENABLE',
        name: 'sales-enablement',
        members: everybody,
        topic: 'What would help us tell it better',
      },
    ],
    app: {
      ...seedFromManifest(new URL('../../manifest.yml', import.meta.url)),
      botToken: secrets.bot,
      signingSecret: secrets.signing,
    },
  });

  const config = readConfig({
    SLACK_BOT_TOKEN: secrets.bot,
    SLACK_SIGNING_SECRET: secrets.signing,
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_URL: 'file::memory:',
    TEAM_ZONE: teamZone,
    TEAM_PURPOSE: 'We help teams sell what their buyers need.',
    FINDING_CHANNELS: 'product=product-feedback,enablement=sales-enablement',
    BIG_DEAL: '50000',
    PORT: '0',
    LOG_LEVEL: 'error',
  });
  const log = createLog({ level: 'error' });
  const app = await createApp(config, { clock, log, ceilingPerSecond: 100, restMs: 50 });
  const importing = {
    store: app.store,
    clock,
    workspaceId: app.workspaceId,
    defaultZone: teamZone,
    defaultCurrency: 'USD',
    slackUsers: () => app.gateway.listUsers(),
  };
  for (const result of [
    await importPeople(importing, { input: peopleCsv(people) }),
    ...(options.deals === false
      ? []
      : [await importDeals(importing, { input: crm.deals(), dateFormat: 'YMD' })]),
  ]) {
    if (isRefusal(result)) throw new Error(result.message);
  }
  const port = await app.start();
  sandbox.connectHttp(`http://127.0.0.1:${port}/slack/events`);
  // The clock waits for what an hour brings, so that no message is sent in another hour than its own.
  tick = async () => {
    await app.heartbeat.tick();
    await app.dispatcher.runUntilIdle();
  };
  return {
    url: sandbox.url,
    stop: async () => {
      await app.stop();
      await sandbox.stop();
    },
  };
}

/** A second's work, so that the page is always that of the sources. */
async function buildUi(): Promise<void> {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error' });
}
