import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../domain/refusal.ts';
import { count } from '../domain/text.ts';
import { redactSecrets } from '../log.ts';
import { sqlitePath } from '../store/sqlite-store.ts';
import { type Finding, notChecked, reasonOf } from './finding.ts';
import { ifKnown, type Patient } from './patient.ts';

/** Whether the database can be reached and takes changes; writing nothing but what was there. */
export async function checkDatabase(patient: Patient): Promise<Finding> {
  const check = 'database';
  const { databaseUrl } = patient.survey;
  if (databaseUrl === undefined) return notChecked(check, 'DATABASE_URL is faulty');
  const url = redactSecrets(databaseUrl);
  try {
    const { store } = await patient.database();
    await store.ping();
    return { level: 'ok', check, says: `${url} takes changes` };
  } catch (error) {
    if (error instanceof AppError && error.code === 'no_database') {
      return existsSync(dirname(sqlitePath(databaseUrl)))
        ? { level: 'warn', check, says: `${url} is not there yet: "homeroom start" makes it` }
        : { level: 'fail', check, says: `the folder of ${url} is not there: make it` };
    }
    const reason = reasonOf(error);
    return {
      level: 'fail',
      check,
      says: `${url} cannot be used: ${reason.replace(/\.$/, '')}. Look at DATABASE_URL, and at the server or the disk and its permissions`,
    };
  }
}

/** Whether the schema is the one this build works with. */
export async function checkMigrations(patient: Patient): Promise<Finding> {
  const check = 'migrations';
  const database = await ifKnown(patient.database);
  if (!database) return notChecked(check, 'the database comes first');
  const { applied, pending, unknown } = database.migrations;
  if (unknown > 0) {
    return {
      level: 'fail',
      check,
      says: `${count(unknown, 'migration')} of a newer build: install that build, or go back to the backup from before it`,
    };
  }
  if (pending.length > 0) {
    return {
      level: 'warn',
      check,
      says: `${pending.join(', ')} to come: "homeroom start" applies them, or "homeroom migrate" now`,
    };
  }
  return { level: 'ok', check, says: `all ${applied} applied` };
}
