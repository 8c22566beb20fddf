import { cleanLine } from './text.ts';

/** What a text puts the cause on: one of the outside families, or a colleague (METHOD §3.8). */
export type RewordFamily =
  | 'price'
  | 'budget'
  | 'timing'
  | 'rival'
  | 'blocked'
  | 'silence'
  | 'product'
  | 'nothing'
  | 'colleague';

/** Another way to say it, for its author's eyes alone; nothing is blocked, kept or logged. */
export interface Rewording {
  readonly family: RewordFamily;
  /** What may be said instead. */
  readonly offer: string;
  /** Their own sentence with the person taken out of it; for a colleague alone. */
  readonly draft: string | undefined;
}

/** What is known of the deal and makes an offer more exact. */
export interface RewordFacts {
  /** The day of their last reply, in words. */
  readonly lastReply?: string | undefined;
}

const outside: readonly { readonly family: RewordFamily; readonly said: RegExp }[] = [
  {
    family: 'nothing',
    said: /\b(?:nothing|not much) (?:more )?(?:that )?(?:we|i|anyone|anybody) (?:could|can)\b|\b(?:could|can) ?(?:not|n[’']t) (?:have )?(?:done?|change[d]?) anything\b|\bout of our hands\b/iu,
  },
  {
    family: 'silence',
    said: /\bghost(?:ed|ing)?\b|\bwent (?:dark|quiet|silent)\b|\bchanged (?:their|his|her) minds?\b|\bstopped (?:answering|replying|responding)\b/iu,
  },
  {
    family: 'price',
    said: /\bpric(?:e|es|ed|ing|ey|y)\b|\bcheaper\b|\btoo expensive\b|\bdiscounts?\b|\bundercut\b/iu,
  },
  { family: 'budget', said: /\bbudgets?\b|\b(?:hiring|spending|spend) freeze\b|\bfunding\b/iu },
  {
    family: 'timing',
    said: /\b(?:bad|wrong|poor) (?:timing|time)\b|\btiming (?:was|is)\b|\bnext (?:year|quarter)\b|\bnot (?:right )?now\b|\btoo (?:early|soon) for them\b/iu,
  },
  {
    family: 'rival',
    said: /\bincumbents?\b|\bcompetitors?\b|\brivals?\b|\b(?:relationship|friends?) (?:there|at the top)\b|\bloved (?:the )?(?:other|old|existing)\b|\bcurrent (?:supplier|vendor)\b/iu,
  },
  {
    family: 'blocked',
    said: /\b(?:procurement|legal|security|compliance|infosec|purchasing) (?:\w+ ){0,2}(?:block|kill|stop|veto|reject|drag|hold|held|sat)\w*\b|\bblocked (?:by|in|at) (?:\w+ )?(?:procurement|legal|security|compliance|infosec|purchasing)\b/iu,
  },
  {
    family: 'product',
    said: /\bproduct (?:gaps?|lacks?|lacked|issues?|can[’']?t|cannot|does ?n[’']?t|did ?n[’']?t)\b|\b(?:missing|lacks?|lacked) (?:a |the )?(?:\w+ )?(?:features?|integrations?|functions?)\b|\b(?:do|did|does) ?n[’']?t have the feature\b/iu,
  },
];

const offers: Readonly<Record<Exclude<RewordFamily, 'silence'>, string>> = {
  price:
    'Price was named. What would they have had to believe for it to be fine, and when did we learn their number?',
  budget:
    'The budget is a fact. Who at the table could have defended it, and when did we meet them?',
  timing: 'What date would have mattered to them, and did we ever have it in writing?',
  rival: 'What felt risky about leaving, and what did we carry for them?',
  blocked:
    'Their review is a fact. In which week did we first ask for the reviewer’s name, and what was open on our side?',
  product: 'When did we know it was a must, and what did we do with that week?',
  nothing: 'What would have let us know sooner and leave earlier?',
  colleague: 'Say what you saw and what would have helped?',
};

/** Somebody who already looks at our part needs no offer: the outside fact then stands beside it. */
const ourPart = /\b(?:i|we|our|my)\b/iu;
const notOurPart = /\bwe (?:lost|were (?:told|beaten|too))\b|\bour (?:price|prices|pricing)\b/giu;

/** Words that make a sentence about a person one about a cause. */
const causal =
  /\b(?:dropped|drops|fail(?:s|ed)?|late|never|forgot|missed|messed|blew|ruined|(?:did|was|has) ?n[’']?t|let (?:us|me|them) down)\b|[’']s fault\b|\bbecause of\b/iu;

const roles =
  /\b(?:the|our|my) (?:se|sales engineers?|presales|pre-sales|solution engineers?|consultants?|marketing|delivery|support|engineering|engineers?|product team|finance|manager|boss|sdr|bdr|csm)\b/iu;
const mention = /<@[A-Z0-9]+(?:\|[^>]*)?>/u;

/** Whether a text may make a person the cause: only then are names worth looking up. */
export function mayNameCause(text: string): boolean {
  return causal.test(text);
}

/**
 * Offers another wording for what somebody wrote about a loss (METHOD §3.8, §4.3; S3-7): for a
 * colleague named as the cause first, for an outside cause with nothing of ours beside it next.
 * @param names colleagues by full name, without the author's own.
 * @returns undefined for a text that needs none.
 */
export function rewordingFor(
  text: string,
  names: readonly string[] = [],
  facts: RewordFacts = {},
): Rewording | undefined {
  return rewordColleague(text, names) ?? rewordOutside(text, facts);
}

function rewordOutside(text: string, facts: RewordFacts): Rewording | undefined {
  const found = outside.find(({ said }) => said.test(text))?.family;
  if (!found) return undefined;
  if (found !== 'nothing' && ourPart.test(text.replace(notOurPart, ''))) return undefined;
  if (found !== 'silence') return { family: found, offer: offers[found], draft: undefined };
  const last = facts.lastReply ? `Their last reply was ${facts.lastReply}. ` : '';
  const offer = `${last}What did our last three messages ask them to do?`;
  return { family: found, offer, draft: undefined };
}

function rewordColleague(text: string, names: readonly string[]): Rewording | undefined {
  const person = personIn(names);
  const sentence = text
    .split(/(?<=[.!?])\s+|\n+/u)
    .find((part) => causal.test(part) && person.test(part));
  if (!sentence) return undefined;
  return { family: 'colleague', offer: offers.colleague, draft: draftOf(sentence, person) };
}

/** A name in full or its first word, a mention, or a part people play here. */
function personIn(names: readonly string[]): RegExp {
  const known = names
    .flatMap((name) => [cleanLine(name), cleanLine(name).split(' ')[0] ?? ''])
    .filter((name) => name.length > 2)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const sources = [mention.source, roles.source];
  if (known.length > 0) sources.push(`(?<![\\p{L}\\p{N}])(?:${known.join('|')})(?![\\p{L}\\p{N}])`);
  return new RegExp(sources.join('|'), 'iu');
}

/** Turns of phrase that judge, and what was seen instead; in order. */
const softened: readonly (readonly [RegExp, string])[] = [
  [/\bdropped the ball\b/giu, 'had a gap'],
  [/\bfail(?:s|ed)? to\b/giu, 'did not'],
  [/\bfail(?:s|ed)?\b/giu, 'had a gap'],
  [/\blet (?:us|me|them) down\b/giu, 'had a gap'],
  [/\b(?:messed|screwed) up\b/giu, 'had a gap in'],
  [/\b(?:blew|ruined)\b/giu, 'had a gap in'],
  [/\bforgot(?: about)?(?= to\b)/giu, 'did not get'],
  [/\bforgot\b/giu, 'did not have'],
  [/\bnever\b/giu, 'had not'],
  [/\bwas late\b/giu, 'were later than planned'],
  [/\bwas\b/giu, 'were'],
  [/\bhas\b/giu, 'have'],
];

/** The sentence as what we saw, with nobody's name in it; a draft, to be finished by its author. */
function draftOf(sentence: string, person: RegExp): string {
  const everyone = new RegExp(person.source, 'giu');
  let seen = cleanLine(sentence)
    .replace(
      new RegExp(`(?:it was |because of )?(?:${person.source})[’']s fault`, 'giu'),
      'we had a gap',
    )
    .replace(everyone, 'we');
  for (const [judged, said] of softened) seen = seen.replace(judged, said);
  const line = seen.replace(/^["'“]+|[.!?\s]+$/gu, '');
  return `What I saw: ${line}. What would have helped: …`;
}
