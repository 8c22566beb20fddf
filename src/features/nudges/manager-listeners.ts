import type { ListenerDeps } from '../../deps.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type HomeworkId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { bold, leaf } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import { managerIds } from '../../slack/manager-actions.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { lookAtMatter, type ManagerLook, reachMatter, takeableSteps } from './manager-matter.ts';
import {
  buildOfferModal,
  buildTakeModal,
  managerModalIds,
  type OfferWay,
  readManagerMeta,
} from './manager-modals.ts';
import { type HelpedBy, offerHelp } from './offer-help.ts';
import type { ShowBundleAgain } from './rest-listeners.ts';

/** What a manager who takes a step borrows from the plan. */
export interface ManagerHands {
  readonly takeStep: (actor: Person, id: HomeworkId) => Promise<unknown | Refusal>;
}

/** The three ways a manager can help (METHOD S4-7): an offer, a step taken, a question first. */
export function registerManagerHelp(
  deps: ListenerDeps,
  { takeStep }: ManagerHands,
  showBundleAgain: ShowBundleAgain,
): void {
  onClick(deps, managerIds.offer, (click) => openOffer(deps, click, 'offer'));
  onClick(deps, managerIds.askFirst, (click) => openOffer(deps, click, 'ask_first'));
  onClick(deps, managerIds.take, (click) => openTake(deps, click));

  const keep = async (
    actor: Person,
    meta: ReturnType<typeof readManagerMeta>,
    way: HelpedBy,
  ): Promise<SubmissionAnswer> => {
    const { matter, formId, responseUrl } = meta;
    const offered = await offerHelp(deps, actor, { matter, formId, way });
    if (isRefusal(offered)) return offered;
    const { deal, item } = offered;
    if (item && (await showBundleAgain(actor, item.nudgeId, responseUrl))) return { do: 'close' };
    const words =
      way === 'take' ? ': the step is yours now.' : ': the plan knows that you offered.';
    const lines = [[bold(dealTitle(deal)), leaf(words)]];
    return { do: 'show', modal: buildResultModal({ title: 'Noted', lines }) };
  };

  onSubmit(deps, managerModalIds.offer, ({ actor, view }) => {
    const meta = readManagerMeta(view);
    return keep(actor, meta, meta.way ?? 'offer');
  });
  onSubmit(deps, managerModalIds.take, async ({ actor, view, form }) => {
    const meta = readManagerMeta(view);
    const matter = await deps.store.read((tx) => reachMatter(tx, actor, meta.matter));
    if (isRefusal(matter)) return matter;
    const homeworkId = form.choice(managerModalIds.step);
    if (!homeworkId) return refuse('no_step', 'Pick the step you take.', managerModalIds.step);
    // Both parts are kept once: a submission that broke off between them is finished by its redelivery.
    const taken = await takeStep(actor, homeworkId as HomeworkId);
    return isRefusal(taken) ? taken : keep(actor, meta, 'take');
  });
}

async function look(deps: ListenerDeps, { actor, value }: Click): Promise<ManagerLook | Refusal> {
  const at = { now: deps.clock.now(), calendars: deps.calendars };
  return deps.store.read((tx) => lookAtMatter(tx, actor, value, at));
}

function metaOf(deps: ListenerDeps, { value, responseUrl }: Click) {
  return { matter: value, formId: newId(deps.clock.now()), responseUrl };
}

async function openOffer(
  deps: ListenerDeps,
  click: Click,
  way: OfferWay,
): Promise<Refusal | undefined> {
  const seen = await look(deps, click);
  if (isRefusal(seen)) return seen;
  const view = buildOfferModal(seen, { ...metaOf(deps, click), way });
  await deps.gateway.openView({ triggerId: click.triggerId, view });
  return undefined;
}

async function openTake(deps: ListenerDeps, click: Click): Promise<Refusal | undefined> {
  const seen = await look(deps, click);
  if (isRefusal(seen)) return seen;
  const steps = takeableSteps(seen.rows, click.actor);
  if (steps.length === 0) {
    return refuse(
      'nothing_to_take',
      `There is no open step of ours on ${dealTitle(seen.deal)} to take. “Offer this” has words for another kind of help.`,
    );
  }
  const view = buildTakeModal(seen, steps, metaOf(deps, click));
  await deps.gateway.openView({ triggerId: click.triggerId, view });
  return undefined;
}
