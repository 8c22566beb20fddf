import type { Deps } from '../../deps.ts';
import {
  businessDaysAfter,
  type Calendars,
  type Day,
  dayIn,
  workCalendar,
} from '../../domain/calendar.ts';
import type { NudgeItemId } from '../../domain/ids.ts';
import { type NudgeAnswer, nextCheckBd } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { answerItem, findNudgeItem, type NudgeItem } from '../../store/nudges.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What answering needs: the calendar says when the next check is. */
export type AnswerDeps = Deps & { readonly calendars: Calendars };

/**
 * Keeps what somebody answered to one question of theirs, and when it is looked at again. The first
 * answer stands; a second tap is no error.
 */
export async function answerNudge(
  deps: AnswerDeps,
  actor: Person,
  itemId: NudgeItemId,
  answer: NudgeAnswer,
): Promise<NudgeItem | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const item = await reachItem(tx, actor, itemId);
    if (isRefusal(item)) return item;
    await keepAnswer(tx, actor, item, { answer, now, calendars: deps.calendars });
    return item;
  });
}

/** The same inside a transaction that does what the answer says. */
export async function keepAnswer(
  tx: Tx,
  actor: Person,
  item: NudgeItem,
  said: {
    readonly answer: NudgeAnswer;
    readonly now: Date;
    readonly calendars: Calendars;
    /** When the person named the day themselves. */
    readonly nextCheckOn?: Day;
  },
): Promise<void> {
  const today = dayIn(said.now, actor.zone);
  const nextCheckOn =
    said.nextCheckOn ?? nextCheck(item, said.answer, actor, today, said.calendars);
  await answerItem(tx, item, { answer: said.answer, by: actor.id, at: said.now, nextCheckOn });
}

/** Whoever is on track is asked again on the day itself. */
function nextCheck(
  { dueOn }: NudgeItem,
  answer: NudgeAnswer,
  actor: Person,
  today: Day,
  calendars: Calendars,
): Day {
  const untilDue = answer === 'on_track' || answer === 'already_moving';
  if (untilDue && dueOn && dueOn > today) return dueOn;
  return businessDaysAfter(today, nextCheckBd[answer], workCalendar(actor, calendars));
}

const notYours = refuse(
  'item_not_found',
  'That question is not yours, or not here any more. /deal nudges shows what is.',
);

/** One question of a person's own bundle, on a deal they may still see. */
export async function reachItem(
  tx: Tx,
  actor: Person,
  id: NudgeItemId,
): Promise<NudgeItem | Refusal> {
  const item = await findNudgeItem(tx, actor.workspaceId, id);
  if (!item || item.personId !== actor.id) return notYours;
  const deal = await reachDeal(tx, actor, item.dealId);
  return isRefusal(deal) ? deal : item;
}
