import type { ListenerDeps } from '../../deps.ts';
import { addDays, dayIn } from '../../domain/calendar.ts';
import type { HomeworkId, NudgeItemId } from '../../domain/ids.ts';
import { byPhase, dayAhead } from '../../domain/move-rules.ts';
import { situationOf } from '../../domain/next-moves.ts';
import { type NudgeAnswer, nextCheckBd } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan } from '../../domain/plan-state.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import type { AssignFormFor, StepDraft } from '../../slack/next-actions.ts';
import { showAgain } from '../../slack/show-again.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { findHomework } from '../../store/homework.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { answerNudge, reachItem } from './answer-nudge.ts';
import { type AskHands, registerAsks } from './ask-listeners.ts';
import { type ManagerHands, registerManagerHelp } from './manager-listeners.ts';
import { type NoteHands, openNote, registerNotes } from './note-modal.ts';
import { moreChoices, nudgeIds, readChoice } from './nudge-buttons.ts';
import { previewMornings } from './preview.ts';
import { buildPreviewMessage } from './preview-message.ts';
import { tightestGate } from './question-facts.ts';
import {
  openRestModal,
  registerRests,
  type ShowBundleAgain,
  type ShowRests,
} from './rest-listeners.ts';
import { refreshNudge } from './show-nudge.ts';

/** What answering a nudge borrows from the features that change plans and settings. */
export interface PlanHands extends NoteHands, AskHands, ManagerHands {
  readonly assignFormFor: AssignFormFor;
  /** Away with a stand-in, quiet hours and all the rest. */
  readonly openMornings: (click: Pick<Click, 'actor' | 'triggerId'>) => Promise<undefined>;
  readonly showMornings: ShowRests['mornings'];
  /** Gives a step another day. */
  readonly moveStep: (
    actor: Person,
    id: HomeworkId,
    form: { readonly formId: string; readonly dueOn: string },
  ) => Promise<unknown | Refusal>;
}

/** The word of `/deal` about what would be asked. */
export function nudgeSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'nudges',
      does: 'shows what you will be asked next, what is held back, and why',
      usage: '/deal nudges preview',
      needs: 'nothing',
      run: async ({ actor }) =>
        buildPreviewMessage(
          await previewMornings(deps, actor),
          actor.id,
          dayIn(deps.clock.now(), actor.zone),
        ),
    },
  ];
}

/** Everything that can be answered in a bundle. */
export function registerNudges(deps: ListenerDeps, hands: PlanHands): void {
  onClick(deps, new RegExp(`^${nudgeIds.say}_`), (click) =>
    answer(deps, click, click.value, click.actionId.slice(nudgeIds.say.length + 1)),
  );
  onClick(deps, nudgeIds.holds, (click) => {
    const { itemId, word } = readChoice(click.value);
    return answer(deps, click, itemId, word);
  });
  onClick(deps, nudgeIds.more, async (click) => {
    const { itemId, word } = readChoice(click.value);
    if (word === moreChoices.notAProblem) return answer(deps, click, itemId, word);
    if (word === moreChoices.note) return openNote(deps, { ...click, value: itemId });
    if (word === moreChoices.mornings) return hands.openMornings(click);
    return openRestModal(deps, click, { id: itemId as NudgeItemId });
  });
  onClick(deps, nudgeIds.propose, (click) => propose(deps, hands, click));
  onClick(deps, nudgeIds.share, (click) => openDraft(deps, hands, click, shareDraft));
  onClick(deps, nudgeIds.add, (click) => openDraft(deps, hands, click, fillDraft));
  const showBundleAgain: ShowBundleAgain = (actor, nudgeId, responseUrl) => {
    const showPlace = () => showBundle(deps, actor, { nudgeId });
    const place = { kind: 'nudge', id: nudgeId } as const;
    return showAgain({ deps, showPlace }, actor, { place, responseUrl });
  };
  registerRests(deps, { bundle: showBundleAgain, mornings: hands.showMornings });
  registerNotes(deps, hands, showBundleAgain);
  registerAsks(deps, hands);
  registerManagerHelp(deps, hands, showBundleAgain);
}

/** Shows the bundle again as it is now, in the place it was clicked in. */
export async function showBundle(
  deps: ListenerDeps,
  actor: Person,
  { nudgeId }: Pick<NudgeItem, 'nudgeId'>,
): Promise<Message | undefined> {
  const { workspaceId, calendars, clock, store } = deps;
  const input = { workspaceId, calendars, now: clock.now(), by: actor.id };
  return store.transaction((tx) => refreshNudge(tx, nudgeId, input));
}

async function answer(
  deps: ListenerDeps,
  click: Click,
  itemId: string,
  word: string,
): Promise<Refusal | undefined> {
  if (!Object.hasOwn(nextCheckBd, word)) return undefined;
  const kept = await answerNudge(deps, click.actor, itemId as NudgeItemId, word as NudgeAnswer);
  return isRefusal(kept) ? kept : redraw(deps, click, kept);
}

async function redraw(
  deps: ListenerDeps,
  { actor, responseUrl }: Click,
  item: NudgeItem,
): Promise<undefined> {
  const message = await showBundle(deps, actor, item);
  if (message && responseUrl) await deps.responder.answer(responseUrl, message, { replace: true });
  return undefined;
}

/** The day that was named becomes the day of the closest gate. */
async function propose(
  deps: ListenerDeps,
  hands: PlanHands,
  click: Click,
): Promise<Refusal | undefined> {
  const look = await lookAt(deps, click);
  if (isRefusal(look)) return look;
  const { item, rows, calendar, today } = look;
  const gate = tightestGate(rows.steps, today, calendar);
  const { decisionOn } = rows.deal;
  const dueOn = dayAhead({ today, decisionOn, calendar }, 3);
  // Without a gate in the plan there is a small step to propose, which a person words.
  if (!gate) return openDraft(deps, hands, click, fillDraft);
  const moved = await hands.moveStep(click.actor, gate.id, { formId: `propose:${item.id}`, dueOn });
  return isRefusal(moved) ? moved : redraw(deps, click, item);
}

type Look = Exclude<Awaited<ReturnType<typeof lookAt>>, Refusal>;
type MakeDraft = (look: Look) => StepDraft;

async function openDraft(
  deps: ListenerDeps,
  { assignFormFor }: PlanHands,
  click: Click,
  draftOf: MakeDraft,
): Promise<Refusal | undefined> {
  const look = await lookAt(deps, click);
  if (isRefusal(look)) return look;
  const form: Modal | Refusal = await assignFormFor(click.actor, look.item.dealId, draftOf(look));
  if (isRefusal(form)) return form;
  await deps.gateway.openView({ triggerId: click.triggerId, view: form });
  return undefined;
}

/** Half of what they were to do, done by us. */
const shareDraft: MakeDraft = ({ step, today, ahead }) => ({
  side: 'seller',
  title: `Our half of: ${step?.title ?? 'the step'}`,
  dueOn: step && step.dueOn > today ? step.dueOn : ahead,
  doneWhen: step?.doneWhen ?? 'Both sides have seen it.',
});

/** A small step of theirs in the middle of a long quiet stretch. */
const fillDraft: MakeDraft = ({ ahead, pair, gapEndsOn, today }) => ({
  side: 'buyer',
  title: pair,
  dueOn: gapEndsOn && addDays(gapEndsOn, -1) > today ? addDays(gapEndsOn, -1) : ahead,
  doneWhen: 'Both sides have seen it.',
});

/** The question that was clicked, with the plan it is about. */
async function lookAt(deps: ListenerDeps, { actor, value }: Click) {
  const now = deps.clock.now();
  return deps.store.read(async (tx) => {
    const item = await reachItem(tx, actor, value as NudgeItemId);
    if (isRefusal(item)) return item;
    const deal = await reachOpenDeal(tx, actor, item.dealId);
    if (isRefusal(deal)) return deal;
    const rows = await loadPlanRows(tx, deal);
    const step = item.homeworkId && (await findHomework(tx, actor.workspaceId, item.homeworkId));
    const today = dayIn(now, deal.zone);
    const { calendars } = deps;
    const state = assessPlan(rows, today, calendars);
    const situation = situationOf(rows, state, { today, calendars, lateEntryPlayed: true });
    return {
      item,
      rows,
      step: step || undefined,
      today,
      calendar: situation.calendar,
      ahead: dayAhead(situation, 3),
      pair: byPhase(situation).theirs.what,
      gapEndsOn: state.gap.endsOn,
    };
  });
}
