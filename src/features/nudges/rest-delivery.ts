import { dayIn } from '../../domain/calendar.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { quietEnd } from '../../domain/quiet-hours.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { findSilence } from '../../store/nudge-wishes.ts';

/**
 * The same message, held until its reader's quiet hours and do-not-disturb are over: then it is
 * rendered again, and may have become pointless. Whoever went away meanwhile gets none.
 */
export function inTheirTime(renderer: Renderer): Renderer {
  return {
    ...renderer,
    whenDisturbing: 'wait',
    render: async (tx, input) => {
      const rendered = await renderer.render(tx, input);
      if (rendered.do !== 'post') return rendered;
      const reader = await findSilence(tx, input.workspaceId, input.target as SlackUserId);
      if (!reader) return rendered;
      const { zone, quiet, awayUntil } = reader;
      if (awayUntil && awayUntil > dayIn(input.now, zone)) {
        return { do: 'drop', reason: 'its reader is away' };
      }
      const until = quiet && quietEnd(quiet, input.now, zone);
      return until ? { do: 'wait', until, reason: 'quiet_hours' } : rendered;
    },
  };
}
