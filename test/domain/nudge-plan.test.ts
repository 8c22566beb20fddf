import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import type { Matter } from '../../src/domain/nudge-matters.ts';
import type { AskedBefore, ReaderDay, Rest } from '../../src/domain/nudge-plan.ts';
import {
  askedIn,
  askedOn,
  daysFrom,
  heldIn,
  type MatterSpec,
  makeMatter,
  planOn,
  walkMornings,
} from '../support/nudge-values.ts';

const monday = '2026-11-23';
const tuesday = '2026-11-24';
const wednesday = '2026-11-25';
const thursday = '2026-11-26';
const friday = '2026-11-27';
const week = daysFrom(monday, '2026-11-29');

const plan = (matters: readonly Matter[], today = tuesday, facts: Partial<ReaderDay> = {}) =>
  planOn(matters, today, facts);

describe('a rest', () => {
  const silence = makeMatter('silence', { severity: 'stall' });
  const gap = makeMatter('gap', { deal: 'D2', severity: 'watch' });
  const step = makeMatter('item_due', { step: 'H1', dueOn: tuesday });
  const noon = new Date('2026-11-24T17:00:00Z');
  const from = (scope: Rest['scope'], about: string, untilAt?: Date) => ({
    rests: [{ scope, about, untilAt }],
  });

  it('from one question leaves the others of the deal', () => {
    const bundle = plan([silence, step, gap], tuesday, from('item', silence.subject, noon));
    expect(new Set(askedIn(bundle))).toEqual(new Set(['gap D2', 'item_due H1']));
    expect(heldIn(bundle)).toEqual(['silence D1: snoozed']);
  });

  it('from a deal leaves the other deals', () => {
    const bundle = plan([silence, step, gap], tuesday, from('deal', 'D1', noon));
    expect(askedIn(bundle)).toEqual(['gap D2']);
    expect(new Set(heldIn(bundle))).toEqual(
      new Set(['item_due H1: snoozed', 'silence D1: snoozed']),
    );
  });

  it('from a kind is for all deals, and for good', () => {
    const elsewhere = makeMatter('silence', { deal: 'D3', severity: 'watch' });
    const bundle = plan([silence, elsewhere, gap], tuesday, from('kind', 'silence'));
    expect(askedIn(bundle)).toEqual(['gap D2']);
    expect(heldIn(bundle)).toEqual(['silence D1: muted', 'silence D3: muted']);
  });

  it('is over at its instant', () => {
    const facts = from('item', silence.subject, new Date('2026-11-24T14:00:00Z'));
    expect(askedIn(plan([silence], tuesday, facts))).toEqual(['silence D1']);
  });

  it.each<Rest['scope']>(['item', 'deal', 'kind'])(
    'from a %s never silences a date that passed',
    (scope) => {
      const passed = makeMatter('date_passed', { severity: 'stall' });
      const about = { item: passed.subject, deal: 'D1', kind: 'date_passed' }[scope];
      expect(askedIn(plan([passed], tuesday, from(scope, about)))).toEqual(['date_passed D1']);
    },
  );
});

describe('an answer', () => {
  const silence = (severity: 'watch' | 'stall') => makeMatter('silence', { severity });
  const said = (severity: 'watch' | 'stall'): AskedBefore =>
    askedOn(silence(severity), '2026-11-10', {
      answer: 'holds_budget',
      nextCheckOn: day(wednesday),
    });

  it('stands until its next check', () => {
    const history = [said('stall')];
    const before = plan([silence('stall')], tuesday, { history });
    expect(askedIn(before)).toEqual([]);
    expect(heldIn(before)).toEqual(['silence D1: answered']);
    const then = plan([silence('stall')], wednesday, { history });
    expect(askedIn(then)).toEqual(['silence D1']);
  });

  it('stands no longer when it got worse', () => {
    const history = [said('watch')];
    expect(askedIn(plan([silence('stall')], tuesday, { history }))).toEqual(['silence D1']);
    expect(askedIn(plan([silence('watch')], tuesday, { history }))).toEqual([]);
  });

  it('stands for nothing when the stall had ended since and is a new one', () => {
    const again = makeMatter('silence', { severity: 'stall', since: '2026-11-20' });
    expect(askedIn(plan([again], tuesday, { history: [said('stall')] }))).toEqual(['silence D1']);
  });

  it('about a step stands for all that is asked about it, until its day moves', () => {
    const soon = makeMatter('item_soon', { step: 'H1', dueOn: tuesday });
    const history = [
      askedOn(soon, '2026-11-20', { answer: 'on_track', nextCheckOn: day(thursday) }),
    ];
    const due = (dueOn: string) => makeMatter('item_due', { step: 'H1', dueOn });
    expect(heldIn(plan([due(tuesday)], tuesday, { history }))).toEqual(['item_due H1: answered']);
    expect(askedIn(plan([due(wednesday)], wednesday, { history }))).toEqual(['item_due H1']);
  });
});

describe('the same question', () => {
  const weeks = daysFrom(monday, '2027-01-31');
  const first = (kind: NudgeKind, spec: MatterSpec) => {
    const known = { firstBundleOn: day('2026-01-05') };
    return [...walkMornings(weeks, () => [makeMatter(kind, spec)], known)].slice(0, 3);
  };

  it.each<[NudgeKind, MatterSpec, string[]]>([
    ['item_late', { step: 'H1', dueOn: '2026-11-19' }, [monday, thursday, '2026-12-01']],
    ['buyer_late', { step: 'H1', dueOn: '2026-11-18' }, [monday, friday, '2026-12-03']],
    ['ask_yes', { step: 'H1', dueOn: '2026-12-10' }, [monday, wednesday, friday]],
    ['ask_them', { step: 'H1', dueOn: friday }, [monday, wednesday, friday]],
    ['date_passed', { severity: 'stall' }, [monday, wednesday, friday]],
    ['silence', { severity: 'watch' }, [monday, '2026-11-30', '2026-12-07']],
    ['no_next', { severity: 'stall' }, [monday, '2026-11-30', '2026-12-07']],
    ['alone', {}, [monday, '2026-12-07', '2026-12-21']],
    ['exit_ramp', { severity: 'stall' }, [monday, '2026-12-07', '2026-12-21']],
    ['manager_help', {}, [monday, '2026-12-07', '2026-12-21']],
  ])('%s comes again in its own time, unanswered', (kind, spec, days) => {
    const bundles = first(kind, spec);
    expect(bundles.map(([on]) => on)).toEqual(days);
    expect(bundles.flatMap(([, bundle]) => bundle.asked.map((one) => one.kind))).toEqual(
      Array(3).fill(kind),
    );
  });

  it('never comes twice in a row in the same words', () => {
    const variants = first('item_late', { step: 'H1', dueOn: '2026-11-19' }).map(
      ([, { asked }]) => asked[0]?.variant,
    );
    expect(variants).toEqual([0, 1, 0]);
  });

  it.each<NudgeKind>(['item_soon', 'item_due', 'buyer_soon'])(
    '%s comes once for each due day',
    (kind) => {
      const at = (dueOn: string) => makeMatter(kind, { step: 'H1', dueOn });
      const days = [...walkMornings(week, () => [at(thursday)])];
      expect(days.map(([on]) => on)).toEqual([monday]);
      const history = [askedOn(at(thursday), monday)];
      expect(heldIn(plan([at(thursday)], tuesday, { history }))).toEqual([
        `${kind} H1: asked_lately`,
      ]);
      expect(askedIn(plan([at(friday)], tuesday, { history }))).toEqual([`${kind} H1`]);
    },
  );

  it('comes at once when it got worse', () => {
    const at = (severity: 'watch' | 'stall') => makeMatter('silence', { severity });
    const history = [askedOn(at('watch'), monday)];
    expect(askedIn(plan([at('watch')], tuesday, { history }))).toEqual([]);
    expect(askedIn(plan([at('stall')], tuesday, { history }))).toEqual(['silence D1']);
  });

  it('is another one after the step was said yes to', () => {
    const ask = makeMatter('ask_yes', { step: 'H1', dueOn: friday });
    const history = [
      askedOn(ask, '2026-11-18'),
      askedOn(ask, '2026-11-20'),
      askedOn(ask, monday, { answer: 'changed', nextCheckOn: day('2026-12-10') }),
    ];
    const soon = makeMatter('buyer_soon', { step: 'H1', dueOn: friday });
    expect(askedIn(plan([soon], wednesday, { history }))).toEqual(['buyer_soon H1']);
  });
});

describe('a deal', () => {
  const codes: NudgeKind[] = ['phase', 'gap', 'silence', 'no_next', 'fit', 'date_passed'];
  const stalls = codes.map((kind) => makeMatter(kind, { severity: 'stall' }));

  it('is asked about as a whole once a day, the most telling first', () => {
    const bundle = plan(stalls);
    expect(askedIn(bundle)).toEqual(['date_passed D1']);
    expect(bundle.held.map(({ reason }) => reason)).toEqual(Array(5).fill('one_a_deal'));
    expect(askedIn(plan(stalls.filter(({ kind }) => kind !== 'date_passed')))).toEqual(['fit D1']);
  });

  it('has its steps asked about besides', () => {
    const step = makeMatter('item_due', { step: 'H1', dueOn: tuesday });
    expect(new Set(askedIn(plan([...stalls, step])))).toEqual(
      new Set(['date_passed D1', 'item_due H1']),
    );
  });

  it('is asked about a stall before anything that is only watched', () => {
    const watched = makeMatter('owe_reply', { severity: 'watch' });
    const stalled = makeMatter('gap', { severity: 'stall' });
    expect(askedIn(plan([watched, stalled]))).toEqual(['gap D1']);
  });

  it('leaves room for another deal', () => {
    const other = makeMatter('gap', { deal: 'D2', severity: 'stall' });
    expect(new Set(askedIn(plan([...stalls, other])))).toEqual(
      new Set(['date_passed D1', 'gap D2']),
    );
  });

  it('asks who could help first once a question about it went unanswered', () => {
    const alone = makeMatter('alone');
    const silence = makeMatter('silence', { severity: 'stall' });
    const ramp = makeMatter('exit_ramp', { severity: 'stall' });
    expect(askedIn(plan([silence, alone]))).toEqual(['silence D1']);
    const gap = makeMatter('gap', { severity: 'watch' });
    const history = [askedOn(gap, '2026-11-20')];
    expect(askedIn(plan([silence, ramp, alone], tuesday, { history }))).toEqual(['alone D1']);
    const answered = [askedOn(gap, '2026-11-20', { answer: 'leave_it', nextCheckOn: day(friday) })];
    expect(askedIn(plan([silence, alone], tuesday, { history: answered }))).toEqual(['silence D1']);
    const elsewhere = [askedOn(makeMatter('gap', { deal: 'D2' }), '2026-11-20')];
    expect(askedIn(plan([silence, alone], tuesday, { history: elsewhere }))).toEqual([
      'silence D1',
    ]);
  });
});
