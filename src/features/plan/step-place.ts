import { z } from 'zod';
import type { ListenerDeps } from '../../deps.ts';
import { dayIn, parseDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { actions, bold, leaf, type Modal, paragraph } from '../../slack/blocks.ts';
import type { Click, SubmissionAnswer } from '../../slack/listen.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { View } from '../../slack/payloads.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { runButton } from '../../slack/run-button.ts';
import { type ShowPlace, showAgain, tryToTell } from '../../slack/show-again.ts';
import { readStepPlace } from '../../slack/step-actions.ts';
import { listDealEvents } from '../../store/events.ts';
import { type ChangeMeta, readChangeMeta } from './change-modals.ts';
import type { ChangedHomework } from './change-step.ts';
import { buildStepModal, type DateMove, sayNews, stepModalIds } from './step-modal.ts';

/** What the listeners of steps share. */
export interface StepListening {
  readonly deps: ListenerDeps;
  readonly showPlace: ShowPlace;
}

/** Which step was clicked, where it stands, and which version of it was on the screen. */
export function askedBy(click: Click): ChangeMeta & { readonly seen?: number | undefined } {
  const homeworkId = click.value as HomeworkId;
  if (!click.view) {
    const place = readStepPlace(click.blockId);
    return { homeworkId, place, responseUrl: click.responseUrl };
  }
  const nowhere = { place: undefined, responseUrl: undefined };
  const meta = click.view.callback_id === stepModalIds.view ? readChangeMeta(click.view) : nowhere;
  return { ...meta, homeworkId, hub: true };
}

/** Shows a modal in place of the one that was clicked in, or opens it. */
export async function showModal({ deps }: StepListening, click: Click, view: Modal): Promise<void> {
  await (click.view
    ? deps.gateway.updateView({ viewId: click.view.id, hash: click.view.hash, view })
    : deps.gateway.openView({ triggerId: click.triggerId, view }));
}

/** The modal with everything about a step, as it stands. */
export async function stepModalFor(
  { deps }: StepListening,
  { deal, step }: ChangedHomework,
  { homeworkId, place, responseUrl }: ChangeMeta,
  notice?: string,
): Promise<Modal> {
  const moved = await deps.store.read((tx) => listDealEvents(tx, deal.id, 'homework_moved'));
  const moves = moved.flatMap(({ at, payload }) => {
    const read = movePayload.safeParse(payload);
    const from = parseDay(read.data?.from ?? '');
    const to = parseDay(read.data?.dueOn ?? '');
    const isIts = read.data?.homeworkId === step.id;
    return isIts && from && to ? [{ from, to, on: dayIn(at, deal.zone) } satisfies DateMove] : [];
  });
  const today = dayIn(deps.clock.now(), deal.zone);
  const view = { deal, step, moves, today, notice };
  return buildStepModal(view, { homeworkId, place, responseUrl });
}

const movePayload = z.looseObject({ homeworkId: z.string(), from: z.string(), dueOn: z.string() });

/** What a submitted form turns into; the change is saved by now. */
export async function afterForm(
  on: StepListening,
  actor: Person,
  view: View,
  changed: ChangedHomework | Refusal,
): Promise<SubmissionAnswer> {
  if (isRefusal(changed)) return changed;
  const meta = readChangeMeta(view);
  const shown = await showAgain(on, actor, meta);
  if (changed.news === 'fit_check') await askFit(on, changed, meta);
  if (meta.hub || changed.news) {
    const modal = await stepModalFor(on, changed, meta, sayNews(changed.news));
    return { do: 'show', modal };
  }
  if (shown) return { do: 'close' };
  const saved = [bold(changed.step.title), leaf(' is up to date. /deal plan shows it.')];
  return { do: 'show', modal: buildResultModal({ title: 'Saved', lines: [saved] }) };
}

/** Three declined in a row: go on, give it less, or step away (METHOD S0-14). */
async function askFit(
  { deps }: StepListening,
  { deal }: ChangedHomework,
  { responseUrl }: ChangeMeta,
): Promise<void> {
  if (!responseUrl) return;
  const words = `${sayNews('fit_check')} ${dealTitle(deal)}`;
  await tryToTell(deps, responseUrl, {
    text: escapeMrkdwn(words),
    blocks: [
      paragraph(bold(dealTitle(deal)), leaf(`: ${sayNews('fit_check')}`)),
      actions(
        `fit_${deal.id}`,
        runButton('next', 'Continue', deal, { style: 'primary' }),
        runButton('pause', 'Lower priority', deal),
        runButton('lost', 'Withdraw', deal),
      ),
    ],
  });
}
