import { type Day, sayDay, sayWeekday } from '../../domain/calendar.ts';
import { usualBudget } from '../../domain/nudge-budget.ts';
import { bold, type Leaf, leaf, type Modal } from '../../slack/blocks.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { NudgeWishes } from '../../store/nudge-wishes.ts';

interface Saved {
  readonly wishes: NudgeWishes;
  readonly standInName: string | undefined;
  /** The colleagues they stand in for now. */
  readonly standsInFor: readonly { readonly name: string; readonly until: Day }[];
  readonly today: Day;
}

/** After saving: when the message comes and when it does not. */
export function buildMorningsSavedModal({ wishes, standInName, standsInFor, today }: Saved): Modal {
  const { morningAt, workDays, quiet, awayUntil, weeklyBudget } = wishes;
  const lines: Leaf[][] = [
    [leaf('Your message comes at '), bold(morningAt), leaf(` on ${sayDays(workDays)}.`)],
    [leaf(`At most ${weeklyBudget ?? usualBudget} questions a week.`)],
  ];
  if (quiet) lines.push([leaf(`Nothing comes from ${quiet.from} to ${quiet.until}.`)]);
  if (awayUntil) {
    const asked = standInName ? `${standInName} is asked instead` : 'Your questions wait';
    lines.push([leaf(`You are away until ${sayDay(awayUntil, today)}. ${asked}.`)]);
    for (const { name, until } of standsInFor) {
      const both = until < awayUntil ? until : awayUntil;
      lines.push([
        leaf(
          `${name} named you to be asked instead: nobody is asked until ${sayDay(both, today)}, unless ${name} names somebody else.`,
        ),
      ]);
    }
  }
  return buildResultModal({ title: 'Saved', lines });
}

/** `Monday to Friday`, or each day if they do not follow each other. */
function sayDays(workDays: readonly number[]): string {
  const days = [...workDays].sort(byMonday);
  const [first = 1, last = 1] = [days[0], days.at(-1)];
  const isRun = days.length > 2 && byMonday(last, first) === days.length - 1;
  return isRun ? `${sayWeekday(first)} to ${sayWeekday(last)}` : days.map(sayWeekday).join(', ');
}

function byMonday(a: number, b: number): number {
  return ((a + 6) % 7) - ((b + 6) % 7);
}
