import type { Actor } from '../../sandbox/server/actor.ts';
import type { SandboxMessage } from '../../sandbox/server/contract.ts';
import { dayIn } from '../../src/domain/calendar.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { Homework } from '../../src/domain/homework.ts';
import type { NudgeKind } from '../../src/domain/nudge.ts';
import { matterOf } from '../../src/domain/nudge-matters.ts';
import type { Person } from '../../src/domain/person.ts';
import { insertNudges, nudgeKey } from '../../src/store/nudges.ts';
import { enqueue } from '../../src/store/outbox.ts';
import type { World } from './homeroom.ts';

/** Sends somebody a bundle with one question, as a morning on which it came first would have. */
export async function askAbout(
  world: World,
  actor: Actor,
  person: Person,
  about: { readonly kind: NudgeKind; readonly deal: Deal; readonly step?: Homework },
): Promise<SandboxMessage> {
  const { app, clock } = world;
  const { workspaceId, slackUserId: target } = person;
  if (!target) throw new Error(`${person.name} has no Slack account.`);
  const now = clock.now();
  const { kind, deal, step } = about;
  const matter = matterOf(
    { dealId: deal.id, amount: deal.amount },
    kind,
    step ? { homeworkId: step.id, dueOn: step.dueOn } : {},
  );
  await app.store.transaction(async (tx) => {
    const bundle = { personId: person.id, asked: [{ ...matter, variant: 0 }], held: [] };
    const kept = await insertNudges(tx, workspaceId, dayIn(now, person.zone), [bundle], now);
    const nudgeId = kept.get(person.id);
    if (!nudgeId) throw new Error(`${person.name} has a bundle today already.`);
    const key = nudgeKey(nudgeId);
    const payload = { nudgeId };
    await enqueue(tx, workspaceId, now, [{ kind: 'nudge_planned', key, target, payload }]);
  });
  await world.deliver();
  const [message] = actor.dm().slice(-1);
  if (!message) throw new Error(`${actor.id} got no bundle.`);
  return message;
}
