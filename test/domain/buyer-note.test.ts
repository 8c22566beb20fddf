import { describe, expect, it } from 'vitest';
import { buyerNote, type NoteFacts, noteKinds, owedToThem } from '../../src/domain/buyer-note.ts';
import { day, weekdays } from '../../src/domain/calendar.ts';
import { draftHomework } from '../../src/domain/homework.ts';
import type { DealId, HomeworkId } from '../../src/domain/ids.ts';

const facts: NoteFacts = {
  today: day('2026-11-24'),
  account: 'Acme',
  who: 'Dana Lee',
  owed: [
    { title: 'Send the security pack', dueOn: day('2026-11-20') },
    { title: 'Draft the contract', dueOn: day('2026-11-27') },
  ],
  step: { title: 'List who signs', dueOn: day('2026-11-26') },
  why: 'Nobody is asked twice',
  unlocks: 'the contract review',
  decisionOn: day('2026-12-18'),
  proposeOn: day('2026-11-30'),
};
const long = 'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(5).trim();
const variants: [string, NoteFacts][] = [
  ['everything known', facts],
  [
    'little known',
    {
      ...facts,
      ...{ who: 'Acme', owed: [], step: undefined },
      ...{ why: undefined, unlocks: undefined, decisionOn: undefined },
    },
  ],
  [
    'the longest words',
    {
      ...facts,
      ...{ account: long, why: long, unlocks: long },
      owed: facts.owed.map((step) => ({ ...step, title: long })),
      step: { title: long, dueOn: day('2026-11-10') },
    },
  ],
];
const cases = noteKinds.flatMap((kind) =>
  variants.map(([name, given]) => [kind, name, given] as const),
);

describe.each(cases)('a note about %s with %s', (kind, _name, given) => {
  const note = buyerNote(kind, given);

  it('speaks to the buyer, without our words, pressure or blame', () => {
    expect(note).not.toMatch(
      /homework|just checking in|gentle reminder|per my last|friendly reminder|following up|overdue|late\b|you (failed|forgot|missed)|still waiting|asap|as soon as possible/i,
    );
    expect(note).not.toMatch(/undefined|\p{Extended_Pictographic}|!/u);
  });

  it('asks one question, at its end', () => {
    expect(note.match(/\?/g)).toHaveLength(1);
    expect(note.endsWith('?')).toBe(true);
  });

  it('has 120 words at most', () => {
    expect(note.split(/\s+/u).length).toBeLessThanOrEqual(120);
  });
});

describe.each(noteKinds)('a note about %s', (kind) => {
  it('says what we owe, by title and day, before it asks for anything', () => {
    const [, first, second] = buyerNote(kind, facts).split('\n\n');
    expect(first).toBe(
      'From us first: “Send the security pack”, which we meant to finish by Fri 20 Nov; “Draft the contract” by Fri 27 Nov.',
    );
    expect(second).toMatch(/\S/);
  });

  it('never names a day that has passed as theirs', () => {
    const past = { ...facts, owed: [], step: { title: 'Sign', dueOn: day('2026-11-10') } };
    expect(buyerNote(kind, past)).not.toContain('10 Nov');
  });
});

it.each(['ask_them', 'buyer_soon', 'buyer_late', 'ping_pong', 'carry', 'silence'] as const)(
  'a note about %s gives the step and its reason',
  (kind) => {
    expect(buyerNote(kind, facts)).toContain('“List who signs”');
    expect(buyerNote(kind, facts)).toContain('Why: Nobody is asked twice.');
    expect(buyerNote(kind, { ...facts, why: undefined })).toContain('opens the contract review.');
  },
);

describe('what we owe them', () => {
  const step = (id: string, dueOn: string, more = {}) =>
    draftHomework({
      id: id as HomeworkId,
      dealId: 'd' as DealId,
      side: 'seller',
      title: id,
      doer: { name: 'Anna', personId: undefined, contactId: undefined },
      dueOn: day(dueOn),
      doneWhen: 'They have it',
      ...more,
    });
  const owed = (...steps: ReturnType<typeof step>[]) =>
    owedToThem(steps, facts.today, weekdays).map(({ id }) => id);

  it('is late or due within five business days, the oldest first, two at most', () => {
    const all = [step('b', '2026-12-01'), step('a', '2026-11-10'), step('c', '2026-12-01')];
    expect(owed(...all)).toEqual(['a', 'b']);
    expect(owed(step('later', '2026-12-02'))).toEqual([]);
  });

  it('leaves out what is done, what is theirs, and what they are offered', () => {
    expect(owed(step('done', '2026-11-24', { status: 'done' }))).toEqual([]);
    expect(owed(step('theirs', '2026-11-24', { side: 'buyer' }))).toEqual([]);
    const gift = step('gift', '2026-11-24');
    expect(owedToThem([gift], facts.today, weekdays, gift)).toEqual([]);
  });
});
