import type { Clock } from '../clock.ts';
import { type ConfigSurvey, surveyConfig } from '../config.ts';
import { AppError } from '../domain/refusal.ts';
import { createLog } from '../log.ts';
import type { OwnChannel } from '../slack/channels.ts';
import { createInspector, type Inspector, type Installation } from '../slack/inspect.ts';
import type { MigrationState } from '../store/migration-state.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/** A database that answers, opened as it is. */
export interface Database {
  readonly store: Store;
  readonly migrations: MigrationState;
}

/**
 * What the checks ask about. Each fact is asked for once, however many checks want it, and rejects
 * for all of them alike.
 */
export interface Patient {
  readonly survey: ConfigSurvey;
  readonly clock: Clock;
  readonly inspector: Inspector | undefined;
  installation(): Promise<Installation>;
  channels(): Promise<readonly OwnChannel[]>;
  database(): Promise<Database>;
  release(): Promise<void>;
}

export function createPatient(
  env: Record<string, string | undefined>,
  { clock }: { readonly clock: Clock },
): Patient {
  const survey = surveyConfig(env);
  const { slack, databaseUrl } = survey;
  const log = createLog({ level: 'silent' });
  const inspector = slack && createInspector(slack, { now: () => clock.now(), log });
  const opened: Store[] = [];
  const installation = once(async () => known(inspector).readInstallation());
  return {
    survey,
    clock,
    inspector,
    installation,
    channels: once(async () => {
      await installation();
      return known(inspector).listChannels();
    }),
    database: once(async () => {
      const store = await openStore(known(databaseUrl), 'as_is');
      opened.push(store);
      return { store, migrations: await store.migrations() };
    }),
    release: async () => {
      for (const store of opened) await store.close();
    },
  };
}

/** A fact that may be unknown: then the checks that need it have to wait. */
export async function ifKnown<Fact>(fact: () => Promise<Fact>): Promise<Fact | undefined> {
  try {
    return await fact();
  } catch {
    return undefined;
  }
}

function once<Fact>(ask: () => Promise<Fact>): () => Promise<Fact> {
  let asked: Promise<Fact> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new AppError('The environment is faulty', { code: 'faulty' });
  return value;
}
