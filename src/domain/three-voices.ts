import { type FeedbackChoice, feedbackChoices } from './feedback.ts';
import { findReason } from './loss-reasons.ts';
import { type Fixable, fixables, labelOf } from './loss-story.ts';
import { count, lowerFirst } from './text.ts';

/** What one colleague voted, before they saw the others' votes. */
export interface Vote {
  readonly reasonCode: string | undefined;
  readonly fixable: Fixable | undefined;
}

/** What the three say about one loss; whoever said nothing is left out. */
export interface VoicesHeard {
  readonly owner: Vote | undefined;
  /** Everybody but the owner. */
  readonly peers: readonly Vote[];
  readonly buyer:
    | { readonly choices: readonly FeedbackChoice[]; readonly couldHaveWon: Fixable | undefined }
    | undefined;
}

/** A family of reasons that most of the peers named, with how many of all. */
export interface PeerVoice {
  readonly family: string;
  readonly votes: number;
  readonly of: number;
}

/** The three, put side by side. */
export interface ThreeVoices {
  readonly owner: string | undefined;
  /** Undefined without votes, and where as many say one thing as another. */
  readonly peers: PeerVoice | undefined;
  readonly buyer: readonly FeedbackChoice[];
  /** Pairs of voices that were heard and do not say the same. */
  readonly apart: readonly ('owner_peers' | 'owner_buyer' | 'peers_buyer')[];
  /** How many pairs could be compared. */
  readonly pairs: number;
}

/** The families of our reasons that a buyer's plain word may mean (METHOD S3-14). */
const families: Readonly<Record<FeedbackChoice, readonly string[]>> = {
  listening: ['Problem and value', 'Fit', 'People'],
  explaining: ['Problem and value', 'Product', 'Competition'],
  speed: ['How we worked'],
  fit: ['Commercial', 'How we worked', 'Risk, legal, security'],
  confidence: ['Risk, legal, security', 'Chose not to decide', 'Competition'],
  // Names nothing: it agrees with none of ours.
  other: [],
};

/**
 * Compares what owner, peers and buyer say about a loss (FIELD §4, 8): by family of reason, for codes
 * are finer than what anybody outside could name. Only voices that were heard are compared.
 */
export function compareVoices({ owner, peers, buyer }: VoicesHeard): ThreeVoices {
  const own = familyOf(owner);
  const most = mostNamed(peers);
  const said = buyer?.choices ?? [];
  const means = said.flatMap((choice) => families[choice]);
  const pairs = [
    { name: 'owner_peers', heard: own && most, same: own === most?.family },
    { name: 'owner_buyer', heard: own && said.length > 0, same: own && means.includes(own) },
    {
      name: 'peers_buyer',
      heard: most && said.length > 0,
      same: most && means.includes(most.family),
    },
  ] as const;
  const compared = pairs.filter(({ heard }) => heard);
  return {
    owner: own,
    peers: most,
    buyer: said,
    apart: compared.filter(({ same }) => !same).map(({ name }) => name),
    pairs: compared.length,
  };
}

function familyOf(vote: Vote | undefined): string | undefined {
  return findReason(vote?.reasonCode ?? '')?.family;
}

function mostNamed(peers: readonly Vote[]): PeerVoice | undefined {
  const named = peers.flatMap((vote) => familyOf(vote) ?? []);
  const votes = new Map<string, number>();
  for (const family of named) votes.set(family, (votes.get(family) ?? 0) + 1);
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  if (!first || first[1] === second?.[1]) return undefined;
  return { family: first[0], votes: first[1], of: named.length };
}

/**
 * What the thread says where voices differ; undefined where they agree, and while fewer than two
 * were heard. It names no person, and peers as a number only.
 */
export function voicesLine(heard: VoicesHeard): string | undefined {
  const { owner, peers, buyer, apart, pairs } = compareVoices(heard);
  const won = winnable(heard);
  if (pairs === 0 || apart.length + won.length === 0) return undefined;
  const parts = [
    ...(owner ? [`the owner says ${lowerFirst(owner)}`] : []),
    ...(peers ? [`${sayPeers(peers)} ${lowerFirst(peers.family)}`] : []),
    ...(buyer.length > 0 ? [`the buyer says ${sayChoices(buyer)}`] : []),
  ];
  const name = parts.length === 3 ? 'Three voices' : 'Two voices';
  const line = `${name}: ${parts.join(', ')}.`;
  const question =
    buyer.length > 0
      ? 'what would have let us hear it sooner?'
      : 'what can be seen from each side?';
  return [line, ...won, `They part here: ${question}`].join(' ');
}

function sayPeers({ votes, of }: PeerVoice): string {
  return of === 1 ? 'the one peer who voted says' : `${votes} of ${count(of, 'peer')} say`;
}

/** Only where owner and buyer see it differently. */
function winnable({ owner, buyer }: VoicesHeard): string[] {
  const ours = owner?.fixable;
  const theirs = buyer?.couldHaveWon;
  if (!ours || !theirs || ours === theirs) return [];
  const say = (code: Fixable) => lowerFirst(labelOf(fixables, code));
  return [`Could it have been won? The owner: ${say(ours)}. The buyer: ${say(theirs)}.`];
}

/** The choices speak to the buyer; among ourselves “you” would be somebody else. */
const amongUs: Partial<Readonly<Record<FeedbackChoice, string>>> = {
  fit: 'fitting how they buy',
  confidence: 'giving them confidence',
};

function sayChoices(choices: readonly FeedbackChoice[]): string {
  return choices.map((choice) => amongUs[choice] ?? labelOf(feedbackChoices, choice)).join(' and ');
}
