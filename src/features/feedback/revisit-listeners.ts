import type { ListenerDeps } from '../../deps.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId, RevisitId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { onClick, onSubmit } from '../../slack/listen.ts';
import { openFrom } from '../../slack/open-from.ts';
import { sentence } from '../../slack/words.ts';
import {
  buildRevisitModal,
  buildRevisitSavedModal,
  readRevisitModal,
  revisitModalIds,
} from './revisit-modal.ts';
import { dropRevisit, reachRevisit, reachRevisitOfDeal, setRevisit } from './set-revisit.ts';

/** The form for when to come back to a lost deal. */
export async function revisitForm(
  deps: ListenerDeps,
  actor: Person,
  dealId: DealId,
): Promise<Modal | Refusal> {
  const now = deps.clock.now();
  const known = await deps.store.read((tx) => reachRevisitOfDeal(tx, actor, dealId, now));
  return isRefusal(known) ? known : buildRevisitModal(known);
}

/** A later day, another trigger, or none at all. */
export function registerRevisits(deps: ListenerDeps): void {
  onClick(deps, followUpIds.comeBack, async (click) =>
    openFrom(deps, click, await revisitForm(deps, click.actor, click.value as DealId)),
  );

  onClick(deps, followUpIds.revisitLater, async (click) => {
    const now = deps.clock.now();
    const id = click.value as RevisitId;
    const known = await deps.store.read((tx) => reachRevisit(tx, click.actor, id, now));
    return openFrom(deps, click, isRefusal(known) ? known : buildRevisitModal(known));
  });

  onClick(deps, followUpIds.revisitDrop, async ({ actor, value }) => {
    const known = await dropRevisit(deps, actor, value as RevisitId);
    if (isRefusal(known)) return known;
    deps.wake();
    return sentence(
      `${dealTitle(known.deal)} rests. /deal reopen begins it again if that changes.`,
    );
  });

  onSubmit(deps, revisitModalIds.view, async ({ actor, ...sent }) => {
    const { dealId, form } = readRevisitModal(sent);
    const known = await setRevisit(deps, actor, dealId, form);
    return isRefusal(known) ? known : { do: 'show', modal: buildRevisitSavedModal(known) };
  });
}
