import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn, plainCalendars } from '../../../src/domain/calendar.ts';
import { type DateRevisionId, newId } from '../../../src/domain/ids.ts';
import { agreeDate } from '../../../src/features/deals/date-agree.ts';
import { moveDate } from '../../../src/features/deals/date-move.ts';
import { findDeal } from '../../../src/store/deals.ts';
import { listRevisions } from '../../../src/store/revisions.ts';
import { openStoreWorld, workspaceId } from '../../support/store-world.ts';
import { engines } from '../../support/test-store.ts';

const act = fc.record({
  who: fc.nat(1),
  does: fc.constantFrom('move', 'correct', 'agree'),
  days: fc.integer({ min: -20, max: 30 }),
  tried: fc.boolean(),
  hours: fc.nat(30),
});

/** A move takes the yes back; a correction keeps it, or brings back what the move it undoes took. */
function isYesStanding(
  events: readonly { readonly kind: string; readonly payload: Record<string, unknown> }[],
): boolean {
  let yes = false;
  let before: { readonly from: unknown; readonly yes: boolean } = { from: undefined, yes: false };
  for (const { kind, payload } of events) {
    if (kind === 'date_agreed') yes = true;
    if (kind !== 'decision_date_moved') continue;
    const undone = payload['to'] === before.from && before.yes;
    before = { from: payload['from'], yes };
    yes = payload['kind'] === 'correction' && (yes || undone);
  }
  return yes;
}

describe.each(engines)('whatever two people do to a date at once on %s', (engine) => {
  it('keeps the original, one revision a move, one correction, and the yes to what was meant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), async (acts) => {
        const world = await openStoreWorld(engine);
        const { store, clock, anna } = world;
        const boss = await world.seed.person('U0BOSS', 'Bo Boss', { role: 'admin' });
        const { id, decisionOn: original } = await world.seed.deal({
          account: 'Acme',
          owner: anna,
        });
        const deps = { store, clock, calendars: plainCalendars };
        const look = async () => {
          const found = await store.read((tx) => findDeal(tx, workspaceId, id));
          if (!found?.deal.decisionOn) throw new Error('The deal has lost its date.');
          return { ...found.deal, decisionOn: found.deal.decisionOn };
        };
        const run = async ({ who, does, days, tried }: (typeof acts)[number]) => {
          const actor = who === 0 ? anna : boss;
          const { decisionOn: fromOn } = await look();
          if (does === 'agree') return agreeDate(deps, actor, id, fromOn);
          return moveDate(deps, actor, id, {
            revisionId: newId<DateRevisionId>(clock.now()),
            fromOn,
            decisionOn: addDays(dayIn(clock.now(), 'America/New_York'), 40 + days),
            side: 'us',
            reason: 'Because',
            tried: tried ? ['help'] : [],
            correction: does === 'correct',
          });
        };
        for (let at = 0; at < acts.length; at += 2) {
          await Promise.all(acts.slice(at, at + 2).map(run));
          clock.set(
            new Date(clock.now().getTime() + (acts[at]?.hours ?? 0) * 3_600_000 + 1).toISOString(),
          );
        }
        const deal = await look();
        const all = await store.read((tx) => listRevisions(tx, workspaceId, [id]));
        const revisions = all.get(id) ?? [];
        expect(deal.originalDecisionOn).toBe(original);
        expect(revisions.at(0)?.fromOn ?? deal.decisionOn).toBe(original);
        // Within one instant the order of the rows is that of their ids, so the moves are walked.
        let standing = original;
        const left = [...revisions];
        while (left.length > 0) {
          const at = left.findIndex(({ fromOn }) => fromOn === standing);
          expect(at).toBeGreaterThanOrEqual(0);
          standing = left.splice(at, 1)[0]?.toOn;
        }
        expect(standing).toBe(deal.decisionOn);
        expect(revisions.filter(({ kind }) => kind === 'correction').length).toBeLessThanOrEqual(1);
        for (const { kind, tried, fromOn, toOn } of revisions) {
          if (kind !== 'correction') expect(tried).toEqual(['help']);
          if (kind === 'slip') expect(toOn > fromOn).toBe(true);
          if (kind === 'pull_in') expect(toOn < fromOn).toBe(true);
        }
        const events = await world.run(async (tx) =>
          tx.select().from(tx.tables.events).orderBy(tx.tables.events.id),
        );
        expect(deal.dateAgreedOn !== undefined).toBe(isYesStanding(events));
        await store.close();
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
