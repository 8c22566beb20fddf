import { tzOffset } from '@date-fns/tz';
import { type Day, dayIn } from '../domain/calendar.ts';
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
    loggedAtOf: remember((closedOn) => new Date(Math.min(noonOf(closedOn, zone), now.getTime()))),
  };
}

/** Noon is far from any change of clocks, so this need not search as `instantAt` does. */
function noonOf(day: string, zone: string): number {
  const wall = Date.parse(`${day}T12:00:00Z`);
  const near = wall - tzOffset(zone, new Date(wall)) * 60_000;
  return wall - tzOffset(zone, new Date(near)) * 60_000;
}
