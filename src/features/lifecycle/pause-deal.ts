import type { Deps } from '../../deps.ts';
import { dayIn, sayDay } from '../../domain/calendar.ts';
import { dealTitle, isPaused, type OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { readPauseUntil } from '../../domain/pause.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { dealChanged } from './deal-changed.ts';

/** What `/deal pause` asks; every text as it was typed. */
export interface PauseForm {
  readonly until: string | undefined;
  readonly reason: string | undefined;
  /** What makes it go on. */
  readonly restart: string | undefined;
}

/**
 * Lets a deal rest until a day, 60 calendar days at most: nobody is nudged about it, and its
 * decision date stays where it is (METHOD part 5). The same `formId` twice pauses once.
 */
export async function pauseDeal(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly form: PauseForm },
): Promise<OpenDeal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, deal.zone);
    const read = readPauseForm(input.form, today);
    if (isRefusal(read)) return read;
    const paused = deal.pausedUntil && isPaused(deal, today);
    if (paused && deal.pausedUntil !== read.pausedUntil) {
      return refuse(
        'paused_already',
        `${dealTitle(deal)} is paused until ${sayDay(deal.pausedUntil, today)} already. /deal resume ends that first.`,
      );
    }
    if (paused || !(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return deal;
    }
    if (!(await changeDeal(tx, deal, read))) return dealChanged;
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: 'deal_paused',
      payload: { until: read.pausedUntil, reason: read.pauseReason },
    });
    return { ...deal, ...read };
  });
}

function readPauseForm(form: PauseForm, today: OpenDeal['openedOn']) {
  const pausedUntil = readPauseUntil(form.until, today, 'until');
  if (isRefusal(pausedUntil)) return pausedUntil;
  const why = readLine(form.reason, { field: 'reason', what: 'The reason', max: 200 });
  if (isRefusal(why)) return why;
  const restart = readLine(form.restart, {
    field: 'restart',
    what: 'What makes it go on',
    max: 200,
  });
  if (isRefusal(restart)) return restart;
  return { pausedUntil, pauseReason: `${why} · goes on with: ${restart}` };
}
