import type { ListenerDeps } from '../../deps.ts';
import { businessDaysAfter, dayIn } from '../../domain/calendar.ts';
import { isLate, isOpen } from '../../domain/homework.ts';
import { type HomeworkId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { bold, leaf } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import type { View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { readStepPlace, type StepPlace, stepIds } from '../../slack/step-actions.ts';
import {
  type ChangedHomework,
  dropHomework,
  finishHomework,
  moveHomework,
  reachHomework,
} from './change-homework.ts';
import {
  buildDropModal,
  buildMoveModal,
  type ChangeMeta,
  dropModalIds,
  moveModalIds,
  readChangeMeta,
} from './change-modals.ts';

/** The message a step stands in, built again from current state; undefined when it is gone. */
export type ShowPlace = (place: StepPlace, actor: Person) => Promise<Message | Refusal | undefined>;

/** Done, Another date and Drop: in a plan, in a nudge, wherever a step is shown. */
export function registerSteps(deps: ListenerDeps, showPlace: ShowPlace): void {
  onClick(deps, stepIds.done, async (click, acknowledge) => {
    const done = await finishHomework(deps, click.actor, click.value as HomeworkId);
    if (isRefusal(done) && done.code !== 'deal_closed') return done;
    await acknowledge();
    await showAgain(deps, showPlace, click.actor, askedBy(click));
    return isRefusal(done) ? done : undefined;
  });

  onClick(deps, stepIds.move, (click) => openChangeModal(deps, showPlace, click, 'move'));
  onClick(deps, stepIds.drop, (click) => openChangeModal(deps, showPlace, click, 'drop'));

  onSubmit(deps, moveModalIds.view, async ({ actor, view, form }) => {
    const { homeworkId, formId } = readChangeMeta(view);
    const dueOn = form.date(moveModalIds.dueOn);
    const changed = await moveHomework(deps, actor, homeworkId, { formId, dueOn });
    return afterChange(deps, showPlace, actor, view, changed);
  });

  onSubmit(deps, dropModalIds.view, async ({ actor, view, form }) => {
    const { homeworkId } = readChangeMeta(view);
    const changed = await dropHomework(deps, actor, homeworkId, form.text(dropModalIds.reason));
    return afterChange(deps, showPlace, actor, view, changed);
  });
}

async function openChangeModal(
  deps: ListenerDeps,
  showPlace: ShowPlace,
  click: Click,
  change: 'move' | 'drop',
): Promise<Refusal | undefined> {
  const asked = askedBy(click);
  const reached = await deps.store.read((tx) => reachHomework(tx, click.actor, asked.homeworkId));
  if (isRefusal(reached)) {
    // The message is older than the deal's end: its buttons go away with the explanation.
    if (reached.code === 'deal_closed') await showAgain(deps, showPlace, click.actor, asked);
    return reached;
  }
  const { deal, step } = reached;
  if (!isOpen(step)) {
    await showAgain(deps, showPlace, click.actor, asked);
    return undefined;
  }
  const now = deps.clock.now();
  const today = dayIn(now, deal.zone);
  const later = businessDaysAfter(isLate(step, today) ? today : step.dueOn, 2);
  const suggested =
    deal.decisionOn && deal.decisionOn >= today && later > deal.decisionOn
      ? deal.decisionOn
      : later;
  const form = { ...asked, formId: newId(now) };
  const view =
    change === 'move' ? buildMoveModal(step, suggested, today, form) : buildDropModal(step, form);
  await deps.gateway.openView({ triggerId: click.triggerId, view });
  return undefined;
}

function askedBy(click: Click): ChangeMeta {
  return {
    homeworkId: click.value as HomeworkId,
    place: readStepPlace(click.blockId),
    responseUrl: click.responseUrl,
  };
}

async function afterChange(
  deps: ListenerDeps,
  showPlace: ShowPlace,
  actor: Person,
  view: View,
  changed: ChangedHomework | Refusal,
): Promise<SubmissionAnswer> {
  if (isRefusal(changed)) return changed;
  const shown = await showAgain(deps, showPlace, actor, readChangeMeta(view));
  if (shown) return { do: 'close' };
  const saved = [bold(changed.step.title), leaf(' is up to date. /deal plan shows it.')];
  return { do: 'show', modal: buildResultModal({ title: 'Saved', lines: [saved] }) };
}

/** The change is saved by now: a message that cannot be refreshed any more is no failure. */
async function showAgain(
  deps: ListenerDeps,
  showPlace: ShowPlace,
  actor: Person,
  { place, responseUrl }: ChangeMeta,
): Promise<boolean> {
  if (!place || !responseUrl) return false;
  const message = await showPlace(place, actor);
  if (!message || isRefusal(message)) return false;
  try {
    await deps.responder.answer(responseUrl, message, { replace: true });
    return true;
  } catch (error) {
    deps.report(error, 'refresh after a change');
    return false;
  }
}
