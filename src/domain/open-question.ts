import type { Cover, LossReason } from './loss-reasons.ts';

/** Losing to these happens and need not: each asks what we could do about it (METHOD S1-12). */
const askedFamilies: ReadonlySet<string> = new Set(['Competition', 'Commercial', 'Product']);

/**
 * The question a reason opens when it is named as the first one. What came from outside is kept as a
 * fact and never is the last word (METHOD S3-6); undefined for a reason that is ours to begin with.
 */
export function questionOf(reason: LossReason): string | undefined {
  const opens = reason.control === 'outside' || askedFamilies.has(reason.family);
  return opens ? reason.ownershipQuestion : undefined;
}

/**
 * The one more question for a reason that buyers often give to be kind (METHOD S3-13); it doubts
 * nobody's word.
 */
export const coverQuestions: Readonly<Record<Cover, string>> = {
  price: 'Price is often the kind answer. What did they see for it, and what else did they weigh?',
  budget: 'Budget is often the kind answer. What did the money go to instead?',
  timing: 'Timing is often the kind answer. What would have made it the right time?',
  'close second':
    '“A close second” is often the kind answer. What did the first one have that made them sure?',
};
