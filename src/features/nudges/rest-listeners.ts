import type { ListenerDeps } from '../../deps.ts';
import { dayIn, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { type NudgeId, type NudgeItemId, newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { sayRestUntil } from '../../domain/rest-words.ts';
import { bold, type Leaf, leaf } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { findHomework } from '../../store/homework.ts';
import { reachDeal, reachOpenDeal } from '../../store/reach-deal.ts';
import { reachItem } from './answer-nudge.ts';
import { backOnModalIds, buildBackOnModal, readBackOnModal } from './back-on-modal.ts';
import { tellBackOn } from './back-on-told.ts';
import { nudgeIds } from './nudge-buttons.ts';
import { restItem } from './rest-item.ts';
import { buildRestModal, type RestAsk, readRestModal, restModalIds } from './rest-modal.ts';

/** Shows a bundle again where it was clicked in. @returns whether it could. */
export type ShowBundleAgain = (
  actor: Person,
  nudgeId: NudgeId,
  responseUrl: string | undefined,
) => Promise<boolean>;

/** Where what rests is shown once something does. */
export interface ShowRests {
  readonly bundle: ShowBundleAgain;
  readonly mornings: (actor: Person, settings: NonNullable<RestAsk['under']>) => Promise<undefined>;
}

/** The forms that put a question off: a rest of the reader's, and a day the buyer named. */
export function registerRests(deps: ListenerDeps, show: ShowRests): void {
  onClick(deps, restModalIds.length, async ({ view, form }) => {
    if (!view) return undefined;
    const { ask, form: chosen } = readRestModal({ view, form });
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    await deps.gateway.updateView({ viewId: view.id, view: buildRestModal(ask, chosen.length) });
    return undefined;
  });

  onSubmit(deps, restModalIds.view, async ({ actor, view, form }) => {
    const asked = readRestModal({ view, form });
    const rested = await restItem(deps, actor, asked);
    if (isRefusal(rested)) return rested;
    const { under, responseUrl } = asked.ask;
    if (under) {
      await show.mornings(actor, under);
      return { do: 'back' };
    }
    if (await show.bundle(actor, rested.item.nudgeId, responseUrl)) return { do: 'close' };
    const until = sayRestUntil(rested.untilAt, actor.zone, deps.clock.now());
    return said('Snoozed', leaf(`It rests ${until}. /deal settings ends that earlier.`));
  });

  onClick(deps, nudgeIds.backOn, (click) =>
    openBackOnModal(deps, click, { id: click.value as NudgeItemId }),
  );

  onSubmit(deps, backOnModalIds.view, async ({ actor, view, form }) => {
    const { responseUrl, ...asked } = readBackOnModal({ view, form });
    const told = await tellBackOn(deps, actor, asked);
    if (isRefusal(told)) return told;
    if (await show.bundle(actor, told.item.nudgeId, responseUrl)) return { do: 'close' };
    const day = sayDay(told.backOn, dayIn(deps.clock.now(), told.deal.zone));
    return said(
      'Noted',
      bold(dealTitle(told.deal)),
      leaf(`: their silence is no news before ${day}.`),
    );
  });
}

/** Where the bundle cannot be shown again: what came of it. */
function said(title: string, ...line: Leaf[]): SubmissionAnswer {
  return { do: 'show', modal: buildResultModal({ title, lines: [line] }) };
}

interface Asked {
  readonly id: NudgeItemId;
}

/** Opens the form that lets one of the clicker's own questions rest. */
export async function openRestModal(
  deps: ListenerDeps,
  { actor, triggerId, responseUrl, view: on }: Click,
  { id }: Asked,
): Promise<Refusal | undefined> {
  const found = await deps.store.read(async (tx) => {
    const item = await reachItem(tx, actor, id);
    if (isRefusal(item)) return item;
    const deal = await reachDeal(tx, actor, item.dealId);
    if (isRefusal(deal)) return deal;
    const step = item.homeworkId && (await findHomework(tx, actor.workspaceId, item.homeworkId));
    const title = step ? `${step.title} · ${dealTitle(deal)}` : dealTitle(deal);
    return { kind: item.kind, title };
  });
  if (isRefusal(found)) return found;
  const formId = newId(deps.clock.now());
  const under = on && { id: on.id, private_metadata: on.private_metadata };
  const view = buildRestModal({ ...found, itemId: id, formId, responseUrl, under });
  await (on
    ? deps.gateway.pushView({ triggerId, view })
    : deps.gateway.openView({ triggerId, view }));
  return undefined;
}

/** Opens the form for the day they are back, on a deal the clicker may change. */
async function openBackOnModal(
  deps: ListenerDeps,
  { actor, triggerId, responseUrl }: Click,
  { id }: Asked,
): Promise<Refusal | undefined> {
  const deal = await deps.store.read(async (tx) => {
    const item = await reachItem(tx, actor, id);
    return isRefusal(item) ? item : reachOpenDeal(tx, actor, item.dealId);
  });
  if (isRefusal(deal)) return deal;
  const formId = newId(deps.clock.now());
  const view = buildBackOnModal(deal, { itemId: id, formId, responseUrl });
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}
