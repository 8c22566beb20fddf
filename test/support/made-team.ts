import { addDays, day } from '../../src/domain/calendar.ts';
import { type DealId, newId, type WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import { closeDeal } from '../../src/store/deals.ts';
import { saveWorkspace } from '../../src/store/people.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock } from './manual-clock.ts';
import { createSeed } from './seed.ts';

const reasonCodes = ['us.slow', 'nod.rational', 'out.merger', 'ppl.single', 'us.promise'] as const;
export const fixableValues = { yes: 1, partly: 0.5, no: 0 } as const;
type View = keyof typeof fixableValues;

/** What one deal is made of. */
export interface Made {
  readonly won: boolean;
  readonly stalled: boolean;
  /** Gates of its plan, and how many of them have somebody who does them. */
  readonly gates: number;
  readonly covered: number;
  readonly outcome: 'rival' | 'none' | 'budget_withdrawn';
  readonly reasons: readonly (typeof reasonCodes)[number][];
  readonly alone: boolean;
  readonly own: View;
  readonly byManager: View | undefined;
  readonly byBuyer: View | undefined;
  /** Business days its review took; undefined while it goes on. */
  readonly took: number | undefined;
  readonly excused: boolean;
  readonly voices: number;
  readonly asked: boolean;
  /** Whether its promise was kept in time, late, cancelled or not yet. */
  readonly promise: 'kept' | 'late' | 'cancelled' | 'open';
}

/** The same deals every time, as uneven as those of a team. */
export function makeDeal(at: number): Made {
  const of = <One>(list: readonly One[], step: number) =>
    list[Math.floor((at * step) / 3) % list.length] as One;
  const gates = of([5, 4, 0, 10], 2);
  return {
    won: at % 5 < 2,
    stalled: at % 5 < 2 ? at % 4 === 0 : at % 3 !== 0,
    gates,
    covered: Math.round(gates * of([0.8, 1, 0.5, 0.75], 5)),
    outcome: of(['rival', 'none', 'rival', 'budget_withdrawn'], 4),
    reasons: [of(reasonCodes, 3), of(reasonCodes, 7)].filter(
      (code, place, all) => all.indexOf(code) === place,
    ),
    alone: at % 3 === 0,
    own: of(['no', 'yes', 'partly'], 3),
    byManager: of([undefined, 'yes', 'no', 'partly'], 5),
    byBuyer: of(['yes', undefined, 'no', undefined], 4),
    took: of([4, 10, 11, undefined], 7),
    excused: at % 11 === 0,
    voices: of([0, 1, 2, 5], 4),
    asked: at % 4 !== 1,
    promise: of(['kept', 'late', 'kept', 'cancelled', 'open'], 5),
  };
}

/** A Tuesday whose ten business days are over in the week of the digest. */
export const openedAt = new Date('2026-11-10T16:00:00Z');
const doneAfter = (bd: number) =>
  new Date(openedAt.getTime() + (bd + 2 * Math.floor((bd + 1) / 5)) * 86_400_000);
/** When its promises were due. */
export const dueOn = day('2026-11-25');

/** A team of one manager and one owner, with these deals and what came of them. */
export async function seedTeam(store: Store, workspaceId: WorkspaceId, all: readonly Made[]) {
  const clock = createManualClock('2026-10-01T15:00:00Z');
  await store.transaction((tx) =>
    saveWorkspace(tx, { id: workspaceId, name: 'Team', now: clock.now() }),
  );
  const seed = createSeed({ store, workspaceId }, clock);
  const ben = await seed.person(`U${workspaceId}BEN`, 'Ben', { role: 'manager' });
  const anna = await seed.person(`U${workspaceId}ANNA`, 'Anna', { managerId: ben.id });
  for (const [at, made] of all.entries()) {
    const deal = await seed.deal({ account: `Account ${at}`, owner: anna });
    if (made.won) {
      const ended = { closedOn: day('2026-11-10'), closedAt: openedAt };
      await store.transaction((tx) => closeDeal(tx, deal, { status: 'won', ...ended }));
    } else {
      const [reasonCode = 'us.slow', ...contributing] = made.reasons;
      await seed.loss(deal, {
        loggedAt: openedAt.toISOString(),
        outcome: made.outcome,
        reasonCode,
        contributing,
        fixable: made.own,
        lostAlone: made.alone,
      });
    }
    await seedRows(store, workspaceId, deal.id, made, { anna, ben });
  }
}

async function seedRows(
  store: Store,
  workspaceId: WorkspaceId,
  dealId: DealId,
  made: Made,
  { anna, ben }: { anna: Person; ben: Person },
) {
  const id = <Id extends string>() => newId<Id>(openedAt);
  const row = { workspaceId, dealId };
  await store.transaction(async (tx) => {
    const { tables } = tx;
    if (made.stalled) {
      const days = { firstOn: day('2026-10-20'), lastOn: day('2026-11-01') };
      const stall = { code: 'ball_with_us', severity: 'stall', evidence: { value: 5, limit: 4 } };
      await tx
        .insert(tables.stalls)
        .values({ ...row, ...days, ...stall, id: id(), clearedOn: day('2026-11-10') } as never);
    }
    for (let gate = 0; gate < made.gates; gate += 1) {
      await tx.insert(tables.homework).values({
        ...row,
        id: id(),
        side: 'seller',
        title: `Gate ${gate}`,
        personId: gate < made.covered ? anna.id : null,
        dueOn: day('2026-10-10'),
        originalDueOn: day('2026-10-10'),
        doneWhen: 'both have seen it',
        status: 'agreed',
        gate: true,
        version: 1,
      });
    }
    if (made.won) return;
    const [loss] = (await tx.select().from(tables.losses)).filter((one) => one.dealId === dealId);
    const reviewId = id<never>();
    const state = made.excused ? 'excused' : made.took === undefined ? 'talking' : 'complete';
    await tx.insert(tables.reviews).values({
      ...row,
      id: reviewId,
      lossId: loss?.id ?? null,
      kind: 'loss',
      size: 'quick',
      state,
      ownerId: anna.id,
      managerId: ben.id,
      openedAt,
      channelId: 'C0LOST' as never,
      threadTs: `1.${reviewId}` as never,
      completedAt: state === 'complete' ? doneAfter(made.took ?? 0) : null,
      version: 1,
    });
    if (made.byManager) {
      await tx.insert(tables.reviewEntries).values({
        workspaceId,
        reviewId,
        id: id(),
        kind: 'vote',
        promptKey: 'two_boxes',
        authorId: ben.id,
        choices: { fixable: made.byManager },
        shared: true,
        at: openedAt,
      });
    }
    const speakers = [
      anna.slackUserId,
      ...Array.from({ length: made.voices }, (_, n) => `U0V${n}`),
    ];
    for (const [n, who] of speakers.entries()) {
      await tx.insert(tables.reviewReplies).values({
        workspaceId,
        reviewId,
        messageTs: `2.${n}` as never,
        slackUserId: who as never,
        at: openedAt,
      });
    }
    if (made.asked) {
      await tx.insert(tables.feedbackRequests).values({
        ...row,
        id: id(),
        senderId: ben.id,
        agreed: true,
        state: made.byBuyer ? 'replied' : 'sent',
        draftedOn: day('2026-11-11'),
        sentOn: day('2026-11-17'),
        choices: [],
        couldHaveWon: made.byBuyer ?? null,
      });
    }
    const ends = { kept: dueOn, late: addDays(dueOn, 1), cancelled: dueOn, open: undefined };
    const endedOn = ends[made.promise];
    await tx.insert(tables.commitments).values({
      workspaceId,
      id: id(),
      personId: anna.id,
      reviewId,
      kind: 'try',
      what: 'Ask who signs',
      dueOn,
      state: made.promise === 'late' ? 'done' : made.promise === 'kept' ? 'done' : made.promise,
      createdAt: openedAt,
      endedAt: endedOn ? new Date(`${endedOn}T17:00:00Z`) : null,
    });
  });
}
