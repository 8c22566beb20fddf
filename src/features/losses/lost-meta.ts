import { z } from 'zod';
import type { DealId } from '../../domain/ids.ts';
import { readMeta, type View } from '../../slack/payloads.ts';
import type { LossForm } from './loss-form.ts';

const form = z.object({
  outcome: z.string().optional(),
  underlyingOutcome: z.string().optional(),
  competitor: z.string().optional(),
  whyClass: z.string().optional(),
  reasonCode: z.string().optional(),
  evidence: z.string().optional(),
  ownWords: z.string().optional(),
  fixable: z.string().optional(),
  noDecisionKind: z.string().optional(),
  fairFight: z
    .array(
      z.union([
        z.object({ move: z.string(), mark: z.string() }),
        z.object({ noneBecause: z.string() }),
      ]),
    )
    .optional(),
  decidedOn: z.string().optional(),
});

const meta = z.object({
  dealId: z.string(),
  title: z.string(),
  size: z.enum(['quick', 'full']),
  rival: z.string().optional(),
  hint: z.object({ reason: z.string(), words: z.string() }).optional(),
  fear: z.string().optional(),
  /** The box that was chosen for them, from the reason: theirs is another one. */
  filledClass: z.string().optional(),
  told: form,
});

/** The deal that is lost, as its forms hand it on from page to page; a hint, never an authority. */
export interface LosingDeal {
  readonly dealId: DealId;
  readonly title: string;
  readonly size: 'quick' | 'full';
  /** Whom else they looked at, as far as somebody said before. */
  readonly rival: string | undefined;
  /** A reason to start from, if the answers about the deal point to one. */
  readonly hint: { readonly reason: string; readonly words: string } | undefined;
  /** Words on the deal that may be fear, for its owner alone (METHOD S4-35). */
  readonly fear: string | undefined;
  readonly filledClass: string | undefined;
  /** What the pages before said. */
  readonly told: LossForm;
}

export function readLosingDeal(view: View | undefined): LosingDeal {
  const { rival, hint, fear, filledClass, ...known } = readMeta(view, meta);
  return { ...known, dealId: known.dealId as DealId, rival, hint, fear, filledClass };
}
