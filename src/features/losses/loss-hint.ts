import { answerReasons, tellingAnswers } from '../../domain/answer-reasons.ts';
import { dayIn, sayDay } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import type { Person } from '../../domain/person.ts';
import { findLastAnswer } from '../../store/deal-answers.ts';
import type { Tx } from '../../store/store.ts';

/** A reason to start from, and where it comes from. */
export interface LossHint {
  readonly reason: string;
  readonly words: string;
}

/**
 * The reason that the last telling answer about a deal points to (METHOD §4.4): a start for whoever
 * says why it was lost, never more.
 */
export async function findLossHint(
  tx: Tx,
  actor: Person,
  deal: Pick<Deal, 'id'>,
  now: Date,
): Promise<LossHint | undefined> {
  const last = await findLastAnswer(tx, deal.id, tellingAnswers);
  const known = last && answerReasons[last.answer];
  if (!known) return undefined;
  const { zone } = actor;
  const who = last.byId === actor.id ? 'You' : (last.byName ?? 'Somebody');
  const on = sayDay(dayIn(last.at, zone), dayIn(now, zone));
  return { reason: known.reason, words: `${who} said on ${on}: ${known.said}.` };
}
