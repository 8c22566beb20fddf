import { type Day, sayDay } from './calendar.ts';
import { type Outcome, sayOutcome } from './loss.ts';
import { findReason } from './loss-reasons.ts';

/** What a lost deal taught, as it was written down then; imported losses may say nothing. */
export interface Lesson {
  readonly lostOn: Day;
  readonly outcome: Outcome | undefined;
  readonly competitor: string | undefined;
  readonly reasonCode: string | undefined;
  readonly ownWords: string | undefined;
}

/** `Last time: …`, for the first day of a deal that begins again (METHOD part 5). */
export function lastTimeLine(lesson: Lesson, today: Day): string {
  const { outcome, competitor, reasonCode, ownWords } = lesson;
  const ended =
    outcome && (competitor ? `${sayOutcome(outcome)}, ${competitor}` : sayOutcome(outcome));
  const said = [
    ended,
    findReason(reasonCode ?? '')?.label,
    ownWords ? `“${ownWords}”` : undefined,
  ].filter((part) => part !== undefined);
  const what = said.length > 0 ? said.join(' · ') : 'nobody wrote down why';
  return `Last time: ${what} (${sayDay(lesson.lostOn, today)}).`;
}
