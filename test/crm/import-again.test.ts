import { beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { draftHomework } from '../../src/domain/homework.ts';
import { type HomeworkId, newId } from '../../src/domain/ids.ts';
import { insertHomework } from '../../src/store/homework.ts';
import { createImportWorld, done, type ImportWorld, onlyDeal } from './import-world.ts';

const header = 'Deal ID,Deal Name,Company,Owner,Amount,Stage,Created,Close Date\n';
const openRow = '7,Platform,Acme,Anna Bell,12000,Negotiation,2017-10-01,2018-03-31\n';

let world: ImportWorld;
beforeEach(async () => {
  world = await createImportWorld();
});

describe('importing again', () => {
  const again = (row: string) => world.deals(header + row);

  beforeEach(async () => {
    done(await again(openRow));
    world.clock.set('2018-02-01T09:00:00Z');
  });

  it('follows owner, amount, name and account, and writes down what changed', async () => {
    const row = '7,Platform 2,Acme Inc,Ben Cole,15000,Negotiation,2017-10-01,2018-03-31\n';
    expect(done(await again(row))).toMatchObject({ imported: 0, updated: 1, unchanged: 0 });
    const { deal, owner, account } = await onlyDeal(world);
    expect({ ...deal, owner, account }).toMatchObject({
      owner: 'Ben Cole',
      account: 'Acme Inc',
      name: 'Platform 2',
      searchKey: 'acme inc platform 2',
      amountMinor: 1_500_000,
      version: 2,
    });
    expect((await world.readEvents()).map(({ kind, payload }) => [kind, payload])).toMatchObject([
      ['deal_imported', { status: 'open' }],
      [
        'deal_imported',
        { changed: { amountMinor: [1_200_000, 1_500_000], name: ['Platform', 'Platform 2'] } },
      ],
      ['deal_reassigned', { to: deal.ownerId }],
    ]);
  });

  it('never lets an empty cell erase what is known', async () => {
    const before = await world.readDeals();
    expect(done(await again('7,,,,,Negotiation,,\n'))).toMatchObject({
      unchanged: 1,
      unmatchedOwners: [],
    });
    expect(await world.readDeals()).toEqual(before);
  });

  it('leaves a decision date where it is and says so', async () => {
    const result = done(await again(openRow.replace('2018-03-31', '2018-06-30')));
    expect(result).toMatchObject({ unchanged: 1, updated: 0 });
    expect(result.warnings).toEqual([
      '1 deal has another date in the CRM; dates move with /deal date.',
    ]);
    expect((await onlyDeal(world)).deal.decisionOn).toBe('2018-03-31');
  });

  it('takes the first date of a deal that had none', async () => {
    done(await world.deals(`${header}8,B,Acme,Anna Bell,,open,,\n`));
    done(await world.deals(`${header}8,B,Acme,Anna Bell,,open,,2018-05-31\n`));
    const found = (await world.readDeals())[1]?.deal;
    expect(found).toMatchObject({ decisionOn: '2018-05-31', originalDecisionOn: '2018-05-31' });
    expect((await world.readEvents()).at(-1)?.kind).toBe('decision_date_set');
  });

  it('ends an open deal that was won', async () => {
    expect(
      done(await again(openRow.replace('Negotiation', 'Won').replace('2018-03-31', '2018-01-30'))),
    ).toMatchObject({ updated: 1 });
    const { deal } = await onlyDeal(world);
    expect(deal).toMatchObject({ status: 'won', closedOn: '2018-01-30', version: 2 });
    expect((await world.readEvents()).at(-1)?.kind).toBe('deal_won');
    expect(await world.readLosses()).toEqual([]);
  });

  it('ends an open deal that was lost, with the facts of its plan, and logs it now', async () => {
    const before = (await onlyDeal(world)).deal;
    await world.store.transaction((tx) =>
      insertHomework(
        tx,
        world.workspaceId,
        draftHomework({
          id: newId<HomeworkId>(world.clock.now()),
          dealId: before.id,
          side: 'buyer',
          title: 'Name the reviewer',
          doer: { name: 'Anna Bell', personId: before.ownerId, contactId: undefined },
          dueOn: day('2018-01-20'),
          doneWhen: 'We have the name',
        }),
        undefined,
      ),
    );
    done(await again(openRow.replace('Negotiation', 'Lost').replace('2018-03-31', '2018-01-30')));
    expect((await onlyDeal(world)).deal).toMatchObject({ status: 'lost', closedOn: '2018-01-30' });
    const [loss] = await world.readLosses();
    expect(loss).toMatchObject({
      lostOn: '2018-01-30',
      loggedAt: new Date('2018-02-01T09:00:00Z'),
      facts: {
        daysOpen: 121,
        steps: { buyer: { done: 0, asked: 1 }, seller: { done: 0, asked: 0 }, datesMissed: 1 },
      },
    });
    expect((await world.readEvents()).at(-1)?.kind).toBe('deal_lost');
  });

  it('neither reopens a deal that ended here nor turns its end round', async () => {
    const closed = { status: 'won', closedOn: day('2018-01-20'), closedAt: new Date(0) } as const;
    await world.store.transaction((tx) => tx.update(tx.tables.deals).set(closed));
    expect(done(await again(openRow))).toMatchObject({
      unchanged: 1,
      warnings: ['1 deal ended here and is open in the CRM; close them there.'],
    });
    const lost = openRow.replace('Negotiation', 'Lost').replace('2018-03-31', '2018-01-30');
    expect(done(await again(lost)).warnings).toEqual([
      '1 deal ended otherwise in the CRM; what was said here stays.',
    ]);
    expect((await onlyDeal(world)).deal).toMatchObject(closed);
    expect(await world.readLosses()).toEqual([]);
  });
});
