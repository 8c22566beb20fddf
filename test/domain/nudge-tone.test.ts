import { describe, expect, it } from 'vitest';
import { buyerNote, type NoteFacts, noteKinds } from '../../src/domain/buyer-note.ts';
import { day } from '../../src/domain/calendar.ts';
import type { Deal } from '../../src/domain/deal.ts';
import { type FollowUpFacts, followUpWords, sayFollowUp } from '../../src/domain/follow-up.ts';
import type { HomeworkId, NudgeId, NudgeItemId, PersonId } from '../../src/domain/ids.ts';
import { askFirstDraft, offerDraft, offerFor } from '../../src/domain/manager-offer.ts';
import {
  dealNudges,
  followUpNudges,
  kindOfStall,
  type NudgeKind,
  type PlanNudge,
  stepNudges,
  subjectOf,
} from '../../src/domain/nudge.ts';
import { variants } from '../../src/domain/nudge-plan.ts';
import {
  kindWords,
  type QuestionFacts,
  questionWords,
  sayQuestion,
} from '../../src/domain/nudge-words.ts';
import { stallWords } from '../../src/domain/stall-words.ts';
import type { StallCode } from '../../src/domain/stalls.ts';
import { itemActions } from '../../src/features/nudges/nudge-buttons.ts';
import { makeOpenDeal } from '../support/plan-values.ts';

const planKinds: readonly PlanNudge[] = [...stepNudges, ...dealNudges];
const kinds: readonly NudgeKind[] = [...planKinds, ...followUpNudges];
const codes = Object.keys(kindOfStall) as StallCode[];
const today = day('2026-11-24');

const usual: QuestionFacts = {
  today,
  deal: 'Acme · Core platform',
  account: 'Acme',
  title: 'List who signs',
  who: 'Dana Lee',
  mine: true,
  dueOn: day('2026-11-19'),
  lateBd: 3,
  unlocks: 'the contract review',
  why: 'Nobody is asked twice.',
  askedOn: day('2026-11-17'),
  pair: 'Send the security pack',
  typicalReplyBd: 2,
  silenceBd: 7,
  replyDebtBd: 3,
  idleTurns: 6,
  gate: { title: 'Security review', slackBd: 4 },
  proposeOn: day('2026-11-27'),
  ourSteps: 8,
  allSteps: 9,
  gift: 'Name the pilot team',
  decisionOn: day('2026-12-18'),
  leftBd: 18,
  shortBd: 6,
  phase: 'preference',
  phaseAgeBd: 21,
  gap: { days: 12, endsOn: day('2026-12-14') },
  stalls: 'They have gone quiet. Nobody who decides is in touch.',
  offer: 'introduce Anna to a second person there',
  precedent: undefined,
  owner: 'Anna Snelling',
};

/** What is left when next to nothing is known. */
const bare: QuestionFacts = {
  ...usual,
  unlocks: undefined,
  why: undefined,
  askedOn: undefined,
  pair: undefined,
  gate: undefined,
  gift: undefined,
  decisionOn: undefined,
  gap: { days: 0, endsOn: undefined },
  stalls: '',
  who: 'Acme',
};

const name = (length: number) =>
  'Wilhelmina-Margarethe von der Heydenreich zu '.repeat(3).slice(0, length).trim();
/** As long as people make them; a form lets more through. */
const long: QuestionFacts = {
  ...usual,
  deal: `${name(40)} · ${name(30)}`,
  account: name(40),
  title: name(60),
  who: name(40),
  mine: false,
  dueOn: day('2025-11-19'),
  unlocks: name(50),
  why: name(60),
  pair: name(60),
  gate: { title: name(60), slackBd: -120 },
  gift: name(60),
  decisionOn: day('2027-12-18'),
  owner: name(40),
};

const all = planKinds.flatMap((kind) =>
  Array.from({ length: variants }, (_, variant) => [kind, variant] as const),
);
const ended = followUpNudges.flatMap((kind) =>
  Array.from({ length: variants }, (_, variant) => [kind, variant] as const),
);

const banned =
  /just checking|checking in|gentle|reminder|per my last|touch(ing)? base|circl(e|ing) back|friendly|\basap\b|you lost|you failed|your fault|behind quota|kindly|bump|urgent|overdue|homework/i;
const emoji = /\p{Extended_Pictographic}|:[a-z0-9_+-]+:/u;
const brokenWords = /undefined|null|NaN|\[object|Infinity| {2}| [.,;:?]|\.\.|: (?=[A-Z]?$)/;

function expectGoodTone(text: string): void {
  expect(text).not.toMatch(banned);
  expect(text).not.toMatch(emoji);
  expect(text).not.toMatch(brokenWords);
  expect(text).not.toContain('!');
}

/** Those whose answer depends on no day: who else, what else, which way. */
const withoutDay: ReadonlySet<NudgeKind> = new Set([
  ...(['one_contact', 'carry', 'ping_pong', 'alone', 'exit_ramp'] as const),
  ...(['still_worth', 'manager_help'] as const),
]);
/** A day, today, or how many business days. */
const time = /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d|\btoday\b|\d+ business day/i;

describe.each(all)('%s in its wording %i', (kind, variant) => {
  const say = (facts: QuestionFacts) => sayQuestion(kind, variant, facts);

  it('asks one question, last', () => {
    for (const facts of [usual, bare, long]) {
      expect(say(facts).match(/\?/g)).toHaveLength(1);
      expect(say(facts)).toMatch(/\?$/);
    }
  });

  it('names the deal, the step or the person', () => {
    const named = [usual.deal, usual.account, usual.title, usual.who, 'Security review'];
    expect(named.filter((one) => say(usual).includes(one))).not.toEqual([]);
  });

  it('names a day, or how many, where the answer depends on it', () => {
    expect(withoutDay.has(kind) || time.test(say(usual))).toBe(true);
  });

  it('is kind, whole and without ornament, also when little is known', () => {
    for (const facts of [usual, bare, long]) expectGoodTone(say(facts));
    expect(say(usual)).toMatch(/^[“\dA-Z]/);
  });

  it('fits a phone with long names in it', () => {
    // A manager reads three things: what is seen, what they could do and what worked elsewhere.
    expect(say(long).length).toBeLessThanOrEqual(kind === 'manager_help' ? 400 : 300);
  });

  it('is not the other wording', () => {
    const texts = questionWords[kind].map((word) => word(usual));
    expect(new Set(texts).size).toBe(variants);
  });
});

describe.each(ended)('%s in its wording %i', (kind, variant) => {
  const facts: FollowUpFacts = {
    account: 'Acme',
    who: 'Dana Lee',
    what: 'Ask who signs in the first call',
    tries: 1,
    on: day('2026-11-17'),
  };
  const longest: FollowUpFacts = {
    account: name(40),
    who: name(40),
    what: name(120),
    tries: 2,
    on: day('2025-11-17'),
  };
  const say = (given: FollowUpFacts) => sayFollowUp(kind, variant, given, today);

  it('asks one question, last', () => {
    for (const given of [facts, longest]) {
      expect(say(given).match(/\?/g)).toHaveLength(1);
      expect(say(given)).toMatch(/\?$/);
    }
  });

  it('names whom or what it is about, and when or how often', () => {
    const named = [facts.account, facts.who, facts.what];
    expect(named.filter((one) => say(facts).includes(one))).not.toEqual([]);
    expect(say(facts)).toMatch(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d|\d of 3/);
  });

  it('is kind, whole and without ornament', () => {
    for (const given of [facts, longest]) expectGoodTone(say(given));
    expect(say(facts)).not.toMatch(/\bwhy (did|didn’t)|\bstill haven’t|\bfail/i);
    expect(say(facts)).toMatch(/^[“\dA-Z]/);
  });

  it('fits a phone with long names in it, and is not the other wording', () => {
    expect(say(longest).length).toBeLessThanOrEqual(300);
    const texts = followUpWords[kind].map((word) => word(facts, today));
    expect(new Set(texts).size).toBe(variants);
  });
});

it('each kind is named in words of its own that fit a menu', () => {
  for (const kind of kinds) {
    expectGoodTone(kindWords[kind]);
    expect(kindWords[kind].length).toBeLessThanOrEqual(75);
  }
  expect(new Set(Object.values(kindWords)).size).toBe(kinds.length);
});

interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly text?: { readonly text: string };
  readonly placeholder?: { readonly text: string };
  readonly accessibility_label?: string;
  readonly options?: readonly {
    readonly text: { readonly text: string };
    readonly value: string;
  }[];
}

describe.each(kinds)('the answers to %s', (kind) => {
  const deal: Deal = makeOpenDeal({ account: name(80), name: name(80) });
  const isStep = (stepNudges as readonly NudgeKind[]).includes(kind);
  const about = kind === 'still_worth' ? [true, false] : [isStep];
  const rows = about.map((hasStep) => {
    const homeworkId = hasStep ? ('01HOMEWORK0000000000000000' as HomeworkId) : undefined;
    const item = {
      id: '01N49JD8R03MD5JDFJH7RGTWRT' as NudgeItemId,
      nudgeId: '01N49JD8R03MD5JDFJH7RGTWRR' as NudgeId,
      personId: '01N49JD8R03MD5JDFJH7RGTWRS' as PersonId,
      ...{ dealId: deal.id, homeworkId, kind, on: today, variant: 0 },
      subject: subjectOf({ kind, dealId: deal.id, homeworkId }),
      ...{ severity: undefined, dueOn: undefined, answer: undefined, nextCheckOn: undefined },
    };
    return itemActions({ item, deal, homeworkId, about: name(150) });
  });
  const elements = rows.flatMap((row) => row.elements as unknown as Element[]);

  it('are one to four, and the menu', () => {
    for (const row of rows) {
      const answers = row.elements.filter(({ type }) => type !== 'overflow');
      expect(answers.length).toBeGreaterThanOrEqual(1);
      expect(answers.length).toBeLessThanOrEqual(4);
      expect(row.elements.length - answers.length).toBe(kind === 'date_passed' ? 0 : 1);
    }
  });

  it('are short, kind and each of its own', () => {
    const texts = elements.flatMap(({ text, placeholder, options = [] }) => [
      ...(text ? [text.text] : []),
      ...(placeholder ? [placeholder.text] : []),
      ...options.map((one) => one.text.text),
    ]);
    for (const text of texts) {
      expectGoodTone(text);
      expect(text.length).toBeLessThanOrEqual(30);
    }
    for (const row of rows) {
      const ids = row.elements.map((element) => ('action_id' in element ? element.action_id : ''));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('are within what Slack takes', () => {
    for (const row of rows) expect(row.block_id?.length).toBeLessThanOrEqual(255);
    for (const { accessibility_label = '', options = [] } of elements) {
      expect(accessibility_label.length).toBeLessThanOrEqual(75);
      for (const { value } of options) expect(value.length).toBeLessThanOrEqual(150);
    }
  });
});

describe.each(noteKinds)('the words to the buyer for %s', (kind) => {
  const facts: NoteFacts = {
    today,
    account: 'Acme',
    who: 'Dana Lee',
    owed: [{ title: 'Send the security pack', dueOn: day('2026-11-25') }],
    step: { title: 'List who signs', dueOn: day('2026-11-26') },
    why: 'Nobody is asked twice',
    unlocks: 'the contract review',
    decisionOn: day('2026-12-18'),
    proposeOn: day('2026-11-27'),
  };
  const some: NoteFacts[] = [
    facts,
    { ...facts, owed: [], step: undefined, why: undefined, unlocks: undefined },
    { ...facts, who: 'Acme', decisionOn: undefined, why: undefined },
  ];

  it('ask one question, last, and speak of the plan as the buyer does', () => {
    for (const given of some) {
      const note = buyerNote(kind, given);
      expect(note.match(/\?/g)).toHaveLength(1);
      expect(note).toMatch(/\?$/);
      for (const paragraph of note.split('\n\n')) expectGoodTone(paragraph);
      expect(note).not.toMatch(/\bgate\b|\bstall|\bnudge/i);
    }
  });
});

describe.each(codes)('what a manager says about %s', (code) => {
  const facts = { owner: 'Anna Snelling', deal: usual.deal, codes: [code], precedent: undefined };

  it('is help and no telling-off, with one question at its end', () => {
    for (const draft of [offerDraft(facts), askFirstDraft(facts)]) {
      expect(draft.match(/\?/g)).toHaveLength(1);
      expect(draft).toMatch(/\?$/);
      for (const paragraph of draft.split('\n\n')) expectGoodTone(paragraph);
      expect(draft).toContain(usual.deal);
    }
    expectGoodTone(offerFor([code], 'Anna'));
    expectGoodTone(`${stallWords[code]}.`);
  });
});
