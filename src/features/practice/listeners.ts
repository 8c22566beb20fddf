import type { ListenerDeps } from '../../deps.ts';
import { businessDaysAfter, dayIn, workCalendar } from '../../domain/calendar.ts';
import { type CommitmentId, newId, type PracticeId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import { type ShowPlace, showAgain, tryToTell } from '../../slack/show-again.ts';
import { readStepPlace } from '../../slack/step-actions.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { sentence } from '../../slack/words.ts';
import { findCommitment } from '../../store/commitments.ts';
import { findPerson } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';
import { arrangeWatch, editPractice, ratePractice } from './change-practice.ts';
import { keepPromise, noteCall, sayNextTry } from './close-commitment.ts';
import { buildEditModal, editPracticeIds, readEditModal } from './edit-modal.ts';
import { buildNoteModal, type NoteKind, practiceNoteIds, readNoteModal } from './note-modal.ts';
import { buildPracticeMessage, overviewBlock, practiceIds } from './practice-message.ts';
import { type PracticePlace, placeOf } from './practice-place.ts';
import { loadPractice } from './practice-view.ts';
import { reachCall, reachCommitment, reachPractice } from './reach.ts';
import { allowSwitch, switchPractice } from './switch-practice.ts';
import { buildCallMessage, buildNotedMessage, buildSwitchMessage } from './told-messages.ts';
import { countTry, putOff } from './try-practice.ts';
import { buildWatchModal, readWatchModal, watchModalIds } from './watch-modal.ts';

/** The word of `/deal` that shows what one works on. */
export function practiceSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'practice',
      does: 'shows the one thing you work on, and what was promised about it',
      usage: '/deal practice',
      needs: 'nothing',
      run: ({ actor }) => showPractice(deps, actor),
    },
  ];
}

function showPractice(deps: ListenerDeps, actor: Person): Promise<Message> {
  const { calendars } = deps;
  const now = deps.clock.now();
  return deps.store.read(async (tx) =>
    buildPracticeMessage(await loadPractice(tx, actor, { now, calendars })),
  );
}

interface Listening {
  readonly deps: ListenerDeps;
  readonly showPlace: ShowPlace;
}

/** Trying, being watched, watching, and what comes of it (METHOD S3-16 to S3-20, S4-42). */
export function registerPractice(deps: ListenerDeps, showPlace: ShowPlace): void {
  const on: Listening = { deps, showPlace };
  registerTaps(on);
  registerForms(on);
}

function registerTaps(on: Listening): void {
  const { deps } = on;
  const idOf = ({ value }: Click) => value as PracticeId;
  onClick(deps, followUpIds.practiceTried, async (click) => {
    const { id, tapId } = readTry(click);
    const tried = await countTry(deps, click.actor, id, tapId);
    return isRefusal(tried) ? tried : redraw(on, click.actor, placeOf(click));
  });
  onClick(deps, followUpIds.practiceNotYet, async (click) => {
    const kept = await putOff(deps, click.actor, idOf(click));
    return isRefusal(kept) ? kept : redraw(on, click.actor, placeOf(click));
  });
  onClick(deps, practiceIds.rate, async (click) => {
    const [id = '', place = ''] = click.value.split(' ');
    const rated = await ratePractice(deps, click.actor, id as PracticeId, place);
    return isRefusal(rated) ? rated : redraw(on, click.actor, placeOf(click));
  });
  onClick(deps, practiceIds.switchTo, async (click) => {
    const switched = await switchPractice(deps, click.actor, idOf(click));
    if (isRefusal(switched)) return switched;
    if (switched.done) return redraw(on, click.actor, placeOf(click));
    deps.wake();
    return sentence(`${switched.asked.name} is asked. Until they say yes you go on as you are.`);
  });
  onClick(deps, practiceIds.allow, async (click) => {
    const allowed = await allowSwitch(deps, click.actor, idOf(click));
    if (isRefusal(allowed)) return allowed;
    const message = buildSwitchMessage(allowed.person, allowed.practice, undefined);
    const { responseUrl } = click;
    if (responseUrl) await tryToTell(deps, responseUrl, message, { replace: true });
    return undefined;
  });
}

/**
 * Of one question, and of one count that was shown, one tap counts: a double click is one. A button
 * of a bundle names the practice alone, and its question by the block it stands in.
 */
function readTry({ value, blockId }: Click): { id: PracticeId; tapId: string } {
  const [id = '', tries] = value.split(' ');
  return { id: id as PracticeId, tapId: tries === undefined ? blockId : `${id}:${tries}` };
}

function registerForms(on: Listening): void {
  const { deps } = on;
  onClick(deps, followUpIds.practiceWatched, (click) => openWatch(on, click, 'watched'));
  onClick(deps, practiceIds.shadow, (click) => openWatch(on, click, 'shadow'));
  onSubmit(deps, watchModalIds.view, async ({ actor, ...sent }) => {
    const { practiceId, userId, place, ...form } = readWatchModal(sent);
    const person = userId ? await deps.knowPerson({ teamId: deps.workspaceId, userId }) : undefined;
    const kept = await arrangeWatch(deps, actor, practiceId, { ...form, person });
    return isRefusal(kept) ? kept : closed(on, actor, place);
  });
  onClick(deps, practiceIds.edit, async (click) => {
    const id = click.value as PracticeId;
    const practice = await deps.store.read((tx) => reachPractice(tx, click.actor, id));
    if (isRefusal(practice)) return practice;
    const view = buildEditModal(practice, placeOf(click));
    await deps.gateway.openView({ triggerId: click.triggerId, view });
    return undefined;
  });
  onSubmit(deps, editPracticeIds.view, async ({ actor, ...sent }) => {
    const { practiceId, place, ...form } = readEditModal(sent);
    const kept = await editPractice(deps, actor, practiceId, form);
    return isRefusal(kept) ? kept : closed(on, actor, place);
  });
  onClick(deps, followUpIds.commitmentNote, (click) => openNote(on, click, 'saw'));
  onClick(deps, practiceIds.next, (click) => openNote(on, click, 'next'));
  onClick(deps, practiceIds.close, (click) => openClose(on, click));
  onSubmit(deps, practiceNoteIds.view, async ({ actor, ...sent }) => {
    const { commitmentId, kind, place, text } = readNoteModal(sent);
    const keep = { saw: noteCall, next: sayNextTry, phrase: keepPromise, change: keepPromise }[
      kind
    ];
    const kept = await keep(deps, actor, commitmentId, text);
    return isRefusal(kept) ? kept : closed(on, actor, place, commitmentId);
  });
}

async function openWatch(
  { deps }: Listening,
  click: Click,
  way: 'watched' | 'shadow',
): Promise<Refusal | undefined> {
  const { actor, value, triggerId } = click;
  const practice = await deps.store.read((tx) => reachPractice(tx, actor, value as PracticeId));
  if (isRefusal(practice)) return practice;
  const now = deps.clock.now();
  const today = dayIn(now, actor.zone);
  const dueOn = businessDaysAfter(
    today,
    way === 'watched' ? 0 : 5,
    workCalendar(actor, deps.calendars),
  );
  const given = { practiceId: practice.id, formId: newId<string>(now), way, place: placeOf(click) };
  const view = buildWatchModal(practice.behaviour, dueOn, given);
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

async function openNote(
  on: Listening,
  click: Click,
  kind: Extract<NoteKind, 'saw' | 'next'>,
): Promise<Refusal | undefined> {
  const { deps } = on;
  const { actor, triggerId } = click;
  const id = click.value as CommitmentId;
  const reach = kind === 'saw' ? reachCall : reachCommitment;
  const call = await deps.store.read((tx) => reach(tx, actor, id));
  if (isRefusal(call)) return call;
  // Written from another window meanwhile: the message is shown as it stands.
  if (kind === 'saw' && call.state !== 'open') return redraw(on, actor, placeOf(click), id);
  const view = buildNoteModal(call.what, { commitmentId: id, kind, place: placeOf(click) });
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

/** A thing learnt closes with the tap; a phrase and a change are words. */
async function openClose(on: Listening, click: Click): Promise<Refusal | undefined> {
  const { deps } = on;
  const { actor, triggerId } = click;
  const id = click.value as CommitmentId;
  const promise = await deps.store.read((tx) => reachCommitment(tx, actor, id));
  if (isRefusal(promise)) return promise;
  const place = placeOf(click);
  if (promise.state !== 'open') return redraw(on, actor, place);
  if (promise.kind === 'shadow' || promise.kind === 'system_change') {
    const kind = promise.kind === 'shadow' ? 'phrase' : 'change';
    const view = buildNoteModal(promise.what, { commitmentId: id, kind, place });
    await deps.gateway.openView({ triggerId, view });
    return undefined;
  }
  const kept = await keepPromise(deps, actor, id);
  return isRefusal(kept) ? kept : redraw(on, actor, place);
}

async function closed(
  on: Listening,
  actor: Person,
  place: PracticePlace,
  id?: CommitmentId,
): Promise<SubmissionAnswer> {
  await redraw(on, actor, place, id);
  return { do: 'close' };
}

/** Shows the message that was clicked in as it stands: a bundle, the overview, or a word to somebody. */
async function redraw(
  { deps, showPlace }: Listening,
  actor: Person,
  { blockId = '', responseUrl }: PracticePlace,
  id?: CommitmentId,
): Promise<undefined> {
  deps.wake();
  if (!responseUrl) return undefined;
  const place = readStepPlace(blockId);
  if (place) {
    await showAgain({ deps, showPlace }, actor, { place, responseUrl });
    return undefined;
  }
  const message = blockId.startsWith(overviewBlock)
    ? await showPractice(deps, actor)
    : id && (await deps.store.read((tx) => toldMessage(tx, actor, id, deps.clock.now())));
  if (message) await tryToTell(deps, responseUrl, message, { replace: true });
  return undefined;
}

/** What the observer, or whom they watched, was sent about a call. */
async function toldMessage(
  tx: Tx,
  actor: Person,
  id: CommitmentId,
  now: Date,
): Promise<Message | undefined> {
  const call = await findCommitment(tx, actor.workspaceId, id);
  if (!call) return undefined;
  const other = call.personId === actor.id ? call.observerId : call.personId;
  const person = other && (await findPerson(tx, actor.workspaceId, other));
  if (call.personId === actor.id) return buildNotedMessage(call, person || undefined);
  return person ? buildCallMessage(call, person, actor.zone, now) : undefined;
}
