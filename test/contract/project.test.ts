import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const manifest = parse(read('manifest.yml'));

describe('the manifest', () => {
  it('is valid by Slack’s own schema', () => {
    const schema = JSON.parse(read('test/contract/manifest.schema.json'));
    const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect(check(manifest), JSON.stringify(check.errors)).toBe(true);
  });

  it('asks for no scope twice and none that lets an app pose as a person', () => {
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    const all = [...bot, ...optional];
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain('chat:write.customize');
  });

  it('names the command and the events that are listened to, and no others', () => {
    const sources = [
      'src/features/deals/command.ts',
      'src/features/reviews/hear-reply.ts',
      'src/features/people/listeners.ts',
      'src/features/notices/listeners.ts',
    ].map(read);
    const listened = (kind: string) =>
      sources.flatMap((text) =>
        [...text.matchAll(new RegExp(`bolt\\.${kind}\\('([^']+)'`, 'g'))].map((match) => match[1]),
      );
    const commands = manifest.features.slash_commands.map(
      (row: { command: string }) => row.command,
    );
    const events = manifest.settings.event_subscriptions.bot_events as string[];
    expect(commands).toEqual(listened('command'));
    expect(new Set(events.map((event) => event.split('.')[0]))).toEqual(new Set(listened('event')));
  });
});

describe('the example environment', () => {
  const lines = read('.env.example').split('\n');
  const variables = lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split('='));

  it('holds every variable with the default the app has', () => {
    const given = Object.fromEntries(variables.filter(([, value]) => value)) as Record<
      string,
      string
    >;
    const minimum = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    expect(readConfig({ ...given, ...minimum })).toEqual(readConfig(minimum));
    const known = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((m) => m[1]);
    expect(new Set(variables.map(([name]) => name))).toEqual(new Set(known));
  });

  it('gives each a reason', () => {
    for (const [name] of variables) {
      const before = lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1];
      expect(before, name).toMatch(/^# \S/);
    }
  });

  it('is what the README lists', () => {
    const table = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(new Set(table)).toEqual(new Set(variables.map(([name]) => name)));
  });
});
