import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, plainCalendars } from '../../../src/domain/calendar.ts';
import { defaultPlaybooks } from '../../../src/domain/default-playbooks.ts';
import { newId, type WorkspaceId } from '../../../src/domain/ids.ts';
import { findReason } from '../../../src/domain/loss-reasons.ts';
import { loadPatterns } from '../../../src/features/digests/pattern-figures.ts';
import { buildPatternCard } from '../../../src/features/digests/pattern-message.ts';
import { loadWeek } from '../../../src/features/digests/week-figures.ts';
import { buildWeekDigest } from '../../../src/features/digests/week-message.ts';
import { weekSpan } from '../../../src/features/digests/week-span.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  dueOn,
  fixableValues,
  type Made,
  makeDeal,
  openedAt,
  seedTeam,
} from '../../support/made-team.ts';
import { openTestStore } from '../../support/test-store.ts';

/*
 * Rates that a CRM export says nothing of, on rows made here and counted a second time from what
 * they were made of. Each deal is told by a few numbers; nothing below uses a formula of the app.
 */
const friday = '2026-11-27';
const zone = 'America/New_York';
const team = { zone, currency: 'USD', lossThreadAt: { weekday: 4, time: '10:00' } };
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function messagesOf(workspaceId: WorkspaceId, on = friday) {
  const at = { weekday: 5, time: '15:00' };
  const span = weekSpan(new Date(`${on}T20:00:00Z`), zone, at);
  const opening = { purpose: undefined, today: day(on), late: false };
  return store.read(async (tx) => {
    const now = span.scheduledFor;
    const week = await loadWeek(tx, workspaceId, span, { team, calendars: plainCalendars });
    const patterns = await loadPatterns(tx, workspaceId, { on: day(on), now, zone });
    return {
      digest: buildWeekDigest(week, opening).text,
      card: buildPatternCard(patterns, opening, day(on)).text,
    };
  });
}

/** `3 of 7 (43 %, likely 16–75 %)`: the interval from the equation it solves. */
function share(k: number, n: number): string {
  const percent = (part: number) => Math.round(part * 100);
  if (n >= 30) return `${k} of ${n} (${percent(k / n)} %)`;
  const z2 = 1.959964 ** 2;
  const [a, b, c] = [n + z2, -(2 * k + z2), (k * k) / n];
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const [low, high] = [(-b - root) / (2 * a), (-b + root) / (2 * a)];
  return `${k} of ${n} (${percent(k / n)} %, likely ${percent(low)}–${percent(high)} %)`;
}

describe('the rates of a team of ninety deals', () => {
  const all = Array.from({ length: 90 }, (_, at) => makeDeal(at));
  const lost = all.filter(({ won }) => !won);
  const won = all.filter((one) => one.won);
  const finished = lost.filter(({ took, excused }) => took !== undefined && !excused);
  const count = (list: readonly Made[], is: (one: Made) => boolean) => list.filter(is).length;
  let digest = '';
  let card = '';

  beforeAll(async () => {
    await seedTeam(store, 'T0MANY' as WorkspaceId, all);
    ({ digest, card } = await messagesOf('T0MANY' as WorkspaceId));
  });

  it('say how much more often lost deals were held up than won ones', () => {
    const [inLost, inWon] = [count(lost, (one) => one.stalled), count(won, (one) => one.stalled)];
    const lift = inLost / lost.length / (inWon / won.length);
    expect(lift).toBeGreaterThan(1.5);
    expect(card).toContain(
      `We owe them something: ${inLost} of ${lost.length} lost, ${inWon} of ${won.length} won, ${lift.toFixed(1)} times as often`,
    );
  });

  it('split no-decisions by how well the plan was covered', () => {
    const planned = all.filter(({ gates }) => gates > 0);
    const well = planned.filter(({ gates, covered }) => covered / gates >= 0.8 - 1e-9);
    const below = planned.filter((one) => !well.includes(one));
    const undecided = (list: readonly Made[]) =>
      list.filter((one) => lost.includes(one) && one.outcome !== 'rival').length;
    expect(Math.min(well.length, below.length)).toBeGreaterThan(10);
    expect(card).toContain(
      `No decision where the plan covered 4 of 5 gates: ${share(undecided(well), well.length)}`,
    );
    expect(card).toContain(
      `No decision where it covered fewer: ${share(undecided(below), below.length)}`,
    );
  });

  it('say how many buyers who were asked answered', () => {
    const asked = lost.filter((one) => one.asked);
    const answered = count(asked, ({ byBuyer }) => byBuyer !== undefined);
    expect(card).toContain(
      `Buyers who told us what to do better: ${share(answered, asked.length)}`,
    );
  });

  it('weigh who says that a loss could have been won, and name where views are far apart', () => {
    const judged = lost
      .map(({ own, byManager, byBuyer, asked }) => [
        { weight: 1, value: fixableValues[own] },
        ...(byManager ? [{ weight: 1, value: fixableValues[byManager] }] : []),
        ...(byBuyer && asked ? [{ weight: 2, value: fixableValues[byBuyer] }] : []),
      ])
      .filter(({ length }) => length > 1);
    const winnable = judged.filter((views) => {
      const weight = views.reduce((sum, view) => sum + view.weight, 0);
      return views.reduce((sum, view) => sum + view.weight * view.value, 0) / weight >= 0.5;
    });
    const apart = judged.filter((views) => {
      const own = views.map(({ value }) => value);
      return Math.max(...own) - Math.min(...own) >= 0.5;
    });
    expect(winnable.length).toBeLessThan(judged.length);
    expect(apart.length).toBeGreaterThan(1);
    expect(digest).toContain(
      `Could have been won: ${share(winnable.length, judged.length)} in 90 days, by two views or more; on ${apart.length} of them views are far apart: talk about those.`,
    );
  });

  it('count reviews finished in ten business days, excused ones apart', () => {
    const held = lost.filter(({ excused }) => !excused);
    const inTime = count(held, ({ took }) => took !== undefined && took <= 10);
    const excused = lost.length - held.length;
    expect(digest).toContain(
      `Reviews finished in ten business days: ${share(inTime, held.length)}, ${excused} excused`,
    );
  });

  it('take the middle number of voices', () => {
    const voices = lost.map((one) => one.voices).sort((a, b) => a - b);
    const [low = 0, high = 0] = [
      voices[Math.floor((voices.length - 1) / 2)],
      voices[Math.ceil((voices.length - 1) / 2)],
    ];
    expect(digest).toContain(
      `People besides the owner in a thread (median): — (before: ${(low + high) / 2} (${lost.length} threads))`,
    );
  });

  it('count promises kept by their day and leave cancelled ones out', () => {
    const due = lost.filter(({ promise }) => promise !== 'cancelled');
    const kept = count(due, ({ promise }) => promise === 'kept');
    expect(digest).toContain(`Promises kept by their day: ${share(kept, due.length)}`);
    expect(card).toContain(`Promises kept by their day: ${share(kept, due.length)}`);
  });

  it('propose one change, with the days it is tried on', () => {
    expect(card).toContain(
      'One change to try: “We owe them something”: look for it one week earlier in every open plan. Try it from Mon 30 Nov to Mon 28 Dec, then look at it together.',
    );
    expect(card.split('Try it from')).toHaveLength(2);
  });

  it('count losses nobody but the owner worked on, in the week they were logged', async () => {
    const { digest: then } = await messagesOf('T0MANY' as WorkspaceId, '2026-11-13');
    const alone = count(lost, (one) => one.alone);
    expect(then).toContain(`Nobody beside the owner: ${share(alone, lost.length)}.`);
  });

  it('say which skills come back, and how many reasons were ours', () => {
    const skillsOf = ({ reasons }: Made) => [
      ...new Set(reasons.map((code) => findReason(code)?.skill)),
    ];
    const sums = new Map<string, number>();
    for (const skill of finished.flatMap(skillsOf)) {
      if (skill) sums.set(skill, (sums.get(skill) ?? 0) + 1);
    }
    const [most = 0] = [...sums.values()].sort((a, b) => b - a);
    const back = most >= 3 && most / finished.length >= 0.25 ? ', comes back' : '';
    expect(card).toContain(`: ${most} of ${finished.length} reviews${back}`);
    const reasons = finished.flatMap((one) => one.reasons);
    const ours = reasons.filter((code) => findReason(code)?.control !== 'outside');
    expect(card).toContain(
      `Reasons that were ours or shared: ${share(ours.length, reasons.length)}`,
    );
  });
});

describe('the rates of a team of four deals', () => {
  it('stand as too few, each with what it takes', async () => {
    await seedTeam(
      store,
      'T0FEW' as WorkspaceId,
      [2, 3, 4, 7].map((at) => ({ ...makeDeal(at), excused: false, took: 4, asked: true })),
    );
    const { digest, card } = await messagesOf('T0FEW' as WorkspaceId);
    for (const words of [
      'Skills that finished reviews point to: not enough yet (4 of 5)',
      'not enough yet (0 of 10) on the smaller side: 4 lost, 0 won since we watch',
      'Buyers who told us what to do better: not enough yet (4 of 5)',
    ]) {
      expect(card).toContain(words);
    }
    expect(card).toMatch(
      /No decision where the plan covered 4 of 5 gates: not enough yet \(\d of 5\)/,
    );
    expect(card).not.toContain('Reasons that were ours');
    const { digest: then } = await messagesOf('T0FEW' as WorkspaceId, '2026-11-13');
    expect(then).toContain('Nobody beside the owner: not enough yet (4 of 5)');
    expect(digest).toContain('Reviews finished in ten business days: not enough yet (4 of 5)');
    expect(digest).toMatch(/Promises kept by their day: not enough yet \([1-4] of 5\)/);
  });
});

describe('the change a month proposes', () => {
  it('is the step most people called pointless, before anything else', async () => {
    const workspaceId = 'T0WORDS' as WorkspaceId;
    await seedTeam(
      store,
      workspaceId,
      [0, 1, 2, 3, 4, 5].map((at) => ({ ...makeDeal(at), gates: 0 })),
    );
    const [playbook] = defaultPlaybooks;
    const [step] = playbook?.steps ?? [];
    await store.transaction(async (tx) => {
      const { deals, homework } = tx.tables;
      const own = await tx.select().from(deals).where(eq(deals.workspaceId, workspaceId));
      await tx
        .update(deals)
        .set({ playbookKey: playbook?.key ?? '' })
        .where(eq(deals.workspaceId, workspaceId));
      await tx.insert(homework).values(
        own.map(({ id: dealId }, at) => ({
          id: newId<never>(openedAt),
          workspaceId,
          dealId,
          side: 'buyer' as const,
          title: step?.title ?? '',
          stepKey: step?.key ?? '',
          dueOn,
          originalDueOn: dueOn,
          doneWhen: 'they say so',
          status: 'agreed' as const,
          pointless: at % 3 === 0,
          version: 1,
        })),
      );
    });
    const { card } = await messagesOf(workspaceId);
    expect(card).toContain(
      `One change to try: Reword “${step?.title}” in ${playbook?.name}: 2 of 6 called it pointless. Try it from Mon 30 Nov to Mon 28 Dec, then look at it together.`,
    );
  });
});
