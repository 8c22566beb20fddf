import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const good = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's3cret' };

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('needs a token and a way in, everything else has a default', () => {
    const config = readConfig(good);
    expect(config.databaseUrl).toBe('file:./homeroom.db');
    expect(config.lossThreadAt).toEqual({ weekday: 4, time: '10:00' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reads whose holidays and which further days are off', () => {
    const env = { ...good, HOLIDAYS: 'DE-BY', DAYS_OFF: '2026-12-24, 2026-12-31' };
    expect(readConfig(env)).toMatchObject({
      holidays: 'DE-BY',
      daysOff: ['2026-12-24', '2026-12-31'],
    });
  });

  it('takes an empty variable for an absent one, as in a fresh .env', () => {
    expect(readConfig({ ...good, SLACK_APP_TOKEN: '', PORT: ' ' }).port).toBe(3000);
  });

  it('lists every fault at once and prints no secret', () => {
    const faults = faultsOf({
      SLACK_BOT_TOKEN: 'hunter2',
      PORT: 'many',
      TEAM_ZONE: 'Middle/Earth',
      LOSS_THREAD_AT: 'someday',
      CURRENCY: 'euro',
      HOLIDAYS: 'Atlantis',
      DAYS_OFF: '2026-12-24,2026-02-30',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      SLACK_API_URL: 'nowhere',
    });
    const named = faults.map((fault) => fault.split(':')[0]);
    expect(new Set(named)).toEqual(
      new Set([
        'SLACK_BOT_TOKEN',
        'PORT',
        'TEAM_ZONE',
        'LOSS_THREAD_AT',
        'CURRENCY',
        'HOLIDAYS',
        'DAYS_OFF',
        'LOG_LEVEL',
        'DATABASE_URL',
        'SLACK_API_URL',
        'SLACK_SIGNING_SECRET',
      ]),
    );
    expect(faults.join()).not.toContain('hunter2');
    expect(faults).toContain("DAYS_OFF: '2026-02-30' is not a day such as 2026-12-24");
  });

  it('asks for one of the two ways in', () => {
    expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })[0]).toContain('SLACK_SIGNING_SECRET');
    expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toEqual([]);
  });
});
