import { redactSecrets } from './log.ts';
import { startStep } from './start-step.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

/**
 * Opens the database of `DATABASE_URL`, for an operator who may have mistyped it.
 * @throws AppError `start_failed`, without the password.
 */
export function openDatabase(databaseUrl: string): Promise<Store> {
  return startStep(`DATABASE_URL ${redactSecrets(databaseUrl)} cannot be opened`, () =>
    openStore(databaseUrl),
  );
}
