import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { type AnswerDeps, keepAnswer } from './answer-nudge.ts';
import { type ManagerMatter, reachMatter } from './manager-matter.ts';

/** How a manager helped: an offer, a question first, or a step they took. */
export type HelpedBy = 'offer' | 'ask_first' | 'take';

/**
 * Keeps that a manager offered help, and answers the question of their bundle if it began there.
 * The same `formId` twice is one offer.
 */
export async function offerHelp(
  deps: AnswerDeps,
  actor: Person,
  input: { readonly matter: string; readonly formId: string; readonly way: HelpedBy },
): Promise<ManagerMatter | Refusal> {
  const { clock, calendars, store } = deps;
  const now = clock.now();
  return store.transaction(async (tx) => {
    const matter = await reachMatter(tx, actor, input.matter);
    if (isRefusal(matter)) return matter;
    const { deal, item } = matter;
    const { workspaceId } = actor;
    if (item) await keepAnswer(tx, actor, item, { answer: 'help_offered', now, calendars });
    if (!(await firstSeen(tx, workspaceId, `form:${input.formId}`, now))) return matter;
    await appendEvent(tx, {
      workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: 'help_offered',
      payload: { way: input.way },
    });
    return matter;
  });
}
