import { z } from 'zod';
import { type Day, parseDay } from './domain/calendar.ts';
import { type FindingPlace, findingPlaces } from './domain/finding.ts';
import { isRegion } from './holidays.ts';

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const zone = z.string().refine(isZone, {
  error: (issue) => `'${String(issue.input)}' is not an IANA time zone such as Europe/Berlin`,
});

const ritual = z
  .string()
  .regex(/^(sun|mon|tue|wed|thu|fri|sat) ([01]\d|2[0-3]):[0-5]\d$/i, {
    error: (issue) => `'${String(issue.input)}' is not a day and a time such as 'Thu 10:00'`,
  })
  .transform((value) => {
    const [day = '', time = ''] = value.toLowerCase().split(' ');
    return { weekday: dayNames.indexOf(day as (typeof dayNames)[number]), time };
  });

const region = z.string().refine(isRegion, {
  error: (issue) => `'${String(issue.input)}' is no country with known holidays: try US or DE-BY`,
});

const days = z.string().transform((list, context) => {
  const texts = list
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  for (const text of texts.filter((text) => !parseDay(text))) {
    context.addIssue(`'${text}' is not a day such as 2026-12-24`);
  }
  return texts.map(parseDay).filter((day) => day !== undefined);
});

// Its value is a secret: a fault of it never shows it.
const databaseUrl = z
  .string()
  .regex(
    /^(file:|postgres(ql)?:\/\/)/,
    'must be a file such as file:./homeroom.db, or postgres://user:password@host:5432/name',
  )
  .refine((url) => url.startsWith('file:') || URL.canParse(url), {
    error: 'is no URL: in a user or a password, write @ as %40, / as %2F, : as %3A and # as %23',
  })
  .default('file:./homeroom.db');

const places = findingPlaces.map(({ code }) => code);

/** `product=product-feedback, enablement=C0123456789`. */
const findingChannels = z.string().transform((list, context) => {
  const pairs = list
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean);
  const channels: Partial<Record<FindingPlace, string>> = {};
  for (const pair of pairs) {
    const [place, channel = ''] = pair.split('=').map((part) => part.trim());
    const known = places.find((code) => code === place?.toLowerCase());
    if (known && withoutHash(channel)) channels[known] = withoutHash(channel);
    else
      context.addIssue(
        `'${pair}' is not a pair such as product=product-feedback; there is ${places.join(', ')}`,
      );
  }
  return channels;
});

const environment = z.object({
  SLACK_BOT_TOKEN: z
    .string({ error: 'is missing: copy the bot token (xoxb-…) from "OAuth & Permissions"' })
    .startsWith('xoxb-', 'must be a bot token, it starts with xoxb-'),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'must be an app-level token, it starts with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_API_URL: z
    .url('must be a URL such as https://slack.com/api/')
    .default('https://slack.com/api/'),
  PORT: z.coerce.number('must be a number from 0 to 65535').int().min(0).max(65535).default(3000),
  DATABASE_URL: databaseUrl,
  LOSS_CHANNEL: z.string().min(1).default('closed-lost'),
  LOSS_THREAD_AT: ritual.default({ weekday: 4, time: '10:00' }),
  TEAM_ZONE: zone.default('UTC'),
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a three-letter currency code such as EUR')
    .default('USD'),
  TEAM_PURPOSE: z.string().max(200, 'must be one line of at most 200 characters').optional(),
  DIGEST_AT: ritual.default({ weekday: 5, time: '15:00' }),
  FINDING_CHANNELS: findingChannels.default({}),
  BIG_DEAL: z.coerce
    .number('must be an amount in CURRENCY such as 50000')
    .positive('must be more than nothing')
    .max(1e12, 'must be at most 1000000000000')
    .optional(),
  WIN_REVIEWS: z.coerce.number('must be a number from 0 to 20').int().min(0).max(20).default(1),
  REVIEW_PLEDGE: z
    .enum(['yes', 'no'], { error: 'must be yes or no' })
    .default('no')
    .transform((word) => word === 'yes'),
  HOLIDAYS: region.optional(),
  DAYS_OFF: days.default([]),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    })
    .default('info'),
});

/** A day of the week (0 = Sunday) and a wall-clock time `HH:MM` in the team's zone. */
export interface WeeklyTime {
  readonly weekday: number;
  readonly time: string;
}

/** Everything the environment decides, checked once at start. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly appToken: string | undefined;
    readonly signingSecret: string | undefined;
    readonly apiUrl: string;
  };
  readonly port: number;
  readonly databaseUrl: string;
  /** Channel of the weekly thread: a name without `#`, or a channel id. */
  readonly lossChannel: string;
  readonly lossThreadAt: WeeklyTime;
  readonly teamZone: string;
  /** ISO 4217 code for amounts typed without a currency. */
  readonly currency: string;
  /** Why the team sells, in one line; every digest starts with it (METHOD S4-25). */
  readonly teamPurpose: string | undefined;
  /** When the digests come. */
  readonly digestAt: WeeklyTime;
  /** Where findings go, by name without `#` or by id; the loss channel for any other place. */
  readonly findingChannels: Readonly<Partial<Record<FindingPlace, string>>>;
  /** From which amount in `currency` a deal is big; the team's 75th percentile when absent. */
  readonly bigDeal: number | undefined;
  /** How many wins a month are looked at like losses (METHOD S1-2). */
  readonly winReviews: number;
  /** An admin promised that reviews serve neither pay nor ranking (METHOD §4.3). */
  readonly reviewPledge: boolean;
  /** Whose public holidays are no business days of ours: a country, or a country and a state. */
  readonly holidays: string | undefined;
  /** Further days on which we do not work. */
  readonly daysOff: readonly Day[];
  readonly logLevel: string;
}

/** A bad environment: `faults` names every variable at once, so one restart mends all. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The environment has ${faults.length} fault(s):\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Reads and freezes the configuration. An empty variable counts as absent, as in `.env` files.
 * @throws {ConfigError} listing every fault; values of secrets are never printed.
 */
export function readConfig(env: Env): Config {
  const given = withoutEmpty(env);
  const parsed = environment.safeParse(given);
  const faults = faultsOf(parsed);
  if (!given['SLACK_APP_TOKEN'] && !given['SLACK_SIGNING_SECRET']) {
    faults.push(
      'SLACK_SIGNING_SECRET: is missing: set it to receive HTTP, or set SLACK_APP_TOKEN to use Socket Mode',
    );
  }
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  return freeze(parsed.data);
}

/**
 * The database alone, for work that needs nothing else of the environment.
 * @throws {ConfigError} when it is faulty.
 */
export function readDatabaseUrl(env: Env): string {
  const parsed = environment.pick({ DATABASE_URL: true }).safeParse(withoutEmpty(env));
  if (!parsed.success) throw new ConfigError(faultsOf(parsed));
  return parsed.data.DATABASE_URL;
}

/** What of an environment can be used, sound or not as a whole. */
export interface ConfigSurvey {
  /** As `ConfigError` lists them. */
  readonly faults: readonly string[];
  /** Undefined when the bot token or the address is faulty. */
  readonly slack: Config['slack'] | undefined;
  readonly databaseUrl: string | undefined;
  readonly lossChannel: string | undefined;
  readonly findingChannels: Config['findingChannels'] | undefined;
}

/** Reads what is sound of an environment, for somebody who looks for what is wrong with it. */
export function surveyConfig(env: Env): ConfigSurvey {
  const given = withoutEmpty(env);
  const sound = soundVariables(given);
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = sound;
  return {
    faults: faultsOfAll(given),
    slack:
      botToken && apiUrl
        ? {
            botToken,
            apiUrl: withSlash(apiUrl),
            appToken: sound.SLACK_APP_TOKEN,
            signingSecret: sound.SLACK_SIGNING_SECRET,
          }
        : undefined,
    databaseUrl: sound.DATABASE_URL,
    lossChannel: sound.LOSS_CHANNEL && withoutHash(sound.LOSS_CHANNEL),
    findingChannels: sound.FINDING_CHANNELS,
  };
}

function soundVariables(given: Env): Partial<z.infer<typeof environment>> {
  return Object.fromEntries(
    Object.entries(environment.shape).flatMap(([name, schema]) => {
      const { success, data } = schema.safeParse(given[name]);
      return success ? [[name, data]] : [];
    }),
  );
}

function faultsOfAll(given: Env): readonly string[] {
  try {
    readConfig(given);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** What is wrong with a database's URL, without the URL: it may hold a password. */
export function databaseUrlFault(url: string): string | undefined {
  return databaseUrl.safeParse(url).error?.issues[0]?.message;
}

type Env = Record<string, string | undefined>;

function withoutEmpty(env: Env): Env {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function faultsOf({ error }: { error?: z.ZodError | undefined }): string[] {
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

function freeze(env: z.infer<typeof environment>): Config {
  return Object.freeze({
    slack: Object.freeze({
      botToken: env.SLACK_BOT_TOKEN,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      apiUrl: withSlash(env.SLACK_API_URL),
    }),
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    lossChannel: withoutHash(env.LOSS_CHANNEL),
    lossThreadAt: Object.freeze(env.LOSS_THREAD_AT),
    teamZone: env.TEAM_ZONE,
    currency: env.CURRENCY,
    teamPurpose: env.TEAM_PURPOSE,
    digestAt: Object.freeze(env.DIGEST_AT),
    findingChannels: Object.freeze(env.FINDING_CHANNELS),
    bigDeal: env.BIG_DEAL,
    winReviews: env.WIN_REVIEWS,
    reviewPledge: env.REVIEW_PLEDGE,
    holidays: env.HOLIDAYS,
    daysOff: Object.freeze(env.DAYS_OFF),
    logLevel: env.LOG_LEVEL,
  });
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function withoutHash(channel: string): string {
  return channel.replace(/^#/, '');
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
