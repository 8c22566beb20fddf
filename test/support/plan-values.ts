import fc from 'fast-check';
import { addDays, type BusinessCalendar, type Day, day } from '../../src/domain/calendar.ts';
import { type OpenDeal, unknownSoFar } from '../../src/domain/deal.ts';
import { draftHomework, type Homework } from '../../src/domain/homework.ts';
import type { AccountId, DealId, HomeworkId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';

/** The holidays and the working week of METHOD, appendix A. */
export const appendixCalendar: BusinessCalendar = {
  workDays: [1, 2, 3, 4, 5],
  holidays: new Set(['2026-12-25', '2027-01-01', '2027-01-18', '2027-02-15']),
};

/** A step of the buyer, due on 2027-02-01, with what a test says about it. */
export function makeStep(changes: Partial<Homework> = {}): Homework {
  return draftHomework({
    id: 'H' as HomeworkId,
    dealId: 'D' as DealId,
    side: 'buyer',
    title: 'Send the list',
    doer: { name: 'Dana', personId: undefined, contactId: undefined },
    dueOn: day('2027-02-01'),
    doneWhen: 'The list is here.',
    ...changes,
  });
}

/** A mid-market deal that began on 2026-12-01 and is decided on 2027-02-26. */
export function makeOpenDeal(changes: Partial<OpenDeal> = {}): OpenDeal {
  const openedOn = day('2026-12-01');
  const decisionOn = day('2027-02-26');
  return {
    id: 'D' as DealId,
    workspaceId: 'T1' as WorkspaceId,
    accountId: 'A' as AccountId,
    account: 'Acme',
    name: 'Core platform',
    ownerId: 'P' as PersonId,
    amount: undefined,
    decisionOn,
    originalDecisionOn: decisionOn,
    dateDriver: undefined,
    ...unknownSoFar(openedOn),
    segment: 'mid',
    zone: 'UTC',
    openedOn,
    channelId: undefined,
    privacy: 'team',
    imported: false,
    version: 1,
    status: 'open',
    ...changes,
  };
}

/** A day of 2026 to 2029. */
export const anyDay: fc.Arbitrary<Day> = fc
  .integer({ min: 0, max: 1400 })
  .map((offset) => addDays(day('2026-01-01'), offset));

/** A working week of any days with up to five holidays; at least one day of work. */
export const anyCalendar: fc.Arbitrary<BusinessCalendar> = fc.record({
  workDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  holidays: fc.array(anyDay, { maxLength: 5 }).map((days) => new Set<string>(days)),
});
