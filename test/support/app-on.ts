import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { createApp, type Homeroom } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { newDatabaseUrl } from './test-store.ts';

/**
 * A process of its own in somebody's workspace: the same Slack and the same clock, a database of
 * choice. It is composed and not listening, for jobs and deliveries only.
 */
export async function createAppOn(
  world: { readonly sandbox: Sandbox; readonly clock: Clock },
  env: Record<string, string> = {},
): Promise<Homeroom> {
  const { botToken, signingSecret } = world.sandbox.app;
  const config = readConfig({
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: world.sandbox.apiUrl,
    TEAM_ZONE: 'America/New_York',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...('DATABASE_URL' in env ? {} : { DATABASE_URL: await newDatabaseUrl() }),
    ...env,
  });
  return createApp(config, { clock: world.clock, log: createLog({ level: 'silent' }) });
}
