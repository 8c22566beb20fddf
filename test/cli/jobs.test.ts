import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { subjectOf } from '../../src/domain/nudge.ts';
import { saveRest } from '../../src/store/nudge-rests.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { runCli, slow } from '../support/cli.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { rowsOf } from '../support/rows.ts';
import { createSeed } from '../support/seed.ts';
import { newDatabaseUrl } from '../support/test-store.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;

let world: World;
let env: Record<string, string>;
let store: Store;

beforeEach(async () => {
  world = await startWorld();
  const databaseUrl = await newDatabaseUrl();
  env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: world.sandbox.apiUrl,
    DATABASE_URL: databaseUrl,
    TEAM_ZONE: 'America/New_York',
    LOG_LEVEL: 'silent',
  };
  store = await openStore(databaseUrl);
  const seed = createSeed({ store, workspaceId }, world.clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-20', doer: anna });
  const globex = await seed.deal({ account: 'Globex', owner: anna });
  await seed.loss(globex, { loggedAt: '2024-11-26T16:00:00Z' });
});
afterEach(async () => {
  await store.close();
  await world.stop();
});

/** How many rows a run left behind, by table. */
async function traces() {
  const counts: Record<string, number> = {};
  for (const name of ['jobRuns', 'nudges', 'lossThreads', 'outbox'] as const) {
    counts[name] = (await rowsOf(store, name)).length;
  }
  return counts;
}

const posted = () => world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');

describe('homeroom jobs run', slow, () => {
  it('says what a sweep would do on a day, and does nothing', async () => {
    const seed = createSeed({ store, workspaceId }, world.clock);
    const ben = await seed.person('U0BEN', 'Ben Okafor');
    const hooli = await seed.deal({ account: 'Hooli', owner: ben });
    await seed.step(hooli, { title: 'Draft it', dueOn: '2026-11-24', doer: ben });
    const initech = await seed.deal({ account: 'Initech', owner: ben, privacy: 'restricted' });
    const hidden = await seed.step(initech, { title: 'Sign', dueOn: '2026-11-24', doer: 'Dana' });
    const late = await seed.step(hooli, { title: 'Send it', dueOn: '2026-11-19', doer: ben });
    const about = subjectOf({ kind: 'item_late', dealId: hooli.id, homeworkId: late.id });
    const rest = { personId: ben.id, scope: 'item', about, untilAt: undefined } as const;
    await store.transaction((tx) => saveRest(tx, workspaceId, rest, world.clock.now()));
    const at = ['--at', '2026-11-24T15:00:00Z'];
    const result = await runCli(['jobs', 'run', 'nudge_sweep', ...at, '--dry-run'], env);
    expect(result).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'nudge_sweep America/New_York 2026-11-24T14:00:00.000Z: people 2, questions 3, held 1',
        '  Anna Snelling: 1 question, 0 held back',
        '    asks Acme · Core platform: a step of ours is late',
        '  Ben Okafor: 2 questions, 1 held back',
        '    asks Hooli · Core platform: a step of ours is due today',
        '    asks a private deal: nobody has asked them yet',
        '    holds Hooli · Core platform: a step of ours is late (muted)',
        'Dry run: nothing was changed or sent.',
        '',
      ].join('\n'),
    });
    expect(result.stdout).not.toContain(hidden.title);
    expect(await traces()).toEqual({ jobRuns: 0, nudges: 0, lossThreads: 0, outbox: 0 });
    expect(posted()).toEqual([]);
  });

  it('holds the ritual of an instant, once', async () => {
    const command = ['jobs', 'run', 'weekly_losses', '--at', '2024-11-28T15:05:00Z'];
    const first = await runCli(command, env);
    expect(first).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'weekly_losses team 2024-11-28T15:00:00.000Z: losses 1',
        '  #closed-lost: 1 loss, 0 of them private',
        '    Globex · Core platform (Anna Snelling)',
        'Sent 2, dropped 0, failed 0, unknown 0.',
        '',
      ].join('\n'),
    });
    expect(world.anna.messages('closed-lost').map(({ text }) => text.split(',')[0])).toEqual([
      '1 deal closed lost this week',
      'Globex · Core platform',
    ]);
    const second = await runCli(command, env);
    expect(second.stdout).toContain('weekly_losses team 2024-11-28T15:00:00.000Z: ran before');
    expect(posted()).toHaveLength(2);
  });

  it('refuses a job there is none of, with those there are', async () => {
    expect(await runCli(['jobs', 'run', 'nonsense'], env)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "There is no job 'nonsense'. There is: missed_dates, stall_sweep, nudge_sweep, weekly_losses, weekly_digest, findings_sweep, practice_sweep, review_clock, feedback_sweep.\n",
    });
  });

  it('refuses to run as if it were later than now, except to look', async () => {
    const command = ['jobs', 'run', 'weekly_losses', '--at', '2999-01-03T15:05:00Z'];
    const { code, stderr } = await runCli(command, env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^2999-01-03T15:05:00\.000Z is still to come: .* Add --dry-run /);
    expect((await runCli([...command, '--dry-run'], env)).code).toBe(0);
    expect(await traces()).toEqual({ jobRuns: 0, nudges: 0, lossThreads: 0, outbox: 0 });
  });

  it('refuses a time that says nothing of its zone', async () => {
    const at = '2026-11-26 10:00';
    const { code, stderr } = await runCli(['jobs', 'run', 'nudge_sweep', '--at', at], env);
    expect(code).toBe(1);
    expect(stderr).toContain('Expected an instant such as 2026-11-26T15:00:00Z.');
  });
});
