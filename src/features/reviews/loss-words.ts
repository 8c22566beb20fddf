import { type Day, daysBetween } from '../../domain/calendar.ts';
import { sayOutcome } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { sayMoney } from '../../domain/money.ts';
import type { ListedLoss } from '../../store/losses.ts';

/** `$12,500`, or a dash for a deal without an amount. */
export function sayAmount({ amount }: Pick<ListedLoss, 'amount'>): string {
  return amount ? sayMoney(amount) : 'amount —';
}

/** How it ended and why: `They chose another supplier (Initech): Price without enough value`. */
export function sayWhy({
  outcome,
  competitor,
  reasonCode,
}: Pick<ListedLoss, 'outcome' | 'competitor' | 'reasonCode'>): string {
  const reason = reasonCode ? findReason(reasonCode)?.label : undefined;
  const ended = outcome ? sayOutcome(outcome) : undefined;
  const rival = competitor ? ` (${competitor})` : '';
  return [ended && `${ended}${rival}`, reason].filter(Boolean).join(': ');
}

const lateFromDays = 8;

/** More than a week between the end and the word of it is said, without asking why. */
export function sayToldLate({ lostOn, loggedAt }: Pick<ListedLoss, 'lostOn' | 'loggedAt'>): string {
  const days = daysBetween(lostOn, loggedAt.toISOString().slice(0, 10) as Day);
  return days >= lateFromDays ? `told us ${days} days late` : '';
}
