import type { BusinessCalendar, Day } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import type { PlanRows, PlanState } from '../../domain/plan-state.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import type { Leaf } from '../../slack/blocks.ts';

/** What an open plan comes to at one day, with the rows it was judged by. */
export interface JudgedPlan {
  readonly rows: PlanRows;
  readonly state: PlanState;
  readonly today: Day;
  /** Days on which both sides work. */
  readonly calendar: BusinessCalendar;
}

/** What a plan card shows. */
export interface PlanView {
  readonly deal: Deal;
  readonly ownerName: string;
  readonly steps: readonly Homework[];
  readonly slips: SlipSummary;
  readonly today: Day;
  readonly calendar: BusinessCalendar;
  /** Undefined for a deal that ended: nothing of it is judged any more. */
  readonly judged: JudgedPlan | undefined;
  /** What the deal taught when it was lost before, until something of this plan is done. */
  readonly lastTime?: string | undefined;
  /** What a loss like this one taught; it names no person and no private deal. */
  readonly lesson?: string | undefined;
  /** Whether the reader may change the plan; others see it without buttons. */
  readonly mayChange: boolean;
}

/** Leaves as the plain words they show. */
export function sayLeaves(leaves: readonly Leaf[]): string {
  return leaves.map((leaf) => ('text' in leaf ? leaf.text : '')).join('');
}
