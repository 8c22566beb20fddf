import { cleanLine, shorten } from './text.ts';

/** Words that stand somewhere on a deal. */
export interface KnownWords {
  readonly text: string;
  /** Where, to go on from “stands in”: `what they said on Tue 24 Nov`. */
  readonly where: string;
}

/** A phrase that may be fear, as it was written, and where it stands. */
export interface FearHint {
  readonly phrase: string;
  readonly where: string;
}

const whose = '(?:(?:the|our|their|my|his|her|your) )?';
const group =
  '(?:team|people|staff|users|organi[sz]ation|company|business|board|leadership|management)';
const not =
  "(?: (?:is|are|am|was|were|feels?) (?:just |simply )?(?:not|never)| (?:is|are|was|were)n't|'(?:s|re|m) not)";
const soft = '(?: (?:yet|quite|really|just|fully|there))*';

const sources: readonly string[] = [
  `${whose}\\b${group}${not}${soft} (?:right|ready|there|set up)(?! with)(?: yet)?`,
  `(?:we|they|i|he|she)${not}${soft} ready(?! with)(?: yet| for (?:this|that|it|change))?`,
  '(?<=^|[.!?:;,“"] ?)not(?: (?:yet|quite|really|just))* ready(?! with)(?: yet| for (?:this|that|it|change))?',
  '(?:walk|crawl)(?:ing)? before (?:(?:we|they|you|i|one) (?:can )?(?:run|walk)|running|walking)',
  'too (?:much|big a|large a|great a) (?:change|disruption|upheaval|leap|step|risk)(?! (?:orders?|requests?|log))(?: (?:for (?:us|them)|at once))?',
  'too many (?:changes|new things)(?: at once| for (?:us|them)|(?! (?:in|to|on) ))',
  "(?:not|never|(?:is|was)n't)(?: (?:yet|quite|really|just))* (?:the|a) right (?:time|moment)(?! (?:for|to) (?:a |the |our |that |this )?(?:call|chat|meet|meeting|demo|workshop|visit|talk))(?: for (?:us|them|this|it|change))?",
  '(?:need|needs|needed|have|has|had|want|wants|wanted) to be (?:(?:really|very|absolutely|completely|quite|more) )?(?:sure|certain)(?! (?:that )?(?:the |our |their )?(?:call|date|demo|file|invoice|link|meeting|room|time)\\b)',
  '(?:stick|sticking|put|putting) (?:my|his|her|their|our) neck',
  'neck on the (?:line|block)',
  'heads (?:will|would|may|might|could) roll',
  'play(?:ing)? it safe',
  'cold feet',
  "what if it (?:goes wrong|fails|does not work|doesn't work)",
  '(?:afraid|scared|frightened) of|nervous about',
  'too risky',
];

const patterns = sources.map(
  (source) => new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}])`, 'iu'),
);
const longest = 80;

/** The first phrase of a text that may be fear (METHOD S4-35), as it was written. */
export function findFearPhrase(text: string): string | undefined {
  const line = cleanLine(text).replace(/[’‘]/gu, "'");
  const found = patterns.flatMap((pattern) => {
    const match = pattern.exec(line);
    return match ? [match] : [];
  });
  const [first] = found.sort((a, b) => a.index - b.index || b[0].length - a[0].length);
  return first && shorten(first[0], longest);
}

/** The first of the words on a deal that may be fear; nothing is decided by it. */
export function findFearHint(words: readonly KnownWords[]): FearHint | undefined {
  for (const { text, where } of words) {
    const phrase = findFearPhrase(text);
    if (phrase) return { phrase, where };
  }
  return undefined;
}

/** What the owner of a deal alone is told of it; whether it was fear they say. */
export function sayFearHint({ phrase, where }: FearHint): string {
  return `“${phrase}” stands in ${where}. Such words can be fear: you know best, and only you see this.`;
}
