import type { Side } from './homework.ts';
import { type Refusal, refuse } from './refusal.ts';
import { cleanLine, shorten } from './text.ts';

/** Words that come before the verb of an ask and say nothing themselves. */
const opening =
  /^(?:(?:please|kindly|just|maybe|quickly|briefly|simply|let(?:'|’)?s|can|could|would|will|you|they|we|need|needs|should|to|try|have|take|do|a|an|the|quick|short|brief|some|time|another|final|first|internally)\s+)+/;

interface VagueAsk {
  readonly asks: RegExp;
  /** What would come out of it; the rest of the ask goes into the blank. */
  readonly instead: (what: string) => string;
}

/** Verbs that ask for attention and leave nothing behind (METHOD S0-12). */
const vagueAsks: readonly VagueAsk[] = [
  {
    asks: /^(?:give|share|provide|send|collect|get|gather)\s+(?:(?:us|me|them|your|their|some|any|initial|first|early|honest|more)\s+)*(?:feedback|thoughts|input|impressions|views|opinions?)\b(?:\s+(?:on|about|for|to))?/,
    instead: (what) => `Name three things to change in ${what}`,
  },
  {
    asks: /^(?:feedback|thoughts|input|comments?)\b(?:\s+(?:on|about|for))?/,
    instead: (what) => `Name three things to change in ${what}`,
  },
  {
    asks: /^(?:think|consider|discuss|talk|chat|reflect|explore|debate|evaluate|assess|keep)\b(?:\s+(?:about|over|through|on|to|with|of))?/,
    instead: (what) => `Write down a yes or a no to ${what}, with the reason`,
  },
  {
    asks: /^(?:align|sync|sync up|touch(?:ing)? base|catch(?:ing)? up|circle back|connect|check(?:ing)? in|follow(?:ing)? up|engage|liaise|coordinate)\b(?:\s+(?:about|on|with))?/,
    instead: (what) => `Agree three points with a name and a day each: ${what}`,
  },
  {
    asks: /^(?:work on|deal with|handle|help(?: with)?|support|look after|take care of|progress)\b/,
    instead: (what) => `Finish one part of this and send it over: ${what}`,
  },
  {
    asks: /^(?:review(?:ing)?|re-?read|read(?! back)|look(?:ing)?|check(?:ing)?|see|go|study|examine|digest|familiari[sz]e|get familiar|understand|investigate|research|skim)\b(?:\s+(?:at|into|over|through|out|around|yourself|yourselves|with|up))*/,
    instead: (what) => `Mark what must change in ${what} before a yes`,
  },
];

/** One word that names an occasion, not an outcome. */
const bareOccasion =
  /^(?:call|meeting|meet|chat|demo|session|workshop|discussion|next steps?|update|updates|stuff|things|misc|tbd|tba|homework|task|todo|to-do|x+|\?+|\.+|-+)$/;

const produces =
  /(?:\b(?:and|then|to)|[,;:])\s+(?:(?:they|we|you|also)\s+)?(?:mark|list|write|send|name|pick|choose|score|rank|decide|approve|sign|confirm|return|answer|draft|fill|agree|report|correct|comment|say|tell|note|book|rate|tick|set|fix|deliver|bring|record|measure|reply|accept|reject|compare|prepare|build|post|upload|publish)\b/;

/** Words of things both sides can see, for a "done when" that carries a vague title. */
const seen =
  /\d|\b(?:lists?|listed|names?|named|dates?|dated|answers?|answered|copy|document|sheet|file|page|email|mail|message|minute|ticket|numbers?|figures?|signed|signature|approved|approval|written|writing|marked|scored?|ranked|recorded|sent|received|booked|calendars?|invite|yes|no|two|three|four|five|decided|agreed|comments|changes|questions|draft|report|confirmed|logged|access|live)\b/;

const emptyWords = new Set(
  `when once if it is it's it’s its are they they're we we're us them you the a an done ok okay ready
  finished finish complete completed completion all good everything fine happy tbd tba asap soon been
  be as possible n/a na none nothing yes yep get gets this that step task will whenever later x time
  at over into about through and
  possible convenient suitable sorted so do does did`.split(/\s+/),
);

const lookedAt = new Set(
  'looked reviewed checked read discussed considered thought seen evaluated assessed'.split(' '),
);

/** Also empty next to one of those: "they have reviewed it". */
const helping = new Set(['have', 'has', 'had', 'our', 'your', 'their']);

/** Ways to say that nobody on our side has anything to do (METHOD S2-5). */
const waiting = [
  /\b(?:a?waiting|waits?)\s+(?:for|on|to|until|till)\b/,
  /^(?:just\s+|still\s+|we\s+(?:are\s+)?|we're\s+)*(?:wait|waiting|await|awaiting)\b/,
  /\bawait(?:ing)?\b/,
  /\b(?:hear|hearing)\s+(?:back|from)\b/,
  /\b(?:get|gets|getting|come|comes|coming)\s+back\s+to\s+(?:us|me)\b/,
  /\b(?:they|he|she|customer|client|buyer)(?:\s+will|\s+would|'ll|’ll)\s+(?:get|come|be)\s+(?:back|in touch)\b/,
  /\b(?:i|we)?\s*sent\s+(?:over\s+|them\s+|him\s+|her\s+)*(?:the\s+|our\s+|all\s+|some\s+)*(?:information|info|details|proposal|offer|quote|deck|documents?|material)\b/,
  /\bpending\s+(?:their|his|her|the|a|an|customer|client|buyer)?\s*(?:reply|answer|response|feedback|decision|approval|review)\b/,
  /\bfollow(?:ing)?\s+up\b/,
  /^(?:a\s+)?follow-?up$/,
  /\bcheck(?:ing)?\s+(?:back\s+)?in\b(?=$|\s+(?:with|on|again|next|by|to|and)\b)/,
  /\btouch(?:ing)?\s+base\b/,
  /\bcircl(?:e|ing)\s+back\b/,
  /\b(?:keep|stay|staying|keeping)\s+in\s+touch\b/,
  /\bball\s+is\s+(?:in\s+their\s+court|with\s+them)\b/,
  /\b(?:gentle\s+)?remind(?:er)?\s+(?:them|him|her|to\s+them)\b/,
  /^(?:chase|nudge|ping|remind)\b/,
];

function fold(text: string): string {
  return cleanLine(text)
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[.!?\s]+$/u, '');
}

/** Whether a step only waits: it is not a step of ours (METHOD decision 6). */
export function isWaiting(title: string): boolean {
  const folded = fold(title);
  return waiting.some((pattern) => pattern.test(folded));
}

/** What a waiting step waits for, as it was typed; empty when it does not say. */
export function waitedFor(title: string): string {
  const [, what] = /\bwait(?:ing)?\s+(?:for|on)\s+(.+)$/iu.exec(cleanLine(title)) ?? [];
  return what?.trim() ?? '';
}

/**
 * A step says what comes out of it, in its title or in its "done when" (METHOD S0-12). Waiting is
 * told apart by its code, because it is fine together with something we do meanwhile.
 * @returns a refusal under `field` with a better wording in it, undefined when the ask is clear.
 */
export function gateTitle(
  title: string,
  given: { readonly side: Side; readonly doneWhen: string; readonly field: string },
): Refusal | undefined {
  const { side, doneWhen, field } = given;
  if (isWaiting(title)) {
    return side === 'seller'
      ? refuse('waiting', 'Waiting is fine. What are we doing meanwhile?', field)
      : refuse(
          'vague_title',
          'Waiting moves nothing. Say what they will do, such as: “Name the day the answer comes, and who gives it”.',
          field,
        );
  }
  const better = betterTitle(title);
  if (!better || seen.test(fold(doneWhen))) return undefined;
  return refuse('vague_title', `Say what comes out of it, such as: “${better}”.`, field);
}

/** A clear wording for a vague ask; undefined when it is clear as it is. */
function betterTitle(title: string): string | undefined {
  const folded = fold(title);
  const bare = folded.replace(opening, '');
  if (bareOccasion.test(bare)) return `List what we decide in it, with a name and a day each`;
  if (produces.test(bare)) return undefined;
  const ask = vagueAsks.find(({ asks }) => asks.test(bare));
  if (!ask) return undefined;
  const rest = bare.replace(ask.asks, '').trim();
  // As it was typed, capitals and all: folding only ever shortens the ends.
  const at = rest === '' ? -1 : cleanLine(title).toLowerCase().lastIndexOf(rest);
  const what = at < 0 ? 'it' : cleanLine(title).slice(at, at + rest.length);
  return ask.instead(shorten(what, 60));
}

/**
 * "Done when" is something both sides can see, not "done" in other words (METHOD S0-12).
 * @returns a refusal under `field` with an example that fits the title, undefined when it says it.
 */
export function gateDoneWhen(doneWhen: string, title: string, field: string): Refusal | undefined {
  if (fold(doneWhen) !== fold(title) && saysSomething(doneWhen, title)) return undefined;
  return refuse(
    'empty_done_when',
    `Say what both sides can see then, such as: “${exampleOfDone(title)}”.`,
    field,
  );
}

function saysSomething(doneWhen: string, title: string): boolean {
  const words = wordsOf(doneWhen);
  const about = wordsOf(title);
  const looked = words.some((word) => lookedAt.has(word));
  const says = (word: string) =>
    seen.test(word) || !(emptyWords.has(word) || lookedAt.has(word) || about.includes(word));
  return words.some((word) => says(word) && !(looked && helping.has(word)));
}

function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}'/]+/gu) ?? [];
}

const examples: readonly (readonly [RegExp, string])[] = [
  [/\b(?:list|name|names|rank|map|who)\b/, 'Names and order are in the shared document'],
  [
    /\b(?:sign|decide|approve|approval|confirm|agree)\b/,
    'A written yes or no, with a name under it',
  ],
  [
    /\b(?:send|share|pull|return|give|upload|bring)\b/,
    'The file is in the shared folder and opened',
  ],
  [
    /\b(?:meet|call|session|workshop|book|demo|kick-off)\b/,
    'It is held, with three decisions written down',
  ],
];

function exampleOfDone(title: string): string {
  const folded = fold(title);
  const found = examples.find(([pattern]) => pattern.test(folded));
  return found?.[1] ?? 'The result is in the shared document, with a name beside it';
}
