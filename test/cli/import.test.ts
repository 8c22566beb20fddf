import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { newFolder, runCli, slow } from '../support/cli.ts';
import { startWorld, type World } from '../support/homeroom.ts';

let world: World;
let folder: string;
let databaseUrl: string;
let env: Record<string, string>;

beforeEach(async () => {
  world = await startWorld();
  folder = newFolder();
  databaseUrl = `file:${join(folder, 'homeroom.db')}`;
  env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: world.sandbox.apiUrl,
    DATABASE_URL: databaseUrl,
    TEAM_ZONE: 'America/New_York',
    LOG_LEVEL: 'silent',
  };
});
afterEach(() => world.stop());

function csv(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function stored() {
  const store = await openStore(databaseUrl);
  const rows = await store.read(async (tx) => ({
    people: await tx.select().from(tx.tables.people),
    deals: await tx.select().from(tx.tables.deals),
    losses: await tx.select().from(tx.tables.losses),
  }));
  await store.close();
  return rows;
}

const pipeline = [
  'opportunity_id,sales_agent,account,product,deal_stage,engage_date,close_date,close_value',
  'A1,Anna Snelling,Acme,GTX Pro,Prospecting,2026-10-01,,',
  'A2,Anna Snelling,Globex,GTX Pro,Lost,2026-09-01,2026-10-15,0',
  'A3,Nobody Known,Initech,GTX Pro,Won,2026-09-01,2026-10-15,5000',
  'A4,Anna Snelling,,GTX Pro,Dreaming,2026-09-01,soon,5000',
];

describe('homeroom import', slow, () => {
  it('brings people in and links them to Slack; a second time it changes nothing', async () => {
    const team = csv('team.csv', 'Sales Agent,Manager', 'Anna Snelling,Mia Brandt', 'Ben Okafor,');
    const first = await runCli(['import', 'people', team], env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^people: imported 3, updated 0, unchanged 0, rejected 0\n/);
    const rows = (await stored()).people;
    const slackIds = Object.fromEntries(rows.map((row) => [row.name, row.slackUserId]));
    expect(slackIds).toEqual({
      'Anna Snelling': 'U0ANNA',
      'Ben Okafor': 'U0BEN',
      'Mia Brandt': 'U0MIA',
    });
    const second = await runCli(['import', 'people', team], env);
    expect(second.stdout).toMatch(/^people: imported 0, updated 0, unchanged \d, rejected 0\n/);
  });

  it('counts a pipeline on a dry run and writes neither rows nor a file', async () => {
    const file = csv('pipeline.csv', ...pipeline);
    const { code, stdout } = await runCli(['import', 'deals', file, '--dry-run'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^deals: imported 3, updated 0, unchanged 0, rejected 1\n {2}line 5: /);
    expect(stdout).toMatch(/Dry run: nothing was written\.\n$/);
    expect(await stored()).toEqual({ people: [], deals: [], losses: [] });
    expect(existsSync(`${file}.rejects.csv`)).toBe(false);
  });

  it('keeps what it can, names owners nobody knows, and puts the rest into a file', async () => {
    const file = csv('pipeline.csv', ...pipeline);
    const { code, stdout, stderr } = await runCli(['import', 'deals', file], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Rejected rows are in ${file}.rejects.csv`);
    expect(stdout).toContain('  Nobody Known: 1 deal');
    const rows = await stored();
    expect(rows.deals.map(({ crmId, status }) => [crmId, status])).toEqual([
      ['A1', 'open'],
      ['A2', 'lost'],
      ['A3', 'won'],
    ]);
    expect(rows.losses).toHaveLength(1);
    expect(readFileSync(`${file}.rejects.csv`, 'utf8')).toContain('A4');
  });

  it('asks for the order of dates that can be read two ways', async () => {
    const [header = '', row = ''] = pipeline;
    const file = csv('us.csv', header, row.replace('2026-10-01', '03/04/2026'));
    const { code, stderr } = await runCli(['import', 'deals', file], env);
    expect(code).toBe(1);
    expect(stderr).toContain('--date-format');
    expect((await runCli(['import', 'deals', file, '--date-format', 'DMY'], env)).code).toBe(0);
  });

  it.each([
    ['a file that is not there', ['import', 'deals', 'nowhere.csv'], /nowhere\.csv/],
    ['a map that names no field', ['import', 'deals', 'x.csv', '--map', 'Owner'], /column=field/],
  ])('refuses %s in a sentence', async (_name, args, said) => {
    const { code, stderr } = await runCli(args, env, folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
