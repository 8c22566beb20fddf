import type { Deps } from '../../deps.ts';
import type { Deal } from '../../domain/deal.ts';
import type { HelpState } from '../../domain/help.ts';
import type { HelpRequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { appendEvent } from '../../store/events.ts';
import { changeHelpRequest, findHelpRequest, type HelpRequest } from '../../store/help-requests.ts';
import { enqueue } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** A request as a message shows it. */
export interface KnownHelp {
  readonly request: HelpRequest;
  readonly deal: Deal;
  readonly asker: Person | undefined;
  readonly helper: Person | undefined;
}

export type HelpAnswer = Exclude<HelpState, 'asked'>;

/** What may follow on what: who took it finishes it, and nobody answers twice. */
const before: Readonly<Record<HelpAnswer, HelpState>> = {
  taken: 'asked',
  declined: 'asked',
  done: 'taken',
};

const events = { taken: 'help_taken', declined: 'help_declined', done: 'help_given' } as const;

const notAsked = refuse(
  'help_not_found',
  'That question is not yours, or not here any more. /deal list shows your deals.',
);

/**
 * Keeps what the colleague who was asked says, and tells the one who asked. An answer that comes
 * late or twice changes nothing; the request is given as it stands.
 */
export async function answerHelp(
  deps: Deps,
  actor: Person,
  id: HelpRequestId,
  said: { readonly answer: HelpAnswer; readonly note?: string | undefined },
): Promise<KnownHelp | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await reachHelp(tx, actor, id);
    if (isRefusal(known)) return known;
    const { request, deal, asker } = known;
    if (deal.status !== 'open' || request.state !== before[said.answer]) return known;
    const note = shorten(cleanLine(said.note ?? ''), 200) || undefined;
    const to = { state: said.answer, note, answeredAt: now };
    if (!(await changeHelpRequest(tx, request, to))) return known;
    const { workspaceId } = actor;
    await appendEvent(tx, {
      workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: events[said.answer],
      payload: { helpId: id },
    });
    if (asker?.slackUserId) {
      const payload = { helpId: id, state: said.answer };
      const key = `help:${id}:${said.answer}`;
      const target = asker.slackUserId;
      await enqueue(tx, workspaceId, now, [{ kind: 'help_answered', key, target, payload }]);
    }
    return { ...known, request: { ...request, ...to } };
  });
}

/** A request that `actor` was asked, on a deal they may still see. */
export async function reachHelp(
  tx: Tx,
  actor: Person,
  id: HelpRequestId,
): Promise<KnownHelp | Refusal> {
  const request = await findHelpRequest(tx, actor.workspaceId, id);
  if (!request || request.askedId !== actor.id) return notAsked;
  const deal = await reachDeal(tx, actor, request.dealId);
  if (isRefusal(deal)) return deal;
  const asker = await findPerson(tx, actor.workspaceId, request.askedById);
  return { request, deal, asker, helper: actor };
}
