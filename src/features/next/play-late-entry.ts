import type { Deps } from '../../deps.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { readLine } from '../../domain/text.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';

/** What should be true of the new criterion (METHOD §4.9). */
export const lateEntryTicks = ['insight', 'strengths', 'unmatched', 'late', 'closed'] as const;
type Tick = (typeof lateEntryTicks)[number];

/** The play as it was typed. */
export interface LateEntryForm {
  readonly criterion: string | undefined;
  readonly backer: string | undefined;
  readonly ticks: readonly string[];
}

export interface PlayedLateEntry {
  readonly deal: OpenDeal;
  readonly criterion: string;
  readonly backer: string;
  /** What is not true yet. */
  readonly open: readonly Tick[];
}

/**
 * Keeps the late-entry play. A criterion the rival can match is refused: it would do their work.
 * The same `formId` twice saves once.
 */
export async function playLateEntry(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly play: LateEntryForm },
): Promise<PlayedLateEntry | Refusal> {
  const now = deps.clock.now();
  const { play } = input;
  const criterion = readLine(play.criterion, {
    field: 'criterion',
    what: 'The new criterion',
    max: 200,
  });
  if (isRefusal(criterion)) return criterion;
  const backer = readLine(play.backer, { field: 'backer', what: 'Who inside backs it', max: 80 });
  if (isRefusal(backer)) return backer;
  if (!play.ticks.includes('unmatched')) {
    return refuse(
      'rival_matches',
      'A criterion the rival can match works for them. Sharpen it until they cannot.',
      'ticks',
    );
  }
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const played = lateEntryTicks.filter((tick) => play.ticks.includes(tick));
    const open = lateEntryTicks.filter((tick) => !play.ticks.includes(tick));
    if (await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now)) {
      await appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId: deal.id,
        at: now,
        actorId: actor.id,
        side: 'seller',
        kind: 'late_entry_played',
        payload: { criterion, backer, ticks: played },
      });
    }
    return { deal, criterion, backer, open };
  });
}
