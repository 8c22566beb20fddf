import type { Deps } from '../../deps.ts';
import { addDays, type Day, dayIn, parseDay, sayDay } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { NudgeItemId } from '../../domain/ids.ts';
import { longestPauseDays } from '../../domain/pause.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine } from '../../domain/text.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { answerItem, type NudgeItem } from '../../store/nudges.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { reachItem } from './answer-nudge.ts';

/** What the form asks; as it was typed. */
export interface BackOnForm {
  readonly backOn: string | undefined;
  readonly note: string | undefined;
}

/** The question with its deal, which knows the day by now. */
export interface BackOnTold {
  readonly item: NudgeItem;
  readonly deal: OpenDeal;
  readonly backOn: Day;
}

/**
 * Keeps the day on which they said they are back: until then their silence is no news (METHOD §3.6).
 * The same `formId` twice keeps it once.
 */
export async function tellBackOn(
  deps: Deps,
  actor: Person,
  input: { readonly itemId: NudgeItemId; readonly formId: string; readonly form: BackOnForm },
): Promise<BackOnTold | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const item = await reachItem(tx, actor, input.itemId);
    if (isRefusal(item)) return item;
    const deal = await reachOpenDeal(tx, actor, item.dealId);
    if (isRefusal(deal)) return deal;
    const backOn = readBackOn(input.form.backOn, dayIn(now, deal.zone));
    if (isRefusal(backOn)) return backOn;
    const told = { item, deal: { ...deal, backOn }, backOn };
    const { workspaceId } = actor;
    if (!(await firstSeen(tx, workspaceId, `form:${input.formId}`, now))) return told;
    if (!(await changeDeal(tx, deal, { backOn }))) return dealChanged(deal);
    const note = cleanLine(input.form.note ?? '');
    await appendEvent(tx, {
      workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      side: 'buyer',
      kind: 'back_on_told',
      payload: { backOn, ...(note ? { note } : {}) },
    });
    const said = { answer: 'back_on', by: actor.id, at: now, nextCheckOn: backOn } as const;
    await answerItem(tx, item, said);
    return told;
  });
}

/** As far ahead as a deal may be paused: a longer silence is asked about. */
function readBackOn(text: string | undefined, today: Day): Day | Refusal {
  const backOn = parseDay(text ?? '');
  if (!backOn) return refuse('no_day', 'Pick the day they are back.', 'back_on');
  if (backOn <= today) return refuse('past_day', 'Pick tomorrow or a later day.', 'back_on');
  const last = addDays(today, longestPauseDays);
  if (backOn <= last) return backOn;
  return refuse(
    'back_too_late',
    `Pick a day up to ${sayDay(last, today)}. If they need longer, /deal pause lets the deal rest with a reason.`,
    'back_on',
  );
}

function dealChanged(deal: OpenDeal): Refusal {
  return refuse(
    'deal_changed',
    `Somebody changed ${dealTitle(deal)} just now. Look at it again, then try once more.`,
  );
}
