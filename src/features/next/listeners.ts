import type { ListenerDeps } from '../../deps.ts';
import type { Deal } from '../../domain/deal.ts';
import { type DealId, newId } from '../../domain/ids.ts';
import { lessonLine } from '../../domain/look-alike.ts';
import { promiseLine } from '../../domain/own-promise.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { Message } from '../../slack/message.ts';
import { type AssignFormFor, lateEntryId } from '../../slack/next-actions.ts';
import { openFrom } from '../../slack/open-from.ts';
import type { ShowPlace } from '../../slack/show-again.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { findOwnPromise, listLookAlikes } from '../../store/look-alikes.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { changePhase } from './change-phase.ts';
import { buildDraftModal } from './draft-modal.ts';
import {
  buildLateEntryModal,
  buildLateEntryResultModal,
  lateEntryModalIds,
  readLateEntryModal,
} from './late-entry-modal.ts';
import { lookAhead, lookAheadOnAll } from './look-ahead.ts';
import { buildAllNextMessage, buildNextMessage, nextIds, readMoveValue } from './next-message.ts';
import {
  buildPhaseModal,
  buildPhaseResultModal,
  phaseModalIds,
  readPhaseModal,
} from './phase-modal.ts';
import { playLateEntry } from './play-late-entry.ts';
import { registerTouches, touchModalFor } from './touch-listeners.ts';

/** The words of `/deal` about what comes next. */
export function nextSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'next',
      does: 'gives you one move of ours and one small ask of theirs',
      usage: '/deal next Acme',
      needs: 'deal_if_named',
      run: (call, deal) => handleNextCommand(deps, call, deal),
    },
    {
      word: 'touch',
      does: 'logs who wrote and what it moved',
      usage: '/deal touch Acme',
      needs: 'deal',
      run: async (call, deal) =>
        openFor(
          deps,
          call,
          await touchModalFor(deps, call.actor, { dealId: deal.id, side: 'seller' }),
        ),
    },
    {
      word: 'phase',
      does: 'says where the buyer is, and what shows it',
      usage: '/deal phase Acme',
      needs: 'deal',
      run: async (call, deal) =>
        openFor(deps, call, await modalFor(deps, call.actor, deal.id, buildPhaseModal)),
    },
  ];
}

/** The buttons of moves, and the modals they open. */
export function registerNext(
  deps: ListenerDeps,
  assignFormFor: AssignFormFor,
  showPlace: ShowPlace,
): void {
  registerTouches(deps, showPlace);
  for (const id of [nextIds.assign, nextIds.draft]) {
    onClick(deps, id, (click) => handleMoveClick(deps, assignFormFor, click));
  }
  onClick(deps, lateEntryId, async (click) => {
    const dealId = click.value as DealId;
    return openFrom(deps, click, await modalFor(deps, click.actor, dealId, buildLateEntryModal));
  });

  onSubmit(deps, lateEntryModalIds.view, async (submission) => {
    const played = await playLateEntry(deps, submission.actor, readLateEntryModal(submission));
    return isRefusal(played) ? played : { do: 'show', modal: buildLateEntryResultModal(played) };
  });

  onSubmit(deps, phaseModalIds.view, async (submission) => {
    const changed = await changePhase(deps, submission.actor, readPhaseModal(submission));
    return isRefusal(changed) ? changed : { do: 'show', modal: buildPhaseResultModal(changed) };
  });
}

async function handleNextCommand(deps: ListenerDeps, call: Call, deal?: Deal): Promise<Reply> {
  if (deal) return showNext(deps, call.actor, deal.id);
  return buildAllNextMessage(await lookAheadOnAll(deps, call.actor));
}

/** The losses among which the promise of whoever looks is sought; the closest one is told. */
const mostAlike = 3;

async function showNext(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Message | Refusal> {
  const outlook = await lookAhead(deps, actor, dealId);
  if (isRefusal(outlook)) return outlook;
  const { deal } = outlook.rows;
  const { today } = outlook.situation;
  return deps.store.read(async (tx) => {
    const alikes = await listLookAlikes(tx, actor, deal, { today, limit: mostAlike });
    const promise = await findOwnPromise(tx, actor, alikes);
    const [closest] = alikes;
    const line = closest && lessonLine(closest, today);
    return buildNextMessage(outlook, [
      ...(line ? [line] : []),
      ...(promise ? [promiseLine(promise)] : []),
    ]);
  });
}

/** Makes the move as it is by now; when it has become one of another kind, that is shown. */
async function handleMoveClick(
  deps: ListenerDeps,
  assignFormFor: AssignFormFor,
  click: Click,
): Promise<Message | Refusal | undefined> {
  const clicked = readMoveValue(click.value);
  if (!clicked) return undefined;
  const outlook = await lookAhead(deps, click.actor, clicked.dealId);
  if (isRefusal(outlook)) return outlook;
  const { action } = outlook.moves[clicked.whose];
  if (action.does === 'assign') {
    return openFrom(deps, click, await assignFormFor(click.actor, clicked.dealId, action));
  }
  if (action.does === 'draft') {
    return openFrom(deps, click, buildDraftModal(outlook, action.draft));
  }
  return buildNextMessage(outlook);
}

/** A form of a deal that may be changed, under a name for this opening of it. */
async function modalFor(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
  build: (deal: Deal, formId: string) => Modal,
): Promise<Modal | Refusal> {
  const deal = await deps.store.read((tx) => reachOpenDeal(tx, actor, dealId));
  return isRefusal(deal) ? deal : build(deal, newId(deps.clock.now()));
}

async function openFor(
  deps: ListenerDeps,
  { triggerId }: Call,
  modal: Modal | Refusal,
): Promise<Refusal | undefined> {
  return openFrom(deps, { triggerId, view: undefined }, modal);
}
