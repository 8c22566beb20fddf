import { feedbackChoices } from './feedback.ts';

/** The line with which a buyer is asked before they decide (METHOD §4.6). */
export const agreementLine =
  'Whichever way you go, will you tell us plainly what we should do better?';

/** The subject of the note; it opens no case again. */
export const feedbackSubject = 'What should we do better?';

/** What the note names. Whatever is not known is left out of it. */
export interface FeedbackFacts {
  /** Whom it is written to; undefined while nobody is named. */
  readonly contactName: string | undefined;
  /** The day they decided, as one says it. */
  readonly decidedOn: string;
  readonly agreed: boolean;
  readonly ownerName: string;
  readonly senderName: string;
}

const words = feedbackChoices.map(({ label }) => label).join(' · ');

/**
 * Asks one thing and asks not to be spared (METHOD S3-15); for a person to make theirs and to send.
 */
export function feedbackNote(facts: FeedbackFacts): string {
  const { decidedOn, agreed, ownerName, senderName } = facts;
  const isOwner = ownerName === senderName;
  const kindly = agreed ? ' At the start you kindly said you would tell us straight.' : '';
  return [
    greeting(facts),
    `You decided on ${decidedOn}, and we respect that; this is not an attempt to reopen it.${kindly}`,
    `${isOwner ? 'I am' : `I work with ${ownerName} and I am`} asking for one thing: which part of the way we worked with you most needs improving? Please do not soften it for us. A single word helps:`,
    words,
    'And if you have a minute: was there a moment when you thought “probably not them”?',
    `Your answer goes to ${isOwner ? 'our team' : `${firstName(ownerName)} and me`}, to change how we work. No reply needed beyond that, and no sales call will follow from it.`,
    `Thank you for the time you gave us,\n${senderName}`,
  ].join('\n\n');
}

/** The only reminder; silence is an answer too. */
export function feedbackReminder(facts: FeedbackFacts): string {
  return [
    greeting(facts),
    `A last try: one word is plenty. If you would rather not, no reply is a fine answer.`,
    words,
    `Thank you,\n${facts.senderName}`,
  ].join('\n\n');
}

/** What to ask when they take a call instead, 20 minutes at most. */
export const callGuide: readonly string[] = [
  'What set it off?',
  'How did you go about choosing, and who was in it?',
  'What mattered most at the end?',
  'What did the others do especially well?',
  'Where could we have been better?',
  'What would have had to be different for us to win?',
];

/** `Hi Dana,`, or a greeting for who is not named yet. */
export function greeting({ contactName }: Pick<FeedbackFacts, 'contactName'>): string {
  return contactName ? `Hi ${firstName(contactName)},` : 'Hello,';
}

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
