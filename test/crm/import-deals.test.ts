import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { importDeals } from '../../src/crm/import-deals.ts';
import { createImportWorld, done, type ImportWorld, onlyDeal, refused } from './import-world.ts';

const header = 'Deal ID,Deal Name,Company,Owner,Amount,Stage,Created,Close Date\n';
const openRow = '7,Platform,Acme,Anna Bell,12000,Negotiation,2017-10-01,2018-03-31\n';

let world: ImportWorld;
beforeEach(async () => {
  world = await createImportWorld();
});

describe('columns', () => {
  it('finds them by the names Salesforce, HubSpot and Pipedrive give them', async () => {
    const exports = [
      'Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Amount,Stage,Created Date,Close Date\n',
      'Record ID,Deal Name,Associated Company,Deal owner,Amount,Deal Stage,Create Date,Close Date\n',
      'Deal - ID,Deal - Title,Deal - Organization,Deal - Owner,Deal - Value,Deal - Status,Deal - Deal created,Deal - Expected close date\n',
      'opportunity_id,OPPORTUNITYNAME,account,sales_agent,close_value,deal_stage,engage_date,close_date\n',
    ];
    for (const names of exports) {
      const each = await createImportWorld();
      done(await each.deals(names + openRow.replace('Negotiation', 'Open')));
      const { deal, account, owner } = await onlyDeal(each);
      expect({ ...deal, account, owner }).toMatchObject({
        crmId: '7',
        name: 'Platform',
        account: 'Acme',
        owner: 'Anna Bell',
        amountMinor: 1_200_000,
        status: 'open',
        openedOn: '2017-10-01',
        decisionOn: '2018-03-31',
        originalDecisionOn: '2018-03-31',
        imported: true,
      });
    }
  });

  it('takes a column named with --map, also over one it would have taken', async () => {
    const text = `Nr,Name,Owner,Stage,Amount,Deal in house currency\n1,A,Anna,open,5,700\n`;
    const map = { nr: 'id', 'Deal in house currency': 'amount' };
    done(await world.deals(text, { map }));
    expect((await onlyDeal(world)).deal).toMatchObject({ crmId: '1', amountMinor: 70_000 });
  });

  it.each([
    ['Nr,Name,Owner,Stage\n', {}, /deal’s id.*--map "Your column=id".*“Nr”, “Name”/],
    ['ID,Name,Owner\n', {}, /deal’s stage.*--map "Your column=stage"/],
    ['ID,Name,Stage\n', {}, /deal’s owner.*--map "Your column=owner"/],
    ['ID,Owner,Stage\n', { Nr: 'name' }, /no column “Nr”.*“ID”, “Owner”, “Stage”/],
    ['ID,Owner,Stage\n', { ID: 'amont' }, /“amont” is not a field, did you mean amount\?/],
    ['ID,Owner,Stage,A,B\n', { A: 'name', B: 'name' }, /“A” and “B” are both mapped to name/],
    ['ID,Owner,Stage,id\n', {}, /Two columns are called “ID”/],
  ])('refuses the header %j with %j and writes nothing', async (names, map, sentence) => {
    const text = `${names}1,2,open,4,5\n`;
    expect(refused(await world.deals(text, { map }))).toMatch(sentence);
    expect(await world.countRows()).toBe(0);
  });

  it('ignores columns it does not know, a hundred of them', async () => {
    const extra = Array.from({ length: 92 }, (_, index) => `Custom ${index}`);
    const cells = extra.map((name) => `"${name}, ""x"""`);
    const text = `${extra.join(',')},${header}${cells.join(',')},${openRow}`;
    expect(done(await world.deals(text))).toMatchObject({ imported: 1, rejected: 0 });
    expect((await onlyDeal(world)).deal.name).toBe('Platform');
  });
});

describe('what a row becomes', () => {
  const one = async (names: string, cells: string, options = {}) => {
    done(await world.deals(`${names}\n${cells}\n`, options));
    return onlyDeal(world);
  };

  it.each([
    ['Closed Won', 'won'],
    ['closedwon', 'won'],
    ['7 - Closed Won', 'won'],
    ['WON', 'won'],
    ['Closed Lost', 'lost'],
    ['Closed Lost to Competition', 'lost'],
    ['Engaging', 'open'],
    ['In_Progress', 'open'],
    ['Proposal/Price Quote', 'open'],
    ['Appointment Scheduled', 'open'],
  ])('reads the stage %s as %s', async (stage, status) => {
    const { deal } = await one('ID,Owner,Stage,Close Date', `1,Anna,${stage},2017-12-31`);
    expect(deal.status).toBe(status);
  });

  it('believes a status column more than a stage column', async () => {
    const { deal } = await one(
      'ID,Owner,Deal Stage,Deal Status,Close Date',
      '1,Anna,Proposal Made,Lost,2017-12-31',
    );
    expect(deal.status).toBe('lost');
  });

  it.each([
    ['0', 'open', null],
    ['', 'open', null],
    ['0', 'lost', null],
    ['', 'won', null],
    ['0', 'won', 0],
    ['1250.5', 'won', 125_050],
    ['"$12,500"', 'open', 1_250_000],
    ['12k', 'open', 1_200_000],
  ])('reads the amount %s of a deal that is %s', async (amount, stage, minor) => {
    const { deal } = await one(
      'ID,Owner,Stage,Amount,Close Date',
      `1,Anna,${stage},${amount},2017-12-31`,
    );
    expect(deal.amountMinor).toBe(minor);
    expect(deal.currency).toBe(minor === null ? null : 'USD');
  });

  it('takes the currency of a currency column, with as many digits as it has', async () => {
    const { deal } = await one('ID,Owner,Stage,Amount,Currency', '1,Anna,open,5000,jpy');
    expect(deal).toMatchObject({ amountMinor: 5000, currency: 'JPY' });
  });

  it('calls a deal after its product, else its account, else its id', async () => {
    const text = `ID,Owner,Stage,Name,Product,Account
1,Anna,open,Big one,GTX,Acme
2,Anna,open,,GTX,Acme
3,Anna,open,,,Acme
4,Anna,open,,,
`;
    done(await world.deals(text));
    const found = await world.readDeals();
    expect(found.map(({ deal, account }) => [deal.name, account])).toEqual([
      ['Big one', 'Acme'],
      ['GTX', 'Acme'],
      ['Acme', 'Acme'],
      ['Deal 4', 'No account yet'],
    ]);
    expect(found[1]?.deal.searchKey).toBe('acme gtx');
  });

  it('keeps one account for spellings that fold to the same', async () => {
    done(
      await world.deals(
        'ID,Owner,Stage,Account\n1,A,open,Müller & Söhne\n2,A,open,MULLER  SOHNE\n',
      ),
    );
    const found = await world.readDeals();
    expect(new Set(found.map(({ deal }) => deal.accountId)).size).toBe(1);
  });

  it('keeps a past expected date of an open deal', async () => {
    const { deal } = await one('ID,Owner,Stage,Close Date', '1,Anna,open,2017-06-30');
    expect(deal).toMatchObject({ decisionOn: '2017-06-30', originalDecisionOn: '2017-06-30' });
  });

  it('opens a closed deal no later than it closed', async () => {
    const { deal } = await one(
      'ID,Owner,Stage,Created,Close Date',
      '1,A,won,2017-12-31,2017-11-01',
    );
    expect(deal).toMatchObject({ openedOn: '2017-11-01', closedOn: '2017-11-01' });
  });

  it('takes outcome and reason of a loss when they are ours, and the words when not', async () => {
    const names = 'ID,Owner,Stage,Close Date,Outcome,Loss Reason,Competitor\n';
    done(
      await world.deals(
        `${names}1,A,lost,2017-12-01,They chose another supplier,Rival was trusted more,Globex\n` +
          '2,A,lost,2017-12-01,none,val.no_number,\n3,A,lost,2017-12-01,Gone,Too expensive,\n',
      ),
    );
    expect(await world.readLosses()).toMatchObject([
      { outcome: 'rival', reasonCode: 'cmp.trusted', competitor: 'Globex', ownWords: null },
      { outcome: 'none', reasonCode: 'val.no_number', competitor: null, ownWords: null },
      { outcome: null, reasonCode: null, ownWords: 'Too expensive' },
    ]);
  });

  it.each([
    ['America/New_York', '2017-03-12', '2017-03-12T16:00:00.000Z'],
    ['America/New_York', '2017-03-11', '2017-03-11T17:00:00.000Z'],
    ['Pacific/Auckland', '2017-09-24', '2017-09-23T23:00:00.000Z'],
    ['Pacific/Pago_Pago', '2017-09-24', '2017-09-24T23:00:00.000Z'],
  ])('logs a loss at noon of its day in %s', async (zone, on, at) => {
    const there = await createImportWorld({ zone });
    done(await there.deals(`ID,Owner,Stage,Close Date\n1,A,lost,${on}\n`));
    expect((await there.readLosses())[0]?.loggedAt.toISOString()).toBe(at);
  });

  it('logs a loss of today no later than now', async () => {
    done(await world.deals('ID,Owner,Stage,Close Date\n1,A,lost,2018-01-10\n'));
    const [loss] = await world.readLosses();
    expect(loss?.loggedAt.toISOString()).toBe('2018-01-10T09:00:00.000Z');
  });
});

describe('owners', () => {
  it('are matched by e-mail, then by the CRM’s id, then by name', async () => {
    done(
      await world.people(
        'ID,Name,Email\n u1,Anna Bell,anna@acme.test\nu2,Ben Cole,ben@acme.test\nu3,Zoë Dörr,\n',
      ),
    );
    const text = `ID,Owner,Owner Email,Owner ID,Stage
1,Somebody Else,ANNA@acme.test,u2,open
2,Somebody Else,,u2,open
3,zoe dorr,,,open
4,Ben C. (ben@acme.test),,,open
5,anna@acme.test,,,open
`;
    expect(done(await world.deals(text)).unmatchedOwners).toEqual([]);
    expect((await world.readDeals()).map(({ owner }) => owner)).toEqual([
      'Anna Bell',
      'Ben Cole',
      'Zoë Dörr',
      'Ben Cole',
      'Anna Bell',
    ]);
  });

  it('nobody matches become people, most deals first in the list', async () => {
    const text = 'ID,Owner,Stage\n1,Ann,open\n2,Bob,open\n3,BOB,open\n4,,open\n';
    expect(done(await world.deals(text)).unmatchedOwners).toEqual([
      { name: 'Bob', deals: 2 },
      { name: 'Ann', deals: 1 },
      { name: 'No owner yet', deals: 1 },
    ]);
    expect(await world.readPeople()).toMatchObject([
      { name: 'Ann', role: 'rep', active: true, slackUserId: null },
      { name: 'Bob' },
      { name: 'No owner yet' },
    ]);
    expect(done(await world.deals(text))).toMatchObject({ unchanged: 4, unmatchedOwners: [] });
  });

  it('of one name are told apart or refused, never guessed', async () => {
    done(await world.people('ID,Name\nu1,Anna Bell\nu2,Anna Bell\n'));
    const result = done(
      await world.deals('ID,Owner,Owner ID,Stage\n1,Anna Bell,,open\n2,Anna Bell,u2,open\n'),
    );
    expect(result).toMatchObject({ imported: 1, rejected: 1 });
    expect(result.firstRejects[0]).toMatchObject({ line: 2, reason: /Several people are called/ });
  });
});

describe('a dry run', () => {
  it('counts and warns like a real one and writes nothing', async () => {
    const text = `${header}${openRow}8,B,Acme,Ben,1,Nonsense,2017-01-01,\n`;
    const dry = done(await world.deals(text, { dryRun: true }));
    expect(await world.countRows()).toBe(0);
    expect(dry).toEqual(done(await world.deals(text)));
    expect(dry).toMatchObject({
      imported: 1,
      rejected: 1,
      unmatchedOwners: [{ name: 'Anna Bell', deals: 1 }],
    });
  });
});

it('keeps workspaces apart', async () => {
  done(await world.deals(header + openRow));
  const other = { ...world, workspaceId: 'T0OTHER' as typeof world.workspaceId };
  const input = Readable.from([header + openRow]);
  expect(done(await importDeals(other, { input }))).toMatchObject({ imported: 1, unchanged: 0 });
  expect(await world.readDeals()).toHaveLength(2);
});
