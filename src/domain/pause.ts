import { addDays, type Day, parseDay, sayDay } from './calendar.ts';
import { type Deal, isPaused } from './deal.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Calendar days a deal may rest before somebody has to ask again (METHOD part 5). */
export const longestPauseDays = 60;

/** Checks the day a pause ends: a real day after today, at most `longestPauseDays` away. */
export function readPauseUntil(text: string | undefined, today: Day, field: string): Day | Refusal {
  const until = parseDay(text ?? '');
  if (!until) return refuse('no_day', 'Pick the day it goes on.', field);
  if (until <= today) {
    return refuse('past_day', 'A pause ends on a later day. Pick tomorrow or after.', field);
  }
  const last = addDays(today, longestPauseDays);
  if (until > last) {
    return refuse(
      'pause_too_long',
      `A pause lasts ${longestPauseDays} days at most, so that no deal is forgotten. Pick a day up to ${sayDay(last, today)}, then ask them again.`,
      field,
    );
  }
  return until;
}

/** `Paused until Tue 12 Jan: …` for a card; undefined for a deal that is not paused on `today`. */
export function pausedLine(
  deal: Pick<Deal, 'pausedUntil' | 'pauseReason'>,
  today: Day,
): string | undefined {
  if (!deal.pausedUntil || !isPaused(deal, today)) return undefined;
  const until = `Paused until ${sayDay(deal.pausedUntil, today)}`;
  return deal.pauseReason ? `${until}: ${deal.pauseReason}` : until;
}
