import type { ListenerDeps, WhenEnded } from '../../deps.ts';
import { businessDaysAfter, dayIn } from '../../domain/calendar.ts';
import { fairFightSteps } from '../../domain/fair-fight.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { type Click, onClick, onSubmit, type SubmissionAnswer } from '../../slack/listen.ts';
import type { AssignFormFor } from '../../slack/next-actions.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { buildFightModal, fightModalIds, readFightModal } from './fight-modal.ts';
import { findFight } from './find-fight.ts';
import { loseDeal } from './lose-deal.ts';
import { readLossForm } from './loss-form.ts';
import { type LosingDeal, readLosingDeal } from './lost-meta.ts';
import { buildLostModal, lostModalIds, readLostModal } from './lost-modal.ts';
import { buildLostMoreModal, lostMoreModalIds, readLostMoreModal } from './lost-more-modal.ts';
import { buildLostResultModal } from './lost-result.ts';
import { findFirstTalk } from './talk-ahead.ts';
import { buildTryModal, movesToTry, tryModalIds } from './try-modal.ts';

/** What the forms borrow from other features. */
export interface LostHands {
  /** What follows a loss, in its transaction. */
  readonly whenEnded: readonly WhenEnded[];
  readonly assignFormFor: AssignFormFor;
}

/** The word of `/deal` that ends a deal they said no to. */
export function lossSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'lost',
      does: 'closes a deal they said no to, in under 90 seconds',
      usage: '/deal lost Acme',
      needs: 'deal',
      run: (call, deal) => handleLostCommand(deps, call, deal.id),
    },
  ];
}

/** The pages of `/deal lost`: what is left to try, how it ended, and for big deals what else it was. */
export function registerLostForms(deps: ListenerDeps, hands: LostHands): void {
  onSubmit(deps, fightModalIds.view, async (submission) => {
    const deal = readFightModal(submission);
    const days = tryDays(deps, submission.actor);
    const page = movesToTry(deal).length > 0 ? buildTryModal(deal, days) : buildLostModal(deal);
    return { do: 'show', modal: page };
  });
  onClick(deps, tryModalIds.keepOpen, (click) => handleKeepOpenClick(deps, hands, click));
  onClick(deps, tryModalIds.saveAnyway, async ({ view }) => {
    if (view) await show(deps, view, buildLostModal(readLosingDeal(view)));
    return undefined;
  });
  onClick(deps, lostModalIds.outcome, async ({ view, form }) => {
    // Without the hash: of two quick choices the later one counts, not the one shown first.
    if (view) await show(deps, { id: view.id }, buildLostModal(readLostModal({ form, view })));
    return undefined;
  });
  onClick(deps, lostModalIds.reason, async ({ view, form }) => {
    // With the hash: whoever went on at once has the next page, and it stays.
    if (view) await show(deps, view, buildLostModal(readLostModal({ form, view })));
    return undefined;
  });
  onSubmit(deps, lostModalIds.view, async (submission) => {
    const deal = readLostModal(submission);
    const read = readLossForm(deal.told);
    if (isRefusal(read)) return read;
    return deal.size === 'full' && !read.invalid
      ? { do: 'show', modal: buildLostMoreModal(deal) }
      : saveLoss(deps, hands, submission.actor, deal);
  });
  onSubmit(deps, lostMoreModalIds.view, (submission) =>
    saveLoss(deps, hands, submission.actor, readLostMoreModal(submission)),
  );
}

async function handleLostCommand(deps: ListenerDeps, call: Call, dealId: DealId): Promise<Reply> {
  const fight = await findFight(deps, call.actor, dealId);
  if (isRefusal(fight)) return fight;
  await deps.gateway.openView({ triggerId: call.triggerId, view: buildFightModal(fight) });
  return undefined;
}

const tryBd = 3;

/** A move that is to be tried now is due in three business days of whoever tries it. */
function tryDays({ clock, calendars }: ListenerDeps, { zone, workDays }: Person) {
  const today = dayIn(clock.now(), zone);
  const { holidays } = calendars.ours;
  return { today, dueOn: businessDaysAfter(today, tryBd, { workDays, holidays }) };
}

async function handleKeepOpenClick(
  deps: ListenerDeps,
  { assignFormFor }: LostHands,
  { actor, view }: Click,
): Promise<Refusal | undefined> {
  if (!view) return undefined;
  const deal = readLosingDeal(view);
  const [move] = movesToTry(deal);
  if (!move) return undefined;
  const { dueOn } = tryDays(deps, actor);
  const draft = { side: 'seller', dueOn, ...fairFightSteps[move] } as const;
  const modal = await assignFormFor(actor, deal.dealId, draft);
  if (isRefusal(modal)) return modal;
  await show(deps, view, modal);
  return undefined;
}

async function show(
  { gateway }: ListenerDeps,
  { id, hash }: { readonly id: string; readonly hash?: string },
  modal: Parameters<typeof gateway.updateView>[0]['view'],
): Promise<void> {
  await gateway.updateView({ viewId: id, view: modal, ...(hash ? { hash } : {}) });
}

async function saveLoss(
  deps: ListenerDeps,
  { whenEnded }: LostHands,
  actor: Person,
  deal: LosingDeal,
): Promise<SubmissionAnswer> {
  const closed = await loseDeal(deps, actor, deal.dealId, deal.told, whenEnded);
  if (isRefusal(closed)) return closed;
  const talk = closed.lost && (await findFirstTalk(deps, actor, closed.deal));
  return { do: 'show', modal: buildLostResultModal(closed, { reader: actor, talk }) };
}
