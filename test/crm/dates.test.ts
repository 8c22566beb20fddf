import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DateOrder, readDate } from '../../src/crm/dates.ts';
import { addDays, day } from '../../src/domain/calendar.ts';
import { createImportWorld, done, type ImportWorld, refused } from './import-world.ts';

describe('readDate', () => {
  it.each<[string, DateOrder | undefined, string | undefined]>([
    ['2017-03-01', undefined, '2017-03-01'],
    ['2017/3/1', 'DMY', '2017-03-01'],
    ['2017-03-01T23:30:00', undefined, '2017-03-01'],
    ['2017-03-01 09:15', undefined, '2017-03-01'],
    ['10/20/2016', 'MDY', '2016-10-20'],
    ['3/1/17', 'MDY', '2017-03-01'],
    ['3/1/2017 4:05 PM', 'MDY', '2017-03-01'],
    ['20.10.2016', 'DMY', '2016-10-20'],
    ['01-03-2017', 'DMY', '2017-03-01'],
    ['17/03/01', 'YMD', '2017-03-01'],
    ['20/10/2016', undefined, '2016-10-20'],
    ['5/5/2016', undefined, '2016-05-05'],
    ['3/4/2016', undefined, undefined],
    ['1 Mar 2017', undefined, '2017-03-01'],
    ['01-March-17', undefined, '2017-03-01'],
    ['March 1, 2017', undefined, '2017-03-01'],
    ['20/10/2016', 'MDY', undefined],
    ['3/4/2016', 'YMD', undefined],
    ['2017-02-30', undefined, undefined],
    ['0017-03-01', undefined, undefined],
    ['2017-03-01 later', undefined, undefined],
    ['42795', undefined, undefined],
    ['soon', undefined, undefined],
  ])('reads %j with order %s as %s', (text, order, expected) => {
    expect(readDate(text, order, 'UTC')).toBe(expected);
  });

  it.each([
    ['2017-03-01T23:30:00Z', 'Europe/Berlin', '2017-03-02'],
    ['2017-03-01T00:00:00Z', 'America/New_York', '2017-03-01'],
    ['2017-03-01T03:00:00.000+0000', 'America/New_York', '2017-02-28'],
    ['2017-03-01 23:30:00 -05:00', 'UTC', '2017-03-02'],
    ['2017-03-01T23:30:00', 'Asia/Tokyo', '2017-03-01'],
  ])('takes the instant %s as a day in %s', (text, zone, expected) => {
    expect(readDate(text, undefined, zone)).toBe(expected);
  });

  it('reads back any day in the order it was written in', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (offset) => {
        const on = addDays(day('2017-01-01'), offset);
        const [year = '', month = '', date = ''] = on.split('-');
        expect(readDate(`${Number(month)}/${Number(date)}/${year}`, 'MDY', 'UTC')).toBe(on);
        expect(readDate(`${date}.${month}.${year}`, 'DMY', 'UTC')).toBe(on);
        expect(readDate(`${on}T00:00:00Z`, undefined, 'America/New_York')).toBe(on);
      }),
    );
  });
});

describe('the order of dates', () => {
  const file = (...dates: string[]) =>
    `ID,Owner,Stage,Created,Close Date\n${dates
      .map((date, index) => `${index},Ann,won,${date},2017-12-01\n`)
      .join('')}`;
  const opened = async (text: string, options = {}) => {
    const world = await createImportWorld();
    const result = done(await world.deals(text, options));
    return { result, dates: (await world.readDeals()).map(({ deal }) => deal.openedOn) };
  };

  it('is settled for the whole file by one date that has no second reading', async () => {
    expect((await opened(file('3/4/2016', '10/20/2016'))).dates).toEqual([
      '2016-03-04',
      '2016-10-20',
    ]);
    expect((await opened(file('3/4/2016', '20/10/2016'))).dates).toEqual([
      '2016-04-03',
      '2016-10-20',
    ]);
  });

  it('is asked for when every date can be read both ways', async () => {
    const world = await createImportWorld();
    const message = refused(await world.deals(file('3/4/2016', '5/5/2016')));
    expect(message).toMatch(/“3\/4\/2016” \(line 2\).*--date-format MDY.*--date-format DMY/);
    expect(await world.countRows()).toBe(0);
    expect((await opened(file('3/4/2016'), { dateFormat: 'DMY' })).dates).toEqual(['2016-04-03']);
  });

  it('is asked for when two dates say the opposite, and the misfit is rejected then', async () => {
    const world = await createImportWorld();
    const text = file('10/20/2016', '3/4/2016', '20/10/2016');
    expect(refused(await world.deals(text))).toMatch(
      /“10\/20\/2016” \(line 2\).*“20\/10\/2016” \(line 4\)/,
    );
    const { result, dates } = await opened(text, { dateFormat: 'MDY' });
    expect(dates).toEqual(['2016-10-20', '2016-03-04']);
    expect(result.firstRejects).toEqual([
      {
        line: 4,
        reason:
          '“20/10/2016” in Created is not a date we can read as month/day/year. Write it as 2027-03-31.',
      },
    ]);
  });

  it('does not matter when both readings are the same day', async () => {
    expect((await opened(file('5/5/2016'))).dates).toEqual(['2016-05-05']);
  });

  it('is not guessed for dates far behind those that were read ahead', async () => {
    const iso = Array.from({ length: 12_000 }, () => '2016-10-20');
    const { result } = await opened(file(...iso, '3/4/2016', '20/10/2016'));
    expect(result).toMatchObject({ imported: 12_001, rejected: 1 });
    expect(result.firstRejects[0]).toMatchObject({
      line: 12_002,
      reason: /--date-format MDY or DMY/,
    });
  });
});

describe('a close date', () => {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await createImportWorld({ zone: 'Europe/Berlin' });
  });
  const reject = async (row: string) =>
    done(await world.deals(`ID,Owner,Stage,Close Date\n${row}\n`)).firstRejects[0]?.reason;

  it('is needed by a closed deal', async () => {
    expect(await reject('1,Ann,won,')).toBe('A won deal needs the date it closed.');
    expect(await reject('1,Ann,lost,')).toBe('A lost deal needs the date it closed.');
  });

  it('of a closed deal is not to come', async () => {
    expect(await reject('1,Ann,lost,2018-01-11')).toBe(
      'It is lost, but its close date 2018-01-11 is still to come.',
    );
    expect(await reject('1,Ann,lost,2018-01-10')).toBeUndefined();
  });

  it('is a date', async () => {
    expect(await reject('2,Ann,open,31/02/2018')).toMatch(/“31\/02\/2018” in Close Date/);
  });
});
