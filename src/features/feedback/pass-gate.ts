import type { Deps } from '../../deps.ts';
import type { DealId } from '../../domain/ids.ts';
import { fearTags } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { lowerFirst, readLine } from '../../domain/text.ts';
import { lighterMoves, withdrawalTicks } from '../../domain/withdrawal-note.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import type { Tx } from '../../store/store.ts';
import { fearReasons, reachWithdrawal, type Withdrawal } from './withdrawal.ts';
import { keepNote } from './write-withdrawal.ts';

/** What is ticked before anybody steps away. */
export interface GateForm {
  readonly dealId: DealId;
  readonly formId: string;
  readonly ticks: readonly string[];
  /** A reason of fear, `rational` or `unknown`. */
  readonly kind: string | undefined;
  /** What they may have been afraid of (METHOD S4-36). */
  readonly fearTags: readonly string[];
  readonly lighter: readonly string[];
  readonly way: string | undefined;
  readonly higher: string | undefined;
}

/** Where the ticks lead. */
export interface PassedGate {
  readonly to: 'thanks' | 'note' | 'higher' | 'leave';
  readonly withdrawal: Withdrawal;
}

/**
 * Opens the note for fear alone, with all four ticks and after one pass over the lighter moves; who
 * decided for good reasons is thanked instead (METHOD S4-34, S4-39). To go higher up is another way,
 * with the manager's yes (S4-41).
 */
export async function passGate(
  deps: Deps,
  actor: Person,
  form: GateForm,
): Promise<PassedGate | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const withdrawal = await reachWithdrawal(tx, actor, form.dealId);
    if (isRefusal(withdrawal)) return withdrawal;
    if (form.kind === 'rational') return { to: 'thanks', withdrawal };
    if (form.way === 'leave') return { to: 'leave', withdrawal };
    const refused = refuseGate(form);
    if (refused) return refused;
    const reasonCode = fearReasons.find((code) => code === form.kind);
    const tags = fearTags.map(({ code }) => code).filter((tag) => form.fearTags.includes(tag));
    const isFirst = await firstSeen(tx, actor.workspaceId, `form:${form.formId}`, now);
    if (form.way === 'higher') {
      const asked = await askHigher(tx, actor, { withdrawal, form, now, isFirst });
      return isRefusal(asked) ? asked : { to: 'higher', withdrawal };
    }
    if (isFirst) {
      await appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId: form.dealId,
        at: now,
        actorId: actor.id,
        kind: 'withdrawal_opened',
        payload: { reasonCode, fearTags: tags },
      });
    }
    return { to: 'note', withdrawal };
  });
}

function refuseGate({ ticks, kind, lighter }: GateForm): Refusal | undefined {
  const unticked = withdrawalTicks.filter(({ code }) => !ticks.includes(code));
  if (unticked.length > 0) {
    const missing = unticked.map(({ label }) => lowerFirst(label)).join('; ');
    const message = `Not yet true: ${missing}. Work on that first; /deal next has a move.`;
    return refuse('gate', message, 'ticks');
  }
  if (!fearReasons.some((code) => code === kind)) {
    const message = 'Ask them first: “What would have to be true for a yes to feel safe?”';
    return refuse('gate', message, 'kind');
  }
  const untried = lighterMoves.filter(({ code }) => !lighter.includes(code));
  if (untried.length === 0) return undefined;
  const moves = untried.map(({ label }) => lowerFirst(label)).join('; ');
  return refuse(
    'gate',
    `Lighter, so first: ${moves}. Tick what was made or does not fit.`,
    'lighter',
  );
}

async function askHigher(
  tx: Tx,
  actor: Person,
  given: {
    readonly withdrawal: Withdrawal;
    readonly form: GateForm;
    readonly now: Date;
    readonly isFirst: boolean;
  },
): Promise<undefined | Refusal> {
  const { withdrawal, form, now, isFirst } = given;
  if (!withdrawal.manager) {
    const message =
      'Nobody is above you to say yes to that. Pick another way, or /deal ask a colleague first.';
    return refuse('no_manager', message, 'way');
  }
  const text = readLine(form.higher, { field: 'higher', what: 'To whom, and with what', max: 300 });
  if (isRefusal(text)) return text;
  if (isFirst) await keepNote(tx, actor, withdrawal, { way: 'higher', text, ours: text }, now);
  return undefined;
}
