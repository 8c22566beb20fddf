import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { importPeople } from '../../src/crm/import-people.ts';
import { createImportWorld, done, type ImportWorld, refused, slackUser } from './import-world.ts';

const byName = async (world: ImportWorld) =>
  new Map((await world.readPeople()).map((person) => [person.name, person]));

describe('without Slack', () => {
  let world: ImportWorld;
  beforeEach(async () => {
    world = await createImportWorld({ zone: 'Europe/Berlin' });
  });

  it('makes managers of the people others report to, rows of their own or not', async () => {
    const text = `Agent,Manager,Office
Ann,Maud,East
Ben,maud,East
Maud,Vera,West
Vera,Vera,West
`;
    expect(done(await world.people(text))).toMatchObject({
      imported: 4,
      rejected: 0,
      warnings: [],
    });
    const people = await byName(world);
    expect([...people.values()].map(({ name, role }) => [name, role])).toEqual([
      ['Ann', 'rep'],
      ['Ben', 'rep'],
      ['Maud', 'manager'],
      ['Vera', 'manager'],
    ]);
    expect(people.get('Ben')?.managerId).toBe(people.get('Maud')?.id);
    expect(people.get('Maud')?.managerId).toBe(people.get('Vera')?.id);
    expect(people.get('Vera')?.managerId).toBeNull();
    expect(people.get('Ann')).toMatchObject({ zone: 'Europe/Berlin', active: true, crmId: null });
  });

  it('puts first and last name together, and reads roles and zones', async () => {
    const text = `User ID,First Name,Last Name,Email,Role,Time Zone
u1,Ann,Bell,Ann@Acme.test,Manager,America/New_York
u2,Ben,,,Admin,(GMT+09:00) Japan Standard Time (Asia/Tokyo)
u3,Cid,Cole,,Chief Happiness Officer,
`;
    const result = done(await world.people(text));
    expect(result.warnings).toEqual([
      'Roles are rep, manager or admin; Chief Happiness Officer changed nobody’s role.',
    ]);
    expect(await world.readPeople()).toMatchObject([
      {
        name: 'Ann Bell',
        email: 'ann@acme.test',
        role: 'manager',
        zone: 'America/New_York',
        crmId: 'u1',
      },
      { name: 'Ben', role: 'admin', zone: 'Asia/Tokyo' },
      { name: 'Cid Cole', role: 'rep', zone: 'Europe/Berlin' },
    ]);
  });

  it('changes nothing the second time, and follows a change by id, e-mail or name', async () => {
    const text = 'ID,Name,Email,Manager\nu1,Ann,,Maud\n,Ben,ben@acme.test,Maud\n,Cid,,Maud\n';
    done(await world.people(text));
    const before = await world.readPeople();
    expect(done(await world.people(text))).toMatchObject({ imported: 0, updated: 0, unchanged: 4 });
    expect(await world.readPeople()).toEqual(before);
    const changed =
      'ID,Name,Email,Manager\nu1,Ann Bell,,Maud\n,Benjamin,BEN@acme.test,Maud\n,cid,,Nora\n';
    expect(done(await world.people(changed))).toMatchObject({
      imported: 1,
      updated: 3,
      unchanged: 1,
    });
    expect((await world.readPeople()).map(({ name }) => name)).toEqual([
      'Ann Bell',
      'Benjamin',
      'Maud',
      'Nora',
      'cid',
    ]);
  });

  it('never erases what it knows with an empty cell', async () => {
    done(await world.people('ID,Name,Email,Manager,Role\nu1,Ann,a@acme.test,Maud,manager\n'));
    const before = await world.readPeople();
    expect(done(await world.people('ID,Name,Email,Manager,Role\nu1,Ann,,,\n'))).toMatchObject({
      unchanged: 1,
    });
    expect(await world.readPeople()).toEqual(before);
  });

  it('takes over the people an import of deals made of unknown owners', async () => {
    done(await world.deals('ID,Owner,Stage\n1,Ann Bell,open\n'));
    expect(done(await world.people('Name,Manager\nANN BELL,Maud\n'))).toMatchObject({
      imported: 1,
      updated: 1,
    });
    expect((await world.readDeals())[0]?.owner).toBe('ANN BELL');
  });

  it.each([
    ['Name,Manager\n,Maud\n', /It has no name/],
    ['Name\nAnn\nANN\n', /same person stands on line 2/],
    ['ID,Name\nu1,Ann\nu1,Ben\n', /same person stands on line 2/],
    ['Name,Zone\nAnn,Moon/Base\n', /time zone “Moon\/Base” is unknown. Write it as Europe\/Berlin/],
    ['Name,Slack ID\nAnn,ann\n', /Slack id “ann” is none. It looks like U012AB3CD/],
    [`Name,Manager\nAnn,${'x'.repeat(3000)}\n`, /The manager has 3000 characters/],
    ['Name,Manager\nAnn\n', /It has 1 cells, the header has 2/],
  ])('rejects the last row of %j', async (text, reason) => {
    const result = done(await world.people(text));
    expect(result.rejected).toBe(1);
    expect(result.firstRejects[0]?.reason).toMatch(reason);
  });

  it('keeps namesakes apart by their ids, and does not guess whose manager is meant', async () => {
    const text = 'ID,Name,Manager\nu1,Ann,\nu2,Ann,\nu3,Ben,Ann\n';
    expect(done(await world.people(text))).toMatchObject({ imported: 3, rejected: 0 });
    expect((await byName(world)).get('Ben')?.managerId).toBeNull();
  });

  it('refuses a file that names nobody, and a broken one, and writes nothing', async () => {
    expect(refused(await world.people('Number,Office\n1,East\n'))).toMatch(
      /--map "Your column=name"/,
    );
    expect(refused(await world.people('Name\n"Ann\n'))).toMatch(/never closed/);
    expect(await world.countRows()).toBe(0);
  });

  it('takes a column by --map, and counts without writing in a dry run', async () => {
    const text = 'Wer,Boss\nAnn,Maud\n';
    const options = { map: { Wer: 'name', Boss: 'manager' } };
    expect(done(await world.people(text, { ...options, dryRun: true }))).toMatchObject({
      imported: 2,
    });
    expect(await world.countRows()).toBe(0);
    expect(done(await world.people(text, options))).toMatchObject({ imported: 2 });
  });
});

describe('with Slack', () => {
  it('links people by Slack id, e-mail and name, and takes their zones', async () => {
    const world = await createImportWorld({
      slackUsers: [
        slackUser('U0A', 'ann', { zone: 'Asia/Tokyo' }),
        slackUser('U0B', 'benny', { email: 'Ben@acme.test' }),
        slackUser('U0C', 'Zoë Dörr', { email: 'zoe@acme.test', zone: 'Europe/Paris' }),
        slackUser('U0M', 'Maud', { zone: 'Europe/London', isAdmin: true }),
      ],
    });
    const text = `Name,Email,Slack ID,Manager
Ann Bell,,U0A,Maud
Ben Cole,ben@acme.test,,Maud
Zoe Dorr,,,Maud
Nobody,,,Maud
`;
    const result = done(await world.people(text));
    expect(result.warnings).toEqual(['Not found in Slack, so not reachable yet: Nobody.']);
    expect(await world.readPeople()).toMatchObject([
      { name: 'Ann Bell', slackUserId: 'U0A', zone: 'Asia/Tokyo' },
      { name: 'Ben Cole', slackUserId: 'U0B', zone: 'UTC' },
      { name: 'Maud', slackUserId: 'U0M', zone: 'Europe/London', role: 'admin' },
      { name: 'Nobody', slackUserId: null, zone: 'UTC' },
      { name: 'Zoe Dorr', slackUserId: 'U0C', zone: 'Europe/Paris', email: 'zoe@acme.test' },
    ]);
    expect(done(await world.people(text))).toMatchObject({ imported: 0, updated: 0, unchanged: 5 });
  });

  it('keeps people who left, guests and bots as what they are, and says so', async () => {
    const world = await createImportWorld({
      slackUsers: [
        slackUser('U0A', 'Ann', { deleted: true }),
        slackUser('U0G', 'Gus', { isGuest: true }),
        slackUser('U0B', 'Bot', { isBot: true }),
      ],
    });
    const result = done(await world.people('Name,Slack ID\nAnn,\nGus,\nBot,U0B\n'));
    expect(result.warnings).toEqual([
      'Left Slack, kept as inactive: Ann.',
      'Guests in Slack, who see nothing internal: Gus.',
      'Bots, who own nothing: Bot.',
    ]);
    expect(await world.readPeople()).toMatchObject([
      { name: 'Ann', active: false, standing: 'member' },
      { name: 'Bot', active: true, standing: 'bot' },
      { name: 'Gus', active: true, standing: 'guest' },
    ]);
  });

  it('does not guess between two users of one name, but prefers the one still there', async () => {
    const world = await createImportWorld({
      slackUsers: [
        slackUser('U01', 'Ann'),
        slackUser('U02', 'Ann'),
        slackUser('U03', 'Ben', { deleted: true }),
        slackUser('U04', 'Ben'),
      ],
    });
    done(await world.people('Name\nAnn\nBen\n'));
    expect(await world.readPeople()).toMatchObject([{ slackUserId: null }, { slackUserId: 'U04' }]);
  });

  it('rejects an id Slack does not know, and one that is somebody else’s', async () => {
    const world = await createImportWorld({
      slackUsers: [slackUser('U01', 'Ann'), slackUser('U02', 'Ben')],
    });
    done(await world.people('ID,Name\nc1,Ann\nc2,Ben\n'));
    const result = done(await world.people('ID,Name,Slack ID\nc1,Ann,U99\nc2,Ben,U01\n'));
    expect(result.firstRejects.map(({ reason }) => reason)).toEqual([
      'Slack has no user U99. Correct the id or leave it out.',
      'Its Slack user U01 is somebody else’s already.',
    ]);
  });

  it('finds a person who came to Slack after the first import', async () => {
    const world = await createImportWorld();
    done(await world.people('Name\nAnn\n'));
    const later = { ...world, slackUsers: async () => [slackUser('U01', 'ann')] };
    const result = done(await importPeople(later, { input: Readable.from(['Name\nAnn\n']) }));
    expect(result).toMatchObject({ updated: 1 });
    expect(await world.readPeople()).toMatchObject([{ name: 'Ann', slackUserId: 'U01' }]);
  });
});
