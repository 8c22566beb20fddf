import type { Day } from '../../domain/calendar.ts';
import { type Deal, isPaused } from '../../domain/deal.ts';
import type { FollowUp } from '../../domain/follow-up.ts';
import { type Homework, isLate, isOpen } from '../../domain/homework.ts';
import { isFollowUp, type NudgeAnswer, stallOfKind } from '../../domain/nudge.ts';
import { isStalled } from '../../domain/stalls.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import type { JudgedDeal } from './question-facts.ts';

/** A question with the deal and the step it is about, as they are now. */
export interface ShownItem {
  readonly item: NudgeItem;
  readonly deal: Deal;
  readonly step: Homework | undefined;
  /** Undefined for a deal that has ended. */
  readonly judged: JudgedDeal | undefined;
  /** What follows from a deal that has ended, while it is still to be done. */
  readonly followUp: FollowUp | undefined;
  /** The reader does it, and not a colleague who left. */
  readonly mine: boolean;
  readonly helped: boolean;
  /** The day where the deal is. */
  readonly dealToday: Day;
}

/** Whether a question still waits for an answer: nobody gave one, and what it asks about is still so. */
export function isAsked(shown: ShownItem, today: Day): boolean {
  const { item, deal, step } = shown;
  if (isFollowUp(item.kind)) return !item.answer && shown.followUp !== undefined;
  if (item.answer || deal.status !== 'open' || isPaused(deal, today)) return false;
  return item.homeworkId ? step !== undefined && isStepAsked(item, step) : isDealAsked(shown);
}

/** Another date, another state or an end since then is an answer. */
function isStepAsked({ kind, dueOn }: NudgeItem, step: Homework): boolean {
  if (!isOpen(step) || step.dueOn !== dueOn || step.status === 'needs_rewrite') return false;
  if (kind === 'ask_them') return step.status === 'proposed' && !step.askedOn;
  // Smaller, or with somebody else: it is a proposal again, and nobody is reminded of one.
  if (kind === 'buyer_soon' || kind === 'buyer_late') return step.status !== 'proposed';
  return kind === 'ask_yes' ? step.status === 'proposed' : true;
}

function isDealAsked({ item, deal, judged, helped, dealToday }: ShownItem): boolean {
  if (!judged) return false;
  const { state, rows } = judged;
  const has = (code: string) => state.stalls.some((stall) => stall.code === code);
  switch (item.kind) {
    case 'date_passed':
      return deal.decisionOn !== undefined && deal.decisionOn < dealToday;
    case 'owe_reply':
      return (state.rally?.replyDebtBd ?? 0) > 0;
    case 'alone':
      return !helped;
    case 'exit_ramp':
      return isStalled(state.stalls);
    case 'manager_help':
      return state.stalls.length > 0 || rows.steps.some((step) => isLate(step, dealToday));
    case 'still_worth':
      return true;
    default: {
      const code = stallOfKind(item.kind);
      return code !== undefined && has(code);
    }
  }
}

const answerWords: Readonly<Record<NudgeAnswer, string>> = {
  changed: 'Answered',
  on_track: 'On track',
  by_tonight: 'By tonight',
  not_yet: 'Not yet',
  already_moving: 'Already moving',
  skip: 'Skipped',
  leave_it: 'Left as it is',
  not_them: 'Not them',
  nobody_yet: 'Nobody yet',
  keep_going: 'Kept',
  note_sent: 'Sent',
  help_asked: 'Help asked for',
  help_offered: 'Offered',
  back_on: 'They come back',
  tried: 'Tried once more',
  holds_legal: 'Waits for their legal or security',
  holds_contact: 'Our contact is quiet',
  holds_us: 'Waits for us',
  holds_budget: 'Waits for their budget',
  holds_priority: 'Other things come first',
  holds_rival: 'They look at somebody else',
  not_a_problem: 'Not a problem',
  snoozed: 'Snoozed',
};

/** What became of a question, in a word or two. */
export function sayAnswer({ item, deal, step }: ShownItem, today: Day): string {
  if (item.answer && item.answer !== 'changed') return answerWords[item.answer];
  if (isFollowUp(item.kind)) return 'Done';
  if (deal.status !== 'open') return 'Deal closed';
  if (isPaused(deal, today)) return 'Deal paused';
  return step ? sayStep(step, item) : 'Answered';
}

function sayStep(step: Homework, { dueOn }: NudgeItem): string {
  if (step.status === 'done' || step.status === 'accepted') return 'Done';
  if (step.status === 'needs_rewrite') return 'To be worded better';
  if (step.status === 'declined') return 'They won’t';
  if (!isOpen(step)) return 'Dropped';
  if (step.dueOn !== dueOn) return 'Another date';
  if (step.status !== 'proposed') return 'They said yes';
  return step.askedOn ? 'Asked' : 'To be asked';
}
