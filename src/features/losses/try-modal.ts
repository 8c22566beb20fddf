import { type Day, sayDay } from '../../domain/calendar.ts';
import { fairFightSteps } from '../../domain/fair-fight.ts';
import { codeOf, type FairFightMove, fairFightMoves } from '../../domain/loss-story.ts';
import { actions, bold, button, leaf, type Modal, modal, paragraph } from '../../slack/blocks.ts';
import type { LosingDeal } from './lost-meta.ts';

/** Ids of what the page offers; the deal stands in its meta. */
export const tryModalIds = {
  view: 'losses_try',
  keepOpen: 'losses_keep_open',
  saveAnyway: 'losses_save_anyway',
} as const;

/** Something is to be tried now: the deal may stay open, with that as a dated step of ours. */
export function buildTryModal(
  deal: LosingDeal,
  { dueOn, today }: { readonly dueOn: Day; readonly today: Day },
): Modal {
  const moves = movesToTry(deal);
  const first = moves[0] && fairFightSteps[moves[0]];
  const step = first ? [bold(first.title), leaf(` by ${sayDay(dueOn, today)}.`)] : [];
  return modal({
    id: tryModalIds.view,
    title: 'One more move',
    meta: deal,
    blocks: [
      paragraph(
        bold(deal.title),
        leaf(
          moves.length > 1
            ? '\nGood: there is more in it. The first of them as a step of ours: '
            : '\nGood: there is more in it. As a step of ours: ',
        ),
        ...step,
      ),
      actions(
        'losses_try_next',
        button({ id: tryModalIds.keepOpen, text: 'Keep it open', style: 'primary' }),
        button({ id: tryModalIds.saveAnyway, text: 'Save the loss anyway' }),
      ),
    ],
  });
}

/** The moves somebody wants to try now, in the order of the list. */
export function movesToTry({ told }: LosingDeal): FairFightMove[] {
  return (told.fairFight ?? []).flatMap((one) => {
    const known = 'move' in one && one.mark === 'try_now' && codeOf(fairFightMoves, one.move);
    return known ? [known] : [];
  });
}
