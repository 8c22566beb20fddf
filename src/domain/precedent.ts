import { type Day, daysBetween } from './calendar.ts';
import type { DealEventKind } from './events.ts';
import type { DealId } from './ids.ts';
import type { StallCode } from './stalls.ts';
import { count } from './text.ts';

/** Something of a deal that was held up and moved again, and what somebody had done by then. */
export interface Precedent {
  readonly dealId: DealId;
  readonly account: string;
  readonly code: StallCode;
  readonly firstOn: Day;
  readonly clearedOn: Day;
  readonly did: DealEventKind;
  readonly didOn: Day;
}

/** What can get a deal moving, in the words of what worked. */
const didWords: Partial<Record<DealEventKind, string>> = {
  homework_reworded: 'they made a step smaller',
  homework_dropped: 'they dropped a step nobody needed',
  homework_moved: 'they gave a step another day',
  homework_reassigned: 'a step went to somebody with time for it',
  homework_agreed: 'they got a yes to one step',
  homework_done: 'they finished one step',
  homework_assigned: 'they added one small step',
  decision_date_moved: 'they set a new date',
  date_agreed: 'they got a yes to the date',
  contact_saved: 'they wrote down who is who there',
  phase_changed: 'they named the phase it was really in',
  help_taken: 'a colleague stepped in',
  help_offered: 'their manager offered a hand',
};

/** The things somebody can do that count as what worked. */
export const workedKinds = Object.keys(didWords) as DealEventKind[];

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The newest of the first code that has one; never of the deal itself. */
export function findPrecedent(
  known: readonly Precedent[],
  of: { readonly dealId: DealId; readonly codes: readonly StallCode[] },
): Precedent | undefined {
  const others = known.filter(({ dealId }) => dealId !== of.dealId);
  for (const code of of.codes) {
    const same = others.filter((one) => one.code === code);
    const newest = same.reduce<Precedent | undefined>(
      (best, one) => (best && best.clearedOn >= one.clearedOn ? best : one),
      undefined,
    );
    if (newest) return newest;
  }
  return undefined;
}

/** `Globex was held up the same way in October: they made a step smaller, and it moved 2 days later.` */
export function sayPrecedent({ account, firstOn, clearedOn, did, didOn }: Precedent, today: Day) {
  const [year = '', month = ''] = firstOn.split('-');
  const name = months[Number(month) - 1] ?? '';
  const when = today.startsWith(year) ? name : `${name} ${year}`;
  const days = daysBetween(didOn, clearedOn);
  const then = days === 0 ? 'the same day' : `${count(days, 'day')} later`;
  return `${account} was held up the same way in ${when}: ${didWords[did] ?? ''}, and it moved ${then}.`;
}
