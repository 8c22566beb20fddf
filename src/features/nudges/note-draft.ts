import { buyerNote, isNoteKind, type NoteFacts, owedToThem } from '../../domain/buyer-note.ts';
import { type BusinessCalendar, type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { ContactId, NudgeItemId } from '../../domain/ids.ts';
import { dayAhead } from '../../domain/move-rules.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { reachItem } from './answer-nudge.ts';
import { giftFor, mainContact, tightestGate } from './question-facts.ts';

/** Words for the buyer, with whom they are for. */
export interface NoteDraft {
  readonly item: NudgeItem;
  readonly title: string;
  readonly text: string;
  readonly contact: { readonly id: ContactId; readonly name: string } | undefined;
}

const noNote = refuse('no_note', 'There are no words to send about that. /deal next has others.');
const stepGone = refuse('step_gone', 'That step is not open any more. /deal plan shows what is.');

/** The note that belongs to a question of `actor`'s own, written from the plan as it is now. */
export async function draftNote(
  tx: Tx,
  actor: Person,
  itemId: NudgeItemId,
  { now, calendars }: { readonly now: Date; readonly calendars: Calendars },
): Promise<NoteDraft | Refusal> {
  const item = await reachItem(tx, actor, itemId);
  if (isRefusal(item)) return item;
  if (!isNoteKind(item.kind)) return noNote;
  const deal = await reachOpenDeal(tx, actor, item.dealId);
  if (isRefusal(deal)) return deal;
  const rows = await loadPlanRows(tx, deal);
  const { steps } = rows;
  const today = dayIn(now, deal.zone);
  const calendar = calendars.planOf(deal.buyerRegion);
  const step = stepOf(item, steps, today, calendar);
  if (item.homeworkId && !(step && isOpen(step))) return stepGone;
  const contact = contactOf(step) ?? mainContact(rows);
  const facts: NoteFacts = {
    today,
    account: deal.account,
    who: contact?.name ?? deal.account,
    owed: owedToThem(steps, today, calendar, step),
    step,
    why: step?.whyForThem,
    unlocks: step?.unlocks,
    decisionOn: deal.decisionOn,
    proposeOn: dayAhead({ today, decisionOn: deal.decisionOn, calendar }, 3),
  };
  const text = buyerNote(item.kind, facts);
  return { item, title: dealTitle(deal), text, contact };
}

/** Somebody at the buyer who does the step; a step of ours is done by none of them. */
function contactOf(step: Homework | undefined): NoteDraft['contact'] {
  const { contactId, name, personId } = step?.doer ?? {};
  // Of a step done by one of each the name is our colleague's.
  return contactId && name && !personId ? { id: contactId, name } : undefined;
}

/** The step a note is about; a question about a person is about none. */
function stepOf(
  { kind, homeworkId }: NudgeItem,
  steps: readonly Homework[],
  today: Day,
  calendar: BusinessCalendar,
): Homework | undefined {
  const find = (id: string | undefined) => steps.find((step) => step.id === id);
  if (homeworkId) return find(homeworkId);
  if (kind === 'carry') return giftFor(steps);
  if (kind === 'ping_pong') return find(tightestGate(steps, today, calendar)?.id);
  if (kind !== 'silence') return undefined;
  const theirs = steps.filter((step) => step.side === 'buyer' && isOpen(step));
  return theirs.reduce<Homework | undefined>(
    (first, step) => (first && first.dueOn <= step.dueOn ? first : step),
    undefined,
  );
}
