import type { ListenerDeps } from '../../deps.ts';
import { dayIn, sayDay } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { HelpRequestId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { bold, leaf, type Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { type ShowPlace, showAgain, tryToTell } from '../../slack/show-again.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { answerHelp, type HelpAnswer, type KnownHelp, reachHelp } from './answer-help.ts';
import { type AnswerAsked, type AskedHelp, askHelp } from './ask-help.ts';
import { buildDeclineModal, declineModalIds, readDeclineModal } from './decline-modal.ts';
import { helpFormFor } from './help-form.ts';
import { buildAskedMessage, helpIds } from './help-messages.ts';
import { helpModalIds, readHelpModal } from './help-modal.ts';

/** The word of `/deal` that asks a colleague. */
export function helpSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'ask',
      does: 'asks a colleague for help',
      usage: '/deal ask Acme',
      needs: 'deal',
      run: async ({ actor, triggerId }, { id }) => {
        const view = await helpFormFor(deps, actor, { dealId: id });
        if (isRefusal(view)) return view;
        await deps.gateway.openView({ triggerId, view });
        return undefined;
      },
    },
  ];
}

/** What asking borrows from the bundle it may begin in. */
export interface HelpHands {
  readonly answerAsked: AnswerAsked;
  readonly showPlace: ShowPlace;
}

/** Asking a colleague, and what they answer. */
export function registerHelp(deps: ListenerDeps, hands: HelpHands): void {
  onSubmit(deps, helpModalIds.view, async ({ actor, ...sent }) => {
    const { userId, responseUrl, form, ...input } = readHelpModal(sent);
    const person = userId ? await deps.knowPerson({ teamId: deps.workspaceId, userId }) : undefined;
    const asked = await askHelp(
      deps,
      actor,
      { ...input, form: { ...form, person } },
      hands.answerAsked,
    );
    if (isRefusal(asked)) return asked;
    const { nudgeId } = asked;
    const place = nudgeId === undefined ? undefined : ({ kind: 'nudge', id: nudgeId } as const);
    const { showPlace } = hands;
    if (await showAgain({ deps, showPlace }, actor, { place, responseUrl })) return { do: 'close' };
    const today = dayIn(deps.clock.now(), actor.zone);
    return { do: 'show', modal: buildAskedModal(asked, sayDay(asked.dueOn, today)) };
  });

  const taps = [
    [helpIds.take, 'taken'],
    [helpIds.done, 'done'],
  ] as const;
  for (const [id, answer] of taps) onClick(deps, id, (click) => tap(deps, click, answer));
  onClick(deps, helpIds.decline, (click) => openDecline(deps, click));
  onSubmit(deps, declineModalIds.view, async ({ actor, ...sent }) => {
    const { helpId, responseUrl, note } = readDeclineModal(sent);
    const known = await answerHelp(deps, actor, helpId, { answer: 'declined', note });
    if (isRefusal(known)) return known;
    await redraw(deps, known, responseUrl);
    return { do: 'close' };
  });
}

async function tap(
  deps: ListenerDeps,
  { actor, value, responseUrl }: Click,
  answer: HelpAnswer,
): Promise<Refusal | undefined> {
  const known = await answerHelp(deps, actor, value as HelpRequestId, { answer });
  if (isRefusal(known)) return known;
  deps.wake();
  await redraw(deps, known, responseUrl);
  return undefined;
}

async function openDecline(
  deps: ListenerDeps,
  { actor, value, triggerId, responseUrl }: Click,
): Promise<Refusal | undefined> {
  const known = await deps.store.read((tx) => reachHelp(tx, actor, value as HelpRequestId));
  if (isRefusal(known)) return known;
  const { request, deal } = known;
  // Answered from another window, or the deal has ended: the message is shown as it stands.
  if (request.state !== 'asked' || deal.status !== 'open') {
    await redraw(deps, known, responseUrl);
    return undefined;
  }
  const view = buildDeclineModal(request.what, { helpId: request.id, responseUrl });
  await deps.gateway.openView({ triggerId, view });
  return undefined;
}

/** The answer is kept by now: a message that cannot be refreshed is no failure. */
async function redraw(
  deps: ListenerDeps,
  known: KnownHelp,
  responseUrl: string | undefined,
): Promise<void> {
  if (!responseUrl) return;
  const zone = known.helper?.zone ?? known.deal.zone;
  const message = buildAskedMessage(known, dayIn(deps.clock.now(), zone));
  await tryToTell(deps, responseUrl, message, { replace: true });
}

function buildAskedModal({ deal, person }: AskedHelp, dueOn: string): Modal {
  const line = [
    bold(person.name),
    leaf(` is asked about ${dealTitle(deal)} by ${dueOn}. Their answer comes to you from me.`),
  ];
  return buildResultModal({ title: 'Asked', lines: [line] });
}
