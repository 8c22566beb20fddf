import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { Matter } from '../../src/domain/nudge-matters.ts';
import type { AskedBefore, ReaderDay } from '../../src/domain/nudge-plan.ts';
import {
  askedIn,
  askedOn,
  daysFrom,
  heldIn,
  type MatterSpec,
  makeCrowd,
  makeMatter,
  planOn,
  walkMornings,
} from '../support/nudge-values.ts';

const monday = '2026-11-23';
const tuesday = '2026-11-24';
const wednesday = '2026-11-25';
const friday = '2026-11-27';

const plan = (matters: readonly Matter[], today = tuesday, facts: Partial<ReaderDay> = {}) =>
  planOn(matters, today, facts);

describe('a question asked three times without an answer', () => {
  const thrice = (matter: Matter) =>
    ['2026-11-13', '2026-11-17', '2026-11-20'].map((on) => askedOn(matter, on));
  const late = (step = 'H1', spec: MatterSpec = {}) =>
    makeMatter('item_late', { step, deal: `deal of ${step}`, dueOn: '2026-11-10', ...spec });

  it('waits for the first bundle of the week, and is one question there', () => {
    const history = thrice(late());
    const begun = plan([late()], wednesday, { history });
    expect(askedIn(begun)).toEqual([]);
    expect(heldIn(begun)).toEqual(['item_late H1: for_the_week']);
    const first = plan([late()], wednesday, { history, weekBegun: false });
    expect(askedIn(first)).toEqual(['still_worth H1']);
    expect(first.held).toEqual([]);
    expect(first.asked[0]?.subject).toBe(late().subject);
  });

  it('comes once a week from then on', () => {
    const matters = () => [late(), makeMatter('date_passed', { severity: 'stall' })];
    const known = { history: thrice(late()), firstBundleOn: day('2026-01-05') };
    const bundles = walkMornings(daysFrom(monday, '2026-12-11'), matters, known);
    const weekly = [...bundles].filter(([, bundle]) =>
      bundle.asked.some(({ kind }) => kind === 'still_worth'),
    );
    expect(weekly.map(([on]) => on)).toEqual([monday, '2026-11-30', '2026-12-07']);
    expect([...bundles].flatMap(([, one]) => askedIn(one))).not.toContain('item_late H1');
  });

  it('stands outside the budget, three of them at most, the most valuable first', () => {
    const waiting = [1, 2, 3, 4].map((n) => late(`W${n}`, { worth: n }));
    const history = waiting.flatMap(thrice);
    const facts = { history, weekBegun: false };
    const bundle = plan([...makeCrowd(9, monday), ...waiting], monday, facts);
    expect(bundle.asked.map(({ kind }) => kind)).toEqual([
      ...Array(5).fill('item_due'),
      ...Array(3).fill('still_worth'),
    ]);
    expect(bundle.asked.slice(5).map(({ homeworkId }) => homeworkId)).toEqual(['W4', 'W3', 'W2']);
    expect(heldIn(bundle)).toContain('item_late W1: for_the_week');
    const asked = bundle.asked.slice(5).map((item) => askedOn({ ...late(), ...item }, monday));
    const next = plan(makeCrowd(9, tuesday), tuesday, { history: asked });
    expect(next.asked).toHaveLength(5);
  });

  it('is asked as before once one was answered', () => {
    const [a, b, c] = thrice(late());
    const answered = { ...c, answer: 'on_track', nextCheckOn: day(tuesday) } as AskedBefore;
    const history = [a, b, answered].filter((one) => one !== undefined);
    expect(askedIn(plan([late()], wednesday, { history }))).toEqual(['item_late H1']);
  });

  it('is asked as before when the step has another day', () => {
    const moved = late('H1', { dueOn: '2026-11-19' });
    expect(askedIn(plan([moved], monday, { history: thrice(late()) }))).toEqual(['item_late H1']);
  });

  it('rests for two weeks once they said to keep it', () => {
    for (const matter of [
      late(),
      makeMatter('ask_yes', { step: 'H1', dueOn: '2026-12-18' }),
      makeMatter('silence', { severity: 'stall' }),
    ]) {
      const weekly: Matter = { ...matter, kind: 'still_worth' };
      const kept = { answer: 'keep_going', nextCheckOn: day('2026-12-07') } as const;
      const history = [...thrice(matter), askedOn(weekly, monday, kept)];
      const facts = { history, weekBegun: false };
      expect(heldIn(plan([matter], '2026-11-30', facts))).toEqual([
        expect.stringMatching(/: answered$/),
      ]);
      const about = matter.homeworkId ?? matter.dealId;
      expect(askedIn(plan([matter], '2026-12-07', facts))).toEqual([`${matter.kind} ${about}`]);
    }
  });

  it('is news again when they said yes after it was kept', () => {
    const ask = makeMatter('ask_yes', { step: 'H1', dueOn: friday });
    const weekly: Matter = { ...ask, kind: 'still_worth' };
    const kept = { answer: 'keep_going', nextCheckOn: day('2026-12-07') } as const;
    const history = [...thrice(ask), askedOn(weekly, monday, kept)];
    const soon = makeMatter('buyer_soon', { step: 'H1', dueOn: friday });
    expect(askedIn(plan([soon], wednesday, { history }))).toEqual(['buyer_soon H1']);
  });

  it('never waits when a date has passed', () => {
    const passed = makeMatter('date_passed', { severity: 'stall' });
    const history = thrice(passed);
    expect(askedIn(plan([passed], tuesday, { history }))).toEqual(['date_passed D1']);
  });
});
