import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { literalsOf } from '../support/literals.ts';

/** What is never said to anybody (METHOD S4-1, part 2, §4.3, §4.4). */
const unsaid: readonly RegExp[] = [
  /\byou(?:[’']ve| have)? (?:lost|failed)\b/i,
  /\bbehind quota\b/i,
  /\bwhy (?:did|have|had|were)(?:n[’']t)? (?:you|they|he|she)\b/i,
  /\bjust checking\b|\bchecking in\b|\b(?:gentle|friendly) reminder\b|\bper my last\b/i,
  /\btouch(?:ing)? base\b|\bcircl(?:e|ing) back\b|\bgentle\b|\boverdue\b/i,
  /\b(?:you|they|he|she|people|reps?|sellers?|buyers?|managers?) (?:always|never)\b/i,
  /\b(?:blam(?:e|ed|ing)|sham(?:e|ed|ing)|lazy|careless|sloppy|incompetent|underperform\w*)\b/i,
  /\b(?:dropped the ball|bad deal|stupid)\b/i,
  /\b(?:your|his|her|their|whose) (?:fault|mistake|failure|error)\b/i,
  /\byou (?:should|could|must|didn[’']t|did not|forgot|missed|never)\b/i,
  /\bshould(?:n[’']t| not)? have\b/i,
];

/** Further words that are for machines and plans alone: no deal fails, and nobody is ranked. */
const unsaidOfPeople: readonly RegExp[] = [
  /\bfail(?:s|ed|ure|ing)?\b/i,
  /\b(?:leader ?board|rank(?:s|ed|ing)?|worst)\b/i,
];

const ofPeople = /^(?:features|domain|slack|outbox)\//;

/** What is said all the same, whole, and why. */
const allowed: readonly { readonly text: string; readonly why: string }[] = [
  { text: 'They never told us', why: 'a reason: what we do not know, not what somebody is like' },
  { text: 'We should not have been there', why: 'one of the two boxes, about a deal (S4-32)' },
  { text: 'Not used for pay or ranking.', why: 'the pledge that nobody is ranked' },
  { text: 'We solved a goal they did not rank first', why: 'their goals' },
  { text: 'When did the ranking change, and how would we have heard?', why: 'their goals' },
  { text: "what if it (?:goes wrong|fails|does not work|doesn't work)", why: 'a pattern' },
];

/** A trial passes or not, and needs are put in order: the steps of a plan, never a person. */
const steps = /^domain\/playbook-(?:smb|mid|ent|svc|ren)\.ts$/;

/** Our word for steps; a buyer never reads it. */
const homework: readonly string[] = [
  'Which number could they have given us, and what homework would have got it?',
  'What would you like to do? Add a step: /deal homework. See a plan: /deal plan. My deals: /deal list. New deal: /deal new. Everything: /deal help.',
  '/deal homework Acme',
];

const root = fileURLToPath(new URL('../../src', import.meta.url));
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(root.length + 1))
  .sort((a, b) => (a < b ? -1 : 1));
const all = files.flatMap((file) =>
  literalsOf(file, readFileSync(`${root}/${file}`, 'utf8')).map((text) => ({ file, text })),
);
/** Ids, keys and the like are single words; whatever is read has a blank or a capital. */
const sentences = all.filter(({ text }) => /\s|^\p{Lu}/u.test(text));

function faultsIn(file: string, text: string): string[] {
  if (allowed.some((one) => one.text === text)) return [];
  const more = ofPeople.test(file) && !steps.test(file) ? unsaidOfPeople : [];
  return [...unsaid, ...more].filter((pattern) => pattern.test(text)).map(String);
}

describe('every text of the app', () => {
  it('is scanned: the sources hold nothing but TypeScript, and thousands of texts', () => {
    expect(files.filter((file) => !file.endsWith('.ts'))).toEqual([]);
    expect(files.length).toBeGreaterThan(500);
    expect(sentences.length).toBeGreaterThan(3_000);
  });

  it('blames nobody, shames nobody and nags nobody', () => {
    const faults = sentences
      .map(({ file, text }) => ({ file, text, broken: faultsIn(file, text) }))
      .filter(({ broken }) => broken.length > 0);
    expect(faults).toEqual([]);
  });

  it('keeps “homework” inside: it is in these texts and in no other, none of them a buyer’s', () => {
    const said = sentences.filter(({ text }) => /\bhomework\b/i.test(text));
    expect(new Set(said.map(({ text }) => text))).toEqual(new Set(homework));
    const forBuyers =
      /^(?:web\/|domain\/(?:buyer-|feedback-note|withdrawal-note|playbook-)|features\/plan\/buyer-)/;
    expect(said.filter(({ file }) => forBuyers.test(file))).toEqual([]);
  });

  it('is allowed by name only where it is still said', () => {
    const texts = new Set(all.map(({ text }) => text));
    expect(allowed.filter(({ text }) => !texts.has(text))).toEqual([]);
  });

  it('is found in whatever quotes it stands, and where it is put together', () => {
    const source = [
      `const a = "You lost the deal";`,
      `const b = \`\${name}, why did you wait?\`;`,
      `const c = 'Surely you ' + "fai" + 'led';`,
      `const d = \`\${x ? \`a gentle reminder\` : y}\`;`,
      `type E = 'you failed';`,
      `// you failed`,
      `const f = /you failed/;`,
    ].join('\n');
    const found = literalsOf('features/a.ts', source);
    const faults = found.filter((text) => faultsIn('features/a.ts', text).length > 0);
    expect(faults).toEqual([
      'You lost the deal',
      '…, why did you wait?',
      'Surely you failed',
      'a gentle reminder',
    ]);
  });
});
