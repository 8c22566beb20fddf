import { z } from 'zod';
import type { Click } from '../../slack/listen.ts';

/** The message somebody clicked in, to be shown again after a change. */
export interface PracticePlace {
  readonly blockId?: string | undefined;
  readonly responseUrl?: string | undefined;
}

/** The same in what a modal remembers. */
export const placeMeta = z.object({
  blockId: z.string().optional(),
  responseUrl: z.string().optional(),
});

export function placeOf({ blockId, responseUrl }: Click): PracticePlace {
  return { blockId, responseUrl };
}
