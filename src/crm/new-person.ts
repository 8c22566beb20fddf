import { weekdays } from '../domain/calendar.ts';
import { newId, type PersonId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import { nudgeTime } from '../domain/nudge.ts';
import type { PersonRecord } from '../store/import.ts';
import type { ImportSettings } from './import-settings.ts';

/** Somebody of whom only the name is known. */
export function createPerson(
  name: string,
  { workspaceId, zone, now }: ImportSettings,
): PersonRecord {
  return {
    id: newId<PersonId>(now),
    workspaceId,
    slackUserId: null,
    crmId: null,
    name,
    nameKey: foldName(name),
    email: null,
    role: 'rep',
    standing: 'member',
    managerId: null,
    zone,
    workDays: [...weekdays.workDays],
    active: true,
    seenAt: null,
    morningAt: nudgeTime,
    quietFrom: null,
    quietUntil: null,
    awayUntil: null,
    standInId: null,
    weeklyBudget: null,
  };
}
