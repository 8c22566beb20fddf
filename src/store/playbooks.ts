import {
  and,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  lte,
  ne,
  notInArray,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import { defaultPlaybooks } from '../domain/default-playbooks.ts';
import { newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { StepFate } from '../domain/playbook-report.ts';
import type { Tx } from './store.ts';

/** The newest version of every playbook: the team's own, else the one it began with. */
export async function listPlaybooks(tx: Tx, workspaceId: WorkspaceId): Promise<Playbook[]> {
  const { playbooks } = tx.tables;
  const rows = await tx
    .select()
    .from(playbooks)
    .where(eq(playbooks.workspaceId, workspaceId))
    .orderBy(desc(playbooks.version));
  return defaultPlaybooks.map((standard) => {
    const own = rows.find(({ key }) => key === standard.key);
    return own ? toPlaybook(own) : standard;
  });
}

/** One version of a playbook; a running plan asks for the one it began with. */
export async function findPlaybook(
  tx: Tx,
  workspaceId: WorkspaceId,
  which: { readonly key: string; readonly version?: number },
): Promise<Playbook | undefined> {
  const { key, version } = which;
  if (version === undefined) {
    return (await listPlaybooks(tx, workspaceId)).find((one) => one.key === key);
  }
  const { playbooks } = tx.tables;
  const [own] = await tx
    .select()
    .from(playbooks)
    .where(
      and(
        eq(playbooks.workspaceId, workspaceId),
        eq(playbooks.key, key),
        eq(playbooks.version, version),
      ),
    );
  if (own) return toPlaybook(own);
  return defaultPlaybooks.find((one) => one.key === key && one.version === version);
}

/** Keeps a new version; false when somebody made that version meanwhile. */
export async function insertPlaybook(
  tx: Tx,
  workspaceId: WorkspaceId,
  playbook: Playbook,
  by: { readonly personId: PersonId; readonly now: Date },
): Promise<boolean> {
  const { playbooks } = tx.tables;
  const rows = await tx
    .insert(playbooks)
    .values({
      ...playbook,
      steps: [...playbook.steps],
      id: newId(by.now),
      workspaceId,
      createdAt: by.now,
      createdById: by.personId,
    })
    .onConflictDoNothing()
    .returning({ id: playbooks.id });
  return rows.length === 1;
}

/**
 * How each step of a playbook fared over all plans by any version of it, by step key, in one query.
 * Deals that were never real and restricted ones are left out. Late is measured against the first
 * date, on the day the deal ended or today.
 */
export async function listStepFates(
  tx: Tx,
  workspaceId: WorkspaceId,
  key: string,
  today: Day,
): Promise<Map<string, StepFate>> {
  const { deals, homework } = tx.tables;
  const { status, originalDueOn, doneOn } = homework;
  const countIf = (condition: SQL | undefined) =>
    sql`count(case when ${condition} then 1 end)`.mapWith(Number);
  const cameDue = and(
    notInArray(status, ['declined', 'dropped', 'superseded']),
    sql`${originalDueOn} < coalesce(${deals.closedOn}, ${today})`,
  );
  const kept = and(
    cameDue,
    inArray(status, ['done', 'accepted']),
    lte(sql`coalesce(${doneOn}, ${originalDueOn})`, originalDueOn),
  );
  const rows = await tx
    .select({
      stepKey: homework.stepKey,
      plans: count(),
      due: countIf(cameDue),
      kept: countIf(kept),
      declined: countIf(eq(status, 'declined')),
      pointless: countIf(eq(homework.pointless, true)),
      reactions: count(homework.reaction),
      blank: countIf(eq(homework.reaction, 'blank')),
    })
    .from(homework)
    .innerJoin(deals, eq(deals.id, homework.dealId))
    .where(
      and(
        eq(homework.workspaceId, workspaceId),
        eq(deals.playbookKey, key),
        eq(deals.privacy, 'team'),
        ne(deals.status, 'invalid'),
        isNotNull(homework.stepKey),
      ),
    )
    .groupBy(homework.stepKey);
  return new Map(
    rows.map(({ stepKey, plans, due, kept: onTime, declined, pointless, reactions, blank }) => [
      stepKey ?? '',
      {
        late: { k: due - onTime, n: due },
        declined: { k: declined, n: plans },
        pointless: { k: pointless, n: plans },
        blank: { k: blank, n: reactions },
      },
    ]),
  );
}

function toPlaybook({ key, version, name, spanBd, steps }: Playbook): Playbook {
  return { key, version, name, spanBd, steps };
}
