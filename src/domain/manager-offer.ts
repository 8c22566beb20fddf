import { stallWords } from './stall-words.ts';
import type { StallCode } from './stalls.ts';

type Offer = (whom: string) => string;

/** What somebody above the owner could do about each code, to go on from “I could” or “you could”. */
const offers: Readonly<Record<StallCode, Offer>> = {
  buyer_silence: () => 'ask somebody else at their end how it stands there',
  no_next_step: (whom) => `sit down with ${whom} for 15 minutes and find the smallest next step`,
  buyer_item_late: () => 'ask a counterpart there who could take half of it',
  ball_with_us: () => 'take over one of our open steps',
  date_slipped: () => 'join one call with them about what the new date hangs on',
  date_missed: (whom) => `go through the ways out with ${whom}`,
  phase_age: () => 'join one call with them and ask what they are waiting for',
  single_thread: (whom) => `introduce ${whom} to a second person there`,
  no_power: (whom) => `write to whoever decides there, and introduce ${whom}`,
  ping_pong: () => 'join a 15-minute session with them on the one open point',
  does_not_fit: () => 'get somebody for two days to work on what is tightest',
  one_sided: () => 'ask a counterpart there for one hour of their team',
  quiet_gap: (whom) => `find one small step of theirs for that stretch, together with ${whom}`,
  unmutual: () => 'ask a counterpart there what a yes to the date would take',
};

/** What a manager could do for `whom` about the first of what holds a deal up. */
export function offerFor(codes: readonly StallCode[], whom: string): string {
  const [first] = codes;
  return first ? offers[first](whom) : 'take over one step, or join one call with them';
}

/** What a draft to the owner is made of. */
export interface OfferFacts {
  readonly owner: string;
  /** `Acme · Core platform`. */
  readonly deal: string;
  readonly codes: readonly StallCode[];
  /** What worked on another deal. */
  readonly precedent: string | undefined;
}

const seen = 2;

/**
 * Words of a manager to the owner, in the order of METHOD S4-7: what I see, what I could do, what
 * worked elsewhere. They are a draft: only a person sends them (S4-8).
 */
export function offerDraft(facts: OfferFacts): string {
  return [
    greeting(facts),
    `What I see: ${whatISee(facts)}`,
    `What I could do: ${offerFor(facts.codes, 'you')}.`,
    `What worked elsewhere: ${facts.precedent ?? 'I know of nothing like it yet.'}`,
    'Would that help?',
  ].join('\n\n');
}

/** The same when the manager would rather hear it from the owner. */
export function askFirstDraft(facts: OfferFacts): string {
  return [greeting(facts), `What I see: ${whatISee(facts)}`, 'What would help most?'].join('\n\n');
}

function greeting({ owner, deal }: OfferFacts): string {
  return `Hi ${owner.split(' ')[0] ?? owner}, thank you for carrying ${deal}.`;
}

function whatISee({ codes }: OfferFacts): string {
  if (codes.length === 0) return 'some of it has waited for a while.';
  return codes
    .slice(0, seen)
    .map((code) => `${stallWords[code]}.`)
    .join(' ');
}
