import { z } from 'zod';

/** Slack tells of a pause (`snooze`) to whoever may know; its own types leave it out. */
const answerSchema = z.object({
  dnd_enabled: z.boolean().default(false),
  next_dnd_start_ts: z.number().default(0),
  next_dnd_end_ts: z.number().default(0),
  snooze_enabled: z.boolean().default(false),
  snooze_endtime: z.number().default(0),
});

/**
 * When the do-not-disturb that `dnd.info` tells of ends, if it reigns now: a pause that somebody
 * chose or the night they always keep, whichever ends later.
 */
export function toQuietEnd(answer: unknown, now: Date): Date | undefined {
  const known = answerSchema.parse(answer);
  const at = now.getTime() / 1_000;
  const night = known.dnd_enabled && known.next_dnd_start_ts <= at ? known.next_dnd_end_ts : 0;
  const pause = known.snooze_enabled ? known.snooze_endtime : 0;
  const end = Math.max(night, pause);
  return end > at ? new Date(end * 1_000) : undefined;
}
