import type { BusinessCalendar, Calendars, Day } from './calendar.ts';
import type { DealContact } from './contact.ts';
import type { Homework, Side } from './homework.ts';
import type { HomeworkId } from './ids.ts';
import { byPhase, moveRules } from './move-rules.ts';
import type { PlanRows, PlanState } from './plan-state.ts';
import type { Rally } from './rally.ts';
import type { Phase, Segment } from './segment.ts';

/** What a tap on a move does. */
export type MoveAction =
  | { readonly does: 'step'; readonly homeworkId: HomeworkId }
  /** Opens the form for a new step, filled in. */
  | {
      readonly does: 'assign';
      readonly side: Side;
      readonly title: string;
      readonly dueOn: Day;
      readonly doneWhen: string;
    }
  | { readonly does: 'date' }
  /** Shows words to send, for a person to send. */
  | { readonly does: 'draft'; readonly draft: string }
  | { readonly does: 'touch' }
  | { readonly does: 'late_entry' };

/** One move: what, why it is the one, and what does it. */
export interface Move {
  readonly what: string;
  readonly why: string;
  readonly action: MoveAction;
}

/** One of ours and one small ask of theirs; both are always there (METHOD §3.7). */
export interface NextMoves {
  readonly ours: Move;
  readonly theirs: Move;
  /** Where the first rule that spoke stands among all: 0 is the most urgent. */
  readonly rank: number;
}

/** What the moves are chosen from. */
export interface Situation {
  readonly phase: Phase;
  readonly segment: Segment;
  /** They let us in late, and the play for that was not made yet. */
  readonly lateEntry: boolean;
  readonly decisionOn: Day | undefined;
  readonly today: Day;
  readonly calendar: BusinessCalendar;
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  readonly rally: Rally | undefined;
  readonly runwayBd: number | undefined;
  readonly pingPong: boolean;
}

/** What the moves of a plan are chosen from, once it is assessed. */
export function situationOf(
  { deal, steps, contacts }: PlanRows,
  state: Pick<PlanState, 'rally' | 'runwayBd' | 'lateEntry' | 'stalls'>,
  at: { readonly today: Day; readonly calendars: Calendars; readonly lateEntryPlayed: boolean },
): Situation {
  return {
    phase: deal.phase,
    segment: deal.segment,
    lateEntry: state.lateEntry && !at.lateEntryPlayed,
    decisionOn: deal.decisionOn,
    today: at.today,
    calendar: at.calendars.planOf(deal.buyerRegion),
    steps,
    contacts,
    rally: state.rally,
    runwayBd: state.runwayBd,
    pingPong: isPingPong(state),
  };
}

/** Words go to and fro and nothing in the plan moves (METHOD §3.6). */
export function isPingPong({ stalls }: Pick<PlanState, 'stalls'>): boolean {
  return stalls.some(({ code }) => code === 'ping_pong');
}

/** The first rule that has one gives our move, the first that has one gives theirs. */
export function nextMoves(situation: Situation): NextMoves {
  const found = moveRules.map((rule) => rule(situation));
  const fallback = byPhase(situation);
  const first = found.findIndex((moves) => moves?.ours ?? moves?.theirs);
  return {
    ours: found.find((moves) => moves?.ours)?.ours ?? fallback.ours,
    theirs: found.find((moves) => moves?.theirs)?.theirs ?? fallback.theirs,
    rank: first < 0 ? moveRules.length : first,
  };
}
