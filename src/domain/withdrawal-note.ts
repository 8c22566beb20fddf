import { greeting } from './feedback-note.ts';

/** The three parts of the note, each required (METHOD S4-40). */
export interface WithdrawalParts {
  /** What we did not give them. */
  readonly ours: string;
  /** Their problem and what it costs, in their words and figures. */
  readonly theirs: string;
  /** That we step away, and that another road is a good one too. */
  readonly away: string;
}

export type WithdrawalPart = keyof WithdrawalParts;

/** What is wrong with a part, and what to do about it. */
export interface WithdrawalFault {
  readonly part: WithdrawalPart;
  readonly message: string;
}

/** All four, or the note does not open (METHOD S4-39). */
export const withdrawalTicks = [
  { code: 'problem', label: 'A real problem they want fixed' },
  { code: 'issues', label: 'What stands in the way is named' },
  { code: 'power', label: 'People with power are involved' },
  { code: 'picture', label: 'We share a picture of the end' },
] as const;

/** Tried before anybody steps away (METHOD §4.7). */
export const lighterMoves = [
  { code: 'one_option', label: 'Recommend one option' },
  { code: 'end_search', label: 'End the searching: what more would change their mind?' },
  { code: 'less_risk', label: 'Take a risk off the table' },
] as const;

/** Longer ones are not read. */
export const mostNoteWords = 150;

/** What the form begins with; the owner's own words are still to come. */
export function draftWithdrawal(deal: {
  readonly problem: string | undefined;
  readonly costOfMissing: string | undefined;
}): WithdrawalParts {
  const problem = deal.problem
    ? `you wanted to fix this: ${stop(deal.problem)}`
    : 'you wanted to fix …';
  const cost = deal.costOfMissing ? ` By your own figures: ${stop(deal.costOfMissing)}` : '';
  return {
    ours: `First, on us: we did not give you enough to feel safe saying yes. ${missing} …`,
    theirs: `When we began, ${problem}${cost} Leaving it as it is, that carries on.`,
    away: 'I am taking our proposal off the table, so there is nothing to answer and nothing to chase. I do think it is worth solving. If this is the push to solve it with someone else, that would be a good result too. All we made together is yours: notes, figures, requirements.',
  };
}

const missing = 'What was missing:';

/** The one line of it that is ours to learn from, without how the draft begins. */
export function ownLineOf({ ours }: Pick<WithdrawalParts, 'ours'>): string {
  return ours.slice(Math.max(0, ours.indexOf(missing)));
}

function stop(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** The note as it is sent, by a person. */
export function writeWithdrawal(
  parts: WithdrawalParts,
  who: { readonly contactName: string | undefined; readonly senderName: string },
): string {
  return [
    greeting(who),
    parts.ours,
    parts.theirs,
    parts.away,
    `Thank you for the work you put in.\n${who.senderName}`,
  ].join('\n\n');
}

const discount =
  /\b(?:discount|rebate|price cut|(?:better|lower|special|reduced|new) (?:price|rate|offer|terms)|waive|free of charge|for free|free (?:month|trial|pilot)|\d+\s*(?:%|percent|per cent) (?:off|less))/iu;
const deadline =
  /\b(?:deadline|until|expire[sd]?|last chance|final offer|only (?:today|this)|limited time|before (?:the )?(?:end|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|may|june|july|august|september|october|november|december|\d)|by (?:the end|end of|today|tomorrow|tonight|next|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|may|june|july|august|september|october|november|december|\d{1,2}\b)|within (?:\d+|a|the next) (?:day|week|month))/iu;
const fear =
  /\b(?:risky|dangerous|disastrous|disaster|catastroph\w*|terribl[ey]|alarming|scary|frightening|devastating|dire|fatal|reckless|doomed|painful|horribl[ey]|worrying|threatening|severe|nightmare|regret)\b/iu;
const offer =
  /\b(?:pilot|trial|demo|workshop|meet(?:ing)?|call (?:me|you|us)|(?:a|one) call|let me know|reach out|get in touch|happy to (?:talk|discuss|meet|show)|change your mind|door (?:is|stays|remains) open|alternative(?:ly)?|instead we|we could|we can (?:still|also)|smaller (?:start|step|package)|propose)\b/iu;
const away = /\b(?:off the table|withdraw\w*|step(?:ping)? (?:away|back)|take back|let go of)\b/iu;
const us = /\b(?:we|i|our|us|my)\b/iu;
const lack =
  /\b(?:did not|didn[’']t|had not|have not|haven[’']t|hadn[’']t|never|not enough|too (?:late|little|few|much|long|slow)|missed|without|left (?:out|open)|failed|forgot|lacked|missing|could have|ought to have|should have)\b/iu;

/**
 * What a note may not have (METHOD §4.7): no discount, no deadline, no adjective that frightens, no
 * figure that is not theirs, no offer in the third part, at most 150 words; and what it must: a thing
 * we did not do well, named. @param theirs texts that hold the figures they gave us.
 */
export function lintWithdrawal(
  parts: WithdrawalParts,
  theirs: readonly string[],
): WithdrawalFault[] {
  const known = new Set(theirs.flatMap(figuresIn));
  const names: readonly WithdrawalPart[] = ['ours', 'theirs', 'away'];
  const faults = names.flatMap((part) =>
    faultsOf(parts[part], known).map((message) => ({ part, message })),
  );
  if (!us.test(parts.ours) || !lack.test(parts.ours) || /…\s*$/u.test(parts.ours)) {
    faults.push({
      part: 'ours',
      message: 'Name one thing that we did not bring or brought too late, in your own words.',
    });
  }
  if (/fix …/u.test(parts.theirs)) {
    faults.push({ part: 'theirs', message: 'Say what they wanted to fix, in their words.' });
  }
  if (!away.test(parts.away)) {
    faults.push({ part: 'away', message: 'Say plainly that our proposal is off the table.' });
  }
  const offered = offer.exec(parts.away)?.[0];
  if (offered) {
    faults.push({
      part: 'away',
      message: `“${offered}” offers something. Take it out: this part only steps away.`,
    });
  }
  const words = names.reduce((sum, part) => sum + wordsIn(parts[part]), 0);
  if (words > mostNoteWords) {
    const message = `The note has ${words} words. Please keep it to ${mostNoteWords}.`;
    faults.push({ part: longest(parts), message });
  }
  return faults;
}

function faultsOf(text: string, known: ReadonlySet<string>): string[] {
  if (text.trim() === '') return ['This part is missing. The note needs all three.'];
  const found = (pattern: RegExp) => pattern.exec(text)?.[0];
  const price = found(discount);
  const day = found(deadline);
  const adjective = found(fear);
  const foreign = figuresIn(text).find((one) => !known.has(one));
  return [
    ...(price ? [`“${price}” is about price. Take it out: nothing is for sale in this note.`] : []),
    ...(day ? [`“${day}” sets a time. Take it out: there is nothing they have to answer.`] : []),
    ...(adjective
      ? [`“${adjective}” frightens. Take it out: say what happens, without an adjective.`]
      : []),
    ...(foreign
      ? [`${foreign} is not a figure of theirs. Add it to what they said first, or take it out.`]
      : []),
  ];
}

function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function longest(parts: WithdrawalParts): WithdrawalPart {
  const names: WithdrawalPart[] = ['ours', 'theirs', 'away'];
  return names.sort((a, b) => wordsIn(parts[b]) - wordsIn(parts[a]))[0] ?? 'ours';
}

const figure = /(?:\d{1,3}(?:[.,’' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?:\s*[km]\b)?/giu;

/** The figures of a text, each written one way: `€40,000`, `40.000` and `40k` are the same. */
export function figuresIn(text: string): string[] {
  return [...text.matchAll(figure)].map(([found]) => {
    const unit = /k\b/iu.test(found) ? 1_000 : /m\b/iu.test(found) ? 1_000_000 : 1;
    const digits = found.replace(/[km\s’']/giu, '');
    // A separator before exactly three digits parts thousands, any other one a fraction.
    const number = Number(digits.replace(/[.,](?=\d{3}(?:\D|$))/gu, '').replace(',', '.'));
    return String(Number.isFinite(number) ? Math.round(number * unit * 100) / 100 : digits);
  });
}
