import {
  type BusinessCalendar,
  businessDaysBetween,
  type Day,
  sayDay,
  weekdays,
} from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import type { SlipSummary } from '../domain/slips.ts';
import { count } from '../domain/text.ts';
import { bold, type Leaf, leaf, quiet } from './blocks.ts';

type Dated = Pick<Deal, 'decisionOn' | 'originalDecisionOn' | 'dateDriver'>;

/** What stands wherever a decision date stands. */
export interface DateView {
  readonly deal: Dated;
  readonly slips: SlipSummary;
  readonly today: Day;
  /** Days on which both sides work; Monday to Friday when absent. */
  readonly calendar?: BusinessCalendar;
}

/**
 * The decision date of an open deal with its whole past: what is left, the first date, slips and net
 * days if they differ, and why it matters (METHOD §3.3, 4 and 5). `text` is the same in plain words
 * on one line, not escaped.
 */
export function dateLine(view: DateView): { readonly leaves: Leaf[]; readonly text: string } {
  const { deal, today } = view;
  if (!deal.decisionOn) {
    return { leaves: [leaf('No decision date yet')], text: 'no decision date yet' };
  }
  const on = sayDay(deal.decisionOn, today);
  const room = roomLine(deal.decisionOn, view);
  const past = pastOf(view).map((part) => `, ${part}`);
  const driver = deal.dateDriver ?? 'our date, not theirs';
  const tail = ` — ${room}${past.join('')}`;
  return {
    leaves: [leaf('Decision '), bold(on), leaf(`${tail}\n`), quiet(driver)],
    text: `decision ${on}${tail}, ${driver}`,
  };
}

type ShortDateView = Pick<DateView, 'deal' | 'today'> & { readonly slips: SlipSummary | undefined };

/** The same in a few characters, for lines of a list. */
export function shortDateLine(view: ShortDateView): string {
  return sayShort(view, 'decision date passed');
}

/** Slack's limit for the line below an option of a select. */
const optionLimit = 75;

/**
 * The same below an option of a select, after what else is worth saying there if it fits: the past
 * of a date is never cut off.
 */
export function optionDateLine(view: ShortDateView, before: string | undefined): string {
  const short = shortDateLine(view);
  const whole = before ? `${before} · ${short}` : short;
  return [whole, short].find(({ length }) => length <= optionLimit) ?? sayShort(view, 'passed');
}

function sayShort(view: ShortDateView, passed: string): string {
  const { decisionOn } = view.deal;
  if (!decisionOn) return 'no decision date yet';
  const verb = decisionOn < view.today ? passed : 'decides';
  return `${verb} ${sayDatedDay(view, decisionOn)}`;
}

/** The day alone with its past, for the middle of a sentence. */
export function sayDatedDay({ deal, slips, today }: ShortDateView, decisionOn: Day): string {
  const { originalDecisionOn } = deal;
  const moved = originalDecisionOn !== undefined && originalDecisionOn !== decisionOn;
  const past = [
    ...(moved ? [`first ${sayDay(originalDecisionOn, today)}`] : []),
    ...(slips && (moved || slips.slips > 0)
      ? [count(slips.slips, 'slip'), `${signed(slips.netDays)} d`]
      : []),
  ];
  const on = sayDay(decisionOn, today);
  return past.length === 0 ? on : `${on} (${past.join(', ')})`;
}

function roomLine(decisionOn: Day, { today, calendar = weekdays }: DateView): string {
  if (decisionOn < today) return 'that day has passed';
  if (decisionOn === today) return 'that is today';
  return `${count(businessDaysBetween(today, decisionOn, calendar), 'business day')} from now`;
}

/** Nothing for a date that never moved. */
function pastOf({ deal, slips, today }: DateView): string[] {
  const { decisionOn, originalDecisionOn } = deal;
  const moved = originalDecisionOn !== undefined && originalDecisionOn !== decisionOn;
  if (!moved && slips.slips === 0) return [];
  const parts =
    slips.pulledDays > 0 ? ` (${slips.grossDays} out, ${slips.pulledDays} pulled in)` : '';
  return [
    ...(originalDecisionOn ? [`first set for ${sayDay(originalDecisionOn, today)}`] : []),
    slips.slips === 0 ? 'no slips' : count(slips.slips, 'slip'),
    `net ${signed(slips.netDays)} ${Math.abs(slips.netDays) === 1 ? 'day' : 'days'}${parts}`,
    ...(slips.unseenByManager ? ['not yet seen by manager'] : []),
  ];
}

function signed(days: number): string {
  return days > 0 ? `+${days}` : days < 0 ? `−${-days}` : '0';
}
