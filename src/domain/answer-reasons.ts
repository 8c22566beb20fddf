import type { NudgeAnswer } from './nudge.ts';

/** The reason an answer points to, and the answer as one says it. */
export interface AnswerReason {
  /** A code of the loss reasons. */
  readonly reason: string;
  readonly said: string;
}

/**
 * What the answers to nudges say about a later loss (METHOD §4.4). An answer that is not here says
 * nothing about it: "on track" explains no ending.
 */
export const answerReasons: Partial<Readonly<Record<NudgeAnswer, AnswerReason>>> = {
  holds_legal: { reason: 'rsk.legal', said: 'it waits for their legal or security' },
  holds_contact: { reason: 'ppl.single', said: 'our contact is quiet' },
  holds_us: { reason: 'us.slow', said: 'it waits for something of ours' },
  holds_budget: { reason: 'out.budget_gone', said: 'it waits for their budget' },
  holds_priority: { reason: 'nod.rational', said: 'other things come first for them' },
  holds_rival: { reason: 'cmp.trusted', said: 'they look at somebody else' },
  not_them: { reason: 'us.carried', said: 'the work is not for them' },
};

/** The answers that point to a reason. */
export const tellingAnswers = Object.keys(answerReasons) as NudgeAnswer[];
