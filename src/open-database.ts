import { redactSecrets } from './log.ts';
import { startStep } from './start-step.ts';
import { openStore } from './store/open-store.ts';
import type { Opening, Store } from './store/store.ts';

/**
 * Opens the database of a URL, for an operator who may have mistyped it.
 * @param setting where the URL was given, for the message.
 * @throws AppError `start_failed`, without the password.
 */
export function openDatabase(
  databaseUrl: string,
  setting = 'DATABASE_URL',
  opening: Opening = 'migrated',
): Promise<Store> {
  return startStep(`${setting} ${redactSecrets(databaseUrl)} cannot be opened`, () =>
    openStore(databaseUrl, opening),
  );
}
