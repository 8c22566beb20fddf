import type { ListenerDeps } from '../../deps.ts';
import { businessDaysAfter, dayIn } from '../../domain/calendar.ts';
import { type Homework, isLate, isOpen } from '../../domain/homework.ts';
import { type StepMove, statusAfter } from '../../domain/homework-moves.ts';
import { newId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import { type ShowPlace, showAgain } from '../../slack/show-again.ts';
import { stepIds } from '../../slack/step-actions.ts';
import { sentence } from '../../slack/words.ts';
import { finishHomework } from './change-homework.ts';
import {
  buildDropModal,
  buildMoveModal,
  type ChangeFormMeta,
  type ChangeMeta,
} from './change-modals.ts';
import { type ChangedHomework, reachHomework } from './change-step.ts';
import {
  acceptStep,
  agreeStep,
  askStep,
  flagStep,
  needsTheirYes,
  reactToStep,
  startStep,
} from './step-answers.ts';
import { reactions } from './step-buttons.ts';
import {
  buildAgreeModal,
  buildDeclineModal,
  buildHandOverModal,
  buildOtherPersonModal,
  buildRewordModal,
  buildSendBackModal,
} from './step-forms.ts';
import { sayNews, sayState } from './step-modal.ts';
import { askedBy, type StepListening, showModal, stepModalFor } from './step-place.ts';
import { registerSubmissions } from './step-submissions.ts';

type Tap = (click: Click, step: ChangeMeta & { seen?: number | undefined }) => Answer;
type Answer = Promise<ChangedHomework | Refusal>;

/** All that can be done with a step: in a plan, in a nudge, in the modal that shows it whole. */
export function registerSteps(deps: ListenerDeps, showPlace: ShowPlace): void {
  const on = { deps, showPlace };
  onClick(deps, stepIds.open, (click) => openStep(on, click));
  onClick(deps, stepIds.notYet, (click) => openStep(on, click, notYetHint));
  registerTaps(on);
  registerForms(on);
  registerSubmissions(on);
}

const notYetHint = 'Not yet. A smaller ask, better words or another date make a yes easier.';

/** One tap changes the step, and it is shown again where it stands. */
function registerTaps(on: StepListening): void {
  const { deps } = on;
  const taps: readonly (readonly [string, Tap])[] = [
    [stepIds.done, ({ actor }, { homeworkId }) => finishHomework(deps, actor, homeworkId)],
    [stepIds.asked, ({ actor }, { homeworkId, seen }) => askStep(deps, actor, homeworkId, seen)],
    [
      stepIds.confusing,
      ({ actor }, { homeworkId, seen }) => flagStep(deps, actor, homeworkId, 'confusing', seen),
    ],
    [
      stepIds.pointless,
      ({ actor }, { homeworkId, seen }) => flagStep(deps, actor, homeworkId, 'pointless', seen),
    ],
    [
      stepIds.started,
      ({ actor }, { homeworkId, seen }) => startStep(deps, actor, homeworkId, seen),
    ],
    [
      stepIds.accepted,
      ({ actor }, { homeworkId, seen }) => acceptStep(deps, actor, homeworkId, seen),
    ],
    ...reactions.map(([reaction]): [string, Tap] => [
      `${stepIds.took}_${reaction}`,
      ({ actor }, { homeworkId, seen }) => reactToStep(deps, actor, homeworkId, reaction, seen),
    ]),
  ];
  for (const [id, tap] of taps) {
    onClick(deps, id, (click, acknowledge) => handleTap(on, click, acknowledge, tap));
  }
}

async function handleTap(
  on: StepListening,
  click: Click,
  acknowledge: () => Promise<void>,
  tap: Tap,
): Promise<Message | Refusal | undefined> {
  const asked = askedBy(click);
  const changed = await tap(click, asked);
  if (isRefusal(changed) && changed.code !== 'deal_closed') return changed;
  await acknowledge();
  await showAgain(on, click.actor, asked);
  if (isRefusal(changed)) return changed;
  const news = sayNews(changed.news);
  if (click.view) {
    await showModal(on, click, await stepModalFor(on, changed, asked, news));
    return undefined;
  }
  if (news) return sentence(news);
  return asked.place ? undefined : sentence(stateSentence(on, changed));
}

function stateSentence({ deps }: StepListening, { deal, step }: ChangedHomework): string {
  return `${step.title}: ${sayState(step, dayIn(deps.clock.now(), deal.zone))}.`;
}

/** The whole step in a modal; a card that is older than the deal's end is shown again instead. */
async function openStep(
  on: StepListening,
  click: Click,
  notice?: string,
): Promise<Refusal | undefined> {
  const reached = await reachClicked(on, click);
  if (isRefusal(reached)) return reached;
  await showModal(on, click, await stepModalFor(on, reached, askedBy(click), notice));
  return undefined;
}

async function reachClicked(on: StepListening, click: Click): Answer {
  const asked = askedBy(click);
  const { store } = on.deps;
  const reached = await store.read((tx) => reachHomework(tx, click.actor, asked.homeworkId));
  // The message is older than the deal's end: its buttons go away with the explanation.
  if (isRefusal(reached) && reached.code === 'deal_closed') await showAgain(on, click.actor, asked);
  return reached;
}

interface StepForm {
  readonly button: string;
  /** Undefined: any open step may be changed so. */
  readonly move?: StepMove;
  readonly build: (
    changed: ChangedHomework,
    meta: ChangeFormMeta,
    today: Homework['dueOn'],
  ) => Modal;
}

const forms: readonly StepForm[] = [
  { button: stepIds.move, build: buildMove },
  { button: stepIds.drop, move: 'drop', build: ({ step }, meta) => buildDropModal(step, meta) },
  {
    button: stepIds.wont,
    move: 'decline',
    build: ({ step }, meta) => buildDeclineModal(step, meta),
  },
  {
    button: stepIds.reword,
    move: 'reword',
    build: ({ step }, meta) => buildRewordModal(step, meta),
  },
  {
    button: stepIds.sentBack,
    move: 'send_back',
    build: ({ step }, meta) => buildSendBackModal(step, meta),
  },
  {
    button: stepIds.handOver,
    // Theirs goes to somebody at their end, ours to a colleague.
    build: ({ step }, meta) =>
      step.side === 'buyer' ? buildOtherPersonModal(step, meta) : buildHandOverModal(step, meta),
  },
];

function registerForms(on: StepListening): void {
  const { deps } = on;
  for (const form of forms) onClick(deps, form.button, (click) => openForm(on, click, form));
  onClick(deps, stepIds.yes, async (click, acknowledge) => {
    const reached = await reachClicked(on, click);
    if (isRefusal(reached)) return reached;
    // A yes of ours is one tap; a yes of theirs has a name and a way it came.
    return needsTheirYes(reached.step)
      ? openForm(on, click, agreeForm)
      : handleTap(on, click, acknowledge, ({ actor }, { homeworkId, seen }) =>
          agreeStep(deps, actor, homeworkId, { seen }),
        );
  });
}

const agreeForm: StepForm = {
  button: stepIds.yes,
  move: 'agree',
  build: ({ step }, meta) => buildAgreeModal(step, meta),
};

async function openForm(
  on: StepListening,
  click: Click,
  { move, build }: StepForm,
): Promise<Refusal | undefined> {
  const reached = await reachClicked(on, click);
  if (isRefusal(reached)) return reached;
  const { deal, step } = reached;
  const asked = askedBy(click);
  if (move ? !statusAfter(step.status, move) : !isOpen(step)) {
    // Somebody was faster: what is on the screen is brought up to date.
    if (click.view) await showModal(on, click, await stepModalFor(on, reached, asked));
    else await showAgain(on, click.actor, asked);
    return undefined;
  }
  const now = on.deps.clock.now();
  const { seen: _, ...meta } = { ...asked, formId: newId(now), dealId: deal.id };
  await showModal(on, click, build(reached, meta, dayIn(now, deal.zone)));
  return undefined;
}

function buildMove(
  { deal, step }: ChangedHomework,
  meta: ChangeFormMeta,
  today: Homework['dueOn'],
) {
  const later = businessDaysAfter(isLate(step, today) ? today : step.dueOn, 2);
  const suggested =
    deal.decisionOn && deal.decisionOn >= today && later > deal.decisionOn
      ? deal.decisionOn
      : later;
  return buildMoveModal(step, suggested, today, meta);
}
