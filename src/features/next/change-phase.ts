import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealEventKind } from '../../domain/events.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { type Phase, phases } from '../../domain/segment.ts';
import { cleanLine, readLine, shorten } from '../../domain/text.ts';
import { changeDeal, type DealChange } from '../../store/deals.ts';
import { appendEvent, listDealsWithEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** A phase as it was chosen, and what shows it. */
export interface PhaseForm {
  readonly phase: string | undefined;
  readonly evidence: string | undefined;
  /** Asked once: where the buyer was when we came in. */
  readonly entryPhase: string | undefined;
  /** Whom else they look at; empty is nobody we know of. */
  readonly rival?: string | undefined;
}

export interface ChangedPhase {
  readonly deal: OpenDeal;
  readonly from: Phase;
  /** We came in at preference or later, and the play for that was not made yet. */
  readonly lateEntry: boolean;
}

/**
 * Moves a deal to another phase, forwards or backwards, with what shows it (METHOD S4-21). The same
 * `formId` twice saves once.
 */
export async function changePhase(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly formId: string; readonly form: PhaseForm },
): Promise<ChangedPhase | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const read = readPhaseForm(input.form, deal);
    if (isRefusal(read)) return read;
    if (!(await firstSeen(tx, actor.workspaceId, `form:${input.formId}`, now))) {
      return changed(tx, deal, deal.phase);
    }
    const { phase, evidence, entryPhase, rival } = read;
    const moved = phase !== deal.phase;
    const named = rival !== deal.rival;
    if (!moved && !entryPhase && !named) return changed(tx, deal, deal.phase);
    const change: DealChange = {
      ...(moved ? { phase, phaseSince: dayIn(now, deal.zone) } : {}),
      ...(entryPhase ? { entryPhase } : {}),
      ...(named ? { rival } : {}),
    };
    if (!(await changeDeal(tx, deal, change))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    const keep = (kind: DealEventKind, payload: Record<string, unknown>) =>
      appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId: deal.id,
        at: now,
        actorId: actor.id,
        kind,
        payload,
      });
    if (entryPhase) await keep('entry_phase_set', { entryPhase, evidence });
    if (moved) await keep('phase_changed', { from: deal.phase, to: phase, evidence });
    return changed(tx, { ...deal, ...change }, deal.phase);
  });
}

interface ReadPhase {
  readonly phase: Phase;
  readonly evidence: string;
  readonly entryPhase: Phase | undefined;
  readonly rival: string | undefined;
}

function readPhaseForm(form: PhaseForm, deal: OpenDeal): ReadPhase | Refusal {
  const phase = phases.find((known) => known === form.phase);
  if (!phase) return refuse('no_phase', 'Pick the phase they are in.', 'phase');
  const evidence = readLine(form.evidence, {
    field: 'evidence',
    what: 'What shows it',
    max: 200,
  });
  if (isRefusal(evidence)) return evidence;
  const rival = shorten(cleanLine(form.rival ?? ''), 100) || undefined;
  if (deal.entryPhase) return { phase, evidence, entryPhase: undefined, rival };
  const entryPhase = phases.find((known) => known === form.entryPhase);
  if (!entryPhase) {
    return refuse('no_entry', 'Pick where they were when we came in.', 'entry_phase');
  }
  return { phase, evidence, entryPhase, rival };
}

async function changed(tx: Tx, deal: OpenDeal, from: Phase): Promise<ChangedPhase> {
  const played = await listDealsWithEvent(tx, deal.workspaceId, 'late_entry_played', [deal.id]);
  const late = deal.entryPhase === 'preference' || deal.entryPhase === 'decision';
  return { deal, from, lateEntry: late && !played.has(deal.id) };
}
