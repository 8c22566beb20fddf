import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFolder, runCli, slow } from '../support/cli.ts';
import { startWorld, type World } from '../support/homeroom.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('a bad environment', slow, () => {
  it('is listed whole, without a secret in it, and ends the process with 1', async () => {
    const { code, stdout, stderr } = await runCli(['start'], {
      SLACK_BOT_TOKEN: 'hunter2-bot',
      SLACK_APP_TOKEN: 'hunter2-app',
      DATABASE_URL: 'mysql://homeroom:hunter2-db@db/homeroom',
      PORT: '99999',
      TEAM_ZONE: 'Mars/Olympus',
      LOSS_THREAD_AT: 'someday',
      LOG_LEVEL: 'loud',
      CURRENCY: 'euros',
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const faults = stderr.split('\n').slice(1);
    expect(stderr).toMatch(/^The environment has 8 fault\(s\):\n/);
    for (const variable of [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'DATABASE_URL',
      'PORT',
      'TEAM_ZONE',
      'LOSS_THREAD_AT',
      'LOG_LEVEL',
      'CURRENCY',
    ]) {
      expect(faults.filter((line) => line.startsWith(`  ${variable}: `))).toHaveLength(1);
    }
    expect(stderr).not.toContain('hunter2');
  });

  it('is read from a file called .env as well', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, '.env'), 'SLACK_BOT_TOKEN=xoxb-1\nCURRENCY=euros\n');
    const { code, stderr } = await runCli(['start'], {}, folder);
    expect(code).toBe(1);
    expect(stderr).toContain('  CURRENCY: ');
    expect(stderr).toContain('  SLACK_SIGNING_SECRET: is missing');
    expect(stderr).not.toContain('SLACK_BOT_TOKEN');
  });
});

describe('a token Slack does not take', slow, () => {
  it('is named in one line, without the token', async () => {
    const { code, stderr } = await runCli(['start'], {
      SLACK_BOT_TOKEN: 'xoxb-hunter2',
      SLACK_SIGNING_SECRET: 'sshh',
      SLACK_API_URL: world.sandbox.apiUrl,
      DATABASE_URL: 'file::memory:',
      LOG_LEVEL: 'silent',
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Slack at ${world.sandbox.apiUrl} did not take SLACK_BOT_TOKEN: invalid_auth\n`,
    );
  });
});

describe('a command nobody knows', slow, () => {
  it('is answered with the one that was meant', async () => {
    const { code, stderr } = await runCli(['strat'], {});
    expect(code).toBe(1);
    expect(stderr).toContain("error: unknown command 'strat'");
    expect(stderr).toContain('start');
  });
});
