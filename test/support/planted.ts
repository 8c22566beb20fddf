import { day } from '../../src/domain/calendar.ts';
import type { Deal } from '../../src/domain/deal.ts';
import { draftHomework, type Homework } from '../../src/domain/homework.ts';
import { type DealId, type HomeworkId, newId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import { ensureAccount } from '../../src/store/accounts.ts';
import { ensureContact } from '../../src/store/contacts.ts';
import { insertDeal } from '../../src/store/deals.ts';
import { insertHomework, listHomework } from '../../src/store/homework.ts';
import type { World } from './homeroom.ts';

/** Puts a deal into the store as no person could: of another workspace, restricted, long ago. */
export async function plantDeal(
  { app, clock }: World,
  owner: Person,
  changes: Partial<Deal> & { account?: string } = {},
): Promise<Deal> {
  const now = clock.now();
  const workspaceId = changes.workspaceId ?? owner.workspaceId;
  return app.store.transaction(async (tx) => {
    const account = await ensureAccount(tx, workspaceId, changes.account ?? 'Acme', now);
    const planted = {
      id: newId<DealId>(now),
      accountId: account.id,
      name: 'Core platform',
      ownerId: owner.id,
      amount: undefined,
      decisionOn: day('2026-12-18'),
      originalDecisionOn: day('2026-12-18'),
      dateDriver: undefined,
      zone: 'America/New_York',
      openedOn: day('2026-11-02'),
      channelId: undefined,
      privacy: 'team',
      imported: false,
      version: 1,
      status: 'open',
      ...changes,
      account: account.name,
      workspaceId,
    } as Deal;
    if (!(await insertDeal(tx, planted))) throw new Error('That deal exists already.');
    return planted;
  });
}

/** Puts steps into a plan without asking anybody; theirs are Dana Lee's, ours the owner's. */
export async function addSteps(
  { app, clock }: World,
  { workspaceId, id: dealId, accountId, ownerId }: Deal,
  steps: readonly Partial<Homework>[],
): Promise<Homework[]> {
  const now = clock.now();
  return app.store.transaction(async (tx) => {
    const dana = { accountId, name: 'Dana Lee', title: 'CFO' };
    const contact = await ensureContact(tx, workspaceId, dana, now);
    const theirs = { name: 'Dana Lee', contactId: contact.id, personId: undefined };
    const ours = { name: 'us', contactId: undefined, personId: ownerId };
    for (const step of steps) {
      const side = step.side ?? 'buyer';
      const dueOn = step.dueOn ?? day('2026-11-27');
      const full = draftHomework({
        id: newId<HomeworkId>(now),
        dealId,
        side,
        title: 'List who signs',
        doer: side === 'buyer' ? theirs : ours,
        dueOn,
        doneWhen: 'Names are in the document',
        ...step,
      });
      await insertHomework(tx, workspaceId, full, undefined);
    }
    return listHomework(tx, dealId);
  });
}
