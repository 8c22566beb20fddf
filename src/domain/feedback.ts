import { type BusinessCalendar, businessDaysAfter, type Calendars, type Day } from './calendar.ts';
import type { ContactId, DealId, FeedbackRequestId, PersonId, WorkspaceId } from './ids.ts';
import type { Person } from './person.ts';

/**
 * `drafted → sent → reminded → replied | closed`; `not_agreed` when nobody is to be asked (METHOD
 * §3.2).
 */
export type FeedbackState = 'not_agreed' | 'drafted' | 'sent' | 'reminded' | 'replied' | 'closed';

/** The states in which a buyer may still be asked. */
export const openFeedbackStates = ['drafted', 'sent', 'reminded'] as const;

/** Plain words, for buyers lack ours (METHOD S3-14). */
export type FeedbackChoice = 'listening' | 'explaining' | 'speed' | 'fit' | 'confidence' | 'other';

export const feedbackChoices: readonly {
  readonly code: FeedbackChoice;
  readonly label: string;
}[] = [
  { code: 'listening', label: 'listening' },
  { code: 'explaining', label: 'explaining' },
  { code: 'speed', label: 'speed' },
  { code: 'fit', label: 'fitting how you buy' },
  { code: 'confidence', label: 'giving you confidence' },
  { code: 'other', label: 'something else' },
];

/** A buyer is asked, by a person, what we should do better (METHOD §4.6). */
export interface FeedbackRequest {
  readonly id: FeedbackRequestId;
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  /** Undefined until somebody names whom to ask: the form with the note asks for a name. */
  readonly contactId: ContactId | undefined;
  /** Somebody who was not selling, if there is one. */
  readonly senderId: PersonId;
  /** They said before the decision that they would tell us. */
  readonly agreed: boolean;
  readonly state: FeedbackState;
  /** The day from which the draft is there: one business day after the loss was logged. */
  readonly draftedOn: Day;
  readonly sentOn: Day | undefined;
  readonly remindedOn: Day | undefined;
  readonly closedOn: Day | undefined;
  readonly choices: readonly FeedbackChoice[];
  readonly words: string | undefined;
  readonly couldHaveWon: 'yes' | 'partly' | 'no' | undefined;
}

/** Business days after the loss was logged (METHOD §3.2, clocks). */
const clock = { draft: 1, send: 5, remind: 10, close: 20 };

/** Somebody who was asked late is not reminded the day after. */
const fewestBdBetween = 5;

/**
 * Days on which a question to a buyer moves on: those its sender works, without the holidays of both
 * sides (METHOD part 5: weekends differ).
 */
export function askingDays(
  sender: Pick<Person, 'workDays'> | undefined,
  calendars: Pick<Calendars, 'planOf'>,
  region: string | undefined,
): BusinessCalendar {
  const both = calendars.planOf(region);
  return sender ? { ...both, workDays: sender.workDays } : both;
}

/** The day a request is drafted for, when its loss is logged. */
export function feedbackDraftedOn(loggedOn: Day, calendar: BusinessCalendar): Day {
  return businessDaysAfter(loggedOn, clock.draft, calendar);
}

/** The days of a request. `calendar`: its `askingDays`. */
export function feedbackDays(
  { draftedOn, sentOn }: Pick<FeedbackRequest, 'draftedOn' | 'sentOn'>,
  calendar: BusinessCalendar,
): { readonly sendFrom: Day; readonly remindOn: Day; readonly closesOn: Day } {
  const after = (bd: number) => businessDaysAfter(draftedOn, bd - clock.draft, calendar);
  const rested = sentOn && businessDaysAfter(sentOn, fewestBdBetween, calendar);
  const remindOn = after(clock.remind);
  return {
    sendFrom: after(clock.send),
    remindOn: rested && rested > remindOn ? rested : remindOn,
    closesOn: after(clock.close),
  };
}

/** What a sender is asked to do today. */
export type FeedbackDue = 'send' | 'remind';

/**
 * What is due on a request: `send` from +5 business days until it is sent, `remind` once from +10,
 * nothing from +20 on (METHOD §3.2, §4.6).
 */
export function feedbackDue(
  request: Pick<FeedbackRequest, 'state' | 'draftedOn' | 'sentOn'>,
  today: Day,
  calendar: BusinessCalendar,
): FeedbackDue | undefined {
  const { sendFrom, remindOn, closesOn } = feedbackDays(request, calendar);
  if (today >= closesOn) return undefined;
  if (request.state === 'drafted') return today >= sendFrom ? 'send' : undefined;
  return request.state === 'sent' && today >= remindOn ? 'remind' : undefined;
}

/** Whether a request that got no answer has had its time. */
export function feedbackRanOut(
  request: Pick<FeedbackRequest, 'state' | 'draftedOn' | 'sentOn'>,
  today: Day,
  calendar: BusinessCalendar,
): boolean {
  const isOpen = openFeedbackStates.some((state) => state === request.state);
  return isOpen && today >= feedbackDays(request, calendar).closesOn;
}

/** Everybody who could ask a buyer, from nearest to the deal to farthest. */
export interface PossibleSenders {
  readonly owner: Person;
  readonly manager: Person | undefined;
  readonly helpers: readonly Person[];
  /** Colleagues who share a manager with somebody on the deal, and may see it. */
  readonly colleagues: readonly Person[];
}

/**
 * Who asks, if nobody says otherwise: somebody who was not selling, for people tell a stranger more
 * (METHOD §4.6). The manager, unless they were on the deal; then a colleague of those who were; then
 * whoever was on it, the owner last.
 */
export function chooseSender({ owner, manager, helpers, colleagues }: PossibleSenders): Person {
  const sold = new Set([owner.id, ...helpers.map(({ id }) => id)]);
  const outside = [...(manager ? [manager] : []), ...colleagues].filter(({ id }) => !sold.has(id));
  const inside = [...(manager ? [manager] : []), ...helpers].filter(({ id }) => id !== owner.id);
  return [...outside, ...inside].find(canSend) ?? owner;
}

/** Whether somebody is here to be asked to send something. */
export function canSend({ active, standing, slackUserId }: Person): boolean {
  return active && standing === 'member' && slackUserId !== undefined;
}
