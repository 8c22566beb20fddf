import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { optionalScopes, requiredScopes } from '../../src/slack/scopes.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('the scopes the doctor looks for', () => {
  const { bot, bot_optional: optional } = parse(read('manifest.yml')).oauth_config.scopes;

  it('are those the manifest asks for', () => {
    expect(requiredScopes.map(({ name }) => name)).toEqual(bot);
    expect(optionalScopes.map(({ name }) => name)).toEqual(optional);
  });

  it('are all explained in the README', () => {
    for (const scope of [...bot, ...optional]) expect(read('README.md')).toContain(`\`${scope}\``);
  });
});
