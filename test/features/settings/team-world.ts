import type { Day } from '../../../src/domain/calendar.ts';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { type NudgeItemId, newId, type OutboxId, type TouchId } from '../../../src/domain/ids.ts';
import type { NudgeAnswer, NudgeKind } from '../../../src/domain/nudge.ts';
import type { Person } from '../../../src/domain/person.ts';
import { appendEvent } from '../../../src/store/events.ts';
import { answerItem, insertNudges, nudgeKey } from '../../../src/store/nudges.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { know, runDeal, settle } from '../../support/deals.ts';
import type { World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { wordsOn } from '../../support/shown.ts';

/** Mia leads Anna, Ben and, when asked, Ada. */
export async function miasTeam(world: World): Promise<{ mia: Person; anna: Person; ben: Person }> {
  const mia = await know(world, world.mia, { role: 'manager' });
  const anna = await know(world, world.anna, { managerId: mia.id });
  const ben = await know(world, world.ben, { managerId: mia.id });
  return { mia, anna, ben };
}

/** A third person in the team: somebody the import knows. */
export async function third(world: World, mia: Person): Promise<Person> {
  return know(world, world.admin, { managerId: mia.id, role: 'rep' });
}

/** Opens the form and picks a kind of deals. */
export async function openSegment(world: World, segment: string): Promise<void> {
  await runDeal(world, world.mia, 'settings team');
  await pick(world, segment);
}

export async function pick(world: World, segment: string): Promise<void> {
  const { mia } = world;
  await settle(world, mia.choose(mia.topView(), 'settings_team_segment', segment));
}

export async function turnTo(world: World, page: string): Promise<void> {
  const { mia } = world;
  await settle(world, mia.press(mia.topView(), `settings_team_page_${page}`));
}

export function wordsForMia({ mia }: World): string {
  return wordsOn(mia.topView());
}

/** A deal that was won, phase by phase on these days, with an answer of theirs after a wait. */
export async function plantWon(
  world: World,
  owner: Person,
  nth: number,
  given: {
    phaseOn?: string | undefined;
    answered?: readonly [string, string];
  } & Partial<Deal> = {},
): Promise<Deal> {
  const { phaseOn, answered, ...changes } = given;
  const deal = await plantDeal(world, owner, {
    account: `Won ${nth}`,
    segment: 'mid',
    kind: 'new',
    openedOn: day('2026-09-01'),
    status: 'won',
    closedOn: day('2026-10-30'),
    closedAt: new Date('2026-10-30T15:00:00Z'),
    ...changes,
  } as Partial<Deal>);
  const { workspaceId, id: dealId } = deal;
  await world.app.store.transaction(async (tx) => {
    if (phaseOn) {
      const at = new Date(`${phaseOn}T15:00:00Z`);
      await appendEvent(tx, { workspaceId, dealId, at, kind: 'phase_changed' });
    }
    const turns = answered
      ? ([
          ['seller', answered[0]],
          ['buyer', answered[1]],
        ] as const)
      : [];
    for (const [side, on] of turns) {
      await insertTouch(tx, workspaceId, {
        id: newId<TouchId>(world.clock.now()),
        dealId,
        at: new Date(`${on}T15:00:00Z`),
        on: day(on),
        side,
        kind: 'email',
        contactId: undefined,
        expectsReply: side === 'seller',
        advance: false,
        homeworkId: undefined,
        note: undefined,
        byId: owner.id,
      });
    }
  });
  return deal;
}

/** A question that somebody got on a day, with what they answered. */
export async function plantQuestion(
  { app, clock }: World,
  reader: Person,
  deal: Deal,
  asked: { on: Day; kind: NudgeKind; answer?: NudgeAnswer; arrived?: boolean },
): Promise<void> {
  const { on, kind, answer, arrived = true } = asked;
  const now = clock.now();
  const { workspaceId } = reader;
  await app.store.transaction(async (tx) => {
    const item = {
      ...{ kind, dealId: deal.id, homeworkId: undefined, subject: `${kind}:${deal.id}` },
      ...{ dueOn: undefined, severity: 'stall' as const, variant: 0 },
    };
    const bundle = { personId: reader.id, asked: [item], held: [] };
    const ids = await insertNudges(tx, workspaceId, on, [bundle], now);
    const nudgeId = ids.get(reader.id);
    if (!nudgeId) throw new Error(`${reader.name} has a bundle on ${on} already.`);
    const { nudgeItems, outbox } = tx.tables;
    await tx.insert(outbox).values({
      ...{ id: newId<OutboxId>(now), workspaceId, kind: 'nudge_planned', key: nudgeKey(nudgeId) },
      ...{ target: reader.slackUserId ?? '', payload: {}, state: arrived ? 'sent' : 'dropped' },
      ...{ availableAt: now, attempts: 1, createdAt: now, finishedAt: now },
    });
    if (!answer) return;
    const rows = await tx.select({ id: nudgeItems.id, of: nudgeItems.nudgeId }).from(nudgeItems);
    const id = rows.find(({ of }) => of === nudgeId)?.id as NudgeItemId;
    await answerItem(tx, { id }, { answer, by: reader.id, at: now, nextCheckOn: undefined });
  });
}
