import { type BusinessCalendar, businessDaysBetween, type Day } from './calendar.ts';

/** On which road a word went. */
export type TouchKind = 'email' | 'call' | 'meeting' | 'message' | 'document' | 'other';

/** One thing one side said or did towards the other. */
export interface Turn {
  readonly on: Day;
  readonly side: 'buyer' | 'seller';
  readonly expectsReply: boolean;
  /** It moved something in the plan: a reply alone does not (METHOD, decision 5). */
  readonly advance: boolean;
}

/** How the ball goes to and fro. Undefined is "not known yet", shown as a dash. */
export interface Rally {
  readonly turns: number;
  /** How many of them, up to now, have moved nothing in the plan. */
  readonly idleTurns: number;
  /** PPI: the share of turns that moved nothing, 0–1; needs five turns (METHOD §3.5). */
  readonly pingPong: number | undefined;
  /** T, in business days of the buyer. */
  readonly typicalReplyBd: number;
  /** Q: how long our last question is unanswered, in business days of the buyer; 0 when none is. */
  readonly silenceBd: number;
  /** R = Q ÷ T. */
  readonly latency: number;
  /** How long we owe an answer, in our business days; 0 when we owe none. */
  readonly replyDebtBd: number;
  /** Whose move it is; undefined when nobody owes an answer. */
  readonly ballWith: 'buyer' | 'seller' | undefined;
}

const windowBd = 20;
const fewestTurns = 5;
const keptWaits = 5;
const fewestWaits = 3;

/** @param touches in the order they happened. */
export function computeRally(
  touches: readonly Turn[],
  today: Day,
  norms: { readonly typicalReplyBd: number },
  calendars: { readonly buyer: BusinessCalendar; readonly seller: BusinessCalendar },
): Rally {
  const waits = completedWaits(touches, calendars.buyer);
  const typicalReplyBd =
    waits.length < fewestWaits
      ? norms.typicalReplyBd
      : Math.max(1, median(waits.slice(-keptWaits)));
  const openSince = firstUnanswered(touches, 'seller');
  const owedSince = firstUnanswered(touches, 'buyer');
  const silenceBd = openSince ? businessDaysBetween(openSince, today, calendars.buyer) : 0;
  const replyDebtBd = owedSince ? businessDaysBetween(owedSince, today, calendars.seller) : 0;
  const turns = mergeTurns(
    touches.filter(({ on }) => businessDaysBetween(on, today, calendars.seller) <= windowBd),
  );
  return {
    turns: turns.length,
    idleTurns: turns.length - 1 - turns.findLastIndex(({ advance }) => advance),
    pingPong: pingPongIndex(turns),
    typicalReplyBd,
    silenceBd,
    latency: silenceBd / typicalReplyBd,
    replyDebtBd,
    ballWith: owedSince ? 'seller' : openSince ? 'buyer' : undefined,
  };
}

/** Consecutive touches of one side are one turn, an advance if any part of it is. */
export function mergeTurns(touches: readonly Turn[]): Turn[] {
  const turns: Turn[] = [];
  for (const touch of touches) {
    const last = turns.at(-1);
    if (last?.side === touch.side) {
      const advance = last.advance || touch.advance;
      turns[turns.length - 1] = { ...touch, advance };
    } else turns.push(touch);
  }
  return turns;
}

/** (turns among t₂…tₙ that moved nothing) ÷ (n − 1); undefined under five turns. */
export function pingPongIndex(turns: readonly Turn[]): number | undefined {
  if (turns.length < fewestTurns) return undefined;
  return turns.slice(1).filter(({ advance }) => !advance).length / (turns.length - 1);
}

/** How long they took, from our first question to their next word. */
export function completedWaits(touches: readonly Turn[], calendar: BusinessCalendar): number[] {
  const waits: number[] = [];
  let since: Day | undefined;
  for (const { side, on, expectsReply } of touches) {
    if (side === 'seller' && expectsReply) since ??= on;
    if (side === 'buyer' && since) {
      waits.push(businessDaysBetween(since, on, calendar));
      since = undefined;
    }
  }
  return waits;
}

/** The day of the first question of a side that the other has not answered. */
function firstUnanswered(touches: readonly Turn[], side: Turn['side']): Day | undefined {
  let since: Day | undefined;
  for (const touch of touches) {
    if (touch.side !== side) since = undefined;
    else if (touch.expectsReply) since ??= touch.on;
  }
  return since;
}

/** The middle of the values, or half-way between the two middle ones; 0 without any. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
