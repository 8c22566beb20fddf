import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayIn, plainCalendars } from '../../src/domain/calendar.ts';
import type { DealEventKind } from '../../src/domain/events.ts';
import type { Homework } from '../../src/domain/homework.ts';
import type { DealId } from '../../src/domain/ids.ts';
import { computeFactTrail } from '../../src/domain/loss.ts';
import type { Person } from '../../src/domain/person.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { winDeal } from '../../src/features/deals/win-deal.ts';
import { loseDeal } from '../../src/features/losses/lose-deal.ts';
import {
  dropHomework,
  finishHomework,
  moveHomework,
  reassignHomework,
} from '../../src/features/plan/change-homework.ts';
import { addHelper, findDeal } from '../../src/store/deals.ts';
import { listHomework } from '../../src/store/homework.ts';
import type { Tables } from '../../src/store/schema.ts';
import { rowsOf } from '../support/rows.ts';
import { openStoreWorld, type StoreWorld, workspaceId } from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

/** What one of the team does: `who`, `step` and `to` count into the plan at hand. */
interface Act {
  readonly who: number;
  readonly does: 'done' | 'move' | 'drop' | 'reassign' | 'won' | 'lost' | 'invalid';
  readonly step: number;
  /** The colleague, the day, or the form that is sent again. */
  readonly to: number;
}

interface Plan {
  readonly dealId: DealId;
  /** As they were before anybody acted. */
  readonly steps: readonly Homework[];
  readonly team: readonly Person[];
  readonly outsider: Person;
}

const changes: readonly Act['does'][] = ['done', 'move', 'move', 'drop', 'reassign'];
const ends: readonly Act['does'][] = ['won', 'lost', 'invalid'];
const act = fc.record({
  who: fc.nat(4),
  does: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...changes) },
    { weight: 1, arbitrary: fc.constantFrom(...ends) },
  ),
  step: fc.nat(2),
  to: fc.nat(3),
});
/** All of a wave act at once, and the next wave when they have been answered. */
const waves = fc.array(fc.array(act, { minLength: 3, maxLength: 8 }), {
  minLength: 1,
  maxLength: 3,
});

describe.each(engines)('on %s', (engine) => {
  let world: StoreWorld;
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('whatever several people do to a deal at once, its plan and its history agree', async () => {
    const team = await gatherTeam(world);
    const outsider = await world.seed.person('U0ZOE', 'Zoe Outside');
    await fc.assert(
      fc.asyncProperty(waves, async (given) => {
        const plan = await startPlan(world, team, outsider);
        let closed = false;
        for (const wave of given) {
          const results = await Promise.all(wave.map((one) => perform(world, plan, one)));
          if (closed) expect(results.filter((result) => !isRefusal(result))).toEqual([]);
          closed ||= wave.some(({ does }, at) => ends.includes(does) && !isRefusal(results[at]));
        }
        await expectSound(world, plan, closed);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

async function gatherTeam({ seed }: StoreWorld): Promise<Person[]> {
  const mia = await seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
  const owner = await seed.person('U0OWNER', 'Olga Owner', { managerId: mia.id });
  const ben = await seed.person('U0BEN', 'Ben Okafor');
  const ada = await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
  return [owner, ben, mia, ada];
}

let deals = 0;

async function startPlan(
  { seed, clock, store }: StoreWorld,
  team: readonly Person[],
  outsider: Person,
): Promise<Plan> {
  deals += 1;
  const [owner, ben] = team as [Person, Person];
  const today = dayIn(clock.now(), owner.zone);
  const deal = await seed.deal({ account: `Acme ${deals}`, owner });
  const dueOn = addDays(today, 3);
  const steps: Homework[] = [];
  for (const doer of [ben, owner, 'Dana Lee']) {
    steps.push(await seed.step(deal, { title: 'Do it', dueOn, doer }));
  }
  await store.transaction((tx) => addHelper(tx, workspaceId, deal.id, ben.id));
  return { dealId: deal.id, steps, team, outsider };
}

function perform(deps: StoreWorld, plan: Plan, { who, does, step, to }: Act): Promise<unknown> {
  const actor = plan.team[who] ?? plan.outsider;
  const { id } = plan.steps[step] as Homework;
  switch (does) {
    case 'done':
      return finishHomework(deps, actor, id);
    case 'drop':
      return dropHomework(deps, actor, id, 'They have one');
    case 'move': {
      const dueOn = addDays(dayIn(deps.clock.now(), 'UTC'), 2 + to);
      return moveHomework(deps, actor, id, { formId: `${id}/${who}/${to}`, dueOn });
    }
    case 'reassign':
      return reassignHomework(deps, actor, id, (plan.team[to] as Person).id);
    case 'won':
      return winDeal({ ...deps, ...ending }, actor, plan.dealId);
    case 'lost':
      return loseDeal({ ...deps, ...ending }, actor, plan.dealId, lossForm('rival'));
    case 'invalid':
      return loseDeal({ ...deps, ...ending }, actor, plan.dealId, lossForm('invalid'));
  }
}

const ending = {
  calendars: plainCalendars,
  team: { bigDeal: undefined, winReviews: 1, zone: 'UTC' },
};

function lossForm(outcome: string) {
  return { outcome, competitor: 'Globex', reasonCode: 'com.price_value', ownWords: 'Met her late' };
}

type EventRow = Tables['events']['$inferSelect'];
type HomeworkRow = Tables['homework']['$inferSelect'];

const endKinds = { won: 'deal_won', lost: 'deal_lost', invalid: 'deal_invalidated' } as const;

async function expectSound({ store }: StoreWorld, plan: Plan, closed: boolean): Promise<void> {
  const found = await store.read((tx) => findDeal(tx, workspaceId, plan.dealId));
  if (!found) throw new Error('The deal is gone.');
  const { deal, circle } = found;
  const ofDeal = ({ dealId }: { dealId: DealId }) => dealId === deal.id;
  const events = (await rowsOf(store, 'events')).filter(ofDeal);
  const ended = events.filter(({ kind }) => Object.values<DealEventKind>(endKinds).includes(kind));

  expect(deal.status !== 'open').toBe(closed);
  expect(ended.map(({ kind }) => kind)).toEqual(
    deal.status === 'open' ? [] : [endKinds[deal.status]],
  );
  expect(deal.version).toBe(1 + ended.length);
  expect(deal.decisionOn).toBe(deal.originalDecisionOn);
  expect(events.map(({ actorId }) => actorId)).not.toContain(plan.outsider.id);

  const steps = await store.read((tx) => listHomework(tx, deal.id));
  const losses = (await rowsOf(store, 'losses')).filter(ofDeal);
  // Counted when the deal was lost: had a step changed after that, they would differ.
  expect(losses.map(({ facts: { story: _, ...counted } }) => counted)).toEqual(
    deal.status === 'lost' ? [computeFactTrail(deal, steps, deal.closedOn)] : [],
  );

  const rows = (await rowsOf(store, 'homework')).filter(ofDeal);
  expect(rows).toHaveLength(plan.steps.length);
  for (const began of plan.steps) {
    const step = rows.find(({ id }) => id === began.id) as HomeworkRow;
    const own = events.filter(({ payload }) => payload['homeworkId'] === step.id);
    expectExplained(began, step, own);
    if (step.personId) expect([deal.ownerId, ...circle.helperIds]).toContain(step.personId);
  }
}

/** What a step has become is what its history tells, no more and no less. */
function expectExplained(began: Homework, step: HomeworkRow, history: readonly EventRow[]): void {
  const of = (kind: DealEventKind) => history.filter((event) => event.kind === kind);
  expect(of('homework_done')).toHaveLength(step.status === 'done' ? 1 : 0);
  expect(of('homework_dropped')).toHaveLength(step.status === 'dropped' ? 1 : 0);
  expect(step.doneOn !== null).toBe(step.status === 'done');
  expect(step.dropReason !== null).toBe(step.status === 'dropped');
  expect(step.version).toBe(1 + history.length);
  expect(step.originalDueOn).toBe(began.originalDueOn);
  const moves = of('homework_moved').map(({ payload }) => [payload['from'], payload['dueOn']]);
  expectTrail(moves, began.dueOn, step.dueOn);
  const hands = of('homework_reassigned').map((event) => event.payload);
  const persons = hands.map((payload) => [payload['from'], payload['personId']]);
  expectTrail(persons, began.doer.personId ?? null, step.personId);
}

/** The changes lead from the first value to the last, each from where another one ended. */
function expectTrail(trail: readonly unknown[][], first: unknown, last: unknown): void {
  const left = [...trail.map(([from]) => from), last];
  for (const entered of [first, ...trail.map(([, to]) => to)]) {
    const at = left.indexOf(entered);
    expect(at, `${String(entered)} is left for something else`).not.toBe(-1);
    left.splice(at, 1);
  }
}
