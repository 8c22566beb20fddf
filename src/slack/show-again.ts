import type { Person } from '../domain/person.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Surroundings } from './listen.ts';
import type { Message } from './message.ts';
import type { AnswerOptions } from './responder.ts';
import type { StepPlace } from './step-actions.ts';

/** The message a step stands in, built again from current state; undefined when it is gone. */
export type ShowPlace = (place: StepPlace, actor: Person) => Promise<Message | Refusal | undefined>;

/** What refreshing a message needs. */
export interface Showing {
  readonly deps: Pick<Surroundings, 'responder' | 'report'>;
  readonly showPlace: ShowPlace;
}

/**
 * Shows the message somebody clicked in as it is after their change, which is saved by now: a
 * message that cannot be refreshed any more is no failure. @returns whether it was.
 */
export async function showAgain(
  { deps, showPlace }: Showing,
  actor: Person,
  {
    place,
    responseUrl,
  }: { readonly place?: StepPlace | undefined; readonly responseUrl?: string | undefined },
): Promise<boolean> {
  if (!place || !responseUrl) return false;
  const message = await showPlace(place, actor);
  if (!message || isRefusal(message)) return false;
  return tryToTell(deps, responseUrl, message, { replace: true });
}

/** Says something that may get lost; what kept it from arriving is logged. */
export async function tryToTell(
  { responder, report }: Showing['deps'],
  responseUrl: string,
  message: Message,
  options: AnswerOptions = {},
): Promise<boolean> {
  try {
    await responder.answer(responseUrl, message, options);
    return true;
  } catch (error) {
    report(error, 'refresh after a change');
    return false;
  }
}
