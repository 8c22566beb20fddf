import { LogLevel, WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../sandbox/server/options.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server/sandbox.ts';

export const botToken = 'xoxb-trial';
export const appToken = 'xapp-trial';
export const signingSecret = 'trial-secret';

export const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A clock that stands until a test moves it. */
export class HandClock {
  #now = new Date('2026-03-02T09:00:00Z');
  now(): Date {
    return this.#now;
  }
  advance(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }
}

export const ana = 'U0000ANA';
export const ben = 'U0000BEN';
export const deals = 'C0000DEAL';
export const hidden = 'C000QUIET';
export const elsewhere = 'C000ELSE';

const scopes = [
  'commands',
  'chat:write',
  'im:write',
  'im:read',
  'im:history',
  'users:read',
  'users:read.email',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'team:read',
  'dnd:read',
];

/** A small workspace: two people, a shared channel, a private one, one without the app. */
export async function startSandbox(
  overrides: Partial<Omit<SandboxOptions, 'app'>> & { app?: Partial<SandboxOptions['app']> } = {},
): Promise<{ sandbox: Sandbox; clock: HandClock; client: WebClient }> {
  const clock = new HandClock();
  const { app, ...rest } = overrides;
  const sandbox = await createSandbox({
    clock,
    users: [
      { id: ana, name: 'ana', realName: 'Ana Ruiz', tz: 'Europe/Madrid' },
      { id: ben, name: 'ben', realName: 'Ben Osei' },
      { id: 'U0000OLD', name: 'old', deleted: true },
      { id: 'U00GUEST', name: 'guest', isStranger: true },
    ],
    channels: [
      { id: deals, name: 'deal-acme', members: [ana, ben, 'U00GUEST'], topic: 'Acme' },
      { id: hidden, name: 'quiet', kind: 'private', members: [ana], withApp: false },
      { id: elsewhere, name: 'elsewhere', members: [ben], withApp: false },
    ],
    app: {
      name: 'Trial',
      commands: [{ command: '/deal', description: 'Deals', usageHint: '' }],
      shortcuts: [
        { name: 'New', callbackId: 'new_thing', type: 'global' },
        { name: 'Keep', callbackId: 'keep_message', type: 'message' },
      ],
      botToken,
      appToken,
      signingSecret,
      scopes,
      ...app,
    },
    ...rest,
  });
  onTestFinished(() => sandbox.stop());
  return { sandbox, clock, client: quietClient(sandbox) };
}

export function quietClient(sandbox: Sandbox, token = botToken): WebClient {
  return new WebClient(token, clientOptions(sandbox));
}

export function clientOptions(sandbox: Sandbox) {
  return {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  };
}
