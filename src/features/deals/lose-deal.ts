import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { ClosedDeal, OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { computeFactTrail, type Outcome, outcomes } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { closeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { listHomework } from '../../store/homework.ts';
import { insertLoss } from '../../store/losses.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** What `/deal lost` asks (METHOD §4.2); every text as it was typed. */
export interface LossForm {
  /** An outcome, or `invalid` for a deal that was never real. */
  readonly outcome: string | undefined;
  readonly competitor: string | undefined;
  readonly reasonCode: string | undefined;
  readonly ownWords: string | undefined;
}

/** A loss as it is kept, or the mark that the deal was never one. */
type ReadLoss =
  | { readonly invalid: true }
  | {
      readonly invalid: false;
      readonly outcome: Outcome;
      readonly competitor: string | undefined;
      readonly reasonCode: string;
      readonly ownWords: string;
    };

/**
 * Ends a deal as lost with its outcome, reason and the facts counted at this moment, or as invalid,
 * which opens nothing and enters no rate (METHOD §3.3, 11 and 12).
 */
export async function loseDeal(
  deps: Deps,
  actor: Person,
  dealId: DealId,
  form: LossForm,
): Promise<ClosedDeal | Refusal> {
  const read = readLossForm(form);
  if (isRefusal(read)) return read;
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const closedOn = dayIn(now, deal.zone);
    const end = { status: read.invalid ? 'invalid' : 'lost', closedOn, closedAt: now } as const;
    if (!(await closeDeal(tx, deal, end))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    if (!read.invalid) await keepLoss(tx, deal, read, end);
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: read.invalid ? 'deal_invalidated' : 'deal_lost',
      payload: read.invalid ? {} : { outcome: read.outcome, reasonCode: read.reasonCode },
    });
    return { ...deal, ...end };
  });
}

async function keepLoss(
  tx: Tx,
  deal: OpenDeal,
  read: Extract<ReadLoss, { invalid: false }>,
  end: Pick<ClosedDeal, 'closedOn' | 'closedAt'>,
): Promise<void> {
  const steps = await listHomework(tx, deal.id);
  await insertLoss(tx, {
    workspaceId: deal.workspaceId,
    dealId: deal.id,
    lostOn: end.closedOn,
    loggedAt: end.closedAt,
    outcome: read.outcome,
    competitor: read.competitor,
    reasonCode: read.reasonCode,
    ownWords: read.ownWords,
    facts: computeFactTrail(deal, steps, end.closedOn),
  });
}

/** Only another supplier or the one they have got a name; any other outcome has no rival. */
export function namesCompetitor(outcome: string): boolean {
  return outcome === 'rival' || outcome === 'incumbent';
}

function readLossForm(form: LossForm): ReadLoss | Refusal {
  if (form.outcome === 'invalid') return { invalid: true };
  const outcome = outcomes.find(({ code }) => code === form.outcome)?.code;
  if (!outcome) return refuse('no_outcome', 'Pick how it ended.', 'outcome');
  if (!findReason(form.reasonCode ?? '')) {
    return refuse('no_reason', 'Pick the reason that comes closest.', 'reason');
  }
  const named = cleanLine(form.competitor ?? '');
  const competitor =
    named === '' || !namesCompetitor(outcome)
      ? undefined
      : readLine(named, { field: 'competitor', what: 'The supplier’s name', max: 100 });
  if (isRefusal(competitor)) return competitor;
  const ownWords = readLine(form.ownWords, {
    field: 'own_words',
    what: 'Your line',
    max: 300,
  });
  if (isRefusal(ownWords)) return ownWords;
  return { invalid: false, outcome, competitor, reasonCode: form.reasonCode ?? '', ownWords };
}
