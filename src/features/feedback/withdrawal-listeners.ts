import type { ListenerDeps } from '../../deps.ts';
import { addDays, dayIn } from '../../domain/calendar.ts';
import { closestContact } from '../../domain/contact.ts';
import type { ClosedDeal } from '../../domain/deal.ts';
import { type DealId, newId, type PersonId } from '../../domain/ids.ts';
import type { LossStory } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { quietDays } from '../../domain/revisit.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { ownLineOf } from '../../domain/withdrawal-note.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import { tryToTell } from '../../slack/show-again.ts';
import { listDealContacts } from '../../store/contacts.ts';
import { findPerson } from '../../store/people.ts';
import { buildGateModal, gateModalIds, readGateModal } from './gate-modal.ts';
import { type PassedGate, passGate } from './pass-gate.ts';
import { readNote } from './read-withdrawal.ts';
import { maySend, reachWithdrawal, type Withdrawal } from './withdrawal.ts';
import { buildAskedMessage, readIds, readNoteValue } from './withdrawal-messages.ts';
import {
  buildWithdrawalModal,
  faultsByField,
  readWithdrawalModal,
  withdrawalModalIds,
} from './withdrawal-modal.ts';
import {
  buildHigherModal,
  buildLeaveModal,
  buildNoteClosedModal,
  buildNoteModal,
  buildThanksModal,
  noteSentModalIds,
  readNoteSentModal,
  withdrawalIds,
} from './withdrawal-results.ts';
import { writeNote } from './write-withdrawal.ts';

/** What stepping away borrows: ending a deal as lost with all that is said of it. */
export interface WithdrawalHands {
  readonly loseDeal: (
    actor: Person,
    dealId: DealId,
    story: LossStory,
  ) => Promise<{ readonly deal: ClosedDeal } | Refusal>;
}

/** The withdrawal note: its gate, its three parts, the manager's word and a person who sends it. */
export function registerWithdrawal(deps: ListenerDeps, hands: WithdrawalHands): void {
  onSubmit(deps, gateModalIds.view, async ({ actor, ...sent }) => {
    const passed = await passGate(deps, actor, readGateModal(sent));
    return isRefusal(passed) ? passed : { do: 'show', modal: await modalAfter(deps, passed) };
  });

  onSubmit(deps, withdrawalModalIds.view, async ({ actor, ...sent }) => {
    const written = await writeNote(deps, actor, readWithdrawalModal(sent));
    if (isRefusal(written)) return written;
    if ('faults' in written) return { do: 'errors', errors: faultsByField(written.faults) };
    return { do: 'show', modal: buildNoteModal(written, actor) };
  });

  onSubmit(deps, noteSentModalIds.view, ({ actor, view }) =>
    closeWithNote(deps, hands, actor, readNoteSentModal(view)),
  );

  onClick(deps, readIds.fine, (click) => handleRead(deps, click, 'fine'));
  onClick(deps, readIds.talk, (click) => handleRead(deps, click, 'talk'));

  onClick(deps, withdrawalIds.open, async ({ actor, value, triggerId }) => {
    const view = await withdrawalForm(deps, actor, value as DealId);
    if (isRefusal(view)) return view;
    await deps.gateway.openView({ triggerId, view });
    return undefined;
  });

  onClick(deps, withdrawalIds.again, async ({ actor, value, view: shown }) => {
    const view = await gateFor(deps, actor, value as DealId);
    if (isRefusal(view)) return view;
    if (shown) await deps.gateway.updateView({ viewId: shown.id, view });
    return undefined;
  });
}

/** What `/deal note` opens: the note that was written, else the gate before it. */
export async function withdrawalForm(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const known = await deps.store.read((tx) => reachWithdrawal(tx, actor, dealId));
  if (isRefusal(known)) return known;
  return known.note
    ? buildNoteModal(known, actor)
    : buildGateModal(known.deal, newId(deps.clock.now()));
}

async function gateFor(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const known = await deps.store.read((tx) => reachWithdrawal(tx, actor, dealId));
  return isRefusal(known) ? known : buildGateModal(known.deal, newId(deps.clock.now()));
}

async function modalAfter(deps: ListenerDeps, { to, withdrawal }: PassedGate): Promise<Modal> {
  if (to === 'leave') return buildLeaveModal(withdrawal);
  if (to === 'higher') return buildHigherModal(withdrawal);
  const contacts = await deps.store.read((tx) => listDealContacts(tx, withdrawal.deal.id));
  const contactName = closestContact(contacts)?.name;
  if (to === 'thanks') return buildThanksModal(withdrawal, contactName);
  return buildWithdrawalModal(withdrawal, { formId: newId(deps.clock.now()), contactName });
}

async function handleRead(
  deps: ListenerDeps,
  { actor, value, responseUrl }: Click,
  verdict: 'fine' | 'talk',
): Promise<Refusal | undefined> {
  const on = readNoteValue(value);
  if (!on) return undefined;
  const known = await readNote(deps, actor, on, verdict);
  if (isRefusal(known)) return known;
  deps.wake();
  const writerId = known.note?.byId as PersonId;
  const writer = await deps.store.read((tx) => findPerson(tx, actor.workspaceId, writerId));
  if (responseUrl) {
    await tryToTell(deps, responseUrl, buildAskedMessage(known, writer), { replace: true });
  }
  return undefined;
}

const mayNot = refuse(
  'not_read',
  'That note is not the one that was found fine to send. /deal note shows where it stands.',
);

/** Sent by a person: the deal is lost, we stepped away, and quiet is kept (METHOD §4.7). */
async function closeWithNote(
  deps: ListenerDeps,
  hands: WithdrawalHands,
  actor: Person,
  { dealId, noteId }: { readonly dealId: DealId; readonly noteId: string },
): Promise<SubmissionAnswer> {
  const known = await deps.store.read((tx) => reachWithdrawal(tx, actor, dealId));
  if (isRefusal(known)) return known;
  if (known.note?.noteId !== noteId || !maySend(known)) return mayNot;
  const ended = await hands.loseDeal(actor, dealId, storyOf(known));
  if (isRefusal(ended)) return ended;
  const { deal } = ended;
  const today = dayIn(deps.clock.now(), deal.zone);
  const quietUntil = addDays(deal.closedOn, quietDays);
  return { do: 'show', modal: buildNoteClosedModal(deal, quietUntil, today) };
}

const longestWords = 300;

function storyOf({ note, reasonCode, fearTags }: Withdrawal): LossStory {
  return {
    outcome: 'we_withdrew',
    underlyingOutcome: 'none',
    competitor: undefined,
    whyClass: 'outsold',
    reasonCode: reasonCode ?? 'nod.outcome',
    contributing: [],
    statedReasonCode: undefined,
    statedWords: undefined,
    evidence: 'inferred',
    ownWords: shorten(cleanLine(ownLineOf({ ours: note?.ours ?? '' })), longestWords),
    fixable: undefined,
    noDecisionKind: 'fear',
    fearTags,
    fairFight: [],
  };
}
