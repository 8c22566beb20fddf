import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError, type Refusal, refuse } from '../domain/refusal.ts';
import { driverCode } from './driver-code.ts';
import { sqlitePath } from './sqlite-store.ts';

/** How long each try waits for whoever holds the whole database, and how many there are. */
const lockedWaitMs = 5_000;
const lockedTries = 12;

/** More pages than a database has: all are copied in one go, so it is one state of it. */
const allPages = 0x7fffffff;

/**
 * Copies the database of a `file:` URL, as it is at one instant, while others read and write it.
 * The copy gets its name when it is whole and checked; until then it has another one beside it.
 * @returns its size in bytes, or a refusal when there is something by that name.
 * @throws AppError `no_database`, `backup_failed`.
 */
export async function backUpSqlite(
  databaseUrl: string,
  target: string,
): Promise<{ readonly bytes: number } | Refusal> {
  const path = sqlitePath(databaseUrl);
  if (!existsSync(path)) {
    throw new AppError(`There is no file ${path} to back up: look at DATABASE_URL`, {
      code: 'no_database',
    });
  }
  if (existsSync(target)) return taken(target);
  const partial = `${target}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await copyPages(path, partial);
    checkCopy(partial);
    if (existsSync(target)) return taken(target);
    renameSync(partial, target);
    return { bytes: statSync(target).size };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = driverCode(error);
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      `${path} could not be backed up to ${target}: ${reason}${code ? ` (${code})` : ''}`,
      { code: 'backup_failed', cause: error },
    );
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(partial + end, { force: true });
  }
}

function taken(target: string): Refusal {
  return refuse(
    'backup_exists',
    `There is a ${target} already, and a backup never overwrites: give another name, or move that one away.`,
  );
}

/** In steps it would start over at every write of another process, and might never end. */
async function copyPages(path: string, partial: string): Promise<void> {
  const source = new Database(path, {
    readonly: true,
    fileMustExist: true,
    timeout: lockedWaitMs,
  });
  let tries = 0;
  try {
    await source.backup(partial, {
      progress: () => {
        tries += 1;
        if (tries > lockedTries) {
          throw new AppError(`Another program holds ${path}: end it, or try again later`, {
            code: 'backup_failed',
          });
        }
        return allPages;
      },
    });
  } finally {
    source.close();
  }
}

/** Checks every page and reference, and makes the copy one file that needs no other beside it. */
function checkCopy(partial: string): void {
  const copy = new Database(partial, { fileMustExist: true });
  try {
    const faults = copy.pragma('integrity_check') as readonly { integrity_check: string }[];
    const broken = copy.pragma('foreign_key_check') as readonly unknown[];
    const [first] = faults;
    if (first?.integrity_check !== 'ok' || broken.length > 0) {
      throw new AppError(
        `The copy did not pass its check and was removed: ${first?.integrity_check}, ${broken.length} broken references. Look after the database itself: it may be damaged`,
        { code: 'backup_failed' },
      );
    }
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
