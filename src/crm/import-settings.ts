import { type Day, dayIn, instantAt } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { ImportDeps } from './contract.ts';
import { remember } from './remember.ts';

/** What stays the same for a whole import. */
export interface ImportSettings {
  readonly workspaceId: WorkspaceId;
  readonly zone: string;
  readonly now: Date;
  readonly today: Day;
  readonly fold: (name: string) => string;
  /**
   * When a deal that is new here counts as logged: at noon of the day it closed, for the CRM is
   * where it was logged. Otherwise a first import would bring years of losses into one thread.
   */
  readonly loggedAtOf: (closedOn: Day) => Date;
}

export function createImportSettings(
  deps: Pick<ImportDeps, 'clock' | 'workspaceId' | 'defaultZone'>,
): ImportSettings {
  const { workspaceId, defaultZone: zone } = deps;
  const now = deps.clock.now();
  return {
    workspaceId,
    zone,
    now,
    today: dayIn(now, zone),
    fold: remember(foldName),
    loggedAtOf: remember((closedOn) => {
      const noon = instantAt(closedOn as Day, '12:00', zone);
      return new Date(Math.min(noon.getTime(), now.getTime()));
    }),
  };
}
