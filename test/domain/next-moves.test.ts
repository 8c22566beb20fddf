import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, plainCalendars, sayDay } from '../../src/domain/calendar.ts';
import type { DealContact } from '../../src/domain/contact.ts';
import { type OpenDeal, unknownSoFar } from '../../src/domain/deal.ts';
import { draftHomework, type Homework, isOpen } from '../../src/domain/homework.ts';
import type { ContactId, DealId, HomeworkId, PersonId } from '../../src/domain/ids.ts';
import { nextMoves, situationOf } from '../../src/domain/next-moves.ts';
import { assessPlan, type PlanRows } from '../../src/domain/plan-state.ts';
import type { Turn } from '../../src/domain/rally.ts';
import { phases } from '../../src/domain/segment.ts';

const today = day('2027-03-10');
const near = fc.integer({ min: -40, max: 40 }).map((days) => addDays(today, days));
const past = fc.integer({ min: -40, max: 0 }).map((days) => addDays(today, days));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const deal = {
  ...unknownSoFar(day('2027-01-11')),
  id: 'D1' as DealId,
  account: 'Acme',
  name: 'Core platform',
  decisionOn: day('2027-03-31'),
  originalDecisionOn: day('2027-03-31'),
  dateDriver: 'Their old contract ends',
  zone: 'America/New_York',
  openedOn: day('2027-01-11'),
  privacy: 'team',
  status: 'open',
} as OpenDeal;

const dana: DealContact = {
  id: 'K1' as ContactId,
  accountId: deal.accountId,
  name: 'Dana Lee',
  title: 'CFO',
  power: 'unknown',
  stance: 'unknown',
  leftOn: undefined,
  role: undefined,
  engagedOn: undefined,
};

const theirs = { name: 'Dana Lee', contactId: dana.id, personId: undefined };
const ours = { name: 'Anna', contactId: undefined, personId: 'P1' as PersonId };

function step(facts: Partial<Homework> & { dueOn: Day }): Homework {
  const side = facts.side ?? 'buyer';
  return draftHomework({
    id: 'H1' as HomeworkId,
    dealId: deal.id,
    side,
    title: 'List who signs',
    doer: side === 'seller' ? ours : theirs,
    doneWhen: 'Names are in the document',
    ...facts,
  });
}

function movesOf(rows: Partial<PlanRows>, lateEntryPlayed = false) {
  const full = { deal, steps: [], contacts: [], touches: [], revisions: [], ...rows };
  const state = assessPlan(full, today, plainCalendars);
  const at = { today, calendars: plainCalendars, lateEntryPlayed };
  return nextMoves(situationOf(full, state, at));
}

const anyStep = fc
  .record({
    id: fc.nat(99).map((n) => `H${n}` as HomeworkId),
    dueOn: near,
    side: fc.constantFrom('buyer', 'seller', 'both', 'partner'),
    status: fc.constantFrom<Homework['status'][]>(
      'proposed',
      'agreed',
      'in_progress',
      'needs_rewrite',
      'done',
      'accepted',
      'declined',
      'dropped',
      'superseded',
    ),
    kind: fc.constantFrom('do', 'find_out', 'meet', 'approve'),
    gate: fc.boolean(),
    durationBd: fc.integer({ min: 1, max: 15 }),
    agreedOn: maybe(past),
    doneOn: maybe(past),
    unlocks: maybe(fc.constant('the contract')),
    title: fc.constantFrom('List who signs', 'Send the security pack', 'Legal redline'),
    doer: fc.constantFrom(theirs, ours, { name: '—', contactId: undefined, personId: undefined }),
  })
  .map((facts) => step(facts as Partial<Homework> & { dueOn: Day }));

const anyContact = fc
  .record({
    power: fc.constantFrom('decides', 'signs', 'advises', 'uses', 'unknown'),
    role: maybe(fc.constantFrom('champion', 'decider', 'user')),
    leftOn: maybe(past),
    engagedOn: maybe(past),
  })
  .map((facts) => ({ ...dana, ...facts }) as DealContact);

const anyTouch: fc.Arbitrary<Turn> = fc.record({
  on: past,
  side: fc.constantFrom('buyer', 'seller'),
  expectsReply: fc.boolean(),
  advance: fc.boolean(),
});

const anyRows = fc.record({
  deal: fc
    .record({
      phase: fc.constantFrom(...phases),
      entryPhase: maybe(fc.constantFrom(...phases)),
      segment: fc.constantFrom('smb', 'mid', 'ent', 'svc'),
      decisionOn: maybe(near),
      dateAgreedOn: maybe(past),
      problem: maybe(fc.constant('Month end takes nine days')),
    })
    .map((facts) => ({ ...deal, ...facts }) as OpenDeal),
  steps: fc.array(anyStep, { maxLength: 12 }),
  contacts: fc.array(anyContact, { maxLength: 4 }),
  touches: fc
    .array(anyTouch, { maxLength: 12 })
    .map((touches) => touches.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))),
});

const banned =
  /check(ing)? in\b|touch(ing)? base|following up|follow-up|gentle reminder|per my last|circle back|any update|homework|undefined|NaN|\[object/i;

describe('what is next, over any deal', () => {
  it('always has a move of ours and an ask of theirs, each with a reason and the words of a leader', () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, played) => {
        const moves = movesOf(rows, played);
        for (const move of [moves.ours, moves.theirs]) {
          const { action, what, why } = move;
          const words = [what, why, ...Object.values(action)].join('\n');
          expect(what.trim()).not.toBe('');
          expect(why.trim()).not.toBe('');
          expect(words).not.toMatch(banned);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('proposes no day in the past and none after the decision', () => {
    const fromToday = Array.from({ length: 15 }, (_, days) => sayDay(addDays(today, days), today));
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { ours, theirs } = movesOf(rows);
        const { decisionOn } = rows.deal;
        for (const { action, what } of [ours, theirs]) {
          if (what.startsWith('Propose ')) {
            const proposed = what.startsWith('Propose the live date')
              ? fromToday[0]
              : what.slice('Propose '.length).split(' for ')[0];
            expect(fromToday).toContain(proposed);
          }
          if (action.does !== 'assign') continue;
          expect(action.dueOn >= today).toBe(true);
          if (decisionOn && decisionOn >= today) expect(action.dueOn <= decisionOn).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('opens open steps of the plan only', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { ours, theirs } = movesOf(rows);
        for (const { action } of [ours, theirs]) {
          if (action.does !== 'step') continue;
          const named = rows.steps.filter(({ id }) => id === action.homeworkId);
          expect(named.some(isOpen)).toBe(true);
        }
      }),
    );
  });
});

describe('the order of moves (METHOD §3.7)', () => {
  const lateOurs = step({
    id: 'H2' as HomeworkId,
    side: 'seller',
    title: 'Send the security pack',
    dueOn: day('2027-03-08'),
  });
  const asked: Turn = {
    on: day('2027-03-05'),
    side: 'buyer',
    expectsReply: true,
    advance: false,
  };

  it('does first what we promised, before any other trouble', () => {
    const missed = { ...deal, decisionOn: day('2027-03-01') };
    const moves = movesOf({ deal: missed, steps: [lateOurs], touches: [asked] });
    expect(moves.ours).toMatchObject({
      what: 'Finish “Send the security pack”',
      action: { does: 'step', homeworkId: 'H2' },
    });
    expect(moves.rank).toBe(0);
  });

  it('answers them before it asks for more', () => {
    expect(movesOf({ touches: [asked] }).ours).toMatchObject({
      why: 'They have waited 3 business days.',
      action: { does: 'touch' },
    });
  });

  it('has a date that passed decided', () => {
    const moves = movesOf({ deal: { ...deal, decisionOn: day('2027-03-09') } });
    expect(moves.ours.action).toEqual({ does: 'date' });
    expect(moves.theirs.action.does).toBe('draft');
  });

  it('offers a late agreed step smaller, shared or dropped', () => {
    const late = step({ dueOn: day('2027-03-05'), status: 'agreed', agreedOn: day('2027-03-01') });
    expect(movesOf({ steps: [late] }).theirs.what).toBe(
      'Make “List who signs” smaller, share it, or drop it',
    );
  });

  it('asks the only person we know for whoever decides', () => {
    const inInterest = { ...deal, phase: 'interest' } as const;
    const { theirs } = movesOf({ deal: inInterest, contacts: [dana] });
    expect(theirs).toMatchObject({
      what: 'Ask Dana Lee to introduce whoever decides',
      action: { does: 'assign', side: 'buyer', title: 'Introduce us to whoever decides' },
    });
  });

  it('asks for an introduction once', () => {
    const inInterest = { ...deal, phase: 'interest' } as const;
    const steps = [step({ title: 'Introduce us to whoever decides', dueOn: day('2027-03-17') })];
    const { theirs: their } = movesOf({ deal: inInterest, contacts: [dana], steps });
    expect(their.action).toEqual({ does: 'step', homeworkId: 'H1' });
  });

  it('asks for nobody else where one person decides and uses it alone', () => {
    const contacts = [{ ...dana, role: 'decider' as const }];
    const small = { ...deal, phase: 'interest', segment: 'smb' } as const;
    const larger = { ...small, segment: 'mid' } as const;
    expect(movesOf({ deal: small, contacts }).theirs.what).not.toContain('introduce');
    expect(movesOf({ deal: larger, contacts }).theirs.what).toContain('introduce a colleague');
  });

  it('swaps the next message for a session when turns move nothing', () => {
    const touches = [0, 1, 2, 3, 4, 5].map(
      (at): Turn => ({
        on: addDays(day('2027-03-01'), at),
        side: at % 2 === 0 ? 'seller' : 'buyer',
        expectsReply: false,
        advance: false,
      }),
    );
    const steps = [step({ dueOn: day('2027-03-15') })];
    const { ours } = movesOf({ steps, touches });
    expect(ours).toMatchObject({
      what: 'Swap the next message for 15 minutes together on “List who signs”',
      why: '6 turns have moved nothing in the plan.',
      action: { does: 'draft' },
    });
  });

  it('plays the late entry once', () => {
    const late = { ...deal, phase: 'preference', entryPhase: 'preference' } as const;
    expect(movesOf({ deal: late }).ours.action).toEqual({ does: 'late_entry' });
    expect(movesOf({ deal: late }, true).ours.action.does).not.toBe('late_entry');
  });

  it('takes the open step of each side with the least room', () => {
    const steps = [
      step({ id: 'H1' as HomeworkId, dueOn: day('2027-03-20'), durationBd: 1 }),
      step({ id: 'H2' as HomeworkId, dueOn: day('2027-03-22'), durationBd: 8 }),
      step({ id: 'H3' as HomeworkId, dueOn: day('2027-03-24'), side: 'seller' }),
    ];
    const { ours: our, theirs: their } = movesOf({ steps });
    expect(our.action).toEqual({ does: 'step', homeworkId: 'H3' });
    expect(their.action).toEqual({ does: 'step', homeworkId: 'H2' });
  });

  it('names a step whose doer left as one that needs a new name', () => {
    const doer = { name: '—', contactId: undefined, personId: undefined };
    const { theirs: their } = movesOf({ steps: [step({ dueOn: day('2027-03-20'), doer })] });
    expect(their.why).toMatch(/^It needs a new name · due/);
  });

  it('asks to decide sooner when nothing is left to do', () => {
    const steps = [step({ dueOn: day('2027-03-05'), status: 'done', doneOn: day('2027-03-05') })];
    const moves = movesOf({ steps });
    expect(moves.ours.what).toBe('Set up the decision call');
    expect(moves.theirs.what).toBe('Ask what would have to be true to decide sooner');
  });
});
