import { answerReasons, tellingAnswers } from '../../domain/answer-reasons.ts';
import { type Day, dayIn, sayDay } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import { findFearHint, type KnownWords, sayFearHint } from '../../domain/fear-hints.ts';
import type { Person } from '../../domain/person.ts';
import { shorten } from '../../domain/text.ts';
import { findLastAnswer } from '../../store/deal-answers.ts';
import type { LoadedFacts } from '../../store/fact-trail.ts';
import type { Tx } from '../../store/store.ts';
import { listBuyerNotes } from '../../store/touches.ts';

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

const notesLookedAt = 20;

/** Where words about a deal are looked for. */
interface WordsOn {
  readonly deal: Deal;
  readonly rows: LoadedFacts;
  readonly today: Day;
}

/**
 * Words on a deal that may be fear, for its owner alone (METHOD S4-35): of what the buyer said last,
 * then of why dates moved and steps of theirs fell, the newest first. Nothing is chosen by them.
 */
export async function findFear(tx: Tx, actor: Person, on: WordsOn): Promise<string | undefined> {
  if (actor.id !== on.deal.ownerId) return undefined;
  const notes = await listBuyerNotes(tx, on.deal.id, notesLookedAt);
  const said = notes.map(({ note, on: saidOn }) => {
    return { text: note, where: `what they said on ${sayDay(saidOn, on.today)}` };
  });
  const hint = findFearHint([...said, ...reasonsGiven(on)]);
  return hint && sayFearHint(hint);
}

function reasonsGiven({ deal, rows, today }: WordsOn): KnownWords[] {
  const moves = rows.revisions.filter(({ side }) => side !== 'us').reverse();
  const fallen = rows.steps.filter(({ side, dropReason }) => side !== 'seller' && dropReason);
  return [
    ...moves.map(({ reason, on }) => {
      return { text: reason, where: `why the date moved on ${sayDay(on, today)}` };
    }),
    ...fallen.map(({ title, dropReason = '' }) => {
      return { text: dropReason, where: `why “${shorten(title, 60)}” fell` };
    }),
    ...(deal.pauseReason ? [{ text: deal.pauseReason, where: 'why the deal is paused' }] : []),
  ];
}
