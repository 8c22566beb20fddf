import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { DealId, PersonId } from '../../src/domain/ids.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import { findEscalations } from '../../src/domain/nudge-gather.ts';
import type { AskedBefore } from '../../src/domain/nudge-plan.ts';
import { askedOn, makeMatter } from '../support/nudge-values.ts';

const tuesday = day('2026-11-24');
const rep = 'rep' as PersonId;
const boss = 'boss' as PersonId;
const sub = 'sub' as PersonId;
const acme = 'D1' as DealId;

describe('a manager', () => {
  const late = makeMatter('item_late', { step: 'H1', dueOn: '2026-11-10' });
  const thrice = ['2026-11-13', '2026-11-17', '2026-11-20'].map((on) => askedOn(late, on));
  const alone = askedOn(makeMatter('alone'), '2026-11-18');
  const escalate = (
    asked: readonly AskedBefore[],
    helped: readonly DealId[] = [],
    today = tuesday,
  ) => [
    ...findEscalations(
      { history: new Map([[rep, asked]]), helped: new Set(helped), today },
      new Map([[rep, boss]]),
    ),
  ];

  it('hears of a deal after three questions without an answer, the owner having been asked first', () => {
    expect(escalate([...thrice, alone])).toEqual([[acme, boss]]);
    expect(escalate(thrice)).toEqual([]);
    expect(escalate([...thrice.slice(1), alone])).toEqual([]);
  });

  it.each<NudgeKind>(['date_passed', 'exit_ramp'])(
    'hears of a deal whose owner was asked how it goes on (%s)',
    (kind) => {
      const offered = askedOn(makeMatter(kind, { severity: 'stall' }), '2026-11-18');
      expect(escalate([...thrice, offered])).toEqual([[acme, boss]]);
    },
  );

  it('hears of it when somebody was asked for help before, whoever proposed it', () => {
    expect(escalate(thrice, [acme])).toEqual([[acme, boss]]);
  });

  it('hears nothing when one of the three was answered, or another deal asked for help', () => {
    const answered = thrice.map((one, at) =>
      at === 2 ? { ...one, answer: 'skip' as const } : one,
    );
    expect(escalate([...answered, alone])).toEqual([]);
    const elsewhere = askedOn(makeMatter('alone', { deal: 'D2' }), '2026-11-18');
    expect(escalate([...thrice, elsewhere])).toEqual([]);
  });

  it('hears nothing when the three were about three things', () => {
    const steps = ['H1', 'H2', 'H3'].map((of) =>
      askedOn(makeMatter('item_late', { step: of, dueOn: '2026-11-10' }), '2026-11-20'),
    );
    expect(escalate([...steps, alone])).toEqual([]);
  });

  it('hears of it while it is news, for two weeks', () => {
    expect(escalate([...thrice, alone], [], day('2026-12-04'))).toHaveLength(1);
    expect(escalate([...thrice, alone], [], day('2026-12-05'))).toEqual([]);
  });

  it('hears nothing of who does not report to them', () => {
    const history = new Map([[sub, [...thrice, alone]]]);
    const facts = { history, helped: new Set<DealId>(), today: tuesday };
    expect([...findEscalations(facts, new Map([[rep, boss]]))]).toEqual([]);
  });
});
