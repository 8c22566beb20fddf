import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, type Calendars, day, weekdays } from '../../src/domain/calendar.ts';
import type { DealId, HomeworkId, PersonId } from '../../src/domain/ids.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import {
  dealsOff,
  gatherMatters,
  type MorningFacts,
  type StallToAsk,
  type StepToAsk,
} from '../../src/domain/nudge-gather.ts';
import type { AskedBefore } from '../../src/domain/nudge-plan.ts';
import { askedOn, makeMatter } from '../support/nudge-values.ts';

const tuesday = day('2026-11-24');
const rep = 'rep' as PersonId;
const boss = 'boss' as PersonId;
const sub = 'sub' as PersonId;
const acme = 'D1' as DealId;

const whose = {
  dealId: acme,
  amount: undefined,
  personId: rep,
  privacy: 'team',
  buyerRegion: undefined,
  backOn: undefined,
} as const;

function step(facts: Partial<StepToAsk> = {}): StepToAsk {
  const due = { homeworkId: 'H1' as HomeworkId, dueOn: tuesday, askedOn: undefined };
  return { ...whose, ...due, side: 'seller', status: 'agreed', gate: false, ...facts };
}

function stall(facts: Partial<StallToAsk> = {}): StallToAsk {
  const first = {
    severity: 'stall',
    firstOn: day('2026-11-02'),
    openedOn: day('2026-11-02'),
  } as const;
  return { ...whose, code: 'buyer_silence', ...first, ...facts };
}

/** The kinds that each reader could be asked, on a Tuesday, with helpers on the deal. */
function gather(
  facts: Partial<MorningFacts>,
  readers: readonly PersonId[] = [rep],
): Record<string, NudgeKind[]> {
  const all: MorningFacts = {
    today: tuesday,
    steps: [],
    stalls: [],
    absent: { left: new Map(), away: new Map() },
    history: new Map(),
    helped: new Set([acme]),
    ...facts,
  };
  const calendars = new Map<PersonId, BusinessCalendar>(readers.map((id) => [id, weekdays]));
  const found = [...gatherMatters(all, calendars)];
  return Object.fromEntries(found.map(([id, some]) => [id, some.map(({ kind }) => kind)]));
}

describe('who is asked', () => {
  const steps = [step(), step({ homeworkId: 'H2' as HomeworkId, gate: true })];
  const stalls = [stall(), stall({ code: 'date_missed' })];

  it('is the person themselves, each of them about their own', () => {
    const mine = step({ personId: boss, dueOn: day('2026-11-20') });
    expect(gather({ steps: [step(), mine] }, [rep, boss])).toEqual({
      rep: ['item_due'],
      boss: ['item_late'],
    });
  });

  it('is whoever led a colleague who left, about all of it', () => {
    const absent = { left: new Map([[rep, boss]]), away: new Map() };
    expect(gather({ steps, stalls: [stall()], absent }, [boss])).toEqual({
      boss: ['item_due', 'item_due', 'silence'],
    });
    expect(gather({ stalls, absent }, [boss])).toEqual({ boss: ['date_passed'] });
  });

  it('is the stand-in of one who is away, about gates and dates that passed alone', () => {
    const absent = { left: new Map(), away: new Map([[rep, sub]]) };
    expect(gather({ steps, stalls, absent }, [sub])).toEqual({ sub: ['item_due', 'date_passed'] });
  });

  it('is no stand-in about a restricted deal', () => {
    const absent = { left: new Map(), away: new Map([[rep, sub]]) };
    const hidden = {
      steps: steps.map((one) => ({ ...one, privacy: 'restricted' as const })),
      stalls: stalls.map((one) => ({ ...one, privacy: 'restricted' as const })),
    };
    expect(gather({ ...hidden, absent }, [sub])).toEqual({ sub: [] });
  });

  it('is nobody else once the person is back', () => {
    const absent = { left: new Map(), away: new Map([[rep, sub]]) };
    expect(gather({ steps, absent }, [rep, sub])).toEqual({
      rep: ['item_due', 'item_due'],
      sub: [],
    });
  });

  it('is nobody when they are away and named nobody', () => {
    expect(gather({ steps, stalls }, [sub])).toEqual({ sub: [] });
  });
});

describe('a deal that has just begun', () => {
  const young = { openedOn: day('2026-11-22') };

  it('is left to get going for three days, but for what stalls it', () => {
    const watch = stall({ ...young, severity: 'watch' });
    expect(gather({ stalls: [watch] })).toEqual({ [rep]: [] });
    expect(gather({ stalls: [stall(young)] })).toEqual({ [rep]: ['silence'] });
    const older = { ...watch, openedOn: day('2026-11-21') };
    expect(gather({ stalls: [older] })).toEqual({ [rep]: ['silence'] });
  });
});

describe('a buyer who told us when they are back', () => {
  const theirs = step({ side: 'buyer' });
  const stalls = [stall(), stall({ code: 'no_next_step' })];

  it('is not asked about before that day, and what is ours still is', () => {
    const backOn = day('2026-11-25');
    const away = {
      steps: [{ ...theirs, backOn }, step({ backOn })],
      stalls: stalls.map((one) => ({ ...one, backOn })),
    };
    expect(gather(away)).toEqual({ rep: ['item_due', 'no_next'] });
  });

  it('is asked about on the day itself', () => {
    const backOn = tuesday;
    const back = {
      steps: [{ ...theirs, backOn }],
      stalls: stalls.map((one) => ({ ...one, backOn })),
    };
    expect(gather(back)).toEqual({ rep: ['buyer_soon', 'silence', 'no_next'] });
  });
});

describe('a promise of ours that is late', () => {
  const stalls = [stall({ code: 'ball_with_us' })];

  it('is asked about as the step it is, not as an answer we owe besides', () => {
    const late = step({ dueOn: day('2026-11-20') });
    expect(gather({ steps: [late], stalls })).toEqual({ rep: ['item_late'] });
    expect(gather({ stalls })).toEqual({ rep: ['owe_reply'] });
  });

  it('of another deal hides nothing', () => {
    const elsewhere = step({ dealId: 'D2' as DealId, dueOn: day('2026-11-20') });
    expect(gather({ steps: [elsewhere], stalls })).toEqual({ rep: ['item_late', 'owe_reply'] });
  });
});

describe('a deal whose date has passed', () => {
  it('is asked how it ended, and nothing else as a whole: neither why nor who could help', () => {
    const stalls = [stall(), stall({ code: 'date_missed' }), stall({ code: 'phase_age' })];
    expect(gather({ stalls, helped: new Set() })).toEqual({ rep: ['date_passed'] });
    expect(gather({ steps: [step()], stalls })).toEqual({ rep: ['item_due', 'date_passed'] });
  });

  it('leaves the questions about other deals', () => {
    const other = stall({ dealId: 'D2' as DealId });
    const stalls = [stall({ code: 'date_missed' }), other];
    expect(gather({ stalls, helped: new Set(['D2' as DealId]) })).toEqual({
      rep: ['date_passed', 'silence'],
    });
  });
});

describe('a stalled deal', () => {
  const asked = (on: string, facts: Partial<AskedBefore> = {}) =>
    askedOn(makeMatter('silence', { severity: 'stall' }), on, facts);
  const ways = (before: readonly AskedBefore[], stalls = [stall()]) =>
    gather({ stalls, history: new Map([[rep, before]]) })['rep'];

  it('that nobody else works on asks who could help', () => {
    const history = new Map([[rep, [asked('2026-11-10')]]]);
    const alone = { stalls: [stall()], helped: new Set<DealId>() };
    expect(gather({ ...alone, history })).toEqual({ rep: ['silence', 'alone'] });
    // First comes a question about the deal itself.
    expect(gather(alone)).toEqual({ rep: ['silence'] });
    expect(gather({ stalls: [stall()], history })).toEqual({ rep: ['silence'] });
  });

  it('asks nobody for help while it is only watched', () => {
    const stalls = [stall({ severity: 'watch' })];
    expect(gather({ stalls, helped: new Set() })).toEqual({ rep: ['silence'] });
  });

  it('shows the ways out with the third question about it', () => {
    expect(ways([asked('2026-11-10')])).toEqual(['silence']);
    expect(ways([asked('2026-11-10'), asked('2026-11-17')])).toEqual(['silence', 'exit_ramp']);
  });

  it('counts what was answered, but nothing they called no problem', () => {
    const answers = (answer: AskedBefore['answer']) =>
      ways([asked('2026-11-10', { answer }), asked('2026-11-17', { answer })]);
    expect(answers('holds_budget')).toEqual(['silence', 'exit_ramp']);
    expect(answers('not_a_problem')).toEqual(['silence']);
  });

  it('counts days and stalls, not watches, steps, other deals or calls for help', () => {
    const other = askedOn(makeMatter('gap', { severity: 'stall' }), '2026-11-10');
    expect(ways([asked('2026-11-10'), other])).toEqual(['silence']);
    expect(ways([asked('2026-11-10'), asked('2026-11-17', { severity: 'watch' })])).toEqual([
      'silence',
    ]);
    for (const matter of [
      makeMatter('silence', { deal: 'D2', severity: 'stall' }),
      makeMatter('item_late', { step: 'H1', severity: 'stall' }),
      makeMatter('alone', { severity: 'stall' }),
      makeMatter('still_worth', { severity: 'stall' }),
    ]) {
      expect(ways([asked('2026-11-10'), askedOn(matter, '2026-11-17')])).toEqual(['silence']);
    }
  });

  it('shows no way out once it is only watched', () => {
    const before = [asked('2026-11-10'), asked('2026-11-17')];
    expect(ways(before, [stall({ severity: 'watch' })])).toEqual(['silence']);
  });

  it('asks the owner, not the doer of its steps, and once however many stalls it has', () => {
    const stalls = [stall(), stall({ code: 'phase_age' }), stall({ code: 'no_power' })];
    const steps = [step({ personId: sub })];
    const history = new Map([[rep, [asked('2026-11-10')]]]);
    expect(gather({ steps, stalls, history, helped: new Set() }, [rep, sub])).toEqual({
      rep: ['silence', 'phase', 'no_decider', 'alone'],
      sub: ['item_due'],
    });
  });
});

describe('the deals whose buyer has a day off', () => {
  const german = { ...weekdays, holidays: new Set<string>([tuesday]) };
  const calendars: Calendars = {
    ours: weekdays,
    buyerOf: (region) => (region === 'DE' ? german : weekdays),
    planOf: () => weekdays,
  };
  const deals = [
    { dealId: 'DE' as DealId, buyerRegion: 'DE' },
    { dealId: 'US' as DealId, buyerRegion: 'US' },
    { dealId: 'unknown' as DealId, buyerRegion: undefined },
  ];

  it('are those in a region with a holiday', () => {
    expect(dealsOff(deals, tuesday, calendars)).toEqual(new Set(['DE']));
    expect(dealsOff(deals, day('2026-11-25'), calendars)).toEqual(new Set());
  });

  it('are never those whose region nobody knows', () => {
    const off = { ...calendars, buyerOf: () => german };
    expect(dealsOff(deals, tuesday, off)).toEqual(new Set(['DE', 'US']));
  });
});
