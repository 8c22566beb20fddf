import type { Day } from '../../domain/calendar.ts';
import type { ChannelId, DealId } from '../../domain/ids.ts';
import { type Money, parseMoney } from '../../domain/money.ts';
import { readDecisionOn } from '../../domain/plan-rules.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';

/** What the first page of `/deal new` asks; every text as it was typed. */
export interface NewDealForm {
  /** Given when the form was opened, so that the same form sent twice starts one deal. */
  readonly dealId: DealId;
  readonly account: string | undefined;
  readonly name: string | undefined;
  readonly amount: string | undefined;
  readonly decisionOn: string | undefined;
  readonly dateDriver: string | undefined;
  /** The channel the deal shall live in, if it was ticked. */
  readonly channelId: ChannelId | undefined;
}

/** The same, understood. */
export interface NewDeal {
  readonly account: string;
  readonly name: string;
  readonly amount: Money | undefined;
  readonly decisionOn: Day;
  readonly dateDriver: string | undefined;
}

export function readNewDeal(form: NewDealForm, today: Day, currency: string): NewDeal | Refusal {
  const account = readLine(form.account, { field: 'account', what: 'The account', max: 100 });
  if (isRefusal(account)) return account;
  const name = readLine(form.name, { field: 'name', what: 'The deal’s name', max: 100 });
  if (isRefusal(name)) return name;
  const typed = cleanLine(form.amount ?? '');
  const amount = typed === '' ? undefined : parseMoney(typed, currency);
  if (isRefusal(amount)) return { ...amount, field: 'amount' };
  const decisionOn = readDecisionOn(form.decisionOn, today, 'decision_on');
  if (isRefusal(decisionOn)) return decisionOn;
  const dateDriver = readOptional(form.dateDriver, 'date_driver', 'The reason for the date');
  if (isRefusal(dateDriver)) return dateDriver;
  return { account, name, amount, decisionOn, dateDriver };
}

/** A line that may stay empty. */
export function readOptional(
  text: string | undefined,
  field: string,
  what: string,
): string | Refusal | undefined {
  return cleanLine(text ?? '') === '' ? undefined : readLine(text, { field, what, max: 300 });
}
