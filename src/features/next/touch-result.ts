import { daysBetween } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { sayIdleTurns } from '../../domain/move-rules.ts';
import { isPingPong } from '../../domain/next-moves.ts';
import { count } from '../../domain/text.ts';
import { bold, button, type Leaf, leaf, type Modal } from '../../slack/blocks.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import type { Outlook } from './look-ahead.ts';

/** The value is a deal: shows an invitation to work together. */
export const inviteId = 'next_invite';

/** After logging a turn: whose turn it is now, and when words only go to and fro, a way out. */
export function buildTouchResultModal(outlook: Outlook): Modal {
  const { deal } = outlook.rows;
  const stuck = isPingPong(outlook.state);
  return buildResultModal({
    title: 'Logged',
    lines: [
      [bold(dealTitle(deal))],
      [leaf(whoseTurn(outlook))],
      ...(stuck ? [stuckLine(outlook)] : []),
    ],
    next: stuck
      ? [button({ id: inviteId, text: 'Draft an invite', value: deal.id, style: 'primary' })]
      : [],
  });
}

function whoseTurn({ state: { rally }, moves }: Outlook): string {
  if (rally?.ballWith === 'buyer') {
    return `It is their turn. An answer usually takes ${count(rally.typicalReplyBd, 'business day')}.`;
  }
  if (rally?.ballWith === 'seller') return 'It is our turn: they wait for an answer.';
  return `Nobody owes an answer. Our next move: ${moves.ours.what}.`;
}

/** How many turns, and how long the plan has stood still (METHOD §1.3, S2-2). */
function stuckLine({ rows, state: { rally }, situation: { today } }: Outlook): Leaf[] {
  const moved = rows.touches.findLast(({ advance }) => advance)?.on;
  const since = moved
    ? `A turn last moved it ${count(daysBetween(moved, today), 'day')} ago.`
    : 'No turn has moved it yet.';
  return [leaf(`${sayIdleTurns(rally?.idleTurns ?? 0)}. ${since} Fifteen minutes together may.`)];
}
